"""Counting: the requests of all workers, and how long they took, in memory that they share.

The memory is made before workers fork, and each writes to a slot of its own, so that no lock is
shared and no file is written; whoever takes a dead worker's slot counts on from there. What is
counted apart is bounded: whoever asks for a million paths makes no million counters.
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
"""For every route, method and status that is not counted apart."""

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", OTHER)
STATUSES = (*(int(status) for status in HTTPStatus), 0)

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds. A page that is kept takes less than the first; the last is the deadline."""

SLOTS = 256
"""More workers than anybody starts on one machine; more than these share the last one and may
lose a count. A slot that nobody took takes no memory."""

_HEADER = 1
"""Numbers in front of the slots: how many of them were ever taken."""

_METHOD_NUMBERS = {method: number * len(STATUSES) for number, method in enumerate(METHODS)}
_OTHER_METHOD = _METHOD_NUMBERS[OTHER]
_STATUS_NUMBERS = {status: number for number, status in enumerate(STATUSES)}
_OTHER_STATUS = _STATUS_NUMBERS[0]
"""Where in a route's counters each is."""


class RequestCounts:
    """Of these routes and of all others together."""

    def __init__(self, routes: Iterable[str]) -> None:
        self.routes = (*routes, OTHER)
        self._timed = len(BOUNDS) + 2  # those above all bounds, and the sum of seconds
        self._row_size = self._timed + len(METHODS) * len(STATUSES)
        self._slot_size = len(self.routes) * self._row_size
        self._numbers = {route: number * self._row_size for number, route in enumerate(self.routes)}
        self._others = self._numbers[OTHER]
        memory = mmap.mmap(-1, 8 * (_HEADER + SLOTS * self._slot_size))
        self._cells = memoryview(memory).cast("d")
        self._lock = Lock()
        self.take(0)

    def take(self, slot: int) -> None:
        """What this process counts from now on, and those that are forked from it, is there."""
        slot = min(slot, SLOTS - 1)
        self._start = _HEADER + slot * self._slot_size
        self._cells[0] = max(self._cells[0], slot + 1)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
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
        """Method, route, status and how many, for those that there were."""
        totals = self._totals()[:, self._timed :]
        for route, cell in zip(*(found.tolist() for found in np.nonzero(totals)), strict=True):
            method, status = divmod(cell, len(STATUSES))
            count = int(totals[route, cell])
            yield METHODS[method], self.routes[route], STATUSES[status], count

    def durations(self) -> Iterator[tuple[str, list[int], float]]:
        """A route, how many requests took up to each bound and how many in all, and how many
        seconds all took together; for the routes that were asked."""
        for route, times in zip(self.routes, self._totals()[:, : self._timed], strict=True):
            *counts, seconds = times.tolist()
            cumulated = np.cumsum(counts).astype(int).tolist()
            if cumulated[-1]:
                yield route, cumulated, seconds

    def _totals(self) -> npt.NDArray[np.float64]:
        """A row a route, over all slots."""
        taken = int(self._cells[0])
        end = _HEADER + taken * self._slot_size
        cells = np.array(self._cells[_HEADER:end], dtype=np.float64)
        by_slot = cells.reshape(taken, len(self.routes), self._row_size)
        totals: npt.NDArray[np.float64] = by_slot.sum(axis=0)
        return totals


@dataclass(frozen=True, slots=True)
class Counting:
    """How requests are counted: where, and which route a path is of (None: of none)."""

    counts: RequestCounts
    find_route: Callable[[str], str | None]
