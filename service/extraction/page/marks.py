"""Quotation marks: which stretches of a text stand between them.

Knows all families of marks and tells apostrophes apart. What a quoted stretch is (a statement, a
title, a scare quote) is decided in statements/deciding.py. Expects paragraphs on lines of their
own, as ``Article.flow`` has them.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from service.domain import Span

CLOSERS = {
    "“": '”"',
    "”": '”"',  # a typist's wrong-way opening mark
    '"': '"”',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’'",
    "'": "'’",
    "``": ("''", '"', "”"),
    "''": ("''", '"', "”"),
}
SINGLE = frozenset("‘'‹")
UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Directions of writing, and where a word may break: what stands beside a mark is beyond them."""
_MARK = re.compile(r"``|''|[\"“”„«»‹›‘’']")
_PARAGRAPH = re.compile(r"\S[^\n]*")


class MarkState(StrEnum):
    CLOSED = "closed"
    UNCLOSED = "unclosed"  # runs to its paragraph's end, as newspapers print it
    UNOPENED = "unopened"  # the opening mark is missing; begins with its paragraph


class Quotation(Struct, frozen=True, gc=False):
    """A quoted stretch: ``inner`` without its marks, ``outer`` with them.

    ``continues``: the paragraph before ended inside a quotation and this one opens again.
    """

    inner: Span
    outer: Span
    state: MarkState
    continues: bool = False


def pair_marks(text: str) -> list[Quotation]:
    """Quoted stretches of ``text``, outermost only, in reading order, in linear time.

    A mark left open closes at the paragraph's end, as newspapers print it.

    >>> [q.inner.of("He said “no” to 'it’s me'.") for q in pair_marks("He said “no” to 'it’s me'.")]
    ['no', 'it’s me']
    """
    found: list[Quotation] = []
    inside = False
    for paragraph in _PARAGRAPH.finditer(text):
        bounds = paragraph.start(), paragraph.end()
        pairs = [pair for pair in _pair_paragraph(text, *bounds, inside) if pair.inner]
        if inside and pairs and not text[paragraph.start() : pairs[0].outer.start].strip():
            first = pairs[0]
            pairs[0] = Quotation(first.inner, first.outer, first.state, continues=True)
        inside = bool(pairs) and pairs[-1].state is MarkState.UNCLOSED
        found += pairs
    return found


def _pair_paragraph(text: str, low: int, high: int, inside: bool) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    first = True
    no_single_after = high
    for mark in _MARK.finditer(text, low, high):
        if opened is not None:
            if _closes(text, opened.group(), mark, high):
                yield _closed(text, opened, mark)
                opened, first = None, False
            elif opened.group() not in SINGLE and _reopens(text, opened.group(), mark, low, high):
                yield _unclosed(text, opened, mark.start())
                opened, first = mark, False
        elif _opens(text, mark, low, high):
            if mark.group() in SINGLE:
                if mark.start() >= no_single_after:
                    continue
                if not _closer_ahead(text, mark, high):
                    no_single_after = mark.start()
                    continue
            opened = mark
        elif first and _lacks_opening(text, mark, low, high, inside):
            inner = _trimmed(text, low, mark.start())
            yield Quotation(inner, Span(inner.start, mark.end()), MarkState.UNOPENED)
            first = False
    if opened is not None:
        yield _unclosed(text, opened, high)


def _closed(text: str, opened: re.Match[str], mark: re.Match[str]) -> Quotation:
    inner = _trimmed(text, opened.end(), mark.start())
    return Quotation(inner, Span(opened.start(), mark.end()), MarkState.CLOSED)


def _unclosed(text: str, opened: re.Match[str], end: int) -> Quotation:
    inner = _trimmed(text, opened.end(), end)
    return Quotation(inner, Span(opened.start(), inner.end), MarkState.UNCLOSED)


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    while start < end and _is_blank(text[start]):
        start += 1
    return Span(start, end)


def _is_blank(character: str) -> bool:
    return character.isspace() or character in UNSEEN


def _around(text: str, mark: re.Match[str], low: int, high: int) -> tuple[str, str]:
    return _before(text, mark.start(), low), _after(text, mark.end(), high)


def _before(text: str, at: int, low: int) -> str:
    """What is seen right before, a space where the paragraph begins."""
    while at > low and text[at - 1] in UNSEEN:
        at -= 1
    return text[at - 1] if at > low else " "


def _after(text: str, at: int, high: int) -> str:
    while at < high and text[at] in UNSEEN:
        at += 1
    return text[at] if at < high else " "


def _boundary(before: str) -> bool:
    return before.isspace() or before in "([{—–―-/:|>"


def _opens(text: str, mark: re.Match[str], low: int, high: int) -> bool:
    before, after = _around(text, mark, low, high)
    glyph = mark.group()
    if glyph in ("“", "„", "«", "``"):
        return not (after.isspace() and not before.isspace() and glyph != "«")
    if after.isspace():
        return False
    if glyph in ("‘", "'", "‹"):
        return _boundary(before) and (after.isalnum() or after in '[($£€“"…')
    return glyph not in ("’", "›") and _boundary(before)


def _closes(text: str, opening: str, mark: re.Match[str], high: int) -> bool:
    glyph = mark.group()
    if glyph not in CLOSERS[opening]:
        return False
    before, after = _around(text, mark, 0, high)
    if glyph in "’'":
        return not after.isalnum() and not before.isspace()
    # a straight mark between a space and a word opens again; the one before was left open
    return not (glyph == '"' and before.isspace() and after.isalnum())


def _reopens(text: str, opening: str, mark: re.Match[str], low: int, high: int) -> bool:
    glyph = mark.group()
    if glyph in ("“", '"', "``") and opening in ("“", '"', "``", "”"):
        return _opens(text, mark, low, high)
    return glyph == opening == "«"


def _closer_ahead(text: str, mark: re.Match[str], high: int) -> bool:
    """A single mark opens only where its closing one follows in the paragraph."""
    closer = re.compile(f"[{CLOSERS[mark.group()]}]" + r"(?!\w)")
    return any(
        not _before(text, found.start(), 0).isspace()
        for found in closer.finditer(text, mark.end() + 1, high)
    )


def _lacks_opening(text: str, mark: re.Match[str], low: int, high: int, inside: bool) -> bool:
    if mark.group() in ("’", "'", "‘", "«", "‹", "›", "„"):
        return False
    before, after = _around(text, mark, low, high)
    inches = before.isdigit() and not inside
    return not before.isspace() and not after.isalnum() and not inches and mark.start() > low
