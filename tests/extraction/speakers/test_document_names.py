"""Books and acts that speak under their own titles."""

import pytest

from service.domain import Source, SpeakerKind, Statement
from service.extraction import annotate


def statement(text: str) -> Statement:
    return annotate(Source("a", text, "-")).statements[-1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("According to his book “The Art of Walking,” Mr. Roe was poor.", "The Art of Walking"),
        ("According to the novel “A Life in Rope,” nobody came back.", "A Life in Rope"),
        ("According to the film ''Bridge of Sand,'' nobody was paid.", "Bridge of Sand"),
        (
            "The Prevention of Theft Bill says that shops may search bags.",
            "Prevention of Theft Bill",
        ),
        (
            "The Protection of Wild Birds Act says that nests are safe.",
            "Protection of Wild Birds Act",
        ),
        (
            "The Rights of Seafarers Treaty says that wages are paid monthly.",
            "Rights of Seafarers Treaty",
        ),
    ],
)
def test_work_speaks_under_all_of_its_title(text: str, name: str) -> None:
    speaker = statement(text).speaker
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (name, SpeakerKind.DOCUMENT)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“It rains,” said Ann Roe, who wrote the book “Rain at Sea.”", "Ann Roe"),
        ("“It rains,” said Ann Roe of the University of Leeds School of Law.", "Ann Roe"),
    ],
)
def test_who_is_named_beside_a_work_is_not_a_work(text: str, name: str) -> None:
    speaker = statement(text).speaker
    assert speaker is not None
    assert speaker.name == name


def test_poll_with_a_date_still_belongs_to_its_maker() -> None:
    found = statement("According to a national Quorl poll taken last week, voters like Ms Doe.")
    assert found.speaker is not None
    assert found.speaker.name == "national Quorl poll"
