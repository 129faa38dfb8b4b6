"""What courts, inquests and inquiries are told."""

import pytest

from service.domain import Act, Extractor
from service.extraction import annotate
from service.reading import source_from_text

BOTH = pytest.mark.parametrize("extractor", [Extractor.MODEL, Extractor.RULES])


@BOTH
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Wenbury Crown Court heard that Orr had nine convictions for theft.",
            "that Orr had nine convictions for theft",
        ),
        (
            "Jurors heard how the woman begged for help at the door.",
            "how the woman begged for help at the door",
        ),
        (
            "The inquest heard Mr Bell had been dead for three days.",
            "Mr Bell had been dead for three days",
        ),
        ("The tribunal in Hamm was told Ms Orr was sacked by text.", "Ms Orr was sacked by text"),
        (
            "Mr Orr, the court heard, had been drinking since noon.",
            "Mr Orr […] had been drinking since noon",
        ),
        ("The fire was set on purpose, the jury heard.", "The fire was set on purpose"),
        (
            "The inquest, held at Hamm Coroner's Court, heard she was well until May.",
            "she was well until May",
        ),
        (
            "Orr took £3,000 from a widow, North Marle Crown Court heard.",
            "Orr took £3,000 from a widow",
        ),
    ],
)
def test_what_a_court_hears_is_said_by_nobody_named(
    text: str, words: str, extractor: Extractor
) -> None:
    (found,) = annotate(source_from_text(text, origin="-"), (), extractor).statements
    assert (found.text, found.act, found.speaker) == (words, Act.SPEECH, None)
    assert found.attribution.mention is None


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "The court heard from three witnesses on Monday.",
        "The jury heard evidence for two days in May.",
        "Neighbours heard a bang, and the dog was barking.",
    ],
)
def test_objects_of_a_court_hearing_are_not_statements(text: str, extractor: Extractor) -> None:
    assert annotate(source_from_text(text, origin="-"), (), extractor).statements == ()
