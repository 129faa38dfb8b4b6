"""PDF layout: printed lines become paragraphs in reading order.

Columns are told by the gap between them, running heads and page numbers by their repetition, pull
quotes by their size and by standing in the text, too; words that a line's end divides are joined.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pdfminer.layout import LTChar, LTPage, LTTextContainer, LTTextLineHorizontal

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SPACE = re.compile(r"[ \t\xa0\n]+")
_LETTERS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?\s*(?:(?:of|/|von)\s*\d{1,4})?", re.I
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’»)\]]*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

MARGIN = 0.12
"""Share of the page's height, at the top and at the bottom, in which running heads stand."""

EDGE = 0.07
"""The same of a single page, where nothing can repeat; text begins further in."""

LINES_MAXIMUM = 2000
"""Of a page; more are a listing, and to look for its columns would take long."""

GUTTER = 0.35
"""Of columns: no more lines than this share may cross the gap between them. Headlines do."""

COLUMN_LINES = 3
"""Fewer lines side by side are a table, a picture's credit or a byline."""

LARGE = 1.25
"""Times the size of the text: pull quotes and headlines are larger, initials are single letters."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it is printed; y grows upwards."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    height: float  # of the page


@dataclass(frozen=True, slots=True)
class Paragraph:
    page: int
    text: str


def lines_of(page: LTPage, number: int) -> list[PrintedLine]:
    """The lines of a page with words on them, in the file's order."""
    lines = []
    for box in page:
        if isinstance(box, LTTextContainer):
            for line in box:
                if isinstance(line, LTTextLineHorizontal):
                    text = _SPACE.sub(" ", line.get_text()).strip().translate(_LIGATURES)
                    if text:
                        lines.append(_printed(line, text, number, page.height))
    return lines


def paragraphs_of(pages: Sequence[Sequence[PrintedLine]]) -> list[tuple[int, str]]:
    """The text of all pages in paragraphs, each with the page on which it begins."""
    running = _running_heads(pages)
    size = _text_size([line for page in pages for line in page])
    bare = [[line for line in page if not _is_running(line, running, size)] for page in pages]
    gaps = sorted({gap for page in bare for gap in _gaps_of(page)})
    ordered = [line for page in bare for line in in_reading_order(page, gaps)]
    ordered = list(_without_pull_quotes(ordered, size))
    words = Counter(_WORD.findall(" ".join(line.text for line in ordered)))
    return [(block[0].page, _joined(block, words)) for block in _blocks(ordered)]


def title_of(pages: Sequence[Sequence[PrintedLine]]) -> str:
    """The largest words of the first page, where they stand above its text."""
    lines = [line for page in pages for line in page]
    first = pages[0] if pages else []
    size = _text_size(lines)
    largest = max((line.size for line in first if len(line.text) > 3), default=0)
    if largest < LARGE * size:
        return ""
    titles = [line for line in in_reading_order(first) if line.size > 0.95 * largest]
    text = " ".join(line.text for line in titles[:5])
    body_top = max((line.top for line in first if abs(line.size - size) < 0.5), default=0)
    return text if len(text) <= 300 and titles[0].top >= 0.75 * body_top else ""


def in_reading_order(lines: Sequence[PrintedLine], gaps: Sequence[float] = ()) -> list[PrintedLine]:
    """Down each column, the left one first; what crosses both stands between what is above and
    below it. ``gaps`` are those of other pages, for a page that ends soon."""
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


def _gaps_of(lines: Sequence[PrintedLine]) -> Iterator[float]:
    """Those between all columns of a page."""
    gap = _column_gap(lines)
    if gap is not None:
        yield gap
        for side in _sides(lines, gap):
            yield from _gaps_of(side)


def _column_gap(lines: Sequence[PrintedLine], gaps: Sequence[float] = ()) -> float | None:
    """The left edge of the second column: enough lines stand on both sides, few cross it."""
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
    """Whether few lines cross, and both sides stand side by side for the height of some lines."""
    crossing = len(lines) - len(left) - len(right)
    top = min(max(line.top for line in left), max(line.top for line in right))
    bottom = max(min(line.bottom for line in left), min(line.bottom for line in right))
    beside = top - bottom >= least * 0.9 * median(line.size for line in left)
    return crossing <= GUTTER * len(lines) and beside


def _printed(line: LTTextLineHorizontal, text: str, page: int, height: float) -> PrintedLine:
    sizes = [one.size for one in line if isinstance(one, LTChar)]
    size = median(sizes) if sizes else line.height
    return PrintedLine(text, page, line.x0, line.x1, line.y0, line.y1, size, height)


def _text_size(lines: Iterable[PrintedLine]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _running_heads(pages: Sequence[Sequence[PrintedLine]]) -> set[str]:
    """What stands in the margins of two pages or more, numbers apart."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_without_numbers(line.text) for line in page if _in_margin(line, MARGIN)})
    return {text for text, count in seen.items() if count >= 2}


def _is_running(line: PrintedLine, running: set[str], size: float) -> bool:
    """On a single page it is told by its small letters at the very edge."""
    if not _in_margin(line, MARGIN):
        return False
    repeated = _without_numbers(line.text) in running or _NUMBER.fullmatch(line.text) is not None
    return repeated or (line.size < 0.9 * size and _in_margin(line, EDGE))


def _in_margin(line: PrintedLine, margin: float) -> bool:
    return line.bottom > (1 - margin) * line.height or line.top < margin * line.height


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _without_pull_quotes(lines: Sequence[PrintedLine], size: float) -> Iterator[PrintedLine]:
    """Large words that the text has, too, are an ornament of the page."""
    body = _letters(line.text for line in lines if line.size < LARGE * size)
    block: list[PrintedLine] = []
    for line in lines:
        if line.size >= LARGE * size:
            block.append(line)
        else:
            yield from _unless_repeated(block, body)
            block = []
            yield line
    yield from _unless_repeated(block, body)


def _unless_repeated(block: Sequence[PrintedLine], body: str) -> Sequence[PrintedLine]:
    letters = _letters(line.text for line in block)
    return () if letters and letters in body else block


def _letters(texts: Iterable[str]) -> str:
    """Letters and digits alone, so that hyphens and line ends do not count."""
    return "".join("".join(_LETTERS.findall(text)) for text in texts).casefold()


def _blocks(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Lines of one paragraph each."""
    pitch = _pitch(lines)
    block: list[PrintedLine] = []
    for line in lines:
        if block and _begins(block, line, pitch):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _pitch(lines: Sequence[PrintedLine]) -> float:
    """From one line to the next in the text."""
    steps = [
        upper.top - lower.top
        for upper, lower in pairwise(lines)
        if upper.page == lower.page and 0 < upper.top - lower.top < 3 * upper.size
    ]
    return median(steps) if steps else 0.0


def _begins(block: Sequence[PrintedLine], line: PrintedLine, pitch: float) -> bool:
    """Whether the line opens a new paragraph."""
    before = block[-1]
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size):
        return True
    step = before.top - line.top
    if line.page != before.page or step < 0 or line.left > before.right:
        return not _runs_on(block, line)
    if step > 1.35 * pitch and step > 1.2 * before.size:
        return True
    indent = line.left - before.left
    return indent > 0.7 * line.size and len(block) > 1 and _ends(before)


def _runs_on(block: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether a sentence or a quotation goes on in the next column or on the next page."""
    if not _ends(block[-1]) or line.text[0].islower():
        return True
    text = " ".join(one.text for one in block)
    return text.count("“") > text.count("”") and not line.text.startswith("“")


def _ends(line: PrintedLine) -> bool:
    return _SENTENCE_END.search(line.text) is not None


def _joined(block: Sequence[PrintedLine], words: Counter[str]) -> str:
    text = block[0].text
    for line in block[1:]:
        if _HYPHEN.search(text) and line.text[0].isalpha():
            text = _without_hyphen(text, line.text, words) + line.text
        else:
            text += " " + line.text
    return text.replace("\u00ad", "")


def _without_hyphen(text: str, following: str, words: Counter[str]) -> str:
    """A hyphen stays where a capital follows or the text has the two words, not the one."""
    if following[0].isupper():
        return text
    first = _FIRST_WORD.findall(text)[-1]
    second = _FIRST_WORD.findall(following)[0]
    whole = words[first + second]
    apart = f"{first}-{second}"
    if not whole and (apart in words or first.casefold() in _PREFIXES):
        return text
    return text[:-1]


_PREFIXES = frozenset({"self", "ex", "vice", "well", "all", "cross", "long", "short", "half"})
"""Of compounds that are written with a hyphen wherever they stand."""
