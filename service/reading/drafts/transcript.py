"""Transcript: collects a document's visible text as plain paragraphs.

Block quotations get the quotation marks that print would give them, so that they are read like any
other quotation, with the speaker after a dash. These marks and dashes do not exist in the document:
their spans in it are empty.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from service.domain import Span
from service.reading.drafts.draft import Draft, Run

PARAGRAPH = "\n\n"
LINE = "\n"
SIGNED = " "
"""Separates a signature: on its own line it would be taken for part of what follows."""

_PIECE = re.compile(r"[^ \t\n\f\r]++(?: [^ \t\n\f\r]++)*+|(?P<space>[ \t\n\f\r]++)")
_MARKED = re.compile(r"\s*(?:[\"“”„«»‹›‘']|``)")
_DOUBLE = re.compile(r"[\"“”„]|``|''")
_DASH = re.compile(r"\s*(?:[—–―‒]|--?)")
_SIGNATURE = re.compile(r"\s*(?:[—–―‒]|--?)\s*[^\W\d_].{0,150}")
"""A longer line after a dash is speech, as some languages print it."""


class Transcript:
    """Words are added in document order; breaks and spaces appear only between words."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._runs: list[Run] = []
        self._break = ""
        self._space: Run | None = None
        self._depth = 0  # nesting of block quotations
        self._quotation: int | None = None  # the first run of the outermost one
        self._blocks = 0  # block quotations so far
        self._signing = 0  # the number of the one being signed
        self._unsigned = False  # no word of its signature has been written yet
        self._links: list[tuple[Span, str]] = []
        self._anchors: dict[str, int] = {}

    def show(self, start: int, end: int) -> None:
        """Shows the document's characters from ``start`` to ``end``."""
        self.write(self._document[start:end], start, end)

    def write(self, words: str, start: int, end: int) -> None:
        """Shows ``words`` for this span of the document."""
        if not words:
            return
        self._runs += self._between(start)
        if self._unsigned and not _DASH.match(words):
            self._runs.append(Run("— ", Span(start, start)))
        self._runs.append(Run(words, Span(start, end), self._signing, bool(self._signing)))
        self._break, self._space, self._unsigned = "", None, False

    def prose(self, start: int, end: int) -> None:
        """Shows the document's words, each run of white space as one space."""
        for piece in _PIECE.finditer(self._document, start, end):
            if piece["space"]:
                self.space(*piece.span())
            else:
                self.show(*piece.span())

    def space(self, start: int, end: int) -> None:
        """Shows white space as one space, or as nothing next to a break or another space."""
        if self._runs and not self._break and not self._runs[-1].text[-1].isspace():
            self._space = self._space or Run(" ", Span(start, end))

    def end_line(self) -> None:
        self._break = PARAGRAPH if self._break else LINE

    def end_paragraph(self) -> None:
        self._break = PARAGRAPH

    @property
    def at_line_start(self) -> bool:
        return bool(self._break) or not self._runs

    @property
    def is_signing(self) -> bool:
        return bool(self._signing)

    def begin_quotation(self) -> None:
        """Starts a block quotation; a nested one is part of the outer one."""
        self.end_paragraph()
        self._depth += 1
        if self._depth == 1:
            self._quotation = len(self._runs)

    def end_quotation(self) -> None:
        """Ends the block quotation, and its signature if still open."""
        self.end_paragraph()
        self._depth = max(0, self._depth - 1)
        if not self._depth:
            self._unsigned, self._signing = False, 0
            self._mark_quotation()

    def begin_signature(self) -> None:
        """Starts the words that name the speaker of the current block quotation, if any."""
        if self._depth:
            self.end_paragraph()
            self._unsigned = self._mark_quotation()
        if self._unsigned:
            self._break = SIGNED
            self._signing = self._blocks

    def end_signature(self) -> None:
        if self._depth:
            self.end_paragraph()
            self._unsigned, self._signing = False, 0
            self._quotation = len(self._runs)

    def link(self, place: Span, url: str) -> None:
        """Records that the visible text of this span links to ``url``."""
        self._links.append((place, url))

    def anchor(self, name: str, offset: int) -> None:
        """Records a target for links within the document."""
        self._anchors.setdefault(name, offset)

    def finish(self) -> Draft:
        self._mark_quotation()
        return Draft(self._document, self._runs, self._links, self._anchors)

    def _between(self, place: int) -> Iterable[Run]:
        """What separates the next words from the previous ones."""
        if self._break:
            return [Run(self._break, Span(place, place))] if self._runs else []
        return [self._space] if self._space else []

    def _mark_quotation(self) -> bool:
        """Puts what was written since its start in quotation marks; returns False if that is
        nothing."""
        begin, self._quotation = self._quotation, None
        if begin is None or begin == len(self._runs):
            return False
        self._blocks += 1
        self._runs[begin:] = _in_marks(self._runs[begin:], self._blocks)
        return True


def _in_marks(block: Sequence[Run], number: int) -> list[Run]:
    """A block that starts with a quotation mark keeps its own."""
    words, signature = _signed(block)
    words = [run if run.text == PARAGRAPH else replace(run, block=number) for run in words]
    signature = [replace(run, block=number, signature=True) for run in signature]
    text = "".join(run.text for run in words)
    if not text.strip() or _MARKED.match(text):
        return [*words, *signature]
    # inside “ ” another “ would open again; « » can contain any English marks
    opening, closing = "«»" if _DOUBLE.search(text) else "“”"
    end = words[-1].place.end
    return [*_opened(words, opening), Run(closing, Span(end, end)), *signature]


def _opened(words: Iterable[Run], opening: str) -> Iterator[Run]:
    """Repeats the opening mark in each paragraph, as newspapers print it."""
    opened = False
    for run in words:
        if run.text == PARAGRAPH:
            opened = False
        elif not opened and run.text.strip():
            yield Run(opening, Span(run.place.start, run.place.start))
            opened = True
        yield run


def _signed(block: Sequence[Run]) -> tuple[Sequence[Run], Sequence[Run]]:
    """The words of a block quotation, and its last line if that names the speaker."""
    breaks = [number for number, run in enumerate(block) if run.text in (LINE, PARAGRAPH)]
    for last in breaks[-1:]:
        line = "".join(run.text for run in block[last + 1 :])
        if last and _SIGNATURE.fullmatch(line):
            return block[:last], [Run(SIGNED, block[last].place), *block[last + 1 :]]
    return block, []
