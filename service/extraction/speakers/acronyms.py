"""Acronyms: what "(PWPR)" after a body's name is short for, however the name is written.

"Public Works and Procurement Ruritania (PWPR)" is one name because its words begin with these
letters. Which names of one article are one body is decided in bodies.py.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.domain import Span
from service.extraction.lexicon.people import word_class
from service.extraction.page.words import Words
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.names import Name
from service.names.folding import fold_name

FEWEST_LETTERS = 3
"""Two letters in brackets may be anything's: "(JD)" a magazine's, "(R)" a party's."""

MOST_WORDS = 14
"""Words that a name in front of its acronym is looked for in."""

_SMALL = word_class("linking")
_GAPS = frozenset((" ", ", ", " & ", "-"))


def with_spelled_out(text: str, names: Sequence[Name], words: Words) -> list[Name]:
    """The names with those in one piece that an acronym in brackets spells."""
    bracketed = (at for at, name in enumerate(names) if text[name.span.start - 1] == "(")
    grown = [one for at in bracketed if (one := _grown(text, names, at, words))]
    if not grown:
        return list(names)
    return sorted(
        [*grown, *_outside(names, [name.span for name in grown])],
        key=lambda name: (name.span.start, name.span.end),
    )


def _outside(names: Sequence[Name], spans: Sequence[Span]) -> Iterator[Name]:
    at = 0
    for name in names:
        while at < len(spans) and spans[at].end <= name.span.start:
            at += 1
        if at == len(spans) or not spans[at].overlaps(name.whole):
            yield name


def _grown(text: str, names: Sequence[Name], at: int, words: Words) -> Name | None:
    """The name in front of the brackets around ``names[at]``, as long as its letters say."""
    acronym = names[at]
    start, end = acronym.span.start, acronym.span.end
    letters = acronym.text.replace(".", "")
    bracketed = text[max(0, start - 2) : start] == " (" and text[end : end + 1] == ")"
    if not bracketed or len(letters) < FEWEST_LETTERS or not letters.isupper():
        return None
    last = bisect_left(words.starts, start - 2) - 1
    first = _first_word(text, words, last, letters)
    before = names[at - 1] if at else None
    if first is None or (before and before.span.start <= words.starts[first]):
        return None
    span = Span(words.starts[first], words.end(last))
    spelled = tuple(text[span.start : span.end].split())
    return Name(spelled, NameKind.ORGANISATION, span, span)


def _first_word(text: str, words: Words, last: int, letters: str) -> int | None:
    """The word that begins with the first letter where those up to ``last`` spell the rest."""
    if last < 0 or text[words.end(last) :][:2] != " (":
        return None
    left = len(letters)
    for at in range(last, max(-1, last - MOST_WORDS), -1):
        form = words.forms[at]
        if at < last and text[words.end(at) : words.starts[at + 1]] not in _GAPS:
            return None
        fits = fold_name(form.text[0]).upper() == letters[left - 1]
        if form.capital and not fits:
            return None
        if not form.capital and form.lower not in _SMALL:
            return None
        if fits and (form.capital or left > 1):
            left -= 1
            if left == 0:
                return at
    return None
