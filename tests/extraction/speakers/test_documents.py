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
            "In a letter to the mayor, Ann Bell wrote that it was late. The letter said that "
            "ferries would sail.",
            "Ann Bell",
        ),
        (
            "Ann Bell, the chairwoman, emailed members on Monday, saying it was late. The email "
            "said that ferries would sail.",
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


def test_a_document_has_the_maker_after_whom_it_asked() -> None:
    text = (
        "Most bosses plan to hire, according to a new survey. The quarterly survey of 500 bosses, "
        "conducted by Orvane Research, found that few do. The survey said that pay would rise."
    )
    assert last_speaker(text) == "quarterly survey by Orvane Research"


def test_of_two_reports_neither_is_named() -> None:
    text = (
        "Ferries were late. The Harbour Board asked why in a report. The union wrote a report of "
        "its own. The report said that repairs took too long. It also said that costs had doubled."
    )
    assert last_speaker(text) is None


def test_whoever_obtained_a_message_did_not_write_it() -> None:
    text = "An email obtained by Orvane United, the advocacy group, says that ferries are late."
    assert last_speaker(text) != "Orvane United"


def test_a_journal_is_not_two_who_speak() -> None:
    text = "“It is late,” concluded an article in the journal Judgment and Decision Making."
    assert last_speaker(text) == "article in the journal Judgment and Decision Making"


def test_a_document_of_a_campaign_is_not_the_candidates() -> None:
    text = (
        "Ann Bell met voters. A separate statement issued by the Bell campaign said she would win."
    )
    assert last_speaker(text) == "statement issued by the Bell campaign"


def test_a_statement_is_not_whose_came_before_another() -> None:
    text = (
        "“It is late,” Orvane Holdings said in a statement. Later Ann Bell sent a statement of her "
        "own to the board. The statement said that ferries would sail."
    )
    assert last_speaker(text) != "Orvane Holdings"


def test_whoever_reported_on_a_document_did_not_make_it() -> None:
    text = "It was late, according to court documents reported previously by The Orvane Post."
    assert last_speaker(text) == "court documents"
