"""Lexicon: the words extraction goes by, kept as TOML beside this file and read once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Furniture:
    """Patterns for whole lines; see furniture.toml."""

    line: re.Pattern[str]
    credit: re.Pattern[str]
    end: re.Pattern[str]
    end_share: float


@cache
def furniture() -> Furniture:
    table = load("furniture.toml")
    return Furniture(
        line=_any_of(table["line"]),
        credit=_any_of(table["credit"]),
        end=_any_of(table["end"]),
        end_share=table["end_share"],
    )


def load(name: str) -> dict[str, Any]:
    """A lexicon file of this folder as tables."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
