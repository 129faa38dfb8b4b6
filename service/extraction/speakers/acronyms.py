"""Acronyms: finds the name that "(PWPR)" abbreviates, however the name is written.

"Public Works and Procurement Ruritania (PWPR)" is read as one name because its words begin with
these letters. Which names of an article belong to the same body is decided in bodies.py.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.page.words import AMPERSANDS, Words
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.names import Name
from service.names.folding import fold_name

FEWEST_LETTERS = 3
"""Two letters in brackets are often something else: "(JD)" is a magazine, "(R)" a party."""

MOST_WORDS = 14
"""Limit on the words before an acronym that are searched for the name."""

_SMALL = word_class("linking")
_GAPS = frozenset((" ", ", ", *AMPERSANDS, "-"))


def with_spelled_out(text: str, names: Sequence[Name], words: Words) -> list[Name]:
    """Returns ``names`` with each name that a bracketed acronym spells out joined into one."""
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
    """Returns the name before the brackets around ``names[at]`` that its letters spell, or None."""
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
    if is_office(spelled):
        return None
    return Name(spelled, NameKind.ORGANISATION, span, span)


def is_office(words: Sequence[str]) -> bool:
    """Whether the words are an office, not a body: "Deputy Commissioner of Police"."""
    links = (at for at, word in enumerate(words) if word in ("of", "for", "in"))
    head = words[: next(links, len(words))]
    return bool(head) and head[-1].lower() in people().roles


def _first_word(text: str, words: Words, last: int, letters: str) -> int | None:
    """Index of the first word of the phrase ending at ``last`` that ``letters`` spell, or None."""
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
