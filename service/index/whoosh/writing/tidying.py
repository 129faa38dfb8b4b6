"""Tidying: what light commits leave undone, while others keep reading and writing.

Segments are merged in a temporary folder inside the index folder, and the lock is held only to
replace them by the new one. Documents removed from them in the meantime are marked as removed in
it; if one of the segments is gone, the work is discarded.
"""

from collections.abc import Callable, Iterator, Sequence

from service.index.port import Rendering
from service.index.whoosh.format.folder import IndexFolder
from service.index.whoosh.format.postings import MeasuredSegment
from service.index.whoosh.generations.snapshot import Generation
from service.index.whoosh.segments.array_cache import KeptArrays
from service.index.whoosh.segments.segment import Segment, SegmentFiles
from service.index.whoosh.writing.commits import by_size, next_table, with_removed
from service.index.whoosh.writing.merging import merge_segments, part_of

ROUNDS = 3
"""Each round handles what was withdrawn during the previous one; the rest is left to the process
that tidies after the next change."""


def is_untidy(folder: IndexFolder, snapshot: Generation) -> bool:
    """Whether ``tidy`` would have work to do."""
    owed = folder.withdrawal() is not None
    return owed or bool(_outgrown(snapshot, owed))


def tidy(
    folder: IndexFolder, latest: Callable[[], Generation], rendering: Rendering | None
) -> None:
    """Merges segments until they are few, and deletes withdrawn words from the files.

    Raises IndexBusy if another process is tidying or holds the lock.
    """
    with folder.tidying() as room:
        for _ in range(ROUNDS):
            withdrawal = folder.withdrawal()
            outgrown = _outgrown(latest(), withdrawal is not None)
            if outgrown:
                _replace(folder, room, latest, outgrown, rendering)
            with folder.writing():
                if folder.withdrawal() == withdrawal and _are_gone(outgrown, latest()):
                    folder.forget_withdrawal()
                    return


def _outgrown(snapshot: Generation, thorough: bool) -> list[Segment]:
    """The segments up to the largest that is at most as large as all before it, and those half
    empty; with ``thorough`` also those with any removed documents."""
    order = [segment for _, segment in by_size(snapshot)]
    reach = written = 0
    for place, segment in enumerate(order):
        if place and segment.count <= written:
            reach = place + 1
        written += segment.count
    return [
        segment
        for place, segment in enumerate(order)
        if place < reach
        or segment.count <= segment.files.size // 2
        or (thorough and segment.removed)
    ]


def _replace(
    folder: IndexFolder,
    room: IndexFolder,
    latest: Callable[[], Generation],
    outgrown: Sequence[Segment],
    rendering: Rendering | None,
) -> None:
    """Replaces segments by one with their living documents, unless one of them is gone by then."""
    parts = [part for part in map(part_of, outgrown) if part.alive.any()]
    merged = merge_segments(room, parts, rendering) if parts else None
    with folder.writing():
        present = latest()
        if not _are_there(outgrown, present):
            return
        replaced = {segment.files.id for segment in outgrown}
        with next_table(folder, present) as table:
            pairs = zip(present.table, present.segments, strict=True)
            table += [one for one, segment in pairs if segment.files.id not in replaced]
            if merged is not None:
                table.append(_as_of_now(room, merged, outgrown, present))
                folder.adopt(room, merged.sizes)


def _are_there(segments: Sequence[Segment], present: Generation) -> bool:
    ids = {segment.files.id for segment in present.segments}
    return all(segment.files.id in ids for segment in segments)


def _are_gone(segments: Sequence[Segment], present: Generation) -> bool:
    ids = {segment.files.id for segment in present.segments}
    return not any(segment.files.id in ids for segment in segments)


def _as_of_now(
    room: IndexFolder, merged: MeasuredSegment, former: Sequence[Segment], present: Generation
) -> MeasuredSegment:
    """``merged`` without the sources that were removed from ``former`` segments since."""
    segment = Segment(SegmentFiles(room, merged), (), KeptArrays(0), {})
    gone: set[int] = set()
    for source_id in _removed_since(former, present):
        place = segment.find("source", source_id)
        if place is not None:
            gone.update(segment.source_range(place))
    return with_removed(merged, segment, {segment.files.id: gone})


def _removed_since(former: Sequence[Segment], present: Generation) -> Iterator[str]:
    """Yields the ids of these sources."""
    now = {segment.files.id: segment for segment in present.segments}
    for segment in former:
        left = set(now[segment.files.id].sources.tolist())
        for document in segment.sources.tolist():
            if document not in left:
                yield segment.files.order(document).source
