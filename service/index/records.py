"""Records: statements and sources as the bytes that an index stores, and back.

The only place that knows what is stored: the domain's types as MessagePack, decoded directly into
them in a third of the time that JSON and constructors take. Engines derive from records what is
searched, sorted and counted.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from service.domain import Source, SourceSummary, Span, Speaker, Statement
from service.errors import InvalidInput
from service.index.appearances import Appearance

FORMAT_VERSION = 8
"""Incremented with every change to what is stored or how words are analysed, and to the modules
whose classes an engine's table of contents names: an index of another version must be rebuilt."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as stored, with its fingerprint and counts, which save reading its statements.

    ``statements`` counts all of them, ``quotes`` and ``claims`` speech, ``attitudes`` attitudes.
    """

    source: Source
    fingerprint: str
    statements: int
    quotes: int
    claims: int
    attitudes: int

    def summary(self) -> SourceSummary:
        return SourceSummary(self.source, self.quotes, self.claims, self.attitudes)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Values that many statements share, numbered from 1 by position.

    ``titles`` are the titles that articles give speakers; each of ``candidates`` is a tuple of
    possible speakers. ``rendering`` is the version of the pre-rendered statements; "" if there are
    none.
    """

    speakers: list[Appearance] = field(default_factory=list)
    candidates: list[tuple[Speaker, ...]] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    rendering: str = ""


@dataclass(frozen=True, slots=True)
class StoredWords:
    """Words, one per line, and the number of quotations with each (4 bytes, little-endian)."""

    folded: str
    written: str
    counts: bytes


@dataclass(frozen=True, slots=True)
class _SourceId:
    id: str


@dataclass(frozen=True, slots=True)
class _SourcePlace:
    """The part of a source's record that orders it; decoding skips the rest."""

    source: _SourceId


@dataclass(frozen=True, slots=True)
class _StatementPlace:
    """The part of a statement that orders it."""

    id: str
    spans: tuple[Span, ...]
    source: _SourceId


_encode = msgspec.msgpack.Encoder().encode
_statements = msgspec.msgpack.Decoder(Statement)
_statement_places = msgspec.msgpack.Decoder(_StatementPlace)
_source_places = msgspec.msgpack.Decoder(_SourcePlace)
_sources = msgspec.msgpack.Decoder(SourceRecord)
_catalogues = msgspec.msgpack.Decoder(Catalogue)
_words = msgspec.msgpack.Decoder(StoredWords)


def pack_statement(statement: Statement) -> bytes:
    """Raises InvalidInput for text that is not Unicode (a lone surrogate)."""
    return _pack(f"statement {statement.id}", statement)


def unpack_statement(record: bytes) -> Statement:
    """Raises ValueError for anything but a statement's record; the functions below do the same."""
    return _statements.decode(record)


def statement_place(record: bytes) -> tuple[str, int, int, str]:
    """The sort key of a statement among those of one date: source, start, end, id."""
    place = _statement_places.decode(record)
    start, end = (place.spans[0].start, place.spans[-1].end) if place.spans else (0, 0)
    return place.source.id, start, end, place.id


def pack_source(record: SourceRecord) -> bytes:
    """Raises InvalidInput for text that is not Unicode and for metadata that is not JSON."""
    return _pack(f"source {record.source.id}", record)


def unpack_source(record: bytes) -> SourceRecord:
    return _sources.decode(record)


def source_place(record: bytes) -> str:
    """The sort key of a source among those of one date: the id."""
    return _source_places.decode(record).source.id


def pack_catalogue(catalogue: Catalogue) -> bytes:
    return _encode(catalogue)


def unpack_catalogue(record: bytes) -> Catalogue:
    return _catalogues.decode(record)


def pack_words(words: Sequence[tuple[str, str, int]]) -> bytes:
    """``words`` are tuples of folded word, word in lower case, and number of quotations; sorted."""
    return _encode(
        StoredWords(
            "\n".join(folded for folded, _, _ in words),
            "\n".join(written for _, written, _ in words),
            array("I", (count for _, _, count in words)).tobytes(),
        )
    )


def unpack_words(record: bytes) -> StoredWords:
    return _words.decode(record)


def _pack(what: str, record: Statement | SourceRecord) -> bytes:
    try:
        return _encode(record)
    except (TypeError, UnicodeEncodeError, OverflowError) as error:
        raise InvalidInput(f"{what} cannot be stored: {error}") from error
