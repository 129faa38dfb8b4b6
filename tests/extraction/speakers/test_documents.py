"""Documents that speak for whoever has just written them."""

import pytest

from service.domain import Source
from service.extraction import annotate


def last_speaker(text: str) -> str | None:
    speaker = annotate(Source("a", text, "-")).statements[-1].speaker
    return speaker.name if speaker else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "“It is late,” Orvane Holdings said in a statement. Rain fell. The statement added "
            "that ferries would sail.",
            "Orvane Holdings",
        ),
        (
            "“It is late,” Ann Bell wrote in a June 10, 2009 email. The message, sent to the "
            "mayor, said that ferries would sail.",
            "Ann Bell",
        ),
        (
            "Orvane Holdings said that it had no ships. “Ferries will sail,” the statement said.",
            "Orvane Holdings",
        ),
    ],
)
def test_a_statement_is_whose_it_is(text: str, name: str) -> None:
    assert last_speaker(text) == name


def test_a_letter_is_not_whoever_has_only_spoken() -> None:
    text = "Ann Bell said that it was late. The letter said that ferries would sail."
    assert last_speaker(text) != "Ann Bell"


def test_a_statement_is_not_whoever_reports_on_it() -> None:
    text = (
        "The Orvane Post said Tom Task sent a written statement to the board. “Ferries will "
        "sail,” the statement said."
    )
    assert last_speaker(text) != "Orvane Post"
