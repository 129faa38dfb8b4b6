"""Records: a statement and a source as the bytes that an index keeps, and back.

The only place that knows what is stored: the domain's types themselves as MessagePack, read
straight into them in a third of the time that JSON and constructors take. What is searched,
sorted and counted is derived from records by the engines.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from service.domain import Source, SourceSummary, Span, Speaker, Statement
from service.errors import InvalidInput
from service.index.appearances import Appearance

FORMAT_VERSION = 8
"""Goes up with every change of what is stored or how words are analysed, and of the modules whose
classes an engine's table of contents names: an index of another version has to be made again."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as it is kept: with the fingerprint and the counts that spare a look elsewhere.

    ``statements`` are all of it; ``quotes`` and ``claims`` those that say what was said, and
    ``attitudes`` what somebody thinks or wants.
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
    """Values that many statements share, numbered from 1 by their place.

    ``titles`` are how articles introduce speakers, ``candidates`` are whom a mention may mean,
    several each. ``rendering`` is the version of what is kept of statements ready-made; "" where
    nothing is.
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
    """Words a line each, and in how many quotations each is (4 bytes, little end first)."""

    folded: str
    written: str
    counts: bytes


@dataclass(frozen=True, slots=True)
class _SourceId:
    id: str


@dataclass(frozen=True, slots=True)
class _SourcePlace:
    """The part of a source's record that orders it; the rest is passed over when it is read."""

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
    """Raises ValueError if it is not a statement's record; so do the others below."""
    return _statements.decode(record)


def statement_place(record: bytes) -> tuple[str, int, int, str]:
    """What orders statements of one date, without the rest: source, start, end, id."""
    place = _statement_places.decode(record)
    start, end = (place.spans[0].start, place.spans[-1].end) if place.spans else (0, 0)
    return place.source.id, start, end, place.id


def pack_source(record: SourceRecord) -> bytes:
    """Raises InvalidInput for text that is not Unicode and for metadata that is not JSON."""
    return _pack(f"source {record.source.id}", record)


def unpack_source(record: bytes) -> SourceRecord:
    return _sources.decode(record)


def source_place(record: bytes) -> str:
    """What orders sources of one date, without the rest: the id."""
    return _source_places.decode(record).source.id


def pack_catalogue(catalogue: Catalogue) -> bytes:
    return _encode(catalogue)


def unpack_catalogue(record: bytes) -> Catalogue:
    return _catalogues.decode(record)


def pack_words(words: Sequence[tuple[str, str, int]]) -> bytes:
    """Each folded, as written in lower case, and in how many quotations; sorted."""
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
