"""Stretches: splits a statement's words wherever a mark starts or ends.

In a partly quoted statement a page distinguishes the speaker's own words from the reporter's; in a
search result it marks the matching words.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from service.domain import ELLIPSIS
from service.web.listed import Listed


class Stretch(NamedTuple):
    """``kind`` is "own" for the speaker's words, "told" for the reporter's."""

    text: str
    kind: str
    found: bool


Places = tuple[int, int]


def statement_stretches(statement: Listed, longest: int) -> list[Stretch]:
    """The first ``longest`` characters of a statement, and "…" if there are more.

    >>> from types import SimpleNamespace
    >>> from service.web.listed import Range
    >>> shown = SimpleNamespace(form="direct", text="No more war", highlights=[Range(3, 7)])
    >>> [(one.text, one.found) for one in statement_stretches(shown, 9)]
    [('No ', False), ('more', True), (' w', False), ('…', False)]
    """
    text, form = statement.text, statement.form
    found = [(one.start, one.end) for one in statement.highlights]
    cut = text if len(text) <= longest else text[:longest]
    kind = "own" if form == "direct" else "told"
    more = [Stretch("…", kind, False)] if cut is not text else []
    if form != "mixed" and not found:
        return [Stretch(cut, kind, False), *more]
    quoted = list(_quoted_ranges(statement)) if form == "mixed" else []
    if not found:
        return _in_turns(cut, quoted) + more
    edges = {0, len(cut), *(edge for one in (*quoted, *found) for edge in one if edge < len(cut))}
    return [
        Stretch(cut[start:end], "own" if _within(start, quoted) else kind, _within(start, found))
        for start, end in pairwise(sorted(edges))
    ] + more


def _in_turns(text: str, quoted: Iterable[Places]) -> list[Stretch]:
    """The speaker's own words and the reporter's in turn, without search terms.

    >>> [(one.text, one.kind) for one in _in_turns("a big win", [(2, 5)])]
    [('a ', 'told'), ('big', 'own'), (' win', 'told')]
    """
    stretches, begin = [], 0
    for start, end in quoted:
        if begin < start:
            stretches.append(Stretch(text[begin:start], "told", False))
        if begin < end:
            stretches.append(Stretch(text[max(begin, start) : end], "own", False))
            begin = end
    stretches.append(Stretch(text[begin:], "told", False))
    return [stretch for stretch in stretches if stretch.text]


def _quoted_ranges(statement: Listed) -> Iterator[Places]:
    """The ranges of quoted words in the statement's text, whose pieces ELLIPSIS joins."""
    begin = 0
    for piece in statement.spans:
        for quoted in statement.quoted:
            start, end = max(quoted.start, piece.start), min(quoted.end, piece.end)
            if start < end:
                yield begin + start - piece.start, begin + end - piece.start
        begin += piece.end - piece.start + len(ELLIPSIS)


def _within(place: int, ranges: Iterable[Places]) -> bool:
    return any(start <= place < end for start, end in ranges)
