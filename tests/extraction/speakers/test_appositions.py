"""Names right beside what is said of them."""

import pytest

from service.domain import Source
from service.extraction import annotate


def speaker_of(text: str) -> str | None:
    speaker = annotate(Source("a", text, "-")).statements[-1].speaker
    return speaker.name if speaker else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("One of them, Harbour Group, said it would leave.", "Harbour Group"),
        ("One of the bidders, Lisbon-based group LNM, said it welcomed that.", "LNM"),
        ("He runs Vale News, a conservative website that says that it rains.", "Vale News"),
        ("She works at Roe Institute, a policy group that says that it rains.", "Roe Institute"),
    ],
)
def test_body_is_named_beside_what_it_is(text: str, name: str) -> None:
    assert speaker_of(text) == name


def test_somebodys_aide_is_named_after_the_name_beside_the_role() -> None:
    text = "Ann Roe left. “No,” said his wife, longtime Hilda Crane aide Huma Abbot."
    assert speaker_of(text) == "Huma Abbot"


def test_report_by_somebody_is_not_that_somebody() -> None:
    text = "A review by the state auditor, Mike Foley, found that the roof leaked."
    assert speaker_of(text) != "Mike Foley"


def test_name_that_somebody_gives_may_follow_a_place() -> None:
    text = "A voter in Arden, who gave her name only as Dot, said it was late."
    assert speaker_of(text) == "Dot"


def test_place_before_a_new_sentences_subject_is_not_described() -> None:
    assert speaker_of("In Lagos, a newspaper that says it was threatened was shut.") != "Lagos"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Sen. Ann Roe (Vt.)  and former Ohio governor Tom Hart said that it would pass.",
            "Ann Roe and Tom Hart",
        ),
        (
            "Jane Roe runs, and so does Ann Hart. The Roe and Hart campaigns said they agree.",
            "Roe campaign and Hart campaign",
        ),
    ],
)
def test_two_speak_together(text: str, name: str) -> None:
    assert speaker_of(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "A survivor, who gave his name only as Brian, said that the engine caught fire.",
        "A vendor who identified himself as Brian said that he ran.",
        "A man, speaking under the pseudonym Brian, said that he was afraid.",
        "One resident, who would only be named as Brian, said that it was dark.",
    ],
)
def test_a_name_that_somebody_gives_himself_is_his(text: str) -> None:
    assert speaker_of(text) == "Brian"
