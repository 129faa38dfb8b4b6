"""Records: a statement and a source as the bytes that an index keeps, and back.

The only place that knows what is stored. A record is a JSON array, positions as written in
the two pairs of functions below: half the size of named fields and twice as fast to read.
What is searched, sorted and counted is derived from records by the engines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from service.domain import (
    Attested,
    Attribution,
    Context,
    Excerpt,
    Form,
    PartialDate,
    Provenance,
    Source,
    SourceReference,
    SourceSummary,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from service.errors import InvalidInput

FORMAT_VERSION = 1
"""Goes up with every change of what is stored or how words are analysed: an index of another
version has to be made anew."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as it is kept: with the fingerprint and the counts that spare a look elsewhere."""

    source: Source
    fingerprint: str
    quotes: int
    claims: int

    def summary(self) -> SourceSummary:
        return SourceSummary(self.source, self.quotes, self.claims)


def pack_statement(statement: Statement) -> bytes:
    """Raises InvalidInput for text that is no Unicode (a lone surrogate)."""
    attribution = statement.attribution
    return _dump(
        f"statement {statement.id}",
        [
            statement.id,
            statement.form,
            statement.text,
            _flat(statement.spans),
            _flat(statement.quoted),
            speaker_row(statement.speaker) if statement.speaker else None,
            _excerpt_row(attribution.mention),
            _excerpt_row(attribution.cue),
            attribution.confidence,
            attribution.via,
            statement.context.before,
            statement.context.after,
            _reference_row(statement.source),
        ],
    )


def unpack_statement(record: bytes) -> Statement:
    row = orjson.loads(record)
    return Statement(
        id=row[0],
        form=Form(row[1]),
        text=row[2],
        spans=_spans(row[3]),
        quoted=_spans(row[4]),
        speaker=speaker_of(row[5]) if row[5] else None,
        attribution=Attribution(_excerpt(row[6]), _excerpt(row[7]), row[8], tuple(row[9])),
        context=Context(row[10], row[11]),
        source=_reference(row[12]),
    )


def statement_place(record: bytes) -> tuple[str, int, int, str]:
    """What orders statements of one date, without the rest: source, start, end, id."""
    row = orjson.loads(record)
    edges = row[3] or [0]
    return row[12][0], edges[0], edges[-1], row[0]


def pack_source(record: SourceRecord) -> bytes:
    """Raises InvalidInput for text that is no Unicode and for metadata that is no JSON."""
    source = record.source
    return _dump(
        f"source {source.id}",
        [
            source.id,
            source.text,
            source.origin,
            _attested_row(source.title),
            _attested_row(source.publisher),
            _attested_row(source.published),
            _attested_row(source.place),
            _attested_row(source.url),
            _attested_row(source.language),
            [_attested_row(author) for author in source.authors],
            [_attested_row(editor) for editor in source.editors],
            [_attested_row(url) for url in source.urls],
            dict(source.metadata),
            record.fingerprint,
            record.quotes,
            record.claims,
        ],
    )


def unpack_source(record: bytes) -> SourceRecord:
    row = orjson.loads(record)
    source = Source(
        id=row[0],
        text=row[1],
        origin=row[2],
        title=_attested(row[3]),
        publisher=_attested(row[4]),
        published=_attested_date(row[5]),
        place=_attested(row[6]),
        url=_attested(row[7]),
        language=_attested(row[8]),
        authors=_all_attested(row[9]),
        editors=_all_attested(row[10]),
        urls=_all_attested(row[11]),
        metadata=row[12],
    )
    return SourceRecord(source, row[13], row[14], row[15])


def speaker_row(speaker: Speaker) -> list[Any]:
    return [speaker.id, speaker.name, speaker.kind, [speaker_row(one) for one in speaker.members]]


def speaker_of(row: list[Any]) -> Speaker:
    identifier, name, kind, members = row
    return _speaker(identifier, name, kind, tuple(speaker_of(one) for one in members))


# Few dates and speakers stand in many statements.
_parsed_date = lru_cache(1 << 12)(PartialDate.parse)


@lru_cache(1 << 14)
def _speaker(identifier: str, name: str, kind: str, members: tuple[Speaker, ...]) -> Speaker:
    return Speaker(identifier, name, SpeakerKind(kind), members)


def _dump(what: str, row: list[Any]) -> bytes:
    try:
        return orjson.dumps(row)
    except TypeError as error:  # orjson.JSONEncodeError is one
        raise InvalidInput(f"{what} cannot be stored as JSON: {error}") from error


def _flat(spans: Iterable[Span]) -> list[int]:
    return [edge for span in spans for edge in (span.start, span.end)]


def _spans(edges: list[int]) -> tuple[Span, ...]:
    return tuple(map(Span, edges[::2], edges[1::2]))


def _flat_span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _excerpt_row(excerpt: Excerpt | None) -> list[Any] | None:
    return None if excerpt is None else [excerpt.text, excerpt.span.start, excerpt.span.end]


def _excerpt(row: list[Any] | None) -> Excerpt | None:
    return Excerpt(row[0], Span(row[1], row[2])) if row else None


def _reference_row(source: SourceReference) -> list[str | None]:
    published = None if source.published is None else str(source.published)
    return [source.id, source.title, source.publisher, published, source.url, source.language]


def _reference(row: list[Any]) -> SourceReference:
    identifier, title, publisher, published, url, language = row
    date = _parsed_date(published) if published else None
    return SourceReference(identifier, title, publisher, date, url, language)


def _attested_row(attested: Attested[str] | Attested[PartialDate] | None) -> list[Any] | None:
    if attested is None:
        return None
    return [str(attested.value), attested.provenance, _flat_span(attested.span)]


def _attested(row: list[Any] | None) -> Attested[str] | None:
    if row is None:
        return None
    value, provenance, edges = row
    return Attested(value, Provenance(provenance), Span(*edges) if edges else None)


def _attested_date(row: list[Any] | None) -> Attested[PartialDate] | None:
    text = _attested(row)
    if text is None:
        return None
    return Attested(PartialDate.parse(text.value), text.provenance, text.span)


def _all_attested(rows: list[list[Any]]) -> tuple[Attested[str], ...]:
    return tuple(attested for row in rows if (attested := _attested(row)) is not None)
