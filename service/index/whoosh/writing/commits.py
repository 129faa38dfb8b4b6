"""Commits: make the next generation, atomically.

A commit writes one new segment. Small segments are merged into it, to keep their number small (each
is at least as large as all later ones together); large ones only get their removed documents
marked. So a small commit writes little, and an entry is rewritten only each time its segment
doubles.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum

from whoosh.index import TOC, clean_files

from service.index.port import Rendering
from service.index.whoosh.format.folder import NAME, IndexFolder
from service.index.whoosh.format.postings import MeasuredSegment
from service.index.whoosh.format.segment_writer import SCHEMA, Entry, write_segment
from service.index.whoosh.generations.snapshot import Generation, Place
from service.index.whoosh.segments.segment import Segment, SegmentFiles
from service.index.whoosh.writing.merging import Part, merge_segments, part_of, whole, words_gone

SMALL = 4_000
"""Sources and statements of a segment that may be rewritten while somebody waits: a quarter of a
second of CPU. 100,000 statements took 8.5."""

Gone = dict[str, set[int]]
"""Removed documents by segment id."""


class Effort(Enum):
    """What a commit rewrites."""

    LIGHT = "small segments, as somebody waits for it; tidying.py does the rest"
    USUAL = "segments that are outgrown"
    THOROUGH = "those, and all of which anything is removed: nothing of that stays in the files"


def commit(
    folder: IndexFolder,
    snapshot: Generation,
    entries: list[Entry],
    removed: Sequence[Place],
    rendering: Rendering | None,
    effort: Effort = Effort.USUAL,
) -> None:
    """Makes the next generation: with ``entries``, without ``removed``. Requires the lock.

    Empties ``entries``, which take as much memory as merging.
    """
    if effort is Effort.USUAL and folder.withdrawal() is not None:
        effort = Effort.THOROUGH
    gone = documents_of(removed)
    kept, small = _divide(snapshot, len(entries), gone, effort)
    with next_table(folder, snapshot) as table:
        table += [with_removed(one, segment, gone) for one, segment in kept]
        table += _write(folder, entries, small, rendering)
    if effort is Effort.THOROUGH:
        folder.forget_withdrawal()


def documents_of(removed: Sequence[Place]) -> Gone:
    """The documents of these sources and of their statements."""
    gone: Gone = {}
    for place in removed:
        numbers = place.segment.source_range(place.document)
        gone.setdefault(place.segment.files.id, set()).update(numbers)
    return gone


@contextmanager
def next_table(folder: IndexFolder, snapshot: Generation) -> Iterator[list[MeasuredSegment]]:
    """Yields the table of segments; its content at the end becomes the generation after
    ``snapshot``."""
    number = snapshot.contents[0] + 1
    table: list[MeasuredSegment] = []
    try:
        folder.sweep()
        yield table
        TOC(SCHEMA, table, number).write(folder, NAME)
        clean_files(folder, NAME, number, table)
        folder.sweep()
    except OSError as error:
        raise folder.unwritable(error) from error
    finally:
        # reads the disk, because an interrupt may come right after the last step
        if folder.contents_of(number) is None:
            folder.abandon(name for one in snapshot.table for name in one.sizes)


def by_size(snapshot: Generation) -> list[tuple[MeasuredSegment, Segment]]:
    """Smallest first."""
    pairs = zip(snapshot.table, snapshot.segments, strict=True)
    return sorted(pairs, key=lambda pair: pair[1].files.size)


def _divide(
    snapshot: Generation, entries: int, gone: Gone, effort: Effort
) -> tuple[list[tuple[MeasuredSegment, Segment]], list[Part]]:
    """The segments that stay, and those that are merged into the new one.

    A segment stays if it is larger than everything to be written so far and less than half of it is
    removed, so that an entry is rewritten only when its segment at least doubles. A thorough commit
    also merges those with any removed documents; a light one only small ones.
    """
    kept, small, written = [], [], entries
    for table, segment in by_size(snapshot):
        removed = gone.get(segment.files.id, set())
        alive = segment.count - len(removed)
        outgrown = alive <= max(written, segment.files.size // 2)
        if effort is Effort.THOROUGH:
            outgrown = outgrown or alive < segment.files.size
        if outgrown and (effort is not Effort.LIGHT or segment.files.size <= SMALL):
            written += alive
            small.append(part_of(segment, removed))
        else:
            kept.append((table, segment))
    return kept, small


def _write(
    folder: IndexFolder,
    entries: list[Entry],
    small: Sequence[Part],
    rendering: Rendering | None,
) -> list[MeasuredSegment]:
    """The new segment from the entries and the living documents of small segments; none if
    empty."""
    fresh = [write_segment(folder, entries, rendering)] if entries else []
    entries.clear()
    parts = [part for part in small if part.alive.any()]
    if not parts:
        return fresh
    parts += [whole(SegmentFiles(folder, one)) for one in fresh]
    merged = merge_segments(folder, parts, rendering)
    for one in fresh:
        folder.discard(one.sizes)
    return [merged]


def with_removed(table: MeasuredSegment, segment: Segment, gone: Gone) -> MeasuredSegment:
    """The same files with more documents marked as removed; open readers are not affected."""
    now = gone.get(segment.files.id, set())
    removed = set(table.deleted_docs()) | now
    again = MeasuredSegment(
        table.codec(), NAME, table.doc_count_all(), table.segid, removed or None
    )
    again.sizes, again.checksums = dict(table.sizes), dict(table.checksums)
    again.gone_words = dict(words_gone(segment, now))
    return again
