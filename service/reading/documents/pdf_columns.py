"""PDF columns: puts the lines of a page in reading order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from service.reading.documents.pdf_lines import PrintedLine

LINES_MAXIMUM = 2000
"""Per page; more are a listing, and finding its columns would take long."""

GUTTER = 0.35
"""The largest fraction of lines that may cross the gap between columns; headlines do."""

COLUMN_LINES = 3
"""Fewer adjacent lines are a table, a picture's credit or a byline."""


def in_reading_order(lines: Sequence[PrintedLine], gaps: Sequence[float] = ()) -> list[PrintedLine]:
    """Lines down each column, left column first; a line across both separates what is above and
    below.

    ``gaps`` are the column gaps of other pages, for a page with few lines.
    """
    gap = _column_gap(lines, gaps)
    if gap is None:
        return sorted(lines, key=lambda line: (-round(line.top), line.left))
    ordered: list[PrintedLine] = []
    band: list[PrintedLine] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if line.left < gap < line.right:
            ordered += _columns(band, gap, gaps)
            ordered.append(line)
            band = []
        else:
            band.append(line)
    return ordered + _columns(band, gap, gaps)


def _columns(band: Sequence[PrintedLine], gap: float, gaps: Sequence[float]) -> list[PrintedLine]:
    left, right = _sides(band, gap)
    return [*in_reading_order(left, gaps), *in_reading_order(right, gaps)]


def _sides(lines: Iterable[PrintedLine], gap: float) -> tuple[list[PrintedLine], list[PrintedLine]]:
    left, right = [], []
    for line in lines:
        if line.right <= gap:
            left.append(line)
        elif line.left >= gap:
            right.append(line)
    return left, right


def gaps_of(lines: Sequence[PrintedLine]) -> Iterator[float]:
    """The gaps between all columns of a page."""
    gap = _column_gap(lines)
    if gap is not None:
        yield gap
        for side in _sides(lines, gap):
            yield from gaps_of(side)


def _column_gap(lines: Sequence[PrintedLine], gaps: Sequence[float] = ()) -> float | None:
    """The left edge of the second column; None unless enough lines are on both sides and few
    cross."""
    if not 1 < len(lines) <= LINES_MAXIMUM:
        return None
    starts = Counter(round(line.left) for line in lines)
    for start in sorted(starts):
        left, right = _sides(lines, start - 2)
        if min(len(left), len(right)) >= COLUMN_LINES and _divides(lines, left, right):
            return start - 2
    for gap in gaps:
        left, right = _sides(lines, gap)
        if left and right and _divides(lines, left, right, least=1):
            return gap
    return None


def _divides(
    lines: Sequence[PrintedLine],
    left: Sequence[PrintedLine],
    right: Sequence[PrintedLine],
    least: int = COLUMN_LINES,
) -> bool:
    """Whether few lines cross, and both sides are adjacent for the height of several lines."""
    crossing = len(lines) - len(left) - len(right)
    top = min(max(line.top for line in left), max(line.top for line in right))
    bottom = max(min(line.bottom for line in left), min(line.bottom for line in right))
    beside = top - bottom >= least * 0.9 * median(line.size for line in left)
    return crossing <= GUTTER * len(lines) and beside
