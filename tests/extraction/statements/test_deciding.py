"""What is decided between the model's proposals and those of the rules."""

import pytest
from msgspec.structs import replace

from service.domain import Form, Source, Span
from service.extraction import annotate
from service.extraction.page.layout import Article, lay_out
from service.extraction.proposal import Proposal
from service.extraction.statements.completing import complete
from service.extraction.statements.deciding import decide
from service.reading import source_from_text


def article(text: str) -> Article:
    return lay_out(Source(id="a", text=text, origin="-"))


def proposal(
    text: str, words: str, confidence: float = 0.9, mention: str | None = "he", **more: bool
) -> Proposal:
    def span(part: str) -> Span:
        start = text.index(part)
        return Span(start, start + len(part))

    said_by = None if mention is None else span(mention)
    return Proposal((span(words),), None, said_by, confidence, **more)


TEXT = "he said nothing at all, stating:\n\nWe will stay here. Nobody asks us.\n"
LAID_OUT = article(TEXT)


def test_a_block_stays_whole_whatever_the_model_takes_out_of_it() -> None:
    block = proposal(TEXT, "We will stay here. Nobody asks us.", block=True, settled=True)
    part = proposal(TEXT, "Nobody asks us.")
    assert complete(LAID_OUT, [part], [block]) == [block]


def test_rules_fill_in_what_the_model_does_not_see() -> None:
    sure = proposal(TEXT, "nothing at all", confidence=0.95)
    unsure = proposal(TEXT, "We will stay here.", confidence=0.8)
    assert complete(LAID_OUT, [], [sure, unsure]) == [sure]


def test_where_both_see_something_the_model_decides() -> None:
    by_model = proposal(TEXT, "nothing at all")
    by_rules = proposal(TEXT, "said nothing at all", confidence=0.95)
    assert complete(LAID_OUT, [by_model], [by_rules]) == [by_model]


def test_what_the_model_doubts_needs_the_rules() -> None:
    doubtful = proposal(TEXT, "nothing at all", confidence=0.05)
    assert complete(LAID_OUT, [doubtful], []) == []
    seen = proposal(TEXT, "nothing at all", confidence=0.7)
    assert complete(LAID_OUT, [doubtful], [seen]) == [doubtful]


def test_what_names_nobody_is_doubted_sooner() -> None:
    named = proposal(TEXT, "nothing at all", confidence=0.2)
    assert complete(LAID_OUT, [named], []) == [named]
    unnamed = proposal(TEXT, "nothing at all", confidence=0.2, mention=None)
    assert complete(LAID_OUT, [unnamed], []) == []


def test_nobody_named_follows_where_the_rules_say_so() -> None:
    by_model = proposal(TEXT, "nothing at all", mention=None)
    by_rules = proposal(TEXT, "nothing at all", 0.7, mention=None, follows=True)
    (completed,) = complete(LAID_OUT, [by_model], [by_rules])
    assert completed.follows


def test_what_somebody_wrote_is_not_the_article() -> None:
    text = "he wrote an article on it."
    assert complete(article(text), [proposal(text, "an article on it")], []) == []


@pytest.mark.parametrize("words", ["the book was a disgrace", "a letter had been sent to staff"])
def test_what_is_said_of_an_article_or_a_book_is_a_statement(words: str) -> None:
    source = Source(id="a", text=f"Ann Roe said {words}.", origin="-")
    assert [one.text for one in annotate(source).statements] == [words]


def test_words_about_a_letter_may_be_around_its_cue() -> None:
    source = Source(
        id="a", text="The letter from the bank, Ann Roe said, came too late.", origin="-"
    )
    found = [one.text for one in annotate(source).statements]
    assert found == ["The letter from the bank […] came too late"]


def test_who_is_quoted_speaks_not_who_quotes() -> None:
    text = "he was quoted by the daily as saying that we will all stay."
    by_rules = proposal(text, "that we will all stay", 0.8)
    by_rules = replace(by_rules, cue=Span(text.index("saying"), text.index(" that")))
    by_model = proposal(text, "saying that we will all stay", mention="the daily")
    assert complete(article(text), [by_model], [by_rules]) == [by_rules]


@pytest.mark.parametrize("mention", ["Jane Doe, Roe", "Jane Doe"])
def test_a_name_in_the_clause_before_is_not_the_subject(mention: str) -> None:
    text = "Next to his counterpart, Jane Doe, Roe said that it was late."
    cue = Span(text.index("said"), text.index(" that"))
    by_model = replace(proposal(text, "that it was late", mention=mention), cue=cue)
    by_rules = replace(proposal(text, "that it was late", mention="Roe"), cue=cue)
    [completed] = complete(article(text), [by_model], [by_rules])
    assert completed.mention == by_rules.mention


def test_a_title_is_not_a_statement() -> None:
    text = "he sent an article titled Two Roads Home."
    titled = proposal(text, "Two Roads Home")
    cue = Span(text.index("titled"), text.index(" Two"))
    assert complete(article(text), [replace(titled, cue=cue)], []) == []


def test_of_two_that_overlap_the_surer_is_kept() -> None:
    text = "he said that we will all stay."
    surer = proposal(text, "that we will all stay", 0.9)
    (decision,) = decide(article(text), [proposal(text, "we will all stay", 0.6), surer])
    assert decision.proposal == surer
    assert decision.form is Form.INDIRECT


def test_a_mention_ends_with_its_sentence() -> None:
    text = "“She signed it,” said Mr Gale. Ms Yusuf rejected this as “cheap politics”."
    mention = Span(text.index("Mr Gale"), text.index(" rejected"))
    said, rejected = (
        Proposal((Span(start, start + len(words)),), cue, mention, 0.9)
        for words, cue in (
            ("“She signed it,”", Span(17, 21)),
            ("“cheap politics”", Span(text.index("rejected"), text.index(" this"))),
        )
        for start in [text.index(words)]
    )
    mentions = [
        p.mention.of(text) for p in complete(article(text), [said, rejected], []) if p.mention
    ]
    assert mentions == ["Mr Gale", "Ms Yusuf"]


def test_an_apposition_is_not_the_subject() -> None:
    text = "Jane Doe, the mayor, said that it was late."
    cue = Span(text.index("said"), text.index(" that"))
    by_model = replace(proposal(text, "that it was late", mention="Jane Doe"), cue=cue)
    by_rules = replace(proposal(text, "that it was late", mention="the mayor"), cue=cue)
    assert complete(article(text), [by_model], [by_rules]) == [by_model]


def test_an_apposition_has_its_name() -> None:
    text = "Jane Doe, head of the port in Malmo said that it was late."
    cue = Span(text.index("said"), text.index(" that"))
    whole = "Jane Doe, head of the port in Malmo"
    by_rules = replace(proposal(text, "that it was late", mention=whole), cue=cue)
    by_model = replace(proposal(text, "that it was late", mention=whole[10:]), cue=cue)
    [completed] = complete(article(text), [by_model], [by_rules])
    assert completed.mention == by_rules.mention


def test_where_it_is_said_is_not_who_says_it() -> None:
    text = "Jane Doe did not vote and on her blog slammed the motion as “empty”."
    cue = Span(text.index("slammed"), text.index(" the motion"))
    by_rules = replace(proposal(text, "the motion as “empty”", mention="Jane Doe"), cue=cue)
    by_model = replace(proposal(text, "the motion as “empty”", mention="her blog"), cue=cue)
    [completed] = complete(article(text), [by_model], [by_rules])
    assert completed.mention == by_rules.mention


def test_addressee_is_not_part_of_the_cue() -> None:
    text = "he earlier told reporters that it was late."
    start = text.index("earlier")
    cue = Span(start, text.index(" that"))
    by_model = replace(proposal(text, "that it was late"), cue=cue)
    [completed] = complete(article(text), [by_model], [])
    assert completed.cue == Span(start, start + len("earlier told"))


def test_a_question_of_an_interview_is_not_a_statement() -> None:
    text = "‘I never wanted it’\n\nQ: You left at 17. Why?\n\nA: I was bored.\n"
    start = text.index("Q:")
    asked = replace(proposal(text, "You left at 17", mention="Q"), cue=Span(start + 1, start + 2))
    assert complete(article(text), [asked], []) == []


def test_nobody_says_what_he_is_committed_to() -> None:
    text = "Both towns are firmly committed to peace. The court determined to hear them.\n"

    def proposed(cue: str, words: str, mention: str) -> Proposal:
        start = text.index(cue)
        made = proposal(text, words, mention=mention)
        return replace(made, cue=Span(start, start + len(cue)))

    state = proposed("are firmly committed to", "peace", "Both towns")
    decision = proposed("determined", "to hear them", "The court")
    assert complete(article(text), [state, decision], []) == [decision]


def test_reported_words_are_in_their_cues_paragraph() -> None:
    text = "Moscow vows reply\n\nUkraine denied the strike.\n\n“We will answer.”\n"
    spans = [
        Span(text.index(words), text.index(words) + len(words))
        for words in ("reply", "Ukraine denied the strike", "“We will answer.”")
    ]
    vowed = Proposal(tuple(spans), Span(7, 11), Span(0, 6), 0.9)
    [kept] = complete(article(text), [vowed], [])
    assert kept.spans == (spans[0], spans[2])
    assert complete(article(text), [replace(vowed, spans=(spans[1],))], []) == []


def test_a_speaker_of_the_cues_sentence_comes_before_one_of_another() -> None:
    text = "An aide called it mad. Even his friend, Bill Tran, told us: “He is.”"
    content, cue = Span(text.index("“"), len(text)), Span(text.index("told"), text.index(" us"))
    by_model = Proposal((content,), cue, Span(0, 7), 0.4)
    by_rules = Proposal((content,), cue, Span(text.index("Bill"), text.index(", told")), 0.9)
    [merged] = complete(article(text), [by_model], [by_rules])
    assert merged.mention == by_rules.mention


def test_part_that_grows_to_a_quotation_found_already_is_merged() -> None:
    text = "“ “ . said Jane Doe “ \n\n “ we will go there"
    whole = Proposal((Span(0, 5), Span(25, 43)), Span(6, 10), Span(11, 19), 0.4)
    part = Proposal((Span(11, 21),), Span(6, 10), None, 0.2)
    [merged] = decide(article(text), [whole, part])
    assert merged.proposal.cue == whole.cue
    assert len(merged.spans) == 2


def test_content_does_not_begin_with_a_closing_mark() -> None:
    text = "Dorn ‘congratulates’ Ruritania in dig at court ruling\n\nThe president was angry."
    found = annotate(Source("a", text, "-")).statements
    assert [one.text for one in found if "dig" in one.text] == ["Ruritania in dig at court ruling"]


@pytest.mark.parametrize(
    "who",
    [
        "Acme Foods, Inc. (Nasdaq: ACM) (“Acme” or “the Company”), a leading U.S. supplier of tea",
        "Acme Foods (NYSE: ACM), the largest supplier of tea",
    ],
)
def test_who_publishes_a_release_announces(who: str) -> None:
    text = f"MARLE, May 14, 2024 /PRNewswire/ — {who}, today announced that it will open two shops."
    (found,) = annotate(source_from_text(text, origin="-")).statements
    assert found.speaker is not None
    assert found.speaker.name == "Acme Foods"
