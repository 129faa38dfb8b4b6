"""Lines: a text cut where it breaks, without white space at their ends, every offset kept."""

from dataclasses import dataclass

from service.domain import Excerpt, Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words on it. ``opens`` a paragraph: nothing or an empty line is before it."""

    text: str
    start: int
    opens: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))

    def excerpt(self, start: int, end: int) -> Excerpt:
        """What is from ``start`` to ``end`` of the line, white space at its ends left out."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        return Excerpt(words, Span(self.start + start, self.start + start + len(words)))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of ``text`` that are not blank; every Unicode line end and form feed ends one."""
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
