"""Lines: splits a text at line ends, without white space at either end of a line; offsets are
kept."""

from dataclasses import dataclass

from service.domain import Excerpt, Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words on it; it ``opens`` a paragraph if nothing or an empty line precedes it."""

    text: str
    start: int
    opens: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))

    def excerpt(self, start: int, end: int) -> Excerpt:
        """The text from ``start`` to ``end`` of the line, without white space at its ends."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        return Excerpt(words, Span(self.start + start, self.start + start + len(words)))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of ``text`` that are not blank; all Unicode line ends and form feeds end a line."""
    lines = []
    position = 0
    opens = True
    for whole in text.splitlines(keepends=True):
        words = whole.strip()
        if words:
            indent = len(whole) - len(whole.lstrip())
            lines.append(Line(words, position + indent, opens))
        opens = not words
        position += len(whole)
    return tuple(lines)
