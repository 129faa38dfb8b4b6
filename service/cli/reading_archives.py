"""Reading archives: this process reads the archive, all processes its records, in order.

Only a few groups of records are in flight at a time, so memory does not grow with the archive.
Records known from an earlier run, which may have ended in the middle of the archive, are not read
again.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.cli.already_read import AlreadyRead, source_of
from service.cli.read_files import Outcome
from service.domain import Source
from service.errors import UnreadableSource
from service.reading import open_archive, origin_of

if TYPE_CHECKING:
    from service.reading.documents.archives import Archive
    from service.reading.documents.records import Record

GROUP_RECORDS = 8
GROUP_BYTES = 2_000_000
"""A group is full at either limit: a page takes about ten milliseconds, a record may have 20 MB."""

MANY = 200
"""Known records, which need no work, that are passed on together."""

Read = Source | UnreadableSource | None
Submit = Callable[["Archive", list["Record"]], Future[list[Read]]]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A record in flight: ``known`` is its earlier outcome, ``place`` its position among the
    records that are read now; a broken record is not a page."""

    address: str
    key: str
    known: Outcome | None
    place: int = 0
    is_page: bool = True


class ArchiveReader:
    """Reads archives; ``submit`` has a group of records read, with up to ``ahead`` groups in
    flight."""

    def __init__(self, already: AlreadyRead, submit: Submit, ahead: int) -> None:
        self._already = already
        self._submit = submit
        self._ahead = ahead

    def read(self, file: str) -> Iterator[Source | UnreadableSource]:
        """The archive's sources and errors, as ``reading.read`` gives them; known sources as
        placeholders."""
        path = Path(file)
        origin, state = origin_of(path), self._already.state_of(file)
        since = number = self._already.begin(origin)
        try:
            archive, tally = open_archive(path)
            for stored, read in self._outcomes(archive, origin):
                if stored.is_page:
                    tally.add(stored.address, read is not None)
                if read is not None:
                    yield read
                self._already.keep(origin, stored.key, number, _outcome(stored, read))
                number += 1
        except UnreadableSource as error:
            yield error
            return
        for summary in tally.summary(path):
            yield summary
            self._already.keep(origin, "summary", number, Outcome(error=str(summary)))
        self._already.finish(origin, state, since)

    def _outcomes(self, archive: "Archive", origin: str) -> Iterator[tuple[_Stored, Read]]:
        waiting: deque[tuple[list[_Stored], Future[list[Read]] | None]] = deque()
        failed: UnreadableSource | None = None
        groups = self._groups(archive, origin)
        while True:
            try:
                group, records = next(groups)
            except StopIteration:
                break
            except UnreadableSource as error:
                failed = error
                break
            waiting.append((group, self._submit(archive, records) if records else None))
            if len(waiting) > self._ahead:
                yield from _done(origin, *waiting.popleft())
        while waiting:
            yield from _done(origin, *waiting.popleft())
        if failed is not None:
            raise failed

    def _groups(
        self, archive: "Archive", origin: str
    ) -> Iterator[tuple[list[_Stored], list["Record"]]]:
        """Groups of records in order, each with those of them that have to be read."""
        group: list[_Stored] = []
        records: list[Record] = []
        size = 0
        ended: UnreadableSource | None = None
        stream = archive.records()
        while True:
            try:
                record = next(stream, None)
            except UnreadableSource as error:
                ended = error  # records before the error count
                break
            if record is None:
                break
            stored = self._stored(record, archive, origin, len(records))
            group.append(stored)
            if stored.known is None and not isinstance(record, UnreadableSource):
                records.append(record)
                size += len(record.content)
            if len(records) >= GROUP_RECORDS or size >= GROUP_BYTES or len(group) >= MANY:
                yield group, records
                group, records, size = [], [], 0
        if group:
            yield group, records
        if ended is not None:
            raise ended

    def _stored(
        self, record: "Record | UnreadableSource", archive: "Archive", origin: str, place: int
    ) -> _Stored:
        if isinstance(record, UnreadableSource):
            key = self._already.key_of(b"broken", str(record).encode())
            return _Stored("", key, Outcome(error=str(record)), is_page=False)
        parts = (repr(archive.sidecar), record.module, record.address, record.name, record.date)
        key = self._already.key_of(*map(str.encode, parts), record.content)
        return _Stored(record.address, key, self._already.record(origin, key), place)


def _done(
    origin: str, group: Iterable[_Stored], future: Future[list[Read]] | None
) -> Iterator[tuple[_Stored, Read]]:
    read = future.result() if future is not None else []
    for one in group:
        yield one, read[one.place] if one.known is None else source_of(one.known, origin)


def _outcome(stored: _Stored, read: Read) -> Outcome | None:
    """The outcome to save; None for a source, whose fingerprint has been noted."""
    if stored.known is not None:
        return stored.known
    if isinstance(read, Source):
        return None
    return Outcome(error=str(read)) if read is not None else Outcome()


def read_records(archive: "Archive", records: list["Record"]) -> list[Read]:
    """Runs in a reading process."""
    return [archive.read(record) for record in records]
