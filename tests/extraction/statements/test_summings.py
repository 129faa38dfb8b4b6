"""A quotation first, and then how somebody summed up something with it."""

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
