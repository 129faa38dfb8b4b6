"""Listed: what of a statement's JSON a list shows; the rest is not read.

To read all of twenty statements took a fifth of the time of a page (python -m bench.html).
"""

from collections.abc import Iterable
from typing import NotRequired, TypedDict

import msgspec


class Range(TypedDict):
    start: int
    end: int


class Text(TypedDict):
    text: str


class Member(TypedDict):
    id: str
    name: str


class SpeakerShown(Member):
    members: NotRequired[list[Member]]


class AttributionShown(TypedDict):
    mention: Text | None


class SourceShown(TypedDict):
    id: str
    title: str | None
    publisher: str | None
    published: str | None


class Links(TypedDict):
    self: str
    source: str


class Listed(TypedDict):
    """A statement as lists show it."""

    id: str
    form: str
    text: str
    spans: list[Range]
    quoted: list[Range]
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
    highlights: NotRequired[list[Range]]


_read = msgspec.json.Decoder(list[Listed]).decode


def listed(statements: Iterable[bytes]) -> list[Listed]:
    """Of statements, each as JSON."""
    return _read(b"[%b]" % b",".join(statements))
