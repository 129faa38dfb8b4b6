"""Interviews whose questions have no label."""

import pytest

from service.domain import Extractor, Form, Source
from service.extraction import annotate
from service.extraction.page.layout import lay_out
from service.extraction.statements.interviews import read_interview
from service.reading import source_from_text

BOTH = pytest.mark.parametrize("extractor", list(Extractor))

INTRODUCTION = "Anna Bell has run the harbour for ten years. She is leaving in May."
SET_OFF = """**Why are you leaving?**

I have seen enough ships.

My husband has seen enough of me.

**Would you do it again?**

No. But I would not have missed it.
"""
BARE = """How did you start?

I swept the quay.

Is it a hard life?

It was, when I was young. We had no heating.

So what would you change?

Nothing.

The harbour opens at nine.
"""


def answers(text: str) -> list[tuple[str, list[str]]]:
    article = lay_out(Source("a", text, "-"))
    return [
        (one.mention.of(text), [span.of(text) for span in one.spans])
        for one in read_interview(article)
        if one.mention is not None
    ]


@pytest.mark.parametrize("mark", ["**", "*", "_", "### "])
def test_answers_below_questions_set_off_are_the_interviewees(mark: str) -> None:
    closing = "" if mark == "### " else mark
    questions = SET_OFF.replace("?**", f"?{closing}").replace("**", mark)
    assert answers(f"{INTRODUCTION}\n\n{questions}") == [
        ("Anna Bell", ["I have seen enough ships.", "My husband has seen enough of me."]),
        ("Anna Bell", ["No. But I would not have missed it."]),
    ]


def test_of_several_whom_we_asked_answers() -> None:
    above = "Anna Bell followed Tom Reed and has run the harbour. We asked Bell a few questions."
    assert {name for name, _ in answers(f"{above}\n\n{BARE}")} == {"Anna Bell"}
    assert answers(f"{above.replace('We asked Bell', 'We had')}\n\n{BARE}") == []


def test_answers_below_bare_questions_end_with_the_first_person() -> None:
    assert answers(f"{INTRODUCTION}\n\n{BARE}") == [
        ("Anna Bell", ["I swept the quay."]),
        ("Anna Bell", ["It was, when I was young. We had no heating."]),
        ("Anna Bell", ["Nothing."]),
    ]


def test_who_has_an_unusual_first_name_is_introduced_too() -> None:
    introduction = "Zqara Bell is a diver from Hamm. Kestrel Records is her label."
    assert {name for name, _ in answers(f"{introduction}\n\n{SET_OFF}")} == {"Zqara Bell"}


@pytest.mark.parametrize(
    "introduction",
    ["Anna Bell talks to Dan Roe.", "Anna Bell is leaving. She told our reporter Dan Roe why."],
)
def test_who_asks_does_not_answer(introduction: str) -> None:
    questions = SET_OFF.replace("are you", "is she").replace("Would you", "Why would anybody")
    assert {name for name, _ in answers(f"{introduction}\n\n{questions}")} == {"Anna Bell"}


def test_whom_the_reporter_spoke_to_answers() -> None:
    assert answers(f"On Monday I spoke to Anna Bell.\n\n{SET_OFF}")[0][0] == "Anna Bell"


@BOTH
def test_an_answer_is_direct_speech_and_a_question_nobodys(extractor: Extractor) -> None:
    text = f"{INTRODUCTION}\n\n{SET_OFF}"
    found = annotate(Source("a", text, "-"), (), extractor).statements
    spoken = [one for one in found if one.spans[0].start > len(INTRODUCTION)]
    assert {one.form for one in spoken} == {Form.DIRECT}
    assert [(one.speaker and one.speaker.name, one.text.partition(" ")[0]) for one in spoken] == [
        (None, "Why"),
        ("Anna Bell", "I"),
        (None, "Would"),
        ("Anna Bell", "No."),
    ]


@pytest.mark.parametrize(
    "introduction",
    [
        "The harbour is closing.",
        "Anna Bell and Peter Lind have run the harbour for ten years.",
        "It was late, “Anna Bell” said.",
    ],
)
def test_without_one_person_introduced_answers_are_nobodys(introduction: str) -> None:
    assert answers(f"{introduction}\n\n{SET_OFF}") == []


def test_of_several_people_the_one_in_the_title_answers() -> None:
    text = f"A word with Anna Bell\n\nAnna Bell knows Peter Lind.\n\n{SET_OFF}"
    assert answers(text) == []
    found = annotate(source_from_text(text, origin="-"), (), Extractor.RULES).statements
    assert {one.speaker.name for one in found if one.speaker} == {"Anna Bell"}


@pytest.mark.parametrize(
    "text",
    [
        # a column asks and answers itself
        "Why now?\n\nI do not know.\n\nWhy us?\n\nMy guess is money.\n\nAnd then?\n\nI wait.",
        # advice addresses its reader
        "Do I need a visa?\n\nYou do not.\n\nCan I pay by card?\n\nYou can.\n\nAnd my dog?\n\nYes.",
        # quotations are read by their marks
        "**Did you see it?**\n\n“I did,” she said.\n\n**Were you alone?**\n\n“I was.”",
        "**What did you see?**\n\nI saw a ship and my house.",
    ],
)
def test_what_is_no_interview(text: str) -> None:
    assert answers(f"{INTRODUCTION}\n\n{text}\n") == []
