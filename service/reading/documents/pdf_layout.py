"""PDF layout: turns the printed lines of all pages into the paragraphs of an article.

Joins the modules for lines, columns and paragraphs. A pull quote is recognised by its size and
because the text repeats it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from service.reading.documents.pdf_columns import gaps_of, in_reading_order
from service.reading.documents.pdf_lines import PrintedLine, is_running, running_heads, text_size
from service.reading.documents.pdf_paragraphs import blocks_of, joined

_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

LARGE = 1.25
"""Factor of the text's size: pull quotes and headlines are larger, and initials are single
letters."""


def paragraphs_of(pages: Sequence[Sequence[PrintedLine]]) -> list[tuple[int, str]]:
    """The paragraphs of all pages, each with the page on which it starts."""
    running = running_heads(pages)
    size = text_size([line for page in pages for line in page])
    bare = [[line for line in page if not is_running(line, running, size)] for page in pages]
    gaps = sorted({gap for page in bare for gap in gaps_of(page)})
    ordered = [line for page in bare for line in in_reading_order(page, gaps)]
    ordered = list(_without_pull_quotes(ordered, size))
    words = Counter(_WORD.findall(" ".join(line.text for line in ordered)))
    return [(block[0].page, joined(block, words)) for block in blocks_of(ordered)]


def title_of(pages: Sequence[Sequence[PrintedLine]]) -> str:
    """The largest words of the first page, if they are above its text."""
    lines = [line for page in pages for line in page]
    first = pages[0] if pages else []
    size = text_size(lines)
    largest = max((line.size for line in first if len(line.text) > 3), default=0)
    if largest < LARGE * size:
        return ""
    titles = [line for line in in_reading_order(first) if line.size > 0.95 * largest]
    text = " ".join(line.text for line in titles[:5])
    body_top = max((line.top for line in first if abs(line.size - size) < 0.5), default=0)
    return text if len(text) <= 300 and titles[0].top >= 0.75 * body_top else ""


def _without_pull_quotes(lines: Sequence[PrintedLine], size: float) -> Iterator[PrintedLine]:
    """Removes large words that the text repeats: they are decoration."""
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
    """Only the letters and digits, ignoring hyphens and line ends."""
    return "".join("".join(_LETTERS.findall(text)) for text in texts).casefold()
