"""Lexicon: the words names are made of, TOML files in this folder, each read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any


class Gender(StrEnum):
    """A gender that a name or a word shows."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists in lower case. ``first_names`` maps to None those of either gender.

    ``family_first`` are the surnames that come first, ``surnames_first`` those of them that are
    neither given names nor words; ``of_fathers`` are the particles before a father's name.
    """

    first_names: Mapping[str, Gender | None]
    nicknames: Mapping[str, frozenset[str]]
    particles: frozenset[str]
    of_fathers: frozenset[str]
    generations: frozenset[str]
    surnames_first: frozenset[str]
    family_first: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words of names.toml and first_names.toml, read once."""
    table = load("names.toml")
    surnames_first = words(table["surnames_first"])
    return Lexicon(
        first_names=by_gender(load("first_names.toml")),
        nicknames={name: words(others) for name, others in table["nicknames"].items()},
        particles=words(table["particles"]),
        of_fathers=words(table["of_fathers"]),
        generations=words(table["generations"]),
        surnames_first=surnames_first,
        family_first=surnames_first | words(table["surnames_first_or_given"]),
    )


def words(text: str) -> frozenset[str]:
    """The words of ``text``, which white space separates."""
    return frozenset(text.split())


def by_gender(table: Mapping[str, str]) -> dict[str, Gender | None]:
    """Maps each word of a table of "male", "female" and "either" to its gender, None for either."""
    return {
        word: None if gender == "either" else Gender(gender)
        for gender, listed in table.items()
        for word in listed.split()
    }


def load(name: str) -> dict[str, Any]:
    """The tables of a file in this folder."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
