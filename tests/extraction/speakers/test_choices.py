"""Whom a pronoun or a description may mean, and what speaks for each."""

import pytest

from service.domain import Source, Span
from service.extraction.page.layout import lay_out
from service.extraction.page.words import read_words
from service.extraction.speakers.cast import gather_cast
from service.extraction.speakers.choices import (
    FOLLOWING,
    NEAREST,
    asks_for_person,
    choice_of,
)
from service.extraction.speakers.discourse import Discourse
from service.extraction.speakers.mentions import read_mention
from service.extraction.speakers.signs import Choice, Contender

FIRST = [
    "Anna",
    "Bell",
    "Carl",
    "Dora",
    "Emil",
    "Fred",
    "Gina",
    "Hans",
    "Ivan",
    "Jane",
    "Karl",
    "Lisa",
    "Mary",
    "Nora",
    "Paul",
    "Rosa",
]


def choice_in(text: str, words: str, content: tuple[Span, ...] = ()) -> Choice:
    """The choice that the last ``words`` in ``text`` ask for."""
    article = lay_out(Source(id="a-1", text=text, origin="-"))
    cast = gather_cast(article, read_words(article))
    discourse = Discourse(article, cast)
    start = text.rindex(words)
    mention = read_mention(text, Span(start, start + len(words)), cast)
    return choice_of(discourse, mention, words.lower(), content, None)


def named(choice: Choice) -> list[str]:
    return [candidate.figure.name for candidate in choice.candidates]


def of(choice: Choice, name: str) -> Contender:
    return next(one for one in choice.candidates if one.figure.name == name)


TWO = "Maria Lopez met Anna Brandt in Lima. The talks took a day. She said it was over."


def test_the_nearest_is_first() -> None:
    assert named(choice_in(TWO, "She")) == ["Anna Brandt", "Maria Lopez"]


def test_the_other_sex_is_impossible() -> None:
    choice = choice_in(TWO.replace("Anna", "Peter"), "She")
    assert named(choice) == ["Maria Lopez"]
    assert of(choice, "Maria Lopez").signs["gender_agrees"] == 1


def test_the_subject_is_distinguished_from_the_object() -> None:
    choice = choice_in(TWO, "She")
    assert of(choice, "Maria Lopez").signs["last_is_subject"] == 1
    assert of(choice, "Anna Brandt").signs["last_is_subject"] == 0


def test_names_in_the_own_words_do_not_count() -> None:
    text = "Maria Lopez left. “Peter Brandt is late,” she said."
    content = Span(text.index("Peter"), text.index(",”"))
    assert named(choice_in(text, "she", (content,))) == ["Maria Lopez"]


def test_who_is_named_in_the_mention_is_not_meant() -> None:
    text = "Peter Brandt left. The rival of Maria Lopez said it was over."
    assert named(choice_in(text, "The rival of Maria Lopez")) == ["Peter Brandt"]


def test_who_has_the_role_is_found_by_it() -> None:
    text = "Senator Maria Lopez met Peter Brandt. They ate. The senator said it was over."
    choice = choice_in(text, "The senator")
    assert of(choice, "Maria Lopez").signs["holds_role"] == 1
    assert of(choice, "Peter Brandt").signs["holds_role"] == 0
    assert choice.circumstances["role_is_held"] == 1


def test_who_is_named_only_afterwards_is_among_them() -> None:
    text = "A former chairman said it was over. Maria Lopez, 61, led it for years."
    choice = choice_in(text, "A former chairman")
    assert named(choice) == ["Maria Lopez"]
    assert of(choice, "Maria Lopez").signs["named_in_sentence_after"] == 1


def test_many_names_are_not_more_work() -> None:
    text = " ".join(f"{first} {last}son left." for first in FIRST for last in FIRST)
    choice = choice_in(f"{text} He said so. " + text.replace("son", "sen"), "He")
    assert NEAREST <= len(choice.candidates) <= NEAREST + FOLLOWING


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("she", True),
        ("who", True),
        ("the former senator", True),
        ("the Frenchman", True),
        ("they", False),
        ("it", False),
        ("Maria Lopez", False),
        ("a report", False),
        ("Mr. Singer", False),
    ],
)
def test_what_asks_for_a_person(words: str, asks: bool) -> None:
    text = f"Maria Lopez left, said {words} today."
    article = lay_out(Source(id="a-1", text=text, origin="-"))
    cast = gather_cast(article, read_words(article))
    start = text.rindex(words)
    mention = read_mention(text, Span(start, start + len(words)), cast)
    assert asks_for_person(mention, words) is asks


def test_whom_a_description_addresses_it_does_not_mean() -> None:
    text = "Ryan Doe stole a car. Anna Bell opened a school. {} “You had your chance.”"
    assert named(choice_in(text.format("The clerk told Doe:"), "The clerk")) == ["Anna Bell"]
    assert named(choice_in(text.format("The clerk said:"), "The clerk")) == [
        "Anna Bell",
        "Ryan Doe",
    ]
