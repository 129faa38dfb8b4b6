"""Shared counters: how often each client has asked, counted by all workers together.

A storage for the library ``limits``, whose own are one process's or another server's. It is
memory that is made before workers fork; a lock of the kernel keeps two of them from counting at
once, and ends with a worker that is killed.
"""

import fcntl
import mmap
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import ClassVar

from limits.storage import Storage

ROWS = 8
"""Counters among which one is looked for."""

GROUPS = 8192
"""Rows: 65,536 counters in 1.5 MB. Where there are more clients at once, those whose time ends
first are forgotten."""

_ROW = 3
"""Numbers of a counter: whose it is, until when it counts, and how often."""

KEPT_PLACES = 1 << 12
"""Of the clients that asked last; to work one out takes a third of the time of counting it."""

_NAME_BITS = 53
"""Of the name of a counter, which has to be a whole number among floating ones."""


class SharedCounters(Storage):
    STORAGE_SCHEME: ClassVar[list[str]] = ["shared"]  # type: ignore[misc]  # no ClassVar there

    def __init__(self) -> None:
        super().__init__()
        self._cells = memoryview(mmap.mmap(-1, 8 * _ROW * ROWS * GROUPS)).cast("d")
        self._file = _nameless()
        self._threads = Lock()
        self._key = os.urandom(16)  # so that nobody can choose addresses that share a group
        self._place = lru_cache(KEPT_PLACES)(self._find_place)

    @property
    def base_exceptions(self) -> type[Exception]:
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """How often it was counted since it began, this time too; it begins again when its time is
        up."""
        cells, now = self._cells, time.monotonic()
        name, rows = self._place(key)
        with self._alone():
            for row in rows:
                if cells[row] == name and cells[row + 1] > now:
                    cells[row + 2] += amount
                    return int(cells[row + 2])
            row = min(rows, key=lambda one: cells[one + 1])
            cells[row], cells[row + 1], cells[row + 2] = name, now + expiry, amount
        return amount

    def get(self, key: str) -> int:
        row = self._find(key)
        return 0 if row is None else int(self._cells[row + 2])

    def get_expiry(self, key: str) -> float:
        """By time.time(), as the library counts."""
        row = self._find(key)
        return time.time() + (0 if row is None else self._cells[row + 1] - time.monotonic())

    def usage(self, key: str) -> tuple[int, float]:
        """Both in one look: how often it was counted, and for how many seconds that counts."""
        row = self._find(key)
        if row is None:
            return 0, 0.0
        return int(self._cells[row + 2]), self._cells[row + 1] - time.monotonic()

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with self._alone():
            for number in range(len(self._cells)):
                self._cells[number] = 0
        return None

    def clear(self, key: str) -> None:
        row = self._find(key)
        if row is not None:
            self._cells[row + 1] = 0

    def _find_place(self, key: str) -> tuple[float, range]:
        """The name of a counter, and where the rows of its group begin."""
        digest = int.from_bytes(blake2b(key.encode(), digest_size=8, key=self._key).digest())
        start = digest % GROUPS * ROWS * _ROW
        return float((digest >> (64 - _NAME_BITS)) or 1), range(start, start + ROWS * _ROW, _ROW)

    def _find(self, key: str) -> int | None:
        cells, now = self._cells, time.monotonic()
        name, rows = self._place(key)
        return next((row for row in rows if cells[row] == name and cells[row + 1] > now), None)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The kernel's lock is a process's, whose threads have another one."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _nameless() -> int:
    """A file that is nowhere on the disk, where the system has such."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("onrecord-limits")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
