"""Context: the text right before and after a statement.

A context keeps offsets into the text: copies would hold every word of a text with many statements
several times.
"""

from collections.abc import Sequence

from service.domain import Context, Span

CONTEXT_CHARACTERS = 200
"""About a sentence: the median of seeds/ has 238 characters."""


class ContextWithin(Context):
    """The context text[low:start] and text[end:high]."""

    # a tuple of them takes 50 bytes more
    __slots__ = ("_end", "_high", "_low", "_start", "_text")

    _text: str
    _low: int
    _start: int
    _end: int
    _high: int

    def __init__(self, text: str, low: int, start: int, end: int, high: int) -> None:
        for name, value in (
            ("_text", text), ("_low", low), ("_start", start), ("_end", end), ("_high", high)
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    @property
    def before(self) -> str:
        return self._text[self._low : self._start]

    @property
    def after(self) -> str:
        return self._text[self._end : self._high]

    def __reduce__(self) -> tuple[type[Context], tuple[str, str]]:
        return Context, (self.before, self.after)


def context_of(text: str, spans: Sequence[Span]) -> Context:
    """Up to CONTEXT_CHARACTERS on each side, cut between words."""
    start, end = spans[0].start, spans[-1].end
    low, high = 0, len(text)
    if start > CONTEXT_CHARACTERS:
        low = text.find(" ", start - CONTEXT_CHARACTERS, start) + 1 or start
    if end + CONTEXT_CHARACTERS < high:
        high = max(end, text.rfind(" ", end, end + CONTEXT_CHARACTERS))
    return ContextWithin(text, low, start, end, high)
