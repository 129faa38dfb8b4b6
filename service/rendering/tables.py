"""Tables: statements, speakers and sources as rows of CSV.

A spreadsheet evaluates cells that start like a formula, so such cells get a leading apostrophe. All
others are unchanged.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

import orjson

from service.domain import (
    Attested,
    Candidate,
    Excerpt,
    PartialDate,
    Provenance,
    SourceSummary,
    SpeakerSummary,
    Statement,
)
from service.rendering.pieces import quoted_words

STATEMENT_COLUMNS = (
    *("id", "form", "act", "text", "quoted", "speaker_id", "speaker", "speaker_kind"),
    *("mention", "cue", "confidence", "denied", "speaker_confidence", "candidates"),
    *("source_type", "speaker_title", "on_behalf_of", "relayed_by"),
    *("context_before", "context_after", "start", "end"),
    *("source_id", "title", "publisher", "published", "url", "language"),
)
"""``start`` and ``end`` enclose the whole statement with all its pieces."""

SPEAKER_COLUMNS = (
    *("id", "name", "kind", "aliases", "descriptions", "wikidata", "may_also_be"),
    *("quotes", "claims", "attitudes", "first", "last"),
)

SOURCE_COLUMNS = (
    *("id", "title", "publisher", "published", "place", "url", "language", "authors", "editors"),
    *("declared", "inferred", "quotes", "claims", "attitudes", "sha256", "metadata"),
)
"""``declared`` and ``inferred`` list the names of the values with that provenance."""

SEPARATOR = "; "
"""Separates several values in one cell."""

CELL_MAXIMUM = 32_000
"""Characters of a cell of names or metadata: Excel allows 32,767 and spills the rest of a longer
one into the cells below."""


class _Lines:
    """A file object for csv.writer that returns each line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    columns: Sequence[str], rows: Iterable[Iterable[object]], end: str = "\r\n"
) -> Iterator[str]:
    """The lines of the table, heading first; each ends with ``end``, by default as RFC 4180
    requires."""
    # writerow returns what write returned, which the type stubs do not know
    write = csv.writer(_Lines(), lineterminator=end).writerow
    yield str(write(columns))
    for row in rows:
        yield str(write(map(cell, row)))


def cell(value: object) -> object:
    """
    >>> [cell(value) for value in ("=1+1", "@A1", " -2", "No = no", 0.9, None)]
    ["'=1+1", "'@A1", "' -2", 'No = no', 0.9, None]
    """
    if isinstance(value, int | float) or value is None:
        return value
    text = str(value)
    return f"'{text}" if text[:1] in _LED_IN or text.lstrip()[:1] in _FORMULAS else text


_FORMULAS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""Characters that start a formula, including wide ones in Japanese Excel (OWASP, CSV injection)."""

_LED_IN = frozenset("\t\r\n")


def statement_row(statement: Statement) -> tuple[object, ...]:
    """The values of STATEMENT_COLUMNS."""
    speaker, attribution, source = statement.speaker, statement.attribution, statement.source
    return (
        statement.id,
        statement.form.value,
        statement.act.value,
        statement.text,
        quoted_words(statement),
        speaker and speaker.id,
        speaker and speaker.name,
        speaker and speaker.kind.value,
        _words(attribution.mention),
        _words(attribution.cue),
        attribution.confidence,
        "true" if statement.denied else "false",
        statement.speaker_confidence,
        _several(map(_candidate, statement.candidates)),
        statement.source_type and statement.source_type.value,
        _words(statement.title),
        statement.on_behalf_of and statement.on_behalf_of.name,
        statement.relayed_by and statement.relayed_by.name,
        statement.context.before,
        statement.context.after,
        statement.spans[0].start,
        statement.spans[-1].end,
        source.id,
        source.title,
        source.publisher,
        source.published,
        source.url,
        source.language,
    )


def speaker_row(summary: SpeakerSummary) -> tuple[object, ...]:
    """The values of SPEAKER_COLUMNS."""
    speaker = summary.speaker
    return (
        speaker.id,
        speaker.name,
        speaker.kind.value,
        _several(summary.aliases),
        _several(summary.descriptions),
        summary.wikidata,
        _several(one.name for one in summary.may_also_be),
        summary.quotes,
        summary.claims,
        summary.attitudes,
        summary.first,
        summary.last,
    )


def source_row(summary: SourceSummary) -> tuple[object, ...]:
    """The values of SOURCE_COLUMNS."""
    source = summary.source
    attested = {name: getattr(source, name) for name in SOURCE_COLUMNS[1:7]}
    metadata = orjson.dumps(source.metadata).decode() if source.metadata else None
    return (
        source.id,
        *(one and one.value for one in attested.values()),
        _several(one.value for one in source.authors),
        _several(one.value for one in source.editors),
        *(_of(attested, provenance) for provenance in Provenance),
        summary.quotes,
        summary.claims,
        summary.attitudes,
        source.sha256,
        metadata and metadata[:CELL_MAXIMUM],
    )


def _words(excerpt: Excerpt | None) -> str | None:
    return None if excerpt is None else excerpt.text


def _candidate(candidate: Candidate) -> str:
    return f"{candidate.speaker.name} ({candidate.chance:.2f})"


def _several(values: Iterable[str]) -> str:
    return SEPARATOR.join(values)[:CELL_MAXIMUM]


def _of(
    attested: dict[str, Attested[str] | Attested[PartialDate] | None], provenance: Provenance
) -> str:
    return " ".join(name for name, one in attested.items() if one and one.provenance is provenance)
