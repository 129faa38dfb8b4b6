"""Facets: counts each value among the statements found.

Built once per generation: each segment numbers its values separately; here these numbers are mapped
to common ones, so that counting is array arithmetic.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from service.domain import Act, Facet, FacetCount, Form
from service.index.analysis import fold
from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.format.segment_writer import KINDS, SOURCE_TYPES
from service.index.whoosh.generations.speaker_directory import SpeakerDirectory
from service.index.whoosh.segments.ranking import highest
from service.index.whoosh.segments.segment import Segment

Counts = npt.NDArray[np.float64]
Read = Callable[[Segment, Numbers], Numbers]
"""Returns one number for each of the given documents of a segment."""

VALUES = 50
"""Values per facet at most: as many as a list beside the results can show."""

UNKNOWN = "unknown"
"""The value for a missing year, month or source type, so that counts add up to the total."""

_FORMS, _ACTS = ("", *Form), ("", *Act)
_FORM_OF = np.array([0 if kind is None else _FORMS.index(kind.form) for kind in KINDS])
_ACT_OF = np.array([0 if kind is None else _ACTS.index(kind.act) for kind in KINDS])
"""Act by kind; 0 means none."""

_YEARS = 10_000
"""Years have four digits; 0 means no year."""


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of one field over all segments.

    ``names`` is sorted; place 0 means none. ``links`` map each segment's numbers to places in
    ``names``, ``groups`` map those to the first of equivalent names; ``spellings`` lists all names
    of a group that has several.
    """

    names: Sequence[str]
    links: Sequence[npt.NDArray[np.intp]]
    groups: npt.NDArray[np.intp]
    spellings: dict[int, list[int]]


class Facets:
    """The facets of one generation. ``found`` is a list of documents per segment."""

    def __init__(self, segments: Sequence[Segment], directory: SpeakerDirectory) -> None:
        self._segments = segments
        self._directory = directory

    def count(self, facet: Facet, found: Sequence[Numbers]) -> tuple[FacetCount, ...]:
        """The most frequent values, most frequent first."""
        match facet:
            case Facet.SPEAKER:
                ranked = self._directory.ranked(found, VALUES)
                return tuple(FacetCount(one.id, count, one.name) for one, count in ranked)
            case Facet.PUBLISHER:
                return self._of_values("publisher", self._publishers, found)
            case Facet.LANGUAGE:
                return self._of_values("language", self._languages, found)
            case Facet.FORM:
                return _ranked(_FORMS.__getitem__, self._of_kinds(found, _FORM_OF))
            case Facet.ACT:
                return _ranked(_ACTS.__getitem__, self._of_kinds(found, _ACT_OF))
            case Facet.SOURCE_TYPE:
                return _ranked(_type_name, self._numbers(_types, found, len(SOURCE_TYPES)), 0)
            case Facet.YEAR:
                return _ranked(_year_name, self._numbers(_years, found, _YEARS), 0)
            case Facet.MONTH:
                return _ranked(_month_name, self._numbers(_months, found, 12 * _YEARS), 0)

    @cached_property
    def _publishers(self) -> _Values:
        """Treats names that differ only in case as one."""
        return _values([segment.files.publishers for segment in self._segments], fold)

    @cached_property
    def _languages(self) -> _Values:
        return _values([segment.files.languages for segment in self._segments], str)

    def _of_values(
        self, field: str, values: _Values, found: Sequence[Numbers]
    ) -> tuple[FacetCount, ...]:
        size = len(values.names)
        counts = np.zeros(size)
        for segment, documents, link in zip(self._segments, found, values.links, strict=True):
            by_number = np.bincount(segment.row[field][documents], minlength=len(link))
            counts += np.bincount(link, by_number, minlength=size)
        together = np.bincount(values.groups, counts, minlength=size).astype(np.float64)
        names = list(values.names)
        for first, same in values.spellings.items():
            names[first] = values.names[min(same, key=lambda place: (-counts[place], place))]
        return _ranked(names.__getitem__, together)

    def _of_kinds(self, found: Sequence[Numbers], value_of: npt.NDArray[np.intp]) -> Counts:
        """Counts by the value that ``value_of`` has for each kind."""
        return np.bincount(value_of, self._numbers(_kinds, found, len(KINDS))).astype(np.float64)

    def _numbers(self, read: Read, found: Sequence[Numbers], size: int) -> Counts:
        """How often each number returned by ``read`` occurs."""
        counts = np.zeros(size)
        for segment, documents in zip(self._segments, found, strict=True):
            counts += np.bincount(read(segment, documents), minlength=size)
        return counts


def _kinds(segment: Segment, documents: Numbers) -> Numbers:
    return segment.row["kind"][documents]


def _type_name(number: int) -> str:
    return str(SOURCE_TYPES[number] or UNKNOWN)


def _types(segment: Segment, documents: Numbers) -> Numbers:
    return segment.row["source_type"][documents]


def _year_name(year: int) -> str:
    return f"{year:04}" if year else UNKNOWN


def _years(segment: Segment, documents: Numbers) -> Numbers:
    return segment.row["first"][documents] // 10_000


def _month_name(number: int) -> str:
    """
    >>> _month_name(2022 * 12 + 1)
    '2022-02'
    """
    return f"{number // 12:04}-{number % 12 + 1:02}" if number else UNKNOWN


def _months(segment: Segment, documents: Numbers) -> Numbers:
    """Twelve times the year plus the months before it; 0 if the date spans several months."""
    first, last = (segment.row[name][documents] // 100 for name in ("first", "last"))
    return np.where((first == last) & (first > 0), first // 100 * 12 + first % 100 - 1, 0)


def _ranked(
    name_of: Callable[[int], str], counts: Counts, start: int = 1
) -> tuple[FacetCount, ...]:
    """The most frequent values, ignoring places before ``start``."""
    present = np.flatnonzero(counts[start:]) + start
    chosen = present[highest(counts[present], VALUES)].tolist()
    ordered = sorted((-int(counts[place]), name_of(place)) for place in chosen)
    return tuple(FacetCount(name, -count) for count, name in ordered[:VALUES])


def _values(catalogues: Sequence[Sequence[str]], same: Callable[[str], str]) -> _Values:
    names = ["", *sorted({name for catalogue in catalogues for name in catalogue})]
    place = {name: number for number, name in enumerate(names) if number}
    groups: dict[str, list[int]] = defaultdict(list)
    for name, number in place.items():
        groups[same(name)].append(number)
    first = {number: numbers[0] for numbers in groups.values() for number in numbers}
    return _Values(
        names,
        [np.array([0, *(place[name] for name in catalogue)]) for catalogue in catalogues],
        np.array([first.get(number, 0) for number in range(len(names))]),
        {numbers[0]: numbers for numbers in groups.values() if len(numbers) > 1},
    )
