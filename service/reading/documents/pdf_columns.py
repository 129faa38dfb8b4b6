"""PDF columns: the lines of a page in the order in which they are read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from service.reading.documents.pdf_lines import PrintedLine

LINES_MAXIMUM = 2000
"""Of a page; more are a listing, and to look for its columns would take long."""

GUTTER = 0.35
"""Of columns: no more lines than this share may cross the gap between them. Headlines do."""

COLUMN_LINES = 3
"""Fewer lines side by side are a table, a picture's credit or a byline."""


def in_reading_order(lines: Sequence[PrintedLine], gaps: Sequence[float] = ()) -> list[PrintedLine]:
    """Down each column, the left one first; what crosses both comes between what is above and below
    it. ``gaps`` are those of other pages, for a page that ends soon."""
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
    """Those between all columns of a page."""
    gap = _column_gap(lines)
    if gap is not None:
        yield gap
        for side in _sides(lines, gap):
            yield from gaps_of(side)


def _column_gap(lines: Sequence[PrintedLine], gaps: Sequence[float] = ()) -> float | None:
    """The left edge of the second column: enough lines are on both sides, few cross it."""
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
    """Whether few lines cross, and both are side by side for the height of some lines."""
    crossing = len(lines) - len(left) - len(right)
    top = min(max(line.top for line in left), max(line.top for line in right))
    bottom = max(min(line.bottom for line in left), min(line.bottom for line in right))
    beside = top - bottom >= least * 0.9 * median(line.size for line in left)
    return crossing <= GUTTER * len(lines) and beside
