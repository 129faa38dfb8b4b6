"""Changing the index: what is to be written, to be removed, and one commit that does it.

A commit writes one new segment. Small segments are written anew into it, so that their number
stays small (each is at least as large as all that came after it); large ones only have their
removed documents noted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from whoosh.index import TOC, clean_files

from service.domain import QUOTATION_FORMS, AnnotatedSource, Changes
from service.errors import NotFound
from service.index.records import SourceRecord, pack_source, pack_statement
from service.index.whoosh.files import NAME, IndexFolder
from service.index.whoosh.postings import MeasuredSegment
from service.index.whoosh.segment import Segment
from service.index.whoosh.segment_writer import (
    SCHEMA,
    Entry,
    source_order,
    statement_order,
    write_segment,
)
from service.index.whoosh.snapshot import Place, Snapshot

STANDARD_INPUT = "-"
"""The origin that is no place: what comes from it next time is no later version of it."""


@dataclass(frozen=True, slots=True)
class PackedSource:
    """A source on its way into the index."""

    id: str
    origin: str
    fingerprint: str
    entries: tuple[Entry, ...]


def pack(annotated: AnnotatedSource) -> PackedSource:
    """Raises InvalidInput for what cannot be stored."""
    source, statements = annotated.source, annotated.statements
    quotes = sum(statement.form in QUOTATION_FORMS for statement in statements)
    record = SourceRecord(source, annotated.fingerprint, quotes, len(statements) - quotes)
    return PackedSource(
        source.id,
        source.origin,
        annotated.fingerprint,
        (
            Entry(source_order(source.reference()), pack_source(record), is_source=True),
            *(
                Entry(statement_order(statement), pack_statement(statement), is_source=False)
                for statement in statements
            ),
        ),
    )


def add(folder: IndexFolder, snapshot: Snapshot, sources: Iterable[PackedSource]) -> Changes:
    """The sources are in the index. The caller holds the lock and the snapshot is the latest."""
    given = {source.id: source for source in sources}
    present = {
        source_id: place
        for source_id in given
        if (place := snapshot.find("source", source_id)) is not None
    }
    changed = [
        source
        for source in given.values()
        if source.id not in present or fingerprint(present[source.id]) != source.fingerprint
    ]
    gone = [
        place
        for origin in sorted({source.origin for source in given.values()} - {STANDARD_INPUT})
        for place in snapshot.of_origin(origin)
        if place.segment.files.source(place.document).source.id not in given
    ]
    replaced = [present[source.id] for source in changed if source.id in present]
    entries = [entry for source in changed for entry in source.entries]
    if changed or gone:
        _commit(folder, snapshot, entries, [*gone, *replaced])
    return Changes(
        added=len(changed) - len(replaced),
        replaced=len(replaced),
        unchanged=len(given) - len(changed),
        removed=len(gone),
        statements=len(entries) - len(changed),
    )


def remove(folder: IndexFolder, snapshot: Snapshot, source_ids: Iterable[str]) -> Changes:
    """Raises NotFound, and then nothing is removed."""
    places = []
    for source_id in dict.fromkeys(source_ids):
        place = snapshot.find("source", source_id)
        if place is None:
            raise NotFound(f"there is no source {source_id!r}")
        places.append(place)
    if places:
        _commit(folder, snapshot, [], places)
    return Changes(removed=len(places))


def fingerprint(place: Place) -> str:
    return place.segment.files.source(place.document).fingerprint


def create(folder: IndexFolder) -> None:
    """There is an index, an empty one if there was none."""
    if folder.make():
        with folder.writing():
            if not folder.has_contents():
                TOC(SCHEMA, [], 0).write(folder, NAME)
            folder.write_format()


def _commit(
    folder: IndexFolder, snapshot: Snapshot, entries: Sequence[Entry], removed: Sequence[Place]
) -> None:
    gone: dict[str, set[int]] = {}
    for place in removed:
        numbers = place.segment.source_range(place.document)
        gone.setdefault(place.segment.files.id, set()).update(numbers)
    kept, merged = _merge(snapshot, entries, gone)
    table: list[MeasuredSegment] = [_with_removed(one, gone) for one in kept]
    number = snapshot.contents[0] + 1
    try:
        folder.sweep()
        if merged:
            table.append(write_segment(folder, merged))
        TOC(SCHEMA, table, number).write(folder, NAME)
        clean_files(folder, NAME, number, table)
        folder.sweep()
    except OSError as error:
        raise folder.unwritable(error) from error


def _merge(
    snapshot: Snapshot, entries: Sequence[Entry], gone: dict[str, set[int]]
) -> tuple[list[MeasuredSegment], list[Entry]]:
    """The segments that stay as they are, and all entries of the new one.

    A segment stays if it is larger than everything to be written so far and less than half of
    it is removed: an entry is written anew only when its segment at least doubles.
    """
    merged, kept = list(entries), []
    order = sorted(
        zip(snapshot.table, snapshot.segments, strict=True), key=lambda pair: pair[1].files.size
    )
    for table, segment in order:
        alive = segment.count - len(gone.get(segment.files.id, ()))
        if alive <= len(merged) or alive <= segment.files.size // 2:
            merged += _entries(segment, gone.get(segment.files.id, set()))
        else:
            kept.append(table)
    return kept, merged


def _entries(segment: Segment, gone: set[int]) -> Iterator[Entry]:
    files = segment.files
    for document in range(files.size):
        if document not in gone and (segment.alive is None or segment.alive[document]):
            yield Entry(
                files.order(document), files.record(document), is_source=files.is_source(document)
            )


def _with_removed(segment: MeasuredSegment, gone: dict[str, set[int]]) -> MeasuredSegment:
    """The same files with more documents removed; what a reader holds stays as it is."""
    removed = set(segment.deleted_docs()) | gone.get(segment.segment_id(), set())
    again = MeasuredSegment(
        segment.codec(), NAME, segment.doc_count_all(), segment.segid, removed or None
    )
    again.sizes = segment.sizes
    return again
