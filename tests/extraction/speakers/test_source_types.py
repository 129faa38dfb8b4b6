"""What kind of source speaks."""

import pytest

from service.domain import Extractor, SourceType
from tests.statements import extracted


def last_type(text: str) -> SourceType | None:
    return extracted(text)[-1].source_type


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe said it was late.",
        "Ann Bell and Tom Rask said it was late.",
        "Ann Roe and Tom Roe left. Roe said it was late.",
        "The first minister said it was late.",
        "It was late, according to Jane Doe and her advisers.",
    ],
)
def test_who_is_named_is_a_named_person(text: str) -> None:
    assert last_type(text) is SourceType.NAMED_PERSON


@pytest.mark.parametrize(
    "text",
    [
        "The White House said it was late.",
        "The Treasury Department said it was late.",
        "Malva Airlines and Acme Holdings said it was late.",
        "Malva Airlines fell. The airline said it was late.",
    ],
)
def test_body_with_a_name_is_a_named_organisation(text: str) -> None:
    assert last_type(text) is SourceType.NAMED_ORGANISATION


@pytest.mark.parametrize(
    "text",
    [
        "A county survey from June said it was late.",
        "The lawsuit says it was late.",
        "According to a new report, it was late.",
    ],
)
def test_what_is_written_is_a_document(text: str) -> None:
    assert last_type(text) is SourceType.DOCUMENT


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for Acme Holdings said it was late.",
        "A White House official said it was late.",
        "One voter said it was late.",
        "The spokeswoman said it was late.",
        "A man in Ohio said it was late.",
    ],
)
def test_somebody_without_a_name_is_an_unnamed_person(text: str) -> None:
    assert last_type(text) is SourceType.UNNAMED_PERSON


@pytest.mark.parametrize(
    "text",
    [
        "Officials said it was late.",
        "Police said it was late.",
        "Two people familiar with the plan said it was late.",
        "Prosecutors in Ohio said it was late.",
        "Most Republicans said it was late.",
        "Her family said it was late.",
        "The family of Jane Doe said it was late.",
        "Some 12 percent of voters say they will stay.",
        "A small group of rabbis said it was late.",
        "At least a dozen members said it was late.",
        "People briefed on the plan said it was late.",
        "Young and old firefighters said it was late.",
    ],
)
def test_several_without_a_name_are_an_unnamed_group(text: str) -> None:
    assert last_type(text) is SourceType.UNNAMED_GROUP


def test_nothing_is_said_of_a_source_that_is_not_mentioned() -> None:
    [found] = extracted("The plan is “a new era of cooperation”, and it is late.")
    assert (found.attribution.mention, found.source_type) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "A boat sank. “It was old,” the inspector said.",
        "One trustee, who asked not to be named, left early. “It is two,” the trustee said.",
    ],
)
def test_role_of_nobody_named_is_an_unnamed_person(text: str) -> None:
    assert extracted(text, Extractor.MODEL)[-1].source_type is SourceType.UNNAMED_PERSON


def test_a_document_is_described_by_a_clause_without_that() -> None:
    text = "According to a survey the county held in June, most parents were against it."
    assert last_type(text) is SourceType.DOCUMENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He pointed at me,” the winger's best mate Deas said.", SourceType.NAMED_PERSON),
        ("Malacañang said on Friday that it was late.", SourceType.NAMED_ORGANISATION),
    ],
)
def test_lone_names_are_of_their_kind(text: str, expected: SourceType) -> None:
    assert last_type(text) is expected
