"""Reading ahead: reads pages, PDF and Word files on all cores, in the order requested.

What takes longer to read than to transfer goes to processes, a few groups of files at a time, so
that memory does not grow with their number; so do the records of archives. Everything else is read
in this process: lines of JSON may be larger than memory.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from service.cli.already_read import AlreadyRead
from service.cli.annotating import end_with_parent, uninterrupted
from service.cli.command import Failure
from service.cli.reading_archives import ArchiveReader, read_records
from service.domain import Source
from service.errors import InvalidInput, UnreadableSource
from service.paths import shown
from service.reading import is_archive, read, takes_long

if TYPE_CHECKING:
    from service.reading.documents.archives import Archive
    from service.reading.documents.records import Record

GROUP_FILES = 8
GROUP_BYTES = 2_000_000
"""A group is full at either limit: a page takes about ten milliseconds, and a file may have 20
MB."""

GROUPS_AHEAD = 2
"""Groups in flight per process: one in work, one waiting or done."""

FEWEST = 32
"""Files: fewer are read before the processes would have started."""

Outcomes = list[Source | InvalidInput]


class ReadAhead(AbstractContextManager["ReadAhead"]):
    """Reads ``files`` in order.

    Starts no process if few of them take long, with one job, or for unchanged files.
    """

    def __init__(self, files: Iterable[str], jobs: int, already: AlreadyRead) -> None:
        slow = [file for file in files if takes_long(Path(file))]
        slow = slow if jobs > 1 and len(slow) >= FEWEST else []
        self._already = already
        self._left = set(slow)
        self._groups = _groups(file for file in slow if not already.is_unchanged(file))
        self._jobs = jobs
        self._waiting: deque[tuple[list[str], Future[list[Outcomes]]]] = deque()
        self._ready: dict[str, Outcomes] = {}
        self._pool: ProcessPoolExecutor | None = None
        self._archives = ArchiveReader(already, self._submit_records, jobs * GROUPS_AHEAD)

    def read(self, file: str) -> Iterator[Source | InvalidInput]:
        """The file's sources and errors; raises UnsupportedFormat as ``reading.read`` does."""
        if is_archive(file):
            return self._read_archive(file)
        if file not in self._left:
            return read(Path(file))
        self._left.remove(file)
        while file not in self._ready:
            self._submit()
            if not self._waiting:  # it changed after the groups were made
                return read(Path(file))
            group, future = self._waiting.popleft()
            try:
                self._ready.update(zip(group, future.result(), strict=True))
            except BrokenProcessPool as error:
                raise _died(_one_of(group)) from error
        self._submit()
        return iter(self._ready.pop(file))

    def _read_archive(self, file: str) -> Iterator[Source | InvalidInput]:
        try:
            yield from self._archives.read(file)
        except BrokenProcessPool as error:
            raise _died(shown(file)) from error

    def _submit(self) -> None:
        """Submits groups until as many are in flight as allowed."""
        while len(self._waiting) < self._jobs * GROUPS_AHEAD:
            group = next(self._groups, None)
            if group is None:
                return
            try:
                with uninterrupted():
                    self._waiting.append((group, self._processes().submit(_read_group, group)))
            except BrokenProcessPool as error:
                raise _died(_one_of(group)) from error

    def _submit_records(
        self, archive: "Archive", records: list["Record"]
    ) -> Future[list[Source | UnreadableSource | None]]:
        if self._jobs > 1:
            with uninterrupted():
                return self._processes().submit(read_records, archive, records)
        done: Future[list[Source | UnreadableSource | None]] = Future()
        done.set_result(read_records(archive, records))
        return done

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, get_context("spawn"), _start)
        return self._pool

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _one_of(group: list[str]) -> str:
    return f"one of {shown(group[0])} and the {len(group) - 1} after it"


def _died(where: str) -> Failure:
    return Failure(
        f"a process that reads files died at {where}, perhaps because it ran out of memory; "
        f"committed work is kept: run the same command again with fewer --jobs"
    )


def _groups(files: Iterable[str]) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for file in files:
        group.append(file)
        size += _size(file)
        if len(group) == GROUP_FILES or size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _size(file: str) -> int:
    """Bytes of the file; 0 if it is gone, which reading reports."""
    try:
        return os.stat(file).st_size  # noqa: PTH116  # the name may be any bytes
    except OSError:
        return 0


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command decides what an interrupt does
    threading.Thread(target=end_with_parent, daemon=True).start()


def _read_group(files: list[str]) -> list[Outcomes]:
    return [list(read(Path(file))) for file in files]
