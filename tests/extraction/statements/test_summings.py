"""Words first, and then whose they are."""

import pytest

from service.domain import Extractor, Form
from service.extraction import annotate
from service.reading import source_from_text

BOTH = pytest.mark.parametrize("extractor", [Extractor.MODEL, Extractor.RULES])


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "“Shambolic” was how Tess Arkle summed up the plan on Monday.",
        "“Shambolic” is how Tess Arkle put it.",
        "“Shambolic,” was what Tess Arkle called the plan.",
    ],
)
def test_a_summary_is_quoted_of_whoever_gives_it(text: str, extractor: Extractor) -> None:
    (found,) = annotate(source_from_text(text, origin="-"), (), extractor).statements
    assert (found.form, found.text) == (Form.DIRECT, "Shambolic")
    assert found.speaker is not None
    assert found.speaker.name == "Tess Arkle"


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "“Salt” was how the word was spelled in 1900.",
        "“Salt” is how the name is spelled in the north.",
    ],
)
def test_what_something_is_called_is_not_a_quotation(text: str, extractor: Extractor) -> None:
    assert annotate(source_from_text(text, origin="-"), (), extractor).statements == ()


@BOTH
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Fares rose by 4 percent in May. That is according to Jane Doe.", "Jane Doe"),
        ("Fares rose by 4 percent in May. That’s according to Jane Doe, who runs it.", "Jane Doe"),
        ("Fares are far too high. That is the verdict of Jane Doe, who runs a union.", "Jane Doe"),
    ],
)
def test_a_sentence_may_be_attributed_by_the_next_one(
    text: str, speaker: str, extractor: Extractor
) -> None:
    (found,) = annotate(source_from_text(text, origin="-"), (), extractor).statements
    assert found.text == text.partition(".")[0]
    assert found.form is Form.INDIRECT
    assert found.speaker is not None
    assert found.speaker.name == speaker


@BOTH
def test_what_somebody_has_said_is_not_attributed_again(extractor: Extractor) -> None:
    text = "“It was far too late,” Ann Doe said. That is the view of Mark Trane."
    (found,) = annotate(source_from_text(text, origin="-"), (), extractor).statements
    assert found.speaker is not None
    assert found.speaker.name == "Ann Doe"
