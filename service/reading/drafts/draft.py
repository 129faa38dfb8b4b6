"""Draft: the visible words of a document, each with its position in the document."""

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
    """Visible words and the span of the document they come from.

    If both have the same length they are the same characters. Otherwise all of the words come from
    all of the span: an entity, a line end shown as a space, a mark that only markup implies.
    """

    text: str
    place: Span
    block: int = 0
    signature: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The page of a PDF, or paragraph of a Word file, that contains a draft's words, counted from
    1."""

    page: int | None = None
    paragraph: int | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a draft: ``span`` is in its ``text``, ``url`` as written in the document, and
    ``note`` the words of the note within the document that it leads to."""

    span: Span
    url: str
    note: Span | None = None


@dataclass(frozen=True, slots=True)
class SignedQuotation:
    """A block quotation and the words that name its speaker, as spans of a draft's ``text``.

    ``paragraphs`` exclude quotation marks.
    """

    paragraphs: tuple[Span, ...]
    signature: Span


class Draft:
    """A document and its visible ``text``, without markup.

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
        """``links`` are spans of the document with their targets, ``anchors`` the offsets of link
        targets within it, ``parts`` its pages or paragraphs."""
        self._parts = sorted(parts, key=lambda part: part[0])
        self.document = document
        self._links, self._anchors = tuple(links), anchors
        self._runs = [run for run in runs if run.text]
        self.text = "".join(run.text for run in self._runs)
        self._starts: list[int] = []  # offset of each run in ``text``
        shown = 0
        for run in self._runs:
            self._starts.append(shown)
            shown += len(run.text)
        self._places = [run.place.start for run in self._runs]
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(document))]

    def place(self, shown: Span) -> Span:
        """The span of the document from the first to the last of these characters of ``text``.

        An empty span maps to the empty span before the character at its position.
        """
        start = self._place_of(shown.start).start
        end = self._place_of(shown.end - 1).end if len(shown) else start
        return Span(start, max(start, end))

    def signed_quotations(self) -> list[SignedQuotation]:
        """Block quotations whose markup names the speaker, in reading order."""
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
        """The name without a leading dash and without a description after it."""
        signature = Span(pieces[0].start, pieces[-1].end)
        name = _NAME.search(signature.of(self.text))
        if name is None:
            return signature
        return Span(signature.start + name.start(), signature.start + name.end())

    def _unmarked(self, pieces: list[Span]) -> tuple[Span, ...]:
        """The pieces without the block's own quotation marks; empty unless the marks enclose
        everything."""
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
        """The links of all visible words, in reading order."""
        return [
            Link(shown, url, self._note(url))
            for place, url in self._links
            if len(shown := Span(self._shown_at(place.start), self._shown_at(place.end)))
        ]

    def _note(self, url: str) -> Span | None:
        """The linked note up to the end of its paragraph, so that a link to a chapter is not a
        note."""
        offset = self._anchors.get(url[1:]) if url.startswith("#") else None
        if offset is None:
            return None
        start = self._shown_at(offset)
        while self.text.startswith("\n", start):  # the break before its paragraph
            start += 1
        end = self.text.find("\n", start)
        return Span(start, len(self.text) if end < 0 else end)

    def _shown_at(self, offset: int) -> int:
        """The offset in ``text`` of this offset of the document."""
        number = bisect_right(self._places, offset) - 1
        if number < 0:
            return 0
        run, start = self._runs[number], self._starts[number]
        if len(run.text) == len(run.place):
            return start + min(offset - run.place.start, len(run.text))
        return start + (len(run.text) if offset >= run.place.end else 0)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the document, from 1, as editors count; a tab is one column."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def part(self, offset: int) -> Place:
        """The page or paragraph at this offset of the document."""
        number = bisect_right(self._parts, offset, key=lambda part: part[0].start) - 1
        return self._parts[number][1] if number >= 0 else NOWHERE

    def _place_of(self, shown: int) -> Span:
        """The position of one character of ``text``; after the last one, the end of the
        document."""
        if shown >= len(self.text):
            return Span(len(self.document), len(self.document))
        number = bisect_right(self._starts, shown) - 1
        run = self._runs[number]
        if len(run.text) != len(run.place):
            return run.place
        start = run.place.start + shown - self._starts[number]
        return Span(start, start + 1)
