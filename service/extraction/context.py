"""Context: what stands right before and after a statement.

Of a text that holds many statements every word would be kept several times; a context knows where
its words lie instead.
"""

from collections.abc import Sequence

from service.domain import Context, Span

CONTEXT_CHARACTERS = 200


class ContextWithin(Context):
    """text[low:start] and text[end:high]."""

    __slots__ = ("_bounds", "_text")

    _bounds: tuple[int, int, int, int]
    _text: str

    def __init__(self, text: str, low: int, start: int, end: int, high: int) -> None:
        object.__setattr__(self, "_text", text)
        object.__setattr__(self, "_bounds", (low, start, end, high))

    @property
    def before(self) -> str:
        low, start, _, _ = self._bounds
        return self._text[low:start]

    @property
    def after(self) -> str:
        _, _, end, high = self._bounds
        return self._text[end:high]

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
