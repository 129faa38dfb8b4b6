"""Timeline: how often a speaker is quoted and reported over time, as a bar chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.domain import FacetCount
from service.web.dates import in_words

WIDTH, HEIGHT = 640, 120
"""Size of the drawing without its labels."""

MOST_MONTHS = 36
"""Months shown at most; more bars would be thinner than a finger is wide on a telephone, so years
are shown instead."""

MOST_YEARS = 60
"""Years shown, the last ones; bars of one or two pixels show nothing."""

LEAST_PLACES = 12
"""Places for bars at least, so that a single bar is not as wide as the chart."""

GAP = 0.2
"""The gap between bars, as a fraction of a bar's place."""


@dataclass(frozen=True, slots=True)
class Bar:
    """``height`` and ``top`` of both parts are in the drawing's units; quotations are at the
    bottom."""

    period: str
    name: str
    quotes: int
    claims: int
    left: float
    width: float
    quotes_top: float
    quotes_height: float
    claims_top: float
    claims_height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """``most`` is the highest bar's count; ``undated`` counts statements without a known year."""

    bars: tuple[Bar, ...]
    most: int
    undated: int
    by_year: bool


Facets = Mapping[str, Sequence[FacetCount]]
"""Facet counts by name, among them "month" and "year"."""


def timeline(quotes: Facets, claims: Facets) -> Timeline:
    """A timeline by month, or by year if there are too many months.

    >>> said = {"month": [FacetCount("2022-02", 3), FacetCount("unknown", 1)]}
    >>> drawn = timeline(said, {"month": []})
    >>> [(bar.name, bar.quotes, bar.quotes_height) for bar in drawn.bars], drawn.undated
    ([('February 2022', 3, 120.0)], 1)
    """
    counted = [_counts(one, "month") for one in (quotes, claims)]
    periods = _months(counted)
    by_year = len(periods) > MOST_MONTHS
    if by_year:
        counted = [_counts(one, "year") for one in (quotes, claims)]
        periods = _years(counted)
    said, reported = counted
    numbers = [(said.get(period, 0), reported.get(period, 0)) for period in periods]
    most = max(map(sum, numbers), default=0)
    place = WIDTH / max(len(numbers), LEAST_PLACES)
    bars = tuple(
        _bar(period, counts, place * number, place, HEIGHT / max(most, 1))
        for number, (period, counts) in enumerate(zip(periods, numbers, strict=True))
    )
    return Timeline(bars, most, sum(one.get("unknown", 0) for one in counted), by_year)


def _bar(period: str, counts: tuple[int, int], left: float, place: float, unit: float) -> Bar:
    quotes, claims = (round(count * unit, 1) for count in counts)
    return Bar(
        period=period,
        name=in_words(period),
        quotes=counts[0],
        claims=counts[1],
        left=round(left + place * GAP / 2, 1),
        width=round(place * (1 - GAP), 1),
        quotes_top=round(HEIGHT - quotes, 1),
        quotes_height=quotes,
        claims_top=round(HEIGHT - quotes - claims, 1),
        claims_height=claims,
    )


def _counts(facets: Facets, name: str) -> dict[str, int]:
    return {one.value: one.count for one in facets[name]}


def _known(counted: Sequence[Mapping[str, int]]) -> list[str]:
    return sorted({period for one in counted for period in one if period != "unknown"})


def _months(counted: Sequence[Mapping[str, int]]) -> list[str]:
    """All months from the first to the last, including those without statements."""
    known = _known(counted)
    if not known:
        return []
    begin, end = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (known[0], known[-1]))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(begin, end + 1)]


def _years(counted: Sequence[Mapping[str, int]]) -> list[str]:
    known = _known(counted)
    first, last = int(known[0]), int(known[-1])
    return [f"{year:04d}" for year in range(max(first, last - MOST_YEARS + 1), last + 1)]
