"""For whom somebody unnamed speaks."""

import pytest

from tests.statements import extracted


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("A Pentagon official said it was late.", "Pentagon"),
        ("Senior FBI officials said it was late.", "FBI"),
        ("Officials at the Treasury Department said it was late.", "Treasury Department"),
        ("Lawyers for Acme Holdings said it was late.", "Acme Holdings"),
        ("A Kolt campaign spokesman said it was late.", "Kolt campaign"),
        ("Malva Airlines fell. An airline spokesman said it was late.", "Malva Airlines"),
        ("Malva Airlines fell. A spokesman for the airline said it was late.", "Malva Airlines"),
        ("Ann Bell fell. A spokeswoman for Ms Bell said it was late.", "Ann Bell"),
        ("Ann Bell fell. Her lawyer said it was late.", "Ann Bell"),
    ],
)
def test_unnamed_staff_speaks_on_behalf_of_whom_its_words_name(text: str, body: str) -> None:
    (found,) = extracted(text)
    assert found.speaker is None
    assert found.on_behalf_of is not None
    assert found.on_behalf_of.name == body


@pytest.mark.parametrize(
    "text",
    [
        "An official said it was late.",
        "A US official said it was late.",
        "Ann Bell and Tom Rask fell. Lawyers for Ann Bell and Tom Rask said it was late.",
        "Ann Bell fell. His lawyer said it was late.",
        "A voter in Ohio said it was late.",
    ],
)
def test_staff_of_nobody_certain_speaks_for_nobody(text: str) -> None:
    (found,) = extracted(text)
    assert (found.speaker, found.on_behalf_of) == (None, None)


def test_staff_is_not_whoever_was_quoted_last() -> None:
    text = "“No,” Jane Doe, of Acme, said. A Harbor Council official said it was late."
    assert [found.on_behalf_of and found.on_behalf_of.name for found in extracted(text)] == [
        None,
        "Harbor Council",
    ]


def test_staff_is_nobody_of_another_office() -> None:
    text = (
        "ACCRA - The Bank of Ghana has revoked the licence of lender Unity Trust Savings.\n\n"
        "“Depositors will be paid,” Governor Ama Sarpong said. The bank's lawyer declined to "
        "comment, and said that it was late.\n"
    )
    assert [found.speaker and found.speaker.name for found in extracted(text)] == [
        "Ama Sarpong",
        None,
    ]


def test_a_named_spokesman_speaks_himself() -> None:
    (found,) = extracted("Jane Doe, a spokeswoman for Acme Holdings, said it was late.")
    assert found.speaker is not None
    assert (found.speaker.name, found.on_behalf_of) == ("Jane Doe", None)


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ("An official at the Treasury Department said it was late.", "Treasury Department"),
        ("A Pentagon official said so. A Navy official said it was late.", "Navy"),
        ("A Pentagon official said it was late. An official said it was not.", None),
    ],
)
def test_the_official_represents_whom_the_last_official_did(before: str, body: str | None) -> None:
    *_, last = extracted(f"{before} “Give us a week,” the official said.")
    assert last.speaker is None
    assert (last.on_behalf_of and last.on_behalf_of.name) == body
