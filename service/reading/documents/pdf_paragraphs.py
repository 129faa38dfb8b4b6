"""PDF paragraphs: groups lines into paragraphs and joins their text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from service.reading.documents.pdf_lines import PrintedLine

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’»)\]]*$")
_SHORT = re.compile(
    r"(?:^|[\s“\"(])(?:[A-Z]|Mrs?|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Prof|Rev|St|vs)\.$"
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")

INDENT = 4
"""Largest indent of a paragraph's first line, as a factor of the text's size."""


def blocks_of(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """The lines of each paragraph."""
    setting = Setting(lines)
    block: list[PrintedLine] = []
    for line in lines:
        if block and setting.begins(block, line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


class Setting:
    """The typesetting of a text: its line spacing and the edges of its columns."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self._pitch = _pitch(lines)
        self._lefts: dict[int, Counter[int]] = {}
        self._rights: dict[tuple[int, int], float] = {}
        for line in lines:
            self._lefts.setdefault(line.page, Counter())[round(line.left)] += 1
        for line in lines:
            column = line.page, self._column(line)
            self._rights[column] = max(self._rights.get(column, 0), line.right)
        inside = sum(self._is_indented(line) for line in lines)
        self._indents = inside >= 0.05 * len(lines)

    def begins(self, block: Sequence[PrintedLine], line: PrintedLine) -> bool:
        """Whether the line starts a new paragraph after the block."""
        before = block[-1]
        if abs(before.size - line.size) > 0.15 * max(before.size, line.size):
            return True
        step = before.top - line.top
        if line.page != before.page or step < 0 or line.left > before.right:
            return self._begins_elsewhere(block, line)
        if step > 1.35 * self._pitch and step > 1.2 * before.size:
            return True
        if self._is_indented(line):
            return not self._is_indented(before) or _ends(before) or self._is_cut(before, line)
        return self._is_cut(before, line)

    def _begins_elsewhere(self, block: Sequence[PrintedLine], line: PrintedLine) -> bool:
        """Whether it starts one in the next column or page, where a sentence or quotation may
        continue."""
        before = block[-1]
        if self._indents:
            return self._is_indented(line) or self._is_cut(before, line)
        if not _ends(before) or line.text[0].islower():
            return False
        return not _is_quoting(block) or line.text[0] in '“"'

    def _column(self, line: PrintedLine) -> int:
        """The left edge of the column: the most common one among nearby lines."""
        lefts = self._lefts[line.page]
        here = round(line.left)
        near = range(here - round(INDENT * line.size), here + 1)
        return max(near, key=lambda left: (lefts[left] + lefts[left - 1] + lefts[left + 1], -left))

    def _is_indented(self, line: PrintedLine) -> bool:
        return line.left - self._column(line) > 0.6 * line.size

    def _is_cut(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether the next word would have fitted: then the line ends because its paragraph
        does."""
        if _HYPHEN.search(before.text) and line.text[0].islower():
            return False
        left = self._column(before)
        right = self._rights[before.page, left]
        letters = len(line.text.split(maxsplit=1)[0]) + 1
        width = (before.right - before.left) / max(1, len(before.text))
        room = right - before.right - letters * width
        is_short = before.right - left < 0.6 * (right - left)
        return room > 0.1 * before.size and (is_short or _ends(before))


def _pitch(lines: Sequence[PrintedLine]) -> float:
    """The distance between consecutive lines of text."""
    steps = [
        upper.top - lower.top
        for upper, lower in pairwise(lines)
        if upper.page == lower.page and 0 < upper.top - lower.top < 3 * upper.size
    ]
    return median(steps) if steps else 0.0


def _is_quoting(block: Sequence[PrintedLine]) -> bool:
    """Whether a quotation mark is still open."""
    text = " ".join(one.text for one in block)
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _ends(line: PrintedLine) -> bool:
    return _SENTENCE_END.search(line.text) is not None and not _SHORT.search(line.text)


def joined(block: Sequence[PrintedLine], words: Counter[str]) -> str:
    text = block[0].text
    for line in block[1:]:
        if _HYPHEN.search(text) and line.text[0].isalpha():
            text = _without_hyphen(text, line.text, words) + line.text
        else:
            text += " " + line.text
    return text.replace("\u00ad", "")


def _without_hyphen(text: str, following: str, words: Counter[str]) -> str:
    """Keeps a hyphen before a capital, or if the text elsewhere has the two words but not the
    joined one."""
    first = _FIRST_WORD.findall(text)[-1]
    second = _FIRST_WORD.findall(following)[0]
    if following[0].isupper() and not (first + second).isupper():
        return text
    whole = words[first + second]
    apart = f"{first}-{second}"
    if not whole and (apart in words or first.casefold() in _PREFIXES):
        return text
    return text[:-1]


_PREFIXES = frozenset({"self", "ex", "vice", "well", "all", "cross", "long", "short", "half"})
"""Prefixes of compounds that always have a hyphen."""
