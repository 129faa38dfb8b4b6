"""PDF lines: the printed lines of a page, and which of them are not text.

Running heads and page numbers are recognised by their repetition in the margins.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from pdfminer.layout import LTChar, LTPage, LTTextContainer, LTTextLineHorizontal

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SPACE = re.compile(r"[ \t\xa0\n]+")
_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?\s*(?:(?:of|/|von)\s*\d{1,4})?", re.I
)

MARGIN = 0.12
"""Fraction of the page's height, at top and bottom, that running heads occupy."""

EDGE = 0.07
"""The same for a single page, where nothing can repeat; its text starts further in."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line; y grows upwards."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    height: float  # of the page


def lines_of(page: LTPage, number: int) -> list[PrintedLine]:
    """The page's lines that contain words, in file order."""
    lines = []
    for box in page:
        if isinstance(box, LTTextContainer):
            for line in box:
                if isinstance(line, LTTextLineHorizontal):
                    text = _SPACE.sub(" ", line.get_text()).strip().translate(_LIGATURES)
                    if text:
                        lines.append(_printed(line, text, number, page.height))
    return lines


def _printed(line: LTTextLineHorizontal, text: str, page: int, height: float) -> PrintedLine:
    sizes = [one.size for one in line if isinstance(one, LTChar)]
    size = median(sizes) if sizes else line.height
    return PrintedLine(text, page, line.x0, line.x1, line.y0, line.y1, size, height)


def text_size(lines: Iterable[PrintedLine]) -> float:
    """The most common size of letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def running_heads(pages: Sequence[Sequence[PrintedLine]]) -> set[str]:
    """Text in the margins of two or more pages, ignoring numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_without_numbers(line.text) for line in page if _in_margin(line, MARGIN)})
    return {text for text, count in seen.items() if count >= 2}


def is_running(line: PrintedLine, running: set[str], size: float) -> bool:
    """Whether it is a running head; on a single page, small letters at the very edge."""
    if not _in_margin(line, MARGIN):
        return False
    repeated = _without_numbers(line.text) in running or _NUMBER.fullmatch(line.text) is not None
    return repeated or (line.size < 0.9 * size and _in_margin(line, EDGE))


def _in_margin(line: PrintedLine, margin: float) -> bool:
    return line.bottom > (1 - margin) * line.height or line.top < margin * line.height


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())
