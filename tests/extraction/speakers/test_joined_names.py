"""Names that marks within them cut in two."""

import pytest

from service.domain import Source
from service.extraction import annotate


def speaker_of(text: str) -> str | None:
    speaker = annotate(Source("a", text, "-")).statements[-1].speaker
    return speaker.name if speaker else None


@pytest.mark.parametrize(
    "text",
    [
        'Robert "Butch" Tolliver said the lake was low.',
        "The boss, Robert “Big Butch” Tolliver, 79, said he was sorry.",
        "Welder Robert “Butch” Tolliver said he was sorry.",
        "Former coach Robert ‘Butch’ Tolliver said he was sorry.",
        "Robert “Big Butch” Tolliver left. “Go,” Tolliver said.",
        "Robert (Bob) Tolliver said he ran alone.",
    ],
)
def test_a_quoted_nickname_does_not_end_a_name(text: str) -> None:
    assert speaker_of(text) == "Robert Tolliver"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Robert Tolliver, Jr., 71, said he was tired.", "Robert Tolliver Jr."),
        (
            "Robert T. Tolliver, Sr., the owner, left. “Go,” Tolliver said.",
            "Robert T. Tolliver Sr.",
        ),
        ("“Go,” said Robert Tolliver, III, the owner.", "Robert Tolliver III"),
    ],
)
def test_a_generation_after_a_comma_is_part_of_a_name(text: str, name: str) -> None:
    assert speaker_of(text) == name


@pytest.mark.parametrize("after", [" said that he was tired.", ". It was late."])
def test_a_number_that_ends_a_stage_name_is_its_part(after: str) -> None:
    text = f"“Go on,” said Andre 3000{after}"
    assert speaker_of(text) == "Andre 3000"


@pytest.mark.parametrize("number", ["45", "2016"])
def test_a_share_or_a_year_is_not_part_of_a_name(number: str) -> None:
    assert speaker_of(f"“Go on,” said Andre {number}. It was late.") == "Andre"


def test_what_another_is_called_in_marks_joins_nobody() -> None:
    text = 'Voters liked "Butch" Tolliver. Ann Roe (Lab) told Tom Hart that it was late.'
    assert speaker_of(text) == "Ann Roe"


@pytest.mark.parametrize(
    "name",
    [
        "Cook County Sheriff’s Office",
        "Attorney General's Office",
        "National Farmers’ Union",
        "Women's Council",
        "People’s Party",
        "St Brannock's Hospital",
        "Alliance of Motion Picture and Television Producers",
        "Federation of Television and Radio Artists",
        "Bureau of Alcohol, Tobacco, Firearms, and Explosives",
        "Senate Committee on Banking, Housing, and Urban Affairs",
        "Committee on Oversight, Reform and Accountability",
        "House Committee on Education and the Workforce",
    ],
)
def test_a_body_is_all_of_its_name(name: str) -> None:
    assert speaker_of(f"The {name} said that it would appeal on Monday.") == name


def test_a_persons_body_is_not_joined_to_him() -> None:
    text = "Hart’s Council said that it would appeal on Monday."
    assert speaker_of(text) != "Hart’s Council"


@pytest.mark.parametrize("later", ["Butch Tolliver", "Butch"])
def test_who_has_a_nickname_in_marks_is_called_by_it_too(later: str) -> None:
    text = f"Sheriff Robert “Butch” Tolliver left. Ann Roe stayed. “Go,” {later} said."
    assert speaker_of(text) == "Robert Tolliver"


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
