"""Lexicon: the word lists of lexicon.toml, and questions to them."""

import re
import tomllib
from functools import cache
from importlib.resources import files


def is_agency(name: str) -> bool:
    """Whether ``name`` is a news agency or broadcaster, ignoring case."""
    return name.strip().replace("’", "'").casefold() in words("agencies")


def is_navigation(line: str) -> bool:
    """Whether the whole line is navigation, a picture credit or a page number."""
    return _navigation().fullmatch(line) is not None


def is_furniture(paragraph: str) -> bool:
    """Whether a short paragraph of a page asks for a click, a subscription or money."""
    if _furniture().match(paragraph):
        return True
    folded = paragraph.casefold()
    asks = any(word in folded for word in _lexicon()["asking"])  # slower, and rarely needed
    return asks and _prompts().match(paragraph) is not None


@cache
def words(name: str) -> frozenset[str]:
    """The word list of this name, case folded."""
    return frozenset(word.casefold() for word in _lexicon()[name])


@cache
def _navigation() -> re.Pattern[str]:
    return re.compile("|".join(_lexicon()["navigation"]), re.IGNORECASE)


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _lexicon()["furniture"]), re.IGNORECASE)


@cache
def _prompts() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _lexicon()["prompts"]), re.IGNORECASE)


@cache
def _lexicon() -> dict[str, list[str]]:
    return tomllib.loads(files("service.reading").joinpath("lexicon.toml").read_text("utf-8"))
