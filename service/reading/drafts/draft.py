"""Draft: the words a document shows, each of them with its place in the document."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.domain import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS = re.compile(r"[“”\"„«»]")
_NAME = re.compile(r"[^\W_][^,;(|/\n]*[^\W_]\.?")


@dataclass(frozen=True, slots=True)
class Run:
    """Shown words and the stretch of the document they are from.

    Where both are of one length they are the same characters. Else all of the words are from all of
    the stretch: an entity, a line end shown as a space, a mark of nothing but markup.
    """

    text: str
    place: Span
    block: int = 0
    signature: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader finds a draft's words: on a page of a PDF, in a paragraph of a Word file, both
    counted from 1."""

    page: int | None = None
    paragraph: int | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Link:
    """Where words of a draft lead: ``span`` is of its ``text``, ``url`` as the document has it, and
    ``note`` the words of the note that it leads to within the document."""

    span: Span
    url: str
    note: Span | None = None


@dataclass(frozen=True, slots=True)
class SignedQuotation:
    """A block quotation and the words that say whose it is, as spans of a draft's ``text``.

    ``paragraphs`` leave quotation marks out.
    """

    paragraphs: tuple[Span, ...]
    signature: Span


class Draft:
    """A document and the plain ``text`` it shows, without its markup.

    >>> draft = Draft("a&amp;b", [Run("a", Span(0, 1)), Run("&", Span(1, 6)), Run("b", Span(6, 7))])
    >>> draft.text, draft.place(Span(1, 3)).of(draft.document)
    ('a&b', '&amp;b')
    """

    def __init__(
        self,
        document: str,
        runs: Iterable[Run],
        links: Iterable[tuple[Span, str]] = (),
        anchors: Mapping[str, int] = MappingProxyType({}),
        parts: Iterable[tuple[Span, Place]] = (),
    ) -> None:
        """``links`` are stretches of the document and where they lead, ``anchors`` the offsets of
        the places that a link may lead to within it, ``parts`` its pages or paragraphs."""
        self._parts = sorted(parts, key=lambda part: part[0])
        self.document = document
        self._links, self._anchors = tuple(links), anchors
        self._runs = [run for run in runs if run.text]
        self.text = "".join(run.text for run in self._runs)
        self._starts: list[int] = []  # of each run in ``text``
        shown = 0
        for run in self._runs:
            self._starts.append(shown)
            shown += len(run.text)
        self._places = [run.place.start for run in self._runs]
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(document))]

    def place(self, shown: Span) -> Span:
        """The stretch of the document from the first to the last of these characters of ``text``.

        An empty span has the empty place before the character it is at.
        """
        start = self._place_of(shown.start).start
        end = self._place_of(shown.end - 1).end if len(shown) else start
        return Span(start, max(start, end))

    def signed_quotations(self) -> list[SignedQuotation]:
        """The block quotations whose markup says whose they are, in reading order."""
        words: dict[int, list[Span]] = {}
        names: dict[int, list[Span]] = {}
        for start, run in zip(self._starts, self._runs, strict=True):
            if run.block:
                shown = start + len(run.text)
                pieces = (names if run.signature else words).setdefault(run.block, [])
                if pieces and pieces[-1].end == start:
                    start = pieces.pop().start
                pieces.append(Span(start, shown))
        return [
            SignedQuotation(paragraphs, self._name(names[block]))
            for block, pieces in words.items()
            if block in names and (paragraphs := self._unmarked(pieces))
        ]

    def _name(self, pieces: list[Span]) -> Span:
        """Without the dash before it, and without what is said about it."""
        signature = Span(pieces[0].start, pieces[-1].end)
        name = _NAME.search(signature.of(self.text))
        if name is None:
            return signature
        return Span(signature.start + name.start(), signature.start + name.end())

    def _unmarked(self, pieces: list[Span]) -> tuple[Span, ...]:
        """Without marks of the block's own; nothing where it is not all between them."""
        if not _MARKS.match(pieces[0].of(self.text)):
            return tuple(pieces)
        bare = []
        for piece in pieces:
            inner = piece.of(self.text).strip('“”"„«»')
            if _MARKS.search(inner):
                return ()
            start = piece.start + piece.of(self.text).index(inner)
            bare.append(Span(start, start + len(inner)))
        return tuple(bare)

    def links(self) -> list[Link]:
        """Of all words that are shown, in reading order."""
        return [
            Link(shown, url, self._note(url))
            for place, url in self._links
            if len(shown := Span(self._shown_at(place.start), self._shown_at(place.end)))
        ]

    def _note(self, url: str) -> Span | None:
        """To the end of its paragraph, so that a note is not a chapter."""
        offset = self._anchors.get(url[1:]) if url.startswith("#") else None
        if offset is None:
            return None
        start = self._shown_at(offset)
        while self.text.startswith("\n", start):  # the break before its paragraph
            start += 1
        end = self.text.find("\n", start)
        return Span(start, len(self.text) if end < 0 else end)

    def _shown_at(self, offset: int) -> int:
        """How much of ``text`` is before this offset of the document."""
        number = bisect_right(self._places, offset) - 1
        if number < 0:
            return 0
        run, start = self._runs[number], self._starts[number]
        if len(run.text) == len(run.place):
            return start + min(offset - run.place.start, len(run.text))
        return start + (len(run.text) if offset >= run.place.end else 0)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the document, from 1, as editors count; a tab is one column."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def part(self, offset: int) -> Place:
        """The page or paragraph that this offset of the document is in."""
        number = bisect_right(self._parts, offset, key=lambda part: part[0].start) - 1
        return self._parts[number][1] if number >= 0 else NOWHERE

    def _place_of(self, shown: int) -> Span:
        """Of one character of ``text``; the end of the document follows the last one."""
        if shown >= len(self.text):
            return Span(len(self.document), len(self.document))
        number = bisect_right(self._starts, shown) - 1
        run = self._runs[number]
        if len(run.text) != len(run.place):
            return run.place
        start = run.place.start + shown - self._starts[number]
        return Span(start, start + 1)
