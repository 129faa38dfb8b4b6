"""Counting: requests and their durations over all workers, in shared memory.

The memory is allocated before the workers fork, and each writes to a slot of its own, so that no
lock is shared and no file is written; a new worker takes over a dead worker's slot and counts on.
The number of counters is fixed: requests for a million paths do not create a million counters.
"""

import mmap
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock

import numpy as np
import numpy.typing as npt

OTHER = "other"
"""Replaces any route, method or status that has no counter of its own."""

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", OTHER)
STATUSES = (*(int(status) for status in HTTPStatus), 0)

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds in seconds. A cached page takes less than the first; the last is the deadline."""

SLOTS = 256
"""More workers than anyone starts on one machine; any beyond these share the last slot and may lose
a count. Unused slots take no memory."""

_HEADER = 1
"""Numbers before the slots: how many slots were ever taken."""

_METHOD_NUMBERS = {method: number * len(STATUSES) for number, method in enumerate(METHODS)}
_OTHER_METHOD = _METHOD_NUMBERS[OTHER]
_STATUS_NUMBERS = {status: number for number, status in enumerate(STATUSES)}
_OTHER_STATUS = _STATUS_NUMBERS[0]
"""Offsets of the counters within a route."""


class RequestCounts:
    """Counters for ``routes``, and one for all other routes together."""

    def __init__(self, routes: Iterable[str]) -> None:
        self.routes = (*routes, OTHER)
        self._timed = len(BOUNDS) + 2  # plus the count above all bounds, and the sum of seconds
        self._row_size = self._timed + len(METHODS) * len(STATUSES)
        self._slot_size = len(self.routes) * self._row_size
        self._numbers = {route: number * self._row_size for number, route in enumerate(self.routes)}
        self._others = self._numbers[OTHER]
        memory = mmap.mmap(-1, 8 * (_HEADER + SLOTS * self._slot_size))
        self._cells = memoryview(memory).cast("d")
        self._lock = Lock()
        self.take(0)

    def take(self, slot: int) -> None:
        """Makes this process, and processes forked from it, count in ``slot``."""
        slot = min(slot, SLOTS - 1)
        self._start = _HEADER + slot * self._slot_size
        self._cells[0] = max(self._cells[0], slot + 1)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one answered request."""
        times = self._start + self._numbers.get(route, self._others)
        counter = (
            times
            + self._timed
            + _METHOD_NUMBERS.get(method, _OTHER_METHOD)
            + _STATUS_NUMBERS.get(status, _OTHER_STATUS)
        )
        cells = self._cells
        with self._lock:
            cells[counter] += 1
            cells[times + bisect_left(BOUNDS, seconds)] += 1
            cells[times + self._timed - 1] += seconds

    def requests(self) -> Iterator[tuple[str, str, int, int]]:
        """Method, route, status and count of every combination that occurred."""
        totals = self._totals()[:, self._timed :]
        for route, cell in zip(*(found.tolist() for found in np.nonzero(totals)), strict=True):
            method, status = divmod(cell, len(STATUSES))
            count = int(totals[route, cell])
            yield METHODS[method], self.routes[route], STATUSES[status], count

    def durations(self) -> Iterator[tuple[str, list[int], float]]:
        """For each requested route: its name, cumulative counts per bound and in total, and the sum
        of seconds."""
        for route, times in zip(self.routes, self._totals()[:, : self._timed], strict=True):
            *counts, seconds = times.tolist()
            cumulated = np.cumsum(counts).astype(int).tolist()
            if cumulated[-1]:
                yield route, cumulated, seconds

    def _totals(self) -> npt.NDArray[np.float64]:
        """One row per route, summed over all slots."""
        taken = int(self._cells[0])
        end = _HEADER + taken * self._slot_size
        cells = np.array(self._cells[_HEADER:end], dtype=np.float64)
        by_slot = cells.reshape(taken, len(self.routes), self._row_size)
        totals: npt.NDArray[np.float64] = by_slot.sum(axis=0)
        return totals


@dataclass(frozen=True, slots=True)
class Counting:
    """How requests are counted: the counters, and a function from a path to its route (None:
    unknown)."""

    counts: RequestCounts
    find_route: Callable[[str], str | None]
