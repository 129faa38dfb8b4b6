"""Exported: an index as JSON lines, independent of its own format, and back.

An index can be read only by versions with its format; an export by any later version. The first
line announces what follows; each further line is one source with its statements, newest first, as
the domain's types. Fields added in later versions have defaults, so that older exports stay valid.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from service.domain import ELLIPSIS, AnnotatedSource, Excerpt, Source, Statement, statement_id
from service.errors import InvalidInput, UnreadableSource
from service.index.bounded import excess
from service.index.port import Snapshot

EXPORT_VERSION = 1
"""Incremented when an older version of the service would misread or lose part of a line."""

HEADING_MAXIMUM = 4096
"""Bytes of the first line: today's has about a hundred, and later versions may add to it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heading:
    """The first line: the export version and the counts of what follows, to detect truncation."""

    onrecord_export: int
    generation: str
    sources: int
    statements: int


_encode = msgspec.json.Encoder().encode
_headings = msgspec.json.Decoder(Heading)
_sources = msgspec.json.Decoder(AnnotatedSource)


def exported(snapshot: Snapshot) -> Iterator[bytes]:
    """The lines of one generation; the same for the same sources except for the generation's
    name."""
    held = snapshot.statistics()
    yield (_encode(Heading(EXPORT_VERSION, held.generation, held.sources, held.statements)) + b"\n")
    for annotated in snapshot.everything():
        yield _encode(annotated) + b"\n"


def read_export(lines: Iterable[bytes], where: str) -> Iterator[AnnotatedSource]:
    """The sources of an export. Raises UnreadableSource at the first wrong line."""
    numbered = enumerate(lines, start=1)
    heading = check_heading(next(numbered, (1, b""))[1], where)
    known: set[str] = set()
    statements = 0
    for number, line in numbered:
        place = f"{where}:{number}"
        annotated = _decoded(_sources, line, place)
        wrong = excess(annotated) or _wrong_with(annotated)
        if annotated.source.id in known:
            wrong = "its source already appears on an earlier line"
        if wrong:
            raise UnreadableSource(f"{place}: {wrong}")
        known.add(annotated.source.id)
        statements += len(annotated.statements)
        yield annotated
    if (len(known), statements) != (heading.sources, heading.statements):
        raise UnreadableSource(
            f"{where}: found {len(known)} sources with {statements} statements, but the "
            f"first line announces {heading.sources} with {heading.statements}; export again"
        )


def check_heading(line: bytes, where: str) -> Heading:
    """The content of an export's first line.

    Raises UnreadableSource, or InvalidInput if a later version wrote it.
    """
    try:
        heading = _decoded(_headings, line, f"{where}:1")
    except UnreadableSource as error:
        raise UnreadableSource(
            f"{error}; expected the first line written by onrecord export"
        ) from error
    if heading.onrecord_export != EXPORT_VERSION:
        raise InvalidInput(
            f"{where}: export version {heading.onrecord_export}, but this version of On "
            f"Record reads {EXPORT_VERSION}; upgrade On Record"
        )
    return heading


def _decoded(decoder: "msgspec.json.Decoder[T]", line: bytes, place: str) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableSource(f"{place}: {error}") from error


def _wrong_with(annotated: AnnotatedSource) -> str | None:
    """What is wrong with a source; None if every span quotes exactly the words it claims."""
    source = annotated.source
    if not source.id:
        return "its source has no id"
    reference = source.reference()
    if len({statement.id for statement in annotated.statements}) < len(annotated.statements):
        return "it contains a statement twice"
    for statement in annotated.statements:
        if statement.id != statement_id(source.id, statement.spans):
            return f"{statement.id!r} is not the id that its spans give"
        if statement.source != reference:
            return f"statement {statement.id} names a source other than its own"
        if not _is_in_text(source, statement):
            return f"statement {statement.id} is not at its place in the text"
    return None


def _is_in_text(source: Source, statement: Statement) -> bool:
    text, attribution = source.text, statement.attribution
    return (
        bool(statement.spans)
        and statement.text == ELLIPSIS.join(span.of(text) for span in statement.spans)
        and all(span.end <= len(text) for span in (*statement.spans, *statement.quoted))
        and all(
            _is_excerpt(text, one)
            for one in (attribution.mention, attribution.cue)
            if one is not None
        )
    )


def _is_excerpt(text: str, excerpt: Excerpt) -> bool:
    return excerpt.span.of(text) == excerpt.text
