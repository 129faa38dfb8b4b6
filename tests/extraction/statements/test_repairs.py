"""Content that the model draws beyond the quotation that is all of it."""

import re

import pytest

from service.domain import Source, Span
from service.extraction import annotate
from service.extraction.page.layout import lay_out
from service.extraction.proposal import Proposal
from service.extraction.statements.repairs import repair_edges
from service.reading import source_from_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "As to her “Fav Ex,” Liv Harr wrote: “Naw, I’m just playing!” Super Six and Midnight"
            " were dance troupes.",
            "Naw, I’m just playing!",
        ),
        (
            "In a post on her page, Ivy Snow wrote: “Gone fishing!” The lake lies north of town.",
            "Gone fishing!",
        ),
        (
            "Liv Harr wrote in her memoir, The Truths We Keep: An Island Journey, “I was twelve"
            " years old, and the thought of leaving was hard.”",
            "I was twelve years old, and the thought of leaving was hard.",
        ),
        (
            "Town hall row grows\n\nThe council met on Monday.\n\nLiv Harr wrote in her memoir, The"
            " Truths We Keep: An Island Journey, “I was twelve years old.”",
            "I was twelve years old.",
        ),
        (
            "Nell Frey writes in her book, Salt and Stone: Notes from the Coast, “The sea gives"
            " nothing back.”",
            "The sea gives nothing back.",
        ),
    ],
)
def test_a_statement_ends_where_its_quotation_does(text: str, words: str) -> None:
    found = annotate(source_from_text(text, origin="-")).statements
    assert ("direct", words) in [(statement.form.value, statement.text) for statement in found]


@pytest.mark.parametrize(
    ("words", "mention"),
    [
        ("was told her mother was well", None),
        ("was warned by Liv Harr that she was ill", "Liv Harr"),
    ],
)
def test_the_hearer_says_nothing(words: str, mention: str | None) -> None:
    (found,) = annotate(source_from_text(f"Ann Roe {words}.", origin="-")).statements
    assert found.text in words
    assert (found.attribution.mention and found.attribution.mention.text) == mention


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "On Channel Nine’s “Meet the Day,” Senator Ann Crow said the bill was dead.",
            ["the bill was dead"],
        ),
        (
            "In an interview on “Late Table,” actor Joe Hill said he was broke.",
            ["he was broke"],
        ),
        (
            "“It was an attack on us all,” Ann Roe said, without saying whether it was theirs.",
            ["It was an attack on us all"],
        ),
        (
            "What Ann Roe said, on 4 May, was: “I will not be held to ransom.”",
            ["I will not be held to ransom."],
        ),
        ("Widow tells of a final call\nBy Ross Gunn\n\nIt was late.\n", ["a final call"]),
        (
            "The owner of the club was warned that it could lose points.",
            ["that it could lose points"],
        ),
        (
            "The philosopher Simone Adler wrote that “every sorry is a small surrender”. I am not"
            " sure I agree.",
            ["every sorry is a small surrender"],
        ),
        (
            "Jo Lind, who runs a pub in Hamm, said she would have shut: “It’s as simple as that.”",
            ["she would have shut", "It’s as simple as that."],
        ),
        (
            "Ida Park told reporters “it is a beginning”, but it is not enough for the nurses.",
            ["it is a beginning"],
        ),
        (
            "‘I thought I would die’: Passengers tell of ferry terror\n\nA ferry hit a reef on"
            " Monday off the coast of Elwin.",
            ["I thought I would die"],
        ),
        (
            "Thank you for reading this!“Nobody will be left behind,” Ida Park told reporters.",
            ["Nobody will be left behind"],
        ),
    ],
)
def test_a_statement_holds_nothing_beside_what_is_said(text: str, found: list[str]) -> None:
    statements = annotate(source_from_text(text, origin="-")).statements
    assert [statement.text for statement in statements] == found


def test_an_inscription_ends_with_its_marks() -> None:
    text = "A banner reading “Pay us now” hung from the bridge."
    (found,) = annotate(source_from_text(text, origin="-")).statements
    assert found.text == "Pay us now"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Roe's claim that it was safe has been rejected by engineers.", "that it was safe"),
        ("Her warning that jobs would go did little to calm them.", "that jobs would go"),
        ("His claim that all who came had paid is false.", "that all who came had paid is false"),
    ],
)
def test_a_claim_ends_where_it_becomes_a_subject(text: str, claim: str) -> None:
    article = lay_out(Source("a", text, "-"))
    noun = re.search("claim|warning", text)
    assert noun is not None
    that = Span(text.index("that "), len(text) - 1)
    whose = Span(0, noun.start() - 1)
    (made,) = repair_edges(article, [Proposal((that,), Span(*noun.span()), whose, 0.9)])
    assert [span.of(text) for span in made.spans] == [claim]


def test_a_claim_may_end_with_that() -> None:
    article = lay_out(Source("a", "Ann Roe kept to the rules, a claim that he doubts.", "-"))
    cue = Span(*re.search("claim", article.flow).span())
    that = Span(cue.end + 1, cue.end + len(" that"))
    assert repair_edges(article, [Proposal((that,), cue, None, 0.9)])


def test_content_may_end_within_a_quotation() -> None:
    text = "She told them “it is late”, but it is not too late for Doe."
    cue, begin = text.index("told"), text.index("“")
    content = Span(begin, begin + len("“it is"))
    proposal = Proposal((content,), Span(cue, cue + len("told them")), None, 0.9)
    assert repair_edges(lay_out(Source("a", text, "-")), [proposal]) == [proposal]


@pytest.mark.parametrize("label", ["RISK REMAINS", "WEST PIER"])
def test_a_label_of_the_page_is_not_said(label: str) -> None:
    text = f"{label}: The sea is rough, the harbour office said."
    found = annotate(source_from_text(f"Storm\n\nIt rained.\n\n{text}", origin="-")).statements
    assert [one.text for one in found] == ["The sea is rough"]


def test_a_reporters_sentence_between_quotations_is_not_said() -> None:
    text = "“We have rice for ten days,” said Ann Roe, who runs a shop. After that? “God knows.”"
    found = annotate(source_from_text(text, origin="-")).statements
    assert not any("After that" in one.text for one in found)


def test_a_rejected_claim_is_its_makers() -> None:
    text = "Ann Roe's claim that it was safe has been rejected by engineers."
    cue = Span(text.index("has been"), text.index(" engineers"))
    content = Span(0, cue.start - 1)
    proposal = Proposal((content,), cue, Span(cue.end + 1, len(text) - 1), 0.9)
    made = repair_edges(lay_out(Source("a", text, "-")), [proposal])
    assert [(one.mention and one.mention.of(text), one.spans[0].of(text)) for one in made] == [
        ("engineers", "Ann Roe's claim"),
        ("Ann Roe's", "that it was safe"),
    ]


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("Ann Roe was stopped by guards and told that she had to wait.", None),
        ("Ann Roe and Tom Hart were held and informed that they had to wait.", None),
        ("Ann Roe was elected and told reporters that she had to wait.", "Ann Roe"),
        ("Ann Roe was alerted that she had to wait.", None),
    ],
)
def test_a_hearer_is_not_the_speaker(text: str, teller: str | None) -> None:
    verb = re.search("told|informed|was alerted", text)
    assert verb is not None
    content = Span(text.index("that "), len(text) - 1)
    proposal = Proposal((content,), Span(*verb.span()), Span(0, len("Ann Roe")), 0.9)
    (made,) = repair_edges(lay_out(Source("a", text, "-")), [proposal])
    assert (made.mention and made.mention.of(text)) == teller


@pytest.mark.parametrize(
    ("subject", "deed"),
    [
        ("Mayor Ann Roe", " visits mill"),
        ("Police chief", " meets nurses in Dover"),
        ("Ann Roe", ", who runs mills in Dover"),
        ("Mill owners", ""),
    ],
)
def test_a_headlines_subject_is_without_what_else_it_does(subject: str, deed: str) -> None:
    text = f"{subject}{deed}, says the budget is late"
    content, cue = Span(text.index("the budget"), len(text)), text.index("says")
    proposal = Proposal((content,), Span(cue, cue + 4), Span(0, cue - 1), 0.9)
    (made,) = repair_edges(lay_out(Source("a", text, "-")), [proposal])
    assert made.mention is not None
    kept = deed if deed.startswith(", ") else ""
    assert made.mention.of(text).rstrip(",") == subject + kept
