"""Pieces: a mention's words in order, with each name as one piece."""

import re
from typing import NamedTuple

from service.domain import Span
from service.extraction.page.words import WORD
from service.extraction.speakers.cast import Cast
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.names import Name, NameKind

_PIECE = re.compile(WORD.pattern + r"|[,()–—:;-]+")
POSSESSIVE = re.compile(r"[’'](?:s|(?<=s[’']))?$")
_ENDING = re.compile(r"[’']s?")


class Piece(NamedTuple):
    """A word of the mention, or a name in it as one piece.

    ``lower`` is without possessive ending and full stop, with straight apostrophes.
    """

    text: str
    lower: str
    start: int
    end: int
    possessive: bool
    name: Name | None = None
    figure: Figure | None = None


def pieces_of(text: str, span: Span, cast: Cast) -> list[Piece]:
    """Words, names and punctuation of the mention in order."""
    named = [
        (name, figure)
        for name, figure in cast.between(span.start, span.end)
        if name.span.end <= span.end and name.kind is not NameKind.OTHER
    ]
    pieces: list[Piece] = []
    position = span.start
    for name, figure in named:
        pieces += _words(text, position, name.span.start)
        start, end = name.span.start, name.span.end
        lower = _lowered(name.text)
        pieces.append(Piece(name.text, lower, start, end, name.possessive, name, figure))
        position = name.span.end + _ending(text, name, span.end)
    pieces += _words(text, position, span.end)
    return pieces


def _ending(text: str, name: Name, end: int) -> int:
    """Length of the possessive ending after the name."""
    found = _ENDING.match(text, name.span.end, end) if name.possessive else None
    return len(found.group()) if found else 0


def _words(text: str, start: int, end: int) -> list[Piece]:
    pieces = []
    for match in _PIECE.finditer(text, start, end):
        word = match.group()
        possessive = POSSESSIVE.search(word) is not None
        pieces.append(Piece(word, _lowered(word), *match.span(), possessive))
    return pieces


def _lowered(text: str) -> str:
    lower = text.lower()
    if lower.endswith(("’s", "'s")):
        lower = lower[:-2]
    return lower.replace("’", "'").rstrip(".")
