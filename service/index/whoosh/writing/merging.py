"""Merging: turns several segments into one, newest first, without analysing a word again.

A source and its statements are adjacent in every segment, so whole blocks are sorted and their
records copied; postings are the old arrays, renumbered. Removed documents are left out. commits.py
and tidying.py decide which segments are merged.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from service.index.port import Rendering
from service.index.records import Catalogue
from service.index.whoosh.format.columns import Numbers, Row
from service.index.whoosh.format.folder import IndexFolder
from service.index.whoosh.format.postings import Listed, MeasuredSegment, Postings
from service.index.whoosh.format.prerendered import prerendered
from service.index.whoosh.format.segment_writer import SegmentWriter
from service.index.whoosh.segments.segment import Segment, SegmentFiles

V = TypeVar("V", bound=Hashable)
Places = npt.NDArray[np.int64]

GONE = -1
CHUNK = 1 << 14
"""Documents whose rows are Python numbers at a time; all of a million would take 300 MB."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment and the numbers of its documents that go into the new one.

    ``gone_words`` gives for each word the number of quotations left out that have it.
    """

    files: SegmentFiles
    alive: npt.NDArray[np.bool_]
    gone_words: Mapping[str, int]


def whole(files: SegmentFiles) -> Part:
    return Part(files, np.ones(files.size, dtype=bool), {})


def part_of(segment: Segment, gone: Set[int] = frozenset()) -> Part:
    """The segment without documents removed before or now."""
    part = replace(whole(segment.files), gone_words=words_gone(segment, gone))
    if segment.alive is not None:
        part.alive[:] = segment.alive
    part.alive[sorted(gone)] = False
    return part


def words_gone(segment: Segment, gone: Set[int]) -> Mapping[str, int]:
    """For each word, the number of quotations removed before or now that have it."""
    return segment.quoted_words(gone) + Counter(segment.gone_words)


def merge_segments(
    folder: IndexFolder, parts: Sequence[Part], rendering: Rendering | None = None
) -> MeasuredSegment:
    """Writes a new segment of all living documents, not yet part of the index."""
    plan = _plan(parts)
    catalogue, rows = _renumbered(parts, plan)
    writer = SegmentWriter(folder)
    _write_documents(writer, parts, plan, rows)
    speakers, kinds = rows["speaker"], rows["kind"]
    del rows  # the other columns would stay in memory while lists are joined
    moved = [_moved(plan, number, len(part.alive)) for number, part in enumerate(parts)]
    writer.write_postings(_postings(parts, moved, speakers))
    _write_prerendered(writer, parts, plan, (speakers, kinds), rendering)
    return writer.finish(catalogue, _suggestible(parts))


def _write_documents(
    writer: SegmentWriter, parts: Sequence[Part], plan: "_Plan", rows: Mapping[str, Numbers]
) -> None:
    for start in range(0, len(plan.part), CHUNK):
        chunk = slice(start, start + CHUNK)
        numbers = zip(*(column[chunk].tolist() for column in rows.values()), strict=True)
        places = zip(plan.part[chunk].tolist(), plan.document[chunk].tolist(), strict=True)
        for row, (part, document) in zip(numbers, places, strict=True):
            writer.keep(row, parts[part].files.record(document))


@dataclass(frozen=True, slots=True)
class _Plan:
    """For each document of the new segment: its part, and its number there."""

    part: Places
    document: Places


def _write_prerendered(
    writer: SegmentWriter,
    parts: Sequence[Part],
    plan: _Plan,
    rows: tuple[Numbers, Numbers],
    rendering: Rendering | None,
) -> None:
    """Serialised by ``rendering``; without one, copied if all parts have the same version."""
    present = {part.files.rendering for part in parts}
    if rendering is not None:
        version = rendering.version
    elif len(present) > 1 or "" in present:
        return
    else:
        [version] = present

    def rendered(document: int) -> bytes:
        files: SegmentFiles = parts[plan.part[document]].files
        former = int(plan.document[document])
        if files.is_source(former):
            return b""
        if rendering is None or files.rendering == version:
            return b"".join(files.rendered([former]))
        return prerendered(files.statement(former), rendering)

    writer.write_prerendered(version, rows, rendered)


def _plan(parts: Sequence[Part]) -> _Plan:
    blocks = sorted(block for number, part in enumerate(parts) for block in _blocks(number, part))
    if not blocks:
        return _Plan(np.empty(0, np.int64), np.empty(0, np.int64))
    numbers, starts, lengths = (np.array([block[n] for block in blocks]) for n in (2, 3, 4))
    ends = lengths.cumsum()
    shift = np.repeat(starts - (ends - lengths), lengths)
    return _Plan(np.repeat(numbers, lengths), shift + np.arange(ends[-1]))


def _blocks(number: int, part: Part) -> Iterator[tuple[int, str, int, int, int]]:
    """For each source: its sort key, the part, its document, and the size of its block."""
    files = part.files
    starts = files.sources.tolist()
    for start, end in zip(starts, [*starts[1:], files.size], strict=True):
        if part.alive[start]:
            order = files.order(start)
            yield order.newness, order.source, number, start, end - start


def _moved(plan: _Plan, number: int, size: int) -> Places:
    """The new number of each document of a part, or GONE."""
    moved = np.full(size, GONE, dtype=np.int64)
    mine = np.flatnonzero(plan.part == number)
    moved[plan.document[mine]] = mine
    return moved


def _renumbered(parts: Sequence[Part], plan: _Plan) -> tuple[Catalogue, dict[str, Numbers]]:
    """The columns of all documents, numbered by a catalogue of the values still in use."""
    rows = {name: np.zeros(len(plan.part), dtype=np.uint32) for name in Row._fields}
    for number, part in enumerate(parts):
        mine = plan.part == number
        for name, column in rows.items():
            column[mine] = part.files.row[name][plan.document[mine]]
    files = [part.files for part in parts]
    catalogue = Catalogue(
        _renumber(rows["speaker"], plan, [one.speakers for one in files]),
        _renumber(rows["candidates"], plan, [one.candidates for one in files]),
        _renumber(rows["mention"], plan, [one.mentions for one in files]),
        _renumber(rows["title"], plan, [one.titles for one in files]),
        _renumber(rows["publisher"], plan, [one.publishers for one in files]),
        _renumber(rows["language"], plan, [one.languages for one in files]),
    )
    return catalogue, rows


def _renumber(column: Numbers, plan: _Plan, old_values: Sequence[Sequence[V]]) -> list[V]:
    """The values in use; renumbers ``column`` in place to match."""
    known: dict[V, int] = {}
    for number, old in enumerate(old_values):
        mine = plan.part == number
        numbers = np.zeros(len(old) + 1, dtype=np.uint32)
        for used in np.unique(column[mine]).tolist():
            if used:
                numbers[used] = known.setdefault(old[used - 1], len(known) + 1)
        column[mine] = numbers[column[mine]]
    return list(known)


def _postings(
    parts: Sequence[Part], moved: Sequence[Places], speakers: Numbers
) -> Iterator[Listed]:
    """The postings of all fields, sorted."""
    for field in ("origin", "sketch", "source"):
        yield from _joined(field, parts, moved)
    yield from _by_speaker(speakers)
    yield from _joined("statement", parts, moved)
    yield from _joined("words", parts, moved)


def _by_speaker(speakers: Numbers) -> Iterator[Listed]:
    documents = np.argsort(speakers, kind="stable").astype(np.uint32)
    numbers, starts = np.unique(speakers[documents], return_index=True)
    lists = np.split(documents, starts[1:])
    named = {str(n).encode(): one for n, one in zip(numbers.tolist(), lists, strict=True) if n}
    for term in sorted(named):
        yield "speaker", term, named[term], NOTHING, NOTHING


def _joined(field: str, parts: Sequence[Part], moved: Sequence[Places]) -> Iterator[Listed]:
    streams = [_stream(field, part, places) for part, places in zip(parts, moved, strict=True)]
    for term, group in groupby(merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        found = [postings for _, postings in group]
        joined = found[0] if len(found) == 1 else _interleaved(found)
        if len(joined.documents):
            yield field, term, joined.documents, joined.frequencies, joined.positions


def _stream(field: str, part: Part, moved: Places) -> Iterator[tuple[bytes, Postings]]:
    for term, postings in part.files.all_postings(field):
        yield term, _renamed(postings, moved)


def _renamed(postings: Postings, moved: Places) -> Postings:
    """Renumbered, still ascending, without removed documents."""
    documents = moved[postings.documents]
    if documents.min() >= 0:
        return Postings(documents.astype(np.uint32), postings.frequencies, postings.positions)
    alive = documents != GONE
    left = documents[alive].astype(np.uint32)
    if not len(postings.positions):
        return Postings(left, NOTHING, NOTHING)
    with_words = np.repeat(alive, postings.frequencies)
    return Postings(left, postings.frequencies[alive], postings.positions[with_words])


def _interleaved(found: Sequence[Postings]) -> Postings:
    documents = np.concatenate([one.documents for one in found])
    order = np.argsort(documents, kind="stable")
    positions = np.concatenate([one.positions for one in found])
    if not len(positions):
        return Postings(documents[order], NOTHING, NOTHING)
    frequencies = np.concatenate([one.frequencies for one in found])
    starts = frequencies.cumsum(dtype=np.int64) - frequencies
    counts = frequencies[order]
    ends = counts.cumsum(dtype=np.int64)
    sources = np.repeat(starts[order] - (ends - counts), counts) + np.arange(len(positions))
    return Postings(documents[order], counts, positions[sources])


def _suggestible(parts: Sequence[Part]) -> Counter[tuple[str, str]]:
    """The words of the remaining quotations, with the number of quotations that have each."""
    counts: Counter[tuple[str, str]] = Counter()
    for part in parts:
        for folded, word, count in part.files.words:
            counts[folded, word] += count - part.gone_words.get(word, 0)
    return +counts


NOTHING: Numbers = np.empty(0, dtype=np.uint32)
