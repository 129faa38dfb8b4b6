"""Whom "they", "it" and "the company" mean where the article goes on about somebody."""

import pytest

from service.domain import Source, Statement
from service.extraction import annotate


def statements(text: str) -> tuple[Statement, ...]:
    return annotate(Source("a", text, "-")).statements


def last_speaker(text: str) -> str | None:
    speaker = statements(text)[-1].speaker
    return speaker.name if speaker else None


@pytest.mark.parametrize(
    "text",
    [
        "Ann Bell and Tom Task walked north on Monday. They said that the road was closed.",
        "As Ann Bell and Tom Task walked north, the road was closed, they said.",
        "Ann Bell and Senator Tom Task of Ohio met on Monday, when they said the road was closed.",
        "DJ duo Ann Bell and Tom Task are back on Sunday. They hope that many will listen.",
        "Take Idaho Republican Sens. Ann Bell and Tom Task. Last week, they said it was closed.",
        "Two senators, Ann Bell and Tom Task, met on Monday. They said that the road was closed.",
        "Mayor Ann Bell and her deputy, Tom Task, met on Monday. They said the road was closed.",
    ],
)
def test_they_are_those_named_where_the_sentence_begins(text: str) -> None:
    assert last_speaker(text) == "Ann Bell and Tom Task"


def test_they_are_the_group_that_has_just_spoken() -> None:
    text = (
        "Ann Bell and Tom Task said the road was closed. They said it was flooded. Rain fell. "
        "They said that it would open on Friday."
    )
    assert last_speaker(text) == "Ann Bell and Tom Task"


@pytest.mark.parametrize(
    "text",
    [
        "Farmers met Ann Bell and Tom Task on Monday. They said that the road was closed.",
        "Ann Bell and Tom Task’s farmers met on Monday. They said that the road was closed.",
        "Residents complained to Ann Bell and Tom Task. Later they said that the road was closed.",
    ],
)
def test_they_are_not_two_who_are_only_mentioned(text: str) -> None:
    assert last_speaker(text) is None


def test_they_are_a_party_that_has_just_spoken() -> None:
    text = "The Conservatives say the road is closed. They say that it was flooded."
    assert last_speaker(text) == "Conservatives"
    text = "The Conservatives say the road is closed. If they leave, people say it will open."
    assert last_speaker(text) is None


def test_more_than_two_are_not_the_first_two() -> None:
    text = (
        "The all-party group, including Tories Ann Bell and Tom Task, Labour’s Dan Hart and Sam "
        "Roe, said the road was closed. They said that it was flooded."
    )
    assert last_speaker(text) is None


def test_it_is_the_body_that_its_sentence_is_about() -> None:
    text = (
        "The Orvane survey said that ferries were late. The Harbour Board closed what it called a "
        "dangerous pier."
    )
    assert last_speaker(text) == "Harbour Board"


def test_it_is_the_body_that_has_just_spoken() -> None:
    text = (
        "Shipowners’ organisation, the Orvane Federation, said that ferries were late. It also "
        "said that the pier was closed."
    )
    assert last_speaker(text) == "Orvane Federation"


def test_the_company_is_whom_the_sentence_before_is_about() -> None:
    text = (
        "Shares in the oil giant Orvane Petroleum fell. The company said its profit was small.\n\n"
        "Tezzo Motors, the owner of Kaigan, rose 2 per cent. The company said that sales grew.\n\n"
        "Fenwick Foods slid after a warning. The company said that costs had risen."
    )
    speakers = [one.speaker.name if one.speaker else None for one in statements(text)]
    assert speakers == ["Orvane Petroleum", "Tezzo Motors", "Fenwick Foods"]


def test_the_airline_is_the_name_before_it_and_goes_on() -> None:
    text = (
        "Tom Task, the pilot, had flown for years with OrvaneAir, the airline said on Monday. He "
        "had no debts, the airline added. Dan Hart worked for Tezzo."
    )
    speakers = [one.speaker.name if one.speaker else None for one in statements(text)]
    assert speakers == ["OrvaneAir", "OrvaneAir"]
    assert last_speaker("Profits fell at its plant in Wrexham, the company said.") is None


def test_the_departments_are_those_that_have_just_spoken() -> None:
    text = (
        "The Labor Department and the Treasury Department said they followed the rules. The "
        "departments said that nobody was late."
    )
    assert last_speaker(text) == "Labor Department and Treasury Department"


@pytest.mark.parametrize("other", ["her brother", "a colleague", "the driver"])
def test_who_after_somebody_unnamed_is_nobody(other: str) -> None:
    assert last_speaker(f"The union sent Ann Bell and {other}, who said it was late.") is None


def test_who_after_a_name_is_that_person() -> None:
    assert last_speaker("The union sent Ann Bell and Joe Task, who said it was late.") == "Joe Task"


def test_she_is_the_boys_mother_who_opens_the_paragraph() -> None:
    text = "Judge Ann Bell called it cruel.\n\nThe boy's mother read a statement to the court."
    assert last_speaker(f"{text} “He slept,” she said of her son.") is None


def test_which_after_a_case_is_not_a_party_to_it() -> None:
    text = "She named Ardmore Stores v. Dukelow, which denied class-action status to women."
    assert last_speaker(text) is None


@pytest.mark.parametrize(
    ("rivals", "speaker"),
    [
        ("Ann Bell and Tom Task, who say", "Ann Bell and Tom Task"),
        ("voters such as Tom Task, who are tired and say", None),
        ("Ann Bell, who says", "Ann Bell"),
    ],
)
def test_who_say_are_both_and_not_the_last(rivals: str, speaker: str | None) -> None:
    assert last_speaker(f"The mayor praised {rivals} that the senator is late.") == speaker
