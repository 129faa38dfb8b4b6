"""Names that no comma parts: a place or a body, and somebody's surname."""

import pytest

from service.domain import Source
from service.extraction import annotate


def speaker(text: str) -> str | None:
    found = annotate(Source("a", text, "-")).statements[-1].speaker
    return None if found is None else found.name


@pytest.mark.parametrize(
    "beside", ["After a rally in New York", "Outside the European Parliament", "To the Daily Mail"]
)
def test_the_surname_is_who_speaks(beside: str) -> None:
    assert speaker(f"Ruth Maddow came.\n\n{beside} Maddow said it was late.") == "Ruth Maddow"


def test_a_full_name_is_left_whole() -> None:
    text = "Ruth Clinton came.\n\nFriends of Chelsea Clinton said it was late."
    assert speaker(text) != "Ruth Clinton"
    text = "Ruth Clinton came.\n\nIt was late, according to Chelsea Clinton."
    assert speaker(text) == "Chelsea Clinton"
