"""Ranking: sorts matches, and takes the page after a cursor.

A statement's sort key never depends on other statements: it is date, source and position, and for
relevance a score computed with statistics that the cursor carries. So a page requested after a
commit starts exactly after the previous one.
"""

import heapq
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, repeat
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from service.deadline import in_time
from service.domain import Sort
from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.format.segment_writer import Order
from service.index.whoosh.segments.matching import locate
from service.index.whoosh.segments.segment import Mask, Segment

Scores = npt.NDArray[np.float64]
Ranks = npt.NDArray[Any]
Ranked: TypeAlias = tuple[Any, int, int]
"""A match: its rank (lower comes first), the position of its segment, its number. A plain tuple,
because creating twenty objects takes as long as sorting eighty."""

DENSE = 8
"""The fraction of a segment above which a table is faster than a search: an OR of 25 words takes
half the time at 100,000 statements (python -m bench.index)."""

STRETCH = 1_000
"""Documents taken out of their arrays at a time."""

K1, B = 1.2, 0.75
"""BM25's usual constants (Robertson & Zaragoza 2009)."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The input of scores: the number of statements, their mean length, and how many have each
    term."""

    statements: int
    length: float
    frequencies: dict[str, int]

    def weight(self, term: str) -> float:
        return inverse_frequency(self.frequencies.get(term, 0), self.statements)


def inverse_frequency(frequency: int, statements: int) -> float:
    """The weight of a term that ``frequency`` of the statements have; never negative."""
    frequency = min(frequency, statements)
    return math.log(1 + (statements - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The first ``limit`` items in this order that follow ``after`` (a score and an order)."""

    sort: Sort
    limit: int
    after: tuple[float, Order] | None
    statistics: Statistics


def gather_statistics(
    segments: Sequence[Segment], totals: tuple[int, int], terms: Sequence[str]
) -> Statistics:
    """``totals`` are the segments' numbers of statements and of words in them."""
    statements, length = totals
    frequencies = {
        term: sum(len(segment.documents("words", term)) for segment in segments) for term in terms
    }
    return Statistics(statements, length / max(statements, 1), frequencies)


def scores(segment: Segment, documents: Numbers, statistics: Statistics) -> Scores:
    """BM25 of each document, summed in the order of the terms so that it is reproducible."""
    total = np.zeros(len(documents))
    norm = K1 * (1 - B + B * segment.row["length"][documents] / max(statistics.length, 1e-9))
    locate_all = _locating(segment, documents)
    for term in in_time(sorted(statistics.frequencies)):
        postings = segment.files.postings("words", term)
        if postings is None:
            continue
        if documents is postings.documents:
            places, frequencies = np.arange(len(documents)), postings.frequencies
        elif len(postings.documents) < len(documents):
            found, there = locate_all(postings.documents)
            places, frequencies = found[there], postings.frequencies[there]
        else:
            found, there = locate(postings.documents, documents)
            places, frequencies = np.flatnonzero(there), postings.frequencies[found[there]]
        weight = statistics.weight(term)
        total[places] += weight * frequencies * (K1 + 1) / (frequencies + norm[places])
    return total


def _locating(
    segment: Segment, documents: Numbers
) -> Callable[[Numbers], tuple[npt.NDArray[Any], Mask]]:
    """A form of ``locate`` for ``documents``: by search, or by a table if they are many."""
    if DENSE * len(documents) < segment.files.size:
        return partial(locate, documents)
    table = np.full(segment.files.size, -1, dtype=np.int32)
    table[documents] = np.arange(len(documents))

    def places_of(wanted: Numbers) -> tuple[npt.NDArray[Any], Mask]:
        places = table[wanted]
        return places, places >= 0

    return places_of


def page(segments: Sequence[Segment], documents: Sequence[Numbers], wanted: Wanted) -> list[Ranked]:
    """The wanted range of ``documents`` (ascending, one list per segment)."""
    ranked: list[Iterable[Ranked]] = []
    for position, (segment, found) in enumerate(zip(segments, documents, strict=True)):
        if len(found):
            first, ranks = _RANKED[wanted.sort](segment, found, wanted)
            ranked.append(zip(ranks.tolist(), repeat(position), first.tolist(), strict=False))
    return first_of(segments, ranked, wanted.limit)


def first_of(
    segments: Sequence[Segment], ranked: Sequence[Iterable[Ranked]], limit: int
) -> list[Ranked]:
    """The first ``limit`` of several segments' pages, which are sorted.

    Records are read only where several segments have the same rank; within one segment equal ranks
    are already in order.
    """
    if len(ranked) == 1:
        return list(islice(ranked[0], limit))
    together = sorted(chain.from_iterable(ranked))
    start, last = 0, min(limit, len(together))
    ranks = [rank for rank, _, _ in together[: last + 1]]
    if len(set(ranks)) == len(ranks):
        return together[:last]
    while start < last:
        rank, position, _ = together[start]
        end = start + 1
        while end < len(together) and together[end][0] == rank:
            end += 1
        if together[end - 1][1] != position:
            together[start:end] = sorted(together[start:end], key=partial(order_of, segments))
        start = end
    return together[:last]


def in_order(
    segments: Sequence[Segment], documents: Sequence[Numbers], wanted: Wanted
) -> Iterator[Ranked]:
    """All of ``documents`` in the order of ``page``, one by one.

    As objects a million would take 150 MB, so the numbers stay in arrays.
    """
    ranked = [
        _one_by_one(position, *_RANKED[wanted.sort](segment, found, wanted))
        for position, (segment, found) in enumerate(zip(segments, documents, strict=True))
        if len(found)
    ]
    if len(ranked) == 1:
        return ranked[0]
    return heapq.merge(*ranked, key=partial(_Key, segments))


def _one_by_one(position: int, documents: Numbers, ranks: Ranks) -> Iterator[Ranked]:
    for start in range(0, len(documents), STRETCH):
        stretch = slice(start, start + STRETCH)
        yield from zip(
            ranks[stretch].tolist(), repeat(position), documents[stretch].tolist(), strict=False
        )


class _Key:
    """Sort key across segments; reads records where ranks are equal and does not cache them,
    because each of a million statements is compared in one place only."""

    __slots__ = ("_one", "_order", "_segments")

    def __init__(self, segments: Sequence[Segment], one: Ranked) -> None:
        self._segments, self._one = segments, one
        self._order: Order | None = None

    def __lt__(self, other: "_Key") -> bool:
        if self._one[0] != other._one[0]:
            return bool(self._one[0] < other._one[0])
        return self.order() < other.order()

    def order(self) -> Order:
        if self._order is None:
            _, position, document = self._one
            self._order = self._segments[position].files.read_order(document)
        return self._order


def order_of(segments: Sequence[Segment], one: Ranked) -> Order:
    _, position, document = one
    return segments[position].files.order(document)


def oldness(order: Order) -> int:
    """Sort key: oldest first, those without a year last."""
    return -order.newness or _NO_DAY


_NO_DAY = 99999999
"""Sorts after every day written as YYYYMMDD."""


def _newest(segment: Segment, documents: Numbers, wanted: Wanted) -> tuple[Numbers, Ranks]:
    start = 0
    if wanted.after is not None:
        start = int(np.searchsorted(documents, segment.files.after(wanted.after[1])))
    ranked = documents[start : start + wanted.limit]
    return ranked, -segment.row["first"].take(ranked).astype(np.int32)


def _oldest(segment: Segment, documents: Numbers, wanted: Wanted) -> tuple[Numbers, Ranks]:
    days = segment.row["first"][documents]
    days[days == 0] = _NO_DAY
    if wanted.after is not None:
        day, boundary = oldness(wanted.after[1]), segment.files.after(wanted.after[1])
        later = (days > day) | ((days == day) & (documents >= boundary))
        documents, days = documents[later], days[later]
    places = np.argsort(days, kind="stable")[: wanted.limit]
    return documents[places], days[places]


def _relevant(segment: Segment, documents: Numbers, wanted: Wanted) -> tuple[Numbers, Ranks]:
    values = scores(segment, documents, wanted.statistics)
    if wanted.after is not None:
        score, boundary = wanted.after[0], segment.files.after(wanted.after[1])
        later = (values < score) | ((values == score) & (documents >= boundary))
        documents, values = documents[later], values[later]
    places = best(values, wanted.limit)
    return documents[places], -values[places]


def highest(values: Scores, limit: int) -> npt.NDArray[np.intp]:
    """Positions of the ``limit`` highest values, and of those equal to the last, ascending."""
    if len(values) <= limit:
        return np.arange(len(values))
    least = np.partition(values, len(values) - limit)[len(values) - limit]
    return np.flatnonzero(values >= least)


def best(values: Scores, limit: int) -> npt.NDArray[np.intp]:
    """Positions of the ``limit`` highest values, highest first; the earlier first among equals."""
    candidates = highest(values, limit)
    return candidates[np.argsort(-values[candidates], kind="stable")][:limit]


_RANKED = {Sort.NEWEST: _newest, Sort.OLDEST: _oldest, Sort.RELEVANCE: _relevant}
