"""Listed: the part of a statement's JSON that a list shows; the rest is not decoded.

Decoding all of twenty statements took a fifth of the time of a page, and decoding them as
dictionaries half as long again as these (python -m bench.html).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec


class _Shown(msgspec.Struct, frozen=True, gc=False):
    """Part of an answer; holds no reference to the whole."""


class Range(_Shown, frozen=True):
    start: int
    end: int


class Text(_Shown, frozen=True):
    text: str


class Member(_Shown, frozen=True):
    id: str
    name: str


class SpeakerShown(Member, frozen=True):
    members: tuple[Member, ...] = ()


class AttributionShown(_Shown, frozen=True):
    mention: Text | None


class SourceShown(_Shown, frozen=True):
    id: str
    title: str | None
    publisher: str | None
    published: str | None


class Links(_Shown, frozen=True):
    self: str
    source: str


class Listed(_Shown, frozen=True):
    """A statement as lists show it."""

    id: str
    form: str
    text: str
    spans: tuple[Range, ...]
    quoted: tuple[Range, ...]
    speaker: SpeakerShown | None
    speaker_confidence: float
    attribution: AttributionShown
    act: str
    denied: bool
    on_behalf_of: SpeakerShown | None
    relayed_by: SpeakerShown | None
    title: Text | None
    source: SourceShown
    links: Links
    highlights: tuple[Range, ...] = ()


_read = msgspec.json.Decoder(Listed).decode


def listed(statements: Iterable[bytes]) -> list[Listed]:
    """Decodes statements, each given as JSON."""
    return list(map(_read, statements))


def shown(statement: Mapping[str, Any]) -> Listed:
    """A statement that is parsed already, as a list shows it."""
    return msgspec.convert(statement, Listed)
