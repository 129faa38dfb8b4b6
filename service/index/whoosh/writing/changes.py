"""Changes: what is to be added and removed, and the commits that do it.

commits.py makes a commit. Withdrawing sources rewrites more than other changes: afterwards neither
their words nor any others marked as removed are on the disk.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from whoosh.index import TOC, clean_files

from service.domain import AnnotatedSource, Changes, summary_of
from service.errors import NotFound
from service.index.port import Rendering
from service.index.records import SourceRecord, pack_source, pack_statement
from service.index.whoosh.format.folder import NAME, IndexFolder
from service.index.whoosh.format.segment_writer import (
    SCHEMA,
    Entry,
    source_order,
    statement_order,
)
from service.index.whoosh.generations.snapshot import Generation, Place
from service.index.whoosh.writing.commits import SMALL, Effort, commit, documents_of

STANDARD_INPUT = "-"
"""The origin that is not a place: its next content is not a newer version of the last."""

BATCH_ENTRIES = 50_000
BATCH_BYTES = 32 << 20
"""Sources and statements per commit, and bytes of their records. A batch with that many bytes takes
100 MB at its peak, when it is committed; python -m bench.tree shows the whole command's memory."""

BATCH_SECONDS = 60
"""A commit is made at least this often, so that a killed process loses no more."""

UNCHANGED, ADDED, REPLACED = "unchanged", "added", "replaced"


@dataclass(frozen=True, slots=True)
class PackedSource:
    """A source on its way into the index."""

    id: str
    origin: str
    fingerprint: str
    entries: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """The records' size in bytes."""
        return sum(len(entry.record) for entry in self.entries)


def pack(annotated: AnnotatedSource) -> PackedSource:
    """Raises InvalidInput for what cannot be stored."""
    source, statements = annotated.source, annotated.statements
    said = summary_of(annotated)
    counts = len(statements), said.quotes, said.claims, said.attitudes
    record = SourceRecord(source, annotated.fingerprint, *counts)
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


@dataclass
class _Batch:
    """Changed sources awaiting their commit, by id, with what became of each, and those that each
    replaces."""

    sources: dict[str, PackedSource] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, Place] = field(default_factory=dict)
    entries: int = 0
    bytes: int = 0
    started: float = field(default_factory=monotonic)

    @property
    def is_full(self) -> bool:
        return (
            self.entries >= BATCH_ENTRIES
            or self.bytes >= BATCH_BYTES
            or monotonic() - self.started >= BATCH_SECONDS
        )

    def put(self, source: PackedSource, outcome: str, replaced: Place | None) -> None:
        self.sources[source.id] = source
        self.outcomes[source.id] = outcome
        if replaced is not None:
            self.replaced[source.id] = replaced
        self.entries += len(source.entries)
        self.bytes += source.size

    def drop(self, source_id: str) -> None:
        """Drops an earlier version in the same call: the later one counts."""
        former = self.sources.pop(source_id, None)
        self.outcomes.pop(source_id, None)
        self.replaced.pop(source_id, None)
        if former is not None:
            self.entries -= len(former.entries)
            self.bytes -= former.size

    def taken_entries(self) -> list[Entry]:
        """All entries; they leave the batch, so that they take memory no longer than the list."""
        entries = [entry for source in self.sources.values() for entry in source.entries]
        self.sources.clear()
        return entries


class Run:
    """One call of ``Index.add``: its sources so far, and those not yet committed.

    The caller holds the lock. ``latest`` returns the latest generation, which changes with every
    committed batch; ``at_once`` makes a single, light commit.
    """

    def __init__(
        self,
        folder: IndexFolder,
        latest: Callable[[], Generation],
        rendering: Rendering | None,
        at_once: bool = False,
    ) -> None:
        self._folder = folder
        self._latest = latest
        self._rendering = rendering
        self._at_once = at_once
        self._batch = _Batch()
        self._origins: set[str] = set()
        self._outcomes: dict[str, str] = {}  # by source id, without the batch's
        self._statements = 0  # committed

    def of(self, sources: Iterable[AnnotatedSource], incomplete: Collection[str]) -> Changes:
        """Indexes the sources and returns what changed."""
        for annotated in sources:
            self._take(annotated)
        return self._finish(incomplete)

    def _take(self, annotated: AnnotatedSource) -> None:
        """Commits the pending sources if there are enough, then adds this one."""
        if self._batch.is_full and not self._at_once:
            self._commit([])
        source_id = annotated.source.id
        place = self._latest().find("source", source_id, once=True)
        self._origins.add(annotated.source.origin)
        if place is not None and fingerprint(place) == annotated.fingerprint:
            self._batch.drop(source_id)
            self._outcomes.setdefault(source_id, UNCHANGED)
            return
        packed = pack(annotated)
        self._batch.drop(source_id)
        outcome = self._outcomes.get(source_id, UNCHANGED)
        if outcome == UNCHANGED:
            outcome = ADDED if place is None else REPLACED
        self._batch.put(packed, outcome, place)

    def _finish(self, incomplete: Collection[str]) -> Changes:
        gone = list(self._gone(incomplete))
        if self._batch.sources or gone:
            self._commit(gone)
        counts = Counter(self._outcomes.values())
        return Changes(
            added=counts[ADDED],
            replaced=counts[REPLACED],
            unchanged=counts[UNCHANGED],
            removed=len(gone),
            statements=self._statements,
        )

    def _gone(self, incomplete: Collection[str]) -> Iterator[Place]:
        """Sources whose origin was read completely but which were not among those given."""
        snapshot = self._latest()
        for origin in sorted(self._origins.difference(incomplete, {STANDARD_INPUT})):
            for place in snapshot.of_origin(origin):
                source_id = record_of(place).source.id
                if source_id not in self._outcomes and source_id not in self._batch.outcomes:
                    yield place

    def _commit(self, gone: Sequence[Place]) -> None:
        batch, self._batch = self._batch, _Batch()
        self._statements += batch.entries - len(batch.sources) - self._superseded(batch)
        self._outcomes |= batch.outcomes
        removed = [*gone, *batch.replaced.values()]
        effort = Effort.LIGHT if self._at_once else Effort.USUAL
        entries = batch.taken_entries()
        commit(self._folder, self._latest(), entries, removed, self._rendering, effort)

    def _superseded(self, batch: _Batch) -> int:
        """Statements of sources committed earlier in this call that the batch replaces."""
        return sum(
            record_of(place).statements
            for source_id, place in batch.replaced.items()
            if self._outcomes.get(source_id, UNCHANGED) != UNCHANGED
        )


def remove(
    folder: IndexFolder,
    snapshot: Generation,
    source_ids: Iterable[str],
    rendering: Rendering | None = None,
    later: bool = False,
) -> Changes:
    """Removes sources. Raises NotFound, and then removes nothing.

    Afterwards no file contains their words, nor those of anything removed or replaced before: an
    article to be withdrawn may have been changed in between. With ``later`` that is left to tidying
    if much would have to be rewritten.
    """
    clean_files(folder, NAME, snapshot.contents[0], snapshot.table)  # left by a killed withdrawal
    places = []
    for source_id in dict.fromkeys(source_ids):
        place = snapshot.find("source", source_id)
        if place is None:
            raise NotFound(f"no source has the id {source_id!r}")
        places.append(place)
    if places:
        effort = Effort.LIGHT if later and _is_much(snapshot, places) else Effort.THOROUGH
        if effort is Effort.LIGHT:
            folder.note_withdrawal()
        commit(folder, snapshot, [], places, rendering, effort)
    return Changes(removed=len(places))


def _is_much(snapshot: Generation, removed: Sequence[Place]) -> bool:
    """Whether the segments with removed documents, from now or before, are large together."""
    gone = documents_of(removed)
    holding = (one for one in snapshot.segments if one.removed or one.files.id in gone)
    return sum(one.files.size for one in holding) > SMALL


def record_of(place: Place) -> SourceRecord:
    return place.segment.files.source(place.document)


def fingerprint(place: Place) -> str:
    return record_of(place).fingerprint


def create(folder: IndexFolder, shared: bool = False) -> None:
    """Creates an empty index if there is none; ``shared`` with the folder's group."""
    if folder.make(shared):
        with folder.writing():
            if not folder.has_contents():
                TOC(SCHEMA, [], 0).write(folder, NAME)
            folder.write_format()
