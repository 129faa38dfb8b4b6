"""Bodies: the organisations of bodies.toml, ready to look up."""

from collections.abc import Mapping
from functools import cache

from service.extraction.lexicon import load


@cache
def whole_names() -> tuple[str, ...]:
    """Names of several words or with unusual spelling, as written."""
    listed = load("bodies.toml")["whole"].replace("\n", "").split("|")
    return tuple(dict.fromkeys([*listed, *(name for name in what_they_are() if " " in name)]))


@cache
def single_names() -> frozenset[str]:
    """Names of one word, in lower case."""
    return frozenset(load("bodies.toml")["single"].split())


@cache
def name_endings() -> frozenset[str]:
    """Last words of a body's name rather than a person's, in lower case."""
    return frozenset(load("bodies.toml")["endings"].split())


@cache
def what_they_are() -> Mapping[str, str]:
    """The kind of each body ("airline carrier"), by its name."""
    return {
        name: line["called"]
        for line in load("bodies.toml")["are"]
        for name in line["names"].split("|")
    }
