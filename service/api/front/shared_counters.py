"""Shared counters: counts each client's requests over all workers together.

A storage for the library ``limits``, whose own storages serve one process or need another server.
It is memory allocated before the workers fork; a kernel lock, which is released when a worker is
killed, keeps two workers from counting at once.
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
"""Counters per group; a client's counter is looked for in one group."""

GROUPS = 8192
"""Rows of counters: 65,536 counters in 1.5 MB. With more clients at once, the counters that expire
first are discarded."""

_ROW = 3
"""Numbers per counter: its name, its expiry and its count."""

KEPT_PLACES = 1 << 12
"""Cached names of recent clients; computing one takes a third of the time of counting."""

_NAME_BITS = 53
"""Bits of a counter's name, which must be a whole number that a float can hold."""


class SharedCounters(Storage):
    STORAGE_SCHEME: ClassVar[list[str]] = ["shared"]  # type: ignore[misc]  # not a ClassVar there

    def __init__(self) -> None:
        super().__init__()
        self._cells = memoryview(mmap.mmap(-1, 8 * _ROW * ROWS * GROUPS)).cast("d")
        self._file = _nameless()
        self._threads = Lock()
        self._key = os.urandom(16)  # secret, so that nobody can choose addresses that share a group
        self._place = lru_cache(KEPT_PLACES)(self._find_place)

    @property
    def base_exceptions(self) -> type[Exception]:
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Adds ``amount`` and returns the count since the window began; after it has expired a new
        window begins."""
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
        """When the window ends, by time.time(), as the library expects."""
        row = self._find(key)
        return time.time() + (0 if row is None else self._cells[row + 1] - time.monotonic())

    def usage(self, key: str) -> tuple[int, float]:
        """The count and the seconds until the window ends, in one lookup."""
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
        """The name of a key's counter, and the rows of its group."""
        digest = int.from_bytes(blake2b(key.encode(), digest_size=8, key=self._key).digest())
        start = digest % GROUPS * ROWS * _ROW
        return float((digest >> (64 - _NAME_BITS)) or 1), range(start, start + ROWS * _ROW, _ROW)

    def _find(self, key: str) -> int | None:
        cells, now = self._cells, time.monotonic()
        name, rows = self._place(key)
        return next((row for row in rows if cells[row] == name and cells[row + 1] > now), None)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the kernel's lock, which is per process, and a lock for the process's threads."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _nameless() -> int:
    """An anonymous file in memory, if the system supports it."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("onrecord-limits")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
