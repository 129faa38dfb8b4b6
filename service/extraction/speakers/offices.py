"""Offices that are in no list, recognised by what else the article calls the person.

"Oceanographer Pattia" is Pattia if the article names Charita Pattia, an oceanographer, and "DA John
Crouzot" is John Crouzot. Listed titles are separated from names in kinds.py.
"""

import re
from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from operator import attrgetter

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.page.words import WORD, Words
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.names import Name
from service.extraction.speakers.persons import ACRONYM, INITIAL, is_first_name
from service.names.folding import fold_name
from service.names.persons import surname_is_first, surname_of

_PEOPLE = people()
_NO_SURNAMES = _PEOPLE.organisation_heads | _PEOPLE.events
LETTERS = 4
"""Longest office in capitals: "MEC", "DSP", "ADGP"; longer acronyms are bodies."""

OPENING = 40
"""Characters before a surname within which the word before it begins a sentence or line."""
_OPENS = re.compile(r"(?:\A|\n|[.!?”\"] )[A-Z][a-z]+ $")


class _Written:
    """The article's words as written, collected on first use, as few articles need them."""

    def __init__(self, words: Words) -> None:
        self._words = words

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(map(attrgetter("text"), self._words.forms))

    def __contains__(self, word: str) -> bool:
        return word in self._texts


def without_offices(
    text: str, names: Sequence[Name], words: Words, persons: Sequence[Span] | None = None
) -> list[Name]:
    """Returns the names with such offices moved to their titles, and with a word before a surname
    of the article, "Understated Roe" where a sentence begins, if the model marks only the surname
    among ``persons``.
    """
    doubtful = [at for at, name in enumerate(names) if _may_begin_with_office(name)]
    if not doubtful:
        return list(names)
    full = _full_names(names)
    surnames = {surname_of(name) for name in full}
    lower = _Written(words)
    marked = frozenset(
        one for one in persons or () if _OPENS.search(text, max(0, one.start - OPENING), one.start)
    )
    found = list(names)
    for place in doubtful:
        at = _name_begins(names[place], full, surnames, lower, marked)
        found[place] = _from_word(text, names[place], at) if at else names[place]
    return found


def _may_begin_with_office(name: Name) -> bool:
    if len(name.words) == 1 or name.words[0].lower() in _PEOPLE.first_names:
        return False
    bodily = name.kind is NameKind.ORGANISATION and not name.words[0].isupper()
    if bodily or name.kind is NameKind.PLACE:
        return False
    folded = tuple(map(fold_name, name.words))
    return not (is_first_name(name.words[0].lower()) or surname_is_first(folded))


def _name_begins(
    name: Name,
    full: frozenset[tuple[str, ...]],
    surnames: Container[str],
    lower: _Written,
    marked: Container[Span],
) -> int:
    """Index of the word with which the name begins after such an office, or 0."""
    at = _known_tail(name, full)
    if at or not _ends_personally(name, surnames):
        return at
    rest = Span(name.span.end - len(" ".join(name.words[1:])), name.span.end)
    first, *after = name.words
    others = any(one[1:] == tuple(after) and one != name.words for one in full)
    cut = others and rest in marked and INITIAL.fullmatch(first) is None
    return int(cut or _is_office(first, lower))


def _full_names(names: Iterable[Name]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        name.words
        for name in names
        if name.kind is NameKind.PERSON and len(name.words) > 1
        if name.words[0].lower() not in _PEOPLE.particles
        if not (name.words[0].isupper() and ACRONYM.fullmatch(name.words[0]))
    )


def _known_tail(name: Name, full: frozenset[tuple[str, ...]]) -> int:
    """Index of a full name that occurs elsewhere too: "Rival Hillary Clinton"; 0 without one."""
    if name.kind is NameKind.ORGANISATION or len(name.words) < 3:
        return 0
    ends = (at for at in range(1, len(name.words) - 1) if name.words[at:] in full)
    return next(ends, 0)


def _ends_personally(name: Name, surnames: Container[str]) -> bool:
    """Whether the words after the first are a surname of the article, or begin with a first name:
    "Barber Luis Ortega".
    """
    first, *rest = name.words
    if name.titles:
        return False
    if len(rest) > 1:
        capitals = len(first) <= LETTERS and ACRONYM.fullmatch(first) is not None
        sure = capitals and name.kind is NameKind.PERSON and len(first) > 2
        named = is_first_name(rest[0].lower()) or INITIAL.fullmatch(rest[0]) is not None
        return (sure or named) and rest[-1].lower() not in _NO_SURNAMES
    return fold_name(rest[0]) in surnames


def _is_office(word: str, lower: _Written) -> bool:
    """Whether the word is a short acronym, a role, or occurs in lower case."""
    if ACRONYM.fullmatch(word):
        return len(word) <= LETTERS
    return word.lower() in _PEOPLE.roles or word.lower() in lower


def _from_word(text: str, name: Name, at: int) -> Name:
    """The name from its word ``at`` on, with those before it among its titles."""
    starts = [match.start() for match in WORD.finditer(text, name.span.start, name.span.end)]
    return replace(
        name,
        words=name.words[at:],
        kind=NameKind.PERSON,
        span=Span(starts[at], name.span.end),
        titles=(*name.titles, *(word.lower() for word in name.words[:at])),
    )
