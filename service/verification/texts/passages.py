"""Passages: the words of a statement, and which of them are the speaker's own.

A passage is a statement's text, or, if a claimed quotation extends beyond its edges, the stretch of
its source around it, in which only quoted words are the speaker's.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from service.domain import ELLIPSIS, Source, Span, Statement
from service.verification.texts.text_cache import Kept
from service.verification.texts.words import Folded, fold_words


@dataclass(frozen=True)
class Passage:
    """``folded`` are the words of ``statement`` and perhaps its surroundings; ``pieces`` locate
    them.

    ``pieces`` are (start in the passage's text, span of the source's text); ``quoted`` are spans of
    the source's text.
    """

    statement: Statement
    folded: Folded
    pieces: tuple[tuple[int, Span], ...]
    quoted: tuple[Span, ...]
    is_window: bool = False

    @cached_property
    def spoken(self) -> tuple[bool, ...]:
        """Whether each word is the speaker's, in order."""
        if self.quoted == tuple(span for _, span in self.pieces):
            return (True,) * len(self.folded.words)
        starts = [span.start for span in self.quoted]
        return tuple(_within(self.quoted, starts, self.place(at)) for at, _ in self.folded.edges)

    @cached_property
    def breaks(self) -> frozenset[int]:
        """Indices of the words before which the reporter interrupts the statement."""
        starts = [start for start, _ in self.folded.edges]
        return frozenset(bisect_right(starts, piece - 1) for piece, _ in self.pieces[1:])

    @property
    def covered(self) -> tuple[Span, ...]:
        """Spans of its text in the source, piece by piece."""
        return self._spans(0, len(self.folded.text))

    def place(self, at: int) -> int:
        """Position in the source's text of a character of the passage."""
        piece, span = self.pieces[bisect_right(self.pieces, at, key=lambda one: one[0]) - 1]
        return min(span.start + at - piece, span.end)

    def spans(self, first: int, last: int) -> tuple[Span, ...]:
        """Spans in the source of the words from ``first`` to ``last``, inclusive, piece by
        piece.
        """
        return self._spans(self.folded.edges[first][0], self.folded.edges[last][1])

    def _spans(self, start: int, end: int) -> tuple[Span, ...]:
        found = []
        for piece, span in self.pieces:
            low, high = max(start, piece), min(end, piece + len(span))
            if low < high:
                offset = span.start - piece
                found.append(Span(low + offset, high + offset))
        return tuple(found)


def passage_of(statement: Statement, start: int = 0, end: int | None = None) -> Passage:
    """The passage of the statement's text, or of text[start:end]."""
    text = statement.text[start:end]
    pieces, at = [], -start
    for span in statement.spans:
        if at < len(text) and at + len(span) > 0:
            pieces.append((at, span))
        at += len(span) + len(ELLIPSIS)
    return Passage(statement, _folded(text), tuple(pieces), statement.quoted)


_folded = Kept(fold_words, 3_000_000)
"""Cached, as statements of hundreds of words share most words of any claim and recur; some 50
MB.
"""


def passage_around(
    passage: Passage, source: Source, room: int, neighbours: Iterable[Statement]
) -> Passage:
    """The passage of the source's text, ``room`` characters further on each side.

    Words of ``neighbours`` by the same speaker count as the speaker's own too.
    """
    statement = passage.statement
    edges = [edge for span in passage.covered for edge in (span.start, span.end)]
    stretch = Span(max(0, min(edges) - room), min(len(source.text), max(edges) + room))
    of_same = [one for one in neighbours if one.speaker == statement.speaker]
    quoted = {span for one in (statement, *of_same) for span in one.quoted}
    text = stretch.of(source.text)
    return Passage(statement, fold_words(text), ((0, stretch),), tuple(sorted(quoted)), True)


def _within(spans: Sequence[Span], starts: Sequence[int], at: int) -> bool:
    place = bisect_right(starts, at) - 1
    return place >= 0 and at < spans[place].end
