"""Media: which names of newspapers, agencies, stations and sites are the same medium's."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from service.names.folding import fold_name

SHORTEST_PART = 4
"""Letters of a name that may be part of another one."""


def named_alike(name: str) -> tuple[str, ...]:
    """The names and sites of the medium, the given one first.

    >>> named_alike("guardian")[:3]
    ('guardian', 'The Guardian', 'Guardian')
    """
    return tuple(dict.fromkeys((name, *_known().get(key_of(name), ()))))


def is_known(name: str) -> bool:
    """Whether it is one of the media in media.toml."""
    return key_of(name) in _known()


def sounds_like_one(name: str) -> bool:
    """Whether it contains a word typical of media names, or is a site.

    >>> sounds_like_one("Eastern Daily Press"), sounds_like_one("Congress")
    (True, False)
    """
    words = set(re.findall(r"[a-z]+", fold_name(name)))
    return "." in name.strip(".") or not words.isdisjoint(_words())


def is_one(name: str, other: str) -> bool:
    """Whether both are certainly names of one medium.

    >>> is_one("the Guardian", "theguardian.com"), is_one("The New American", "thenewamerican.com")
    (True, True)
    >>> is_one("The Times", "The New York Times")
    False
    """
    ours, theirs = key_of(name), key_of(other)
    if ours == theirs or (ours in _known() and _known()[ours] is _known().get(theirs)):
        return True
    return theirs in _of_site(name) or ours in _of_site(other)


def may_be_one(name: str, other: str) -> bool:
    """Whether both may be names of one medium; one may be part of the other.

    >>> may_be_one("The Times", "The New York Times"), may_be_one("TASS", "The Guardian")
    (True, False)
    """
    if is_one(name, other):
        return True
    short, long = sorted((key_of(name), key_of(other)), key=len)
    return len(short) >= SHORTEST_PART and short in long


@lru_cache(maxsize=1 << 12)
def key_of(name: str) -> str:
    """The name's letters and digits, without a leading article.

    >>> key_of("The New York Times"), key_of("bbc.co.uk")
    ('newyorktimes', 'bbccouk')
    """
    return re.sub(r"[\W_]+", "", re.sub(r"^the[\s.-]+(?=\w)", "", fold_name(name.strip())))


def _of_site(name: str) -> tuple[str, ...]:
    """The keys of a site's name without its top-level domain, with and without an article."""
    if "." not in name or " " in name:
        return ()
    labels = fold_name(name).split(".")
    key = re.sub(r"[\W_]+", "", max(labels[:-1], key=len))
    return (key, key.removeprefix("the"))


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("media.toml").read_text("utf-8"))


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """The names of one medium by the key of each."""
    lines = (tuple(line.split("|")) for line in _lexicon()["known"].split("\n") if line)
    return {key_of(name): names for names in lines for name in names}


@cache
def _words() -> frozenset[str]:
    return frozenset(_lexicon()["words"].split())
