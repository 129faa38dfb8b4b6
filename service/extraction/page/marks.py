"""Quotation marks: which stretches of a text are between them.

Covers all families of marks and recognises apostrophes. Whether a quoted stretch is a statement, a
title or a scare quote is decided in statements/deciding.py. Expects one paragraph per line, as in
``Article.flow``.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from service.domain import Span

CLOSERS = {
    "“": ("”", '"', "''"),
    "”": '”"',  # a wrong opening mark of some typists
    '"': ('"', "”", "''"),  # two apostrophes, as some typists close
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "‘": "’'",
    "'": "'’",
    "``": ("''", '"', "”"),
    "''": ("''", '"', "”"),
}
SINGLE = frozenset("‘'‹›‚")
UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Invisible characters for text direction and line breaks; they are ignored beside a mark."""
_APART = frozenset("\"'‘")
_APART_CLOSER = {'"': re.compile('"'), "'": re.compile("'"), "‘": re.compile("[’']")}
_STOPS = ".,;:!?"
REACH = 3000
"""Characters within which a mark typed with a space is closed, to keep time linear."""
_MARK = re.compile(r"``|''|[\"“”„«»‹›‘’'‚「」『』]")
_OWNING = re.compile(r"s['’] [a-z]")
_CLOSED_AHEAD = re.compile(r"(?P<opened>(?<![\w.,!?…])['‘](?=\w))|[.,!?…]['’](?!\w)")
"""The next single mark that opens or, after a stop, closes."""
_PARAGRAPH = re.compile(r"\S[^\n]*")
_LEAD = re.compile(
    r"[^\n.!?:]{0,200}\b(?:said|says?|saying|told [\w .'’-]{2,40}|added|adding|adds|wrote|writes"
    r"|stated|tweeted|posted|asked|replied|responded|warned|explained|continued|concluded)"
    r"(?: that)?: (?=\S)"
)
"""The reporter's words before a quotation whose opening mark is lost."""


class MarkState(StrEnum):
    """How a quotation is bounded."""

    CLOSED = "closed"
    UNCLOSED = "unclosed"  # ends with its paragraph, as newspapers print it
    UNOPENED = "unopened"  # the opening mark is missing; begins with its paragraph


class Quotation(Struct, frozen=True, gc=False):
    """A quoted stretch: ``inner`` without its marks, ``outer`` with them.

    ``continues`` means that the paragraph before ended inside a quotation, which this one reopens.
    """

    inner: Span
    outer: Span
    state: MarkState
    continues: bool = False


def pair_marks(text: str) -> list[Quotation]:
    """Quoted stretches of ``text``, outermost only, in reading order, in linear time.

    A mark left open closes at the paragraph's end, as newspapers print it; one never opened opens
    after "adding:", or where the paragraph begins.

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


def with_continuations(quotations: Iterable[Quotation]) -> Iterator[tuple[Quotation, ...]]:
    """Quotations in reading order, each with those that continue it in the next paragraphs."""
    group: list[Quotation] = []
    for quotation in quotations:
        if group and not quotation.continues:
            yield tuple(group)
            group.clear()
        group.append(quotation)
    if group:
        yield tuple(group)


def _pair_paragraph(text: str, low: int, high: int, inside: bool) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    first = True
    no_single_after = high
    for mark in _MARK.finditer(text, low, high):
        if opened is not None:
            if _closes(text, opened, mark, high):
                yield _closed(text, opened, mark)
                opened, first = None, False
            elif opened.group() not in SINGLE and _reopens(text, opened.group(), mark, low, high):
                yield _unclosed(text, opened, mark.start())
                opened, first = mark, False
        elif _opens(text, mark, low, high) or _opens_apart(text, mark, low, high):
            if mark.group() in SINGLE:
                if mark.start() >= no_single_after:
                    continue
                apart = _is_apart(text, mark, low, high)
                if (
                    not apart
                    and not _closer_ahead(text, mark, high)
                    and not _goes_on(text, mark, high)
                ):
                    no_single_after = mark.start()
                    continue
            opened = mark
        elif first and _lacks_opening(text, mark, low, high, inside):
            lead = None if inside else _LEAD.match(text, low, mark.start())
            inner = _trimmed(text, low if lead is None else lead.end(), mark.start())
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
    """The visible character before ``at``, a space at the paragraph's beginning."""
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
    if glyph in ("「", "『"):
        return True
    if after.isspace():
        return False
    if glyph in ("‘", "'", "‹"):
        return _boundary(before) and (after.isalnum() or after in '[($£€“"…')
    glued = glyph == '"' and before in ".!?" and after.isupper()  # 'It is late."I know," he said'
    return glyph not in ("’", "›") and (glued or _boundary(before))


def _closes(text: str, opened: re.Match[str], mark: re.Match[str], high: int) -> bool:
    glyph = mark.group()
    if glyph not in CLOSERS[opened.group()]:
        return False
    before, after = _around(text, mark, 0, high)
    if glyph == "''" and opened.group() not in ("``", "''"):
        return before in _STOPS
    if glyph in "’'":
        if before.isspace():
            return _is_apart(text, opened, 0, high) and _ends_apart(text, mark, high)
        return not after.isalnum() and not _owns(text, mark, high)
    # a straight mark between a space and a word opens a quotation; the one before was left open
    return not (glyph == '"' and before.isspace() and after.isalnum())


def _owns(text: str, mark: re.Match[str], high: int) -> bool:
    """Whether it is the apostrophe of a plural owner, and a later mark closes: ‘The boys’ boat is
    late,’ he said.
    """
    if _OWNING.match(text, mark.start() - 1) is None:
        return False
    closes = _CLOSED_AHEAD.search(text, mark.end(), min(high, mark.end() + REACH))
    return closes is not None and closes["opened"] is None


def _is_apart(text: str, mark: re.Match[str], low: int, high: int) -> bool:
    """Whether a space follows the mark, as typed but never printed after an opening mark."""
    return _after(text, mark.end(), high).isspace()


def _ends_apart(text: str, mark: re.Match[str], high: int) -> bool:
    """Whether a single mark after a space closes; an apostrophe ("the boys ' school") has words on
    both sides.
    """
    before = text[max(0, mark.start() - 4) : mark.start()].rstrip()[-1:]
    return before in _STOPS or _after(text, mark.end(), high) in _STOPS


def _opens_apart(text: str, mark: re.Match[str], low: int, high: int) -> bool:
    """Whether a mark with spaces around it opens a quotation that a later one closes: " The tunnel
    is late , " said Bern.
    """
    glyph = mark.group()
    before, after = _around(text, mark, low, high)
    if glyph not in _APART or not after.isspace() or mark.end() >= high:
        return False
    stop = text[max(low, mark.start() - 4) : mark.start()].rstrip()[-1:]
    if glyph == '"' and (not (before.isspace() or before in ",:") or stop.isdigit()):  # inches
        return False
    if glyph != '"' and stop not in _STOPS and stop != "":
        return False
    return _is_closed_ahead(text, mark, high)


def _is_closed_ahead(text: str, mark: re.Match[str], high: int) -> bool:
    high = min(high, mark.end() + REACH)
    for found in _APART_CLOSER[mark.group()].finditer(text, mark.end(), high):
        before, after = _around(text, found, mark.end(), high)
        if found.group() == '"':
            return not after.isalnum()
        if before.isspace() and _ends_apart(text, found, high):
            return True
    return False


def _reopens(text: str, opening: str, mark: re.Match[str], low: int, high: int) -> bool:
    glyph = mark.group()
    if glyph in ("“", '"', "``") and opening in ("“", '"', "``", "”"):
        return _opens(text, mark, low, high)
    return glyph == opening == "«"


def _closer_ahead(text: str, mark: re.Match[str], high: int) -> bool:
    """Whether a closing mark for the single mark follows in the paragraph."""
    closer = re.compile(f"[{CLOSERS[mark.group()]}]" + r"(?!\w)")
    return any(
        not _before(text, found.start(), 0).isspace()
        for found in closer.finditer(text, mark.end() + 1, high)
    )


def _goes_on(text: str, mark: re.Match[str], high: int) -> bool:
    """Whether a single mark is left open by its paragraph and reopened by the next."""
    after = _PARAGRAPH.search(text, high, high + 200)
    if after is None or not text[mark.end() : mark.end() + 1].isupper():
        return False
    return after.group().startswith(mark.group()) and after.group()[1:2].isupper()


def _lacks_opening(text: str, mark: re.Match[str], low: int, high: int, inside: bool) -> bool:
    if mark.group() in ("’", "'", "‘", "«", "‹", "›", "„", "‚"):
        return False
    before, after = _around(text, mark, low, high)
    inches = before.isdigit() and not inside
    return not before.isspace() and not after.isalnum() and not inches and mark.start() > low
