"""Each pattern reporters write in, as (mention, cue, content pieces)."""

import pytest

from service.domain import Extractor, Form, Source
from service.extraction import annotate
from service.extraction.page.layout import lay_out
from service.extraction.statements.deciding import Decision, decide
from service.extraction.statements.passages import propose_by_rules

Row = tuple[str | None, str | None, list[str]]


def decisions(text: str) -> list[Decision]:
    article = lay_out(Source(id="a", text=text, origin="-"))
    return decide(article, propose_by_rules(article))


def rows(text: str) -> list[Row]:
    return [
        (
            decision.proposal.mention.of(text) if decision.proposal.mention else None,
            decision.proposal.cue.of(text) if decision.proposal.cue else None,
            [span.of(text) for span in decision.spans],
        )
        for decision in decisions(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will win,” Putin said.", ("Putin", "said", ["We will win"])),
        ("“We will win.” Mrs. Jane Doe said.", ("Mrs. Jane Doe", "said", ["We will win."])),
        (
            "“We will win,” said lead author Jane Doe of Acme.",
            ("lead author Jane Doe of Acme", "said", ["We will win"]),
        ),
        (
            "Roe told the Courier he had heard “a bang”.",
            ("Roe", "told", ["he had heard “a bang”"]),
        ),
        (
            "Roe, who insisted that it was safe, resigned on Monday.",
            ("who", "insisted", ["that it was safe"]),
        ),
        (
            "Asked whether he had touched the ball, Roe replied: “A blind man could see it.”",
            ("Roe", "replied", ["A blind man could see it."]),
        ),
        (
            "Roe admitted being at the site but denied starting the fire.",
            ("Roe", "admitted", ["being at the site"]),
        ),
        (
            "SYDNEY: The bank was quiet and warned that inflation was “stubborn”.",
            ("The bank", "warned", ["that inflation was “stubborn”"]),
        ),
        (
            "Education minister Jane Doe has left, describing it as “a mess”.",
            ("Education minister Jane Doe", "describing", ["it as “a mess”"]),
        ),
        (
            "According to the complaint, filed in May, it was a lie.",
            ("the complaint", "According to", ["it was a lie"]),
        ),
        (
            "Why, asked Jane Doe, was the bridge shut?",
            ("Jane Doe", "asked", ["Why", "was the bridge shut"]),
        ),
        (
            "The bridge, said Jane Doe, the mayor, would fall.",
            ("Jane Doe, the mayor", "said", ["The bridge", "would fall"]),
        ),
        (
            "Jane Doe was accused by the union of hiding it.",
            ("the union", "accused", ["Jane Doe", "of hiding it"]),
        ),
        (
            "Mr. Roe, a former head of the bank, said Ms. Doe showed a lack of sense.",
            ("Mr. Roe, a former head of the bank", "said", ["Ms. Doe showed a lack of sense"]),
        ),
        (
            "Ann Roe, a cook at the Marle Hospital, a small clinic, says many foods sold at schools"
            " are bad.",
            (
                "Ann Roe, a cook at the Marle Hospital, a small clinic",
                "says",
                ["many foods sold at schools are bad"],
            ),
        ),
        (
            "While he was speaking in Miami on Wednesday, Roe said, “It is over.”",
            ("Roe", "said", ["It is over."]),
        ),
        (
            "On “Good Morning” on Tuesday, he said, “It is over.”",
            ("he", "said", ["It is over."]),
        ),
        (
            "Speaking on “Breakfast Table”, Jane Doe said the bridge was shut.",
            ("Jane Doe", "said", ["the bridge was shut"]),
        ),
        (
            "Jane Doe, nicknamed “the Axe”, said the bridge was shut.",
            ("Jane Doe", "said", ["the bridge was shut"]),
        ),
        (
            "The union, in a note of May, rejected the plan raised by the mayor as “an insult”.",
            ("The union", "rejected", ["the plan raised by the mayor as “an insult”"]),
        ),
        (
            "“We will win,” Jane Doe, a lecturer at the University of York told us.",
            ("Jane Doe, a lecturer at the University of York", "told", ["We will win"]),
        ),
        (
            "Jane Doe, head of the rescue service in York said that it was late.",
            ("Jane Doe, head of the rescue service in York", "said", ["that it was late"]),
        ),
        (
            "Prof Jane Doe, a hydrologist at York told the BBC it was late.",
            ("Prof Jane Doe, a hydrologist at York", "told", ["it was late"]),
        ),
        (
            "“We will win,” said union leader Jane Doe.",
            ("union leader Jane Doe", "said", ["We will win"]),
        ),
        ("“We will win,” answered Putin.", ("Putin", "answered", ["We will win"])),
        ("Hope Roe said: “We will win.”", ("Hope Roe", "said", ["We will win."])),
        ("“We will win,” said Putin.", ("Putin", "said", ["We will win"])),
        ("Putin said: “We will win.”", ("Putin", "said", ["We will win."])),
        ("“We will,” he said, “win.”", ("he", "said", ["We will", "win."])),
        ("“We will,” he said. “It is ours.”", ("he", "said", ["We will", "It is ours."])),
        ("Putin said that Russia would win.", ("Putin", "said", ["that Russia would win"])),
        ("Putin said Russia would win.", ("Putin", "said", ["Russia would win"])),
        (
            "Putin told reporters in Moscow that Russia would win.",
            ("Putin", "told", ["that Russia would win"]),
        ),
        (
            "Russia would win the war soon, he told the agencies on Monday.",
            ("he", "told", ["Russia would win the war soon"]),
        ),
        (
            "According to the statement, both sides are ready.",
            ("the statement", "According to", ["both sides are ready"]),
        ),
        (
            "Both sides are ready, according to the statement signed on Monday.",
            ("the statement signed on Monday", "according to", ["Both sides are ready"]),
        ),
        (
            "Pursuant to the document, the treaty remains in force.",
            ("the document", "Pursuant to", ["the treaty remains in force"]),
        ),
        (
            "Nikolai Patrushev, secretary of the council, said that it was “a priority.”",
            (
                "Nikolai Patrushev, secretary of the council",
                "said",
                ["that it was “a priority.”"],
            ),
        ),
        ("Putin, in turn, hailed “a balanced” man.", ("Putin", "hailed", ["“a balanced” man"])),
        (
            "Putin drew attention to “an alliance” of equals.",
            ("Putin", "drew attention to", ["“an alliance” of equals"]),
        ),
        (
            "Relations with it still grow, says Putin",
            ("Putin", "says", ["Relations with it still grow"]),
        ),
        ("Putin calls them “a model”", ("Putin", "calls", ["them “a model”"])),
        (
            "In Miami, Mr. Roe said, the mayor is seen as weak.",
            ("Mr. Roe", "said", ["In Miami", "the mayor is seen as weak"]),
        ),
        ("Jane Doe: “We will win.”", ("Jane Doe", ":", ["We will win."])),
    ],
)  # fmt: skip
def test_pattern_is_read(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize("mark", ['"', "'"])
def test_marks_typed_apart_open_a_sentence(mark: str) -> None:
    text = f"{mark} It is late , {mark} said Jane Doe . {mark} It is cold , {mark} said Bo Roe ."
    assert rows(text) == [
        ("Jane Doe", "said", ["It is late"]),
        ("Bo Roe", "said", ["It is cold"]),
    ]


def test_chain_keeps_the_speaker() -> None:
    assert rows("“We met,” Putin said, adding that each meeting was a dialogue.") == [
        ("Putin", "said", ["We met"]),
        ("Putin", "adding", ["that each meeting was a dialogue"]),
    ]


def test_second_verb_keeps_the_subject() -> None:
    assert rows("Putin wished them success and believed that they would win.") == [
        ("Putin", "wished", ["them success"]),
        ("Putin", "believed", ["that they would win"]),
    ]


def test_second_verb_after_something_done_keeps_the_sentences_subject() -> None:
    assert rows("Vladimir Putin met with Xi Jinping earlier today, and announced a new era.") == [
        ("Vladimir Putin", "announced", ["a new era"])
    ]


def test_block_quotation_without_marks_is_the_speakers_own_words() -> None:
    block = "The Russian side assesses the position very well."
    text = f"Russia claimed it was fair, stating:\n\n{block}\n"
    assert rows(text) == [
        ("Russia", "claimed", ["it was fair"]),
        ("Russia", "stating", [block]),
    ]
    assert decisions(text)[1].form is Form.DIRECT


def test_quotation_over_paragraphs_is_one_statement() -> None:
    text = "“One is here.\n\n“Two is here,” he said.\n\n“Three is here.”"
    (row,) = rows(text)
    assert row[0] == "he"
    assert row[2] == ["One is here.", "Two is here", "Three is here."]


@pytest.mark.parametrize(
    "text",
    [
        "The film “Star Wars” opened on Friday.",
        "Trump visited the United States and its states.",
        "His demands were met by the report of the board.",
        "Vladimir Putin wrote an article on relations.",
    ],
)
def test_nobody_is_quoted(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“We will win,” he said.", Form.DIRECT),
        ("He said that “we will win.”", Form.DIRECT),
        ("He said that he “will win.”", Form.MIXED),
        ("He said that he will win.", Form.INDIRECT),
    ],
)
def test_form(text: str, form: Form) -> None:
    assert [decision.form for decision in decisions(text)] == [form]


def test_outer_marks_and_their_comma_are_not_content() -> None:
    (decision,) = decisions("“We will win,” he said.")
    assert decision.spans == decision.quoted


def test_furniture_inside_a_statement_is_left_out() -> None:
    text = (
        "The two countries criticized the United States of America\n\nPage 2 of 3\n\n"
        "for its practices in the world."
    )
    assert rows(text) == [
        (
            "The two countries",
            "criticized",
            ["the United States of America", "for its practices in the world"],
        )
    ]


def test_who_comes_after_this_verb_is_the_addressee() -> None:
    text = "Even the mayor’s former aide, Bill Tran, told CNN: “He should go.”"
    assert rows(text) == [("Even the mayor’s former aide, Bill Tran", "told", ["He should go."])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Asked about it, Ortiz was blunt: “I do not read it.”", ("Ortiz", "was blunt")),
        (
            "Captain Jane Doe apologised to the fans: “We were not good enough.”",
            ("Captain Jane Doe", "apologised to the fans"),
        ),
        ("There was one thing left to do: “We must go home.”", (None, None)),
    ],
)
def test_a_colon_gives_the_word_to_its_clauses_subject(text: str, expected: Row) -> None:
    before = "“Scale is not a crime,” Tara Singh said.\n\n"
    assert [row[:2] for row in rows(before + text)[1:]] == [expected]


@pytest.mark.parametrize(
    ("text", "mention", "cue"),
    [
        ("“It was only a goat,” shrugs Nina Orr.", "Nina Orr", "shrugs"),
        ("“Nobody asked us,” he sighs.", "he", "sighs"),
        ("“It’s gorgeous!” gushes Ella Marsh.", "Ella Marsh", "gushes"),
        ("“It was a joy,” the captain beamed.", "the captain", "beamed"),
        ("Lina laughs: “My mother was scared.”", "Lina", "laughs"),
    ],
)
def test_a_verb_of_the_voice_or_the_face_is_a_cue_beside_quoted_words(
    text: str, mention: str, cue: str
) -> None:
    assert [row[:2] for row in rows(text)] == [(mention, cue)]


@pytest.mark.parametrize(
    "text",
    ["The referee smiled at the “crowd” and left.", "Two of the “experts” laughed and left."],
)
def test_such_a_verb_is_not_a_cue_next_to_a_scare_quote(text: str) -> None:
    assert rows(text) == []


def test_a_question_before_an_answer_is_not_what_was_said() -> None:
    text = "Asked by reporters whether she would resign, Kern said no."
    assert rows(text) == [("Kern", "said", ["no"])]


@pytest.mark.parametrize("extractor", list(Extractor))
def test_a_pronoun_after_say_may_begin_what_is_said(extractor: Extractor) -> None:
    text = "Bereaved families, who sat at the front wearing badges, say they want answers."
    (found,) = annotate(Source("a", text, "-"), (), extractor).statements
    assert found.text == "they want answers"
