"""Headlines that end with who says so."""

import pytest

from service.domain import Extractor
from service.extraction import annotate
from service.reading import source_from_text

BODY = (
    "The mayor of Harrow, Ann Bell, said on Monday that the mill would close in May, as Tom Reed"
    " told Reuters.\n\nBell told reporters that nobody would lose a house over it, and that talks"
    " with the owner went on.\n"
)
SAID = "Mill will close in May"


def said(headline: str, extractor: Extractor) -> dict[str, str | None]:
    found = annotate(
        source_from_text(f"{headline}\n\n{BODY}", origin="-"), (), extractor
    ).statements
    return {one.text: one.speaker.name if one.speaker else None for one in found}


@pytest.mark.parametrize("extractor", list(Extractor))
@pytest.mark.parametrize("end", ["– Ann Bell", "- Bell", "-- Ann Bell", "— Bell"])
def test_a_headline_may_end_with_its_speaker(end: str, extractor: Extractor) -> None:
    assert said(f"{SAID} {end}", extractor)[SAID] == "Ann Bell"
    assert (
        said(f"‘We will close the mill in May’ {end}", extractor)["We will close the mill in May"]
        == "Ann Bell"
    )


@pytest.mark.parametrize("extractor", list(Extractor))
@pytest.mark.parametrize("end", ["– Reuters", "– Joe Park", "– The Harrow Herald", "– Harrow"])
def test_a_paper_a_place_or_an_author_says_nothing(end: str, extractor: Extractor) -> None:
    assert SAID not in said(f"{SAID} {end}", extractor)
