"""Persons: a person's name in its parts, and whether two names may be one person's.

Names come as their words, without titles. That two names may be one person's does not say that they
are: the names beside them in the text decide.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from service.names.folding import fold_name
from service.names.lexicon import lexicon

SURNAME_FIRST_WORDS = 3
"""A name of at most this many words begins with its surname where that is one of those that do."""


class PersonName(NamedTuple):
    """Folded, initials without full stop. ``surname`` has its particles, ``generation`` is "jr"."""

    forenames: tuple[str, ...]
    surname: tuple[str, ...]
    generation: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.forenames, *self.surname)


@lru_cache(maxsize=1 << 14)
def parse_person(words: tuple[str, ...]) -> PersonName:
    """
    >>> parse_person(("Lucia", "van", "der", "Molen"))
    PersonName(forenames=('lucia',), surname=('van', 'der', 'molen'), generation='')
    >>> parse_person(("Xi", "Jinping")).surname, parse_person(("Dan", "Roe", "Jr.")).generation
    (('xi',), 'jr')
    """
    folded, generation = split_generation(tuple(_letters_apart(words)))
    if surname_is_first(folded):
        return PersonName(folded[1:], folded[:1], generation)
    start = len(folded) - 1
    while start > 1 and folded[start - 1] in lexicon().particles:
        start -= 1
    return PersonName(folded[:start], folded[start:], generation)


def _letters_apart(words: Iterable[str]) -> Iterator[str]:
    """ "H.W." are two initials."""
    for word in words:
        yield from filter(None, fold_name(word).split("."))


def split_generation(folded: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The name without "jr" or "iii", and that."""
    if len(folded) > 1 and folded[-1] in lexicon().generations:
        return folded[:-1], folded[-1]
    return folded, ""


def surname_is_first(folded: Sequence[str]) -> bool:
    """ "Xi Jinping", "Kang Shao Pin", but not "Kim Jones": Kim is a given name, too."""
    known = lexicon()
    first = folded[0]
    few = 1 < len(folded) <= SURNAME_FIRST_WORDS
    return few and first in known.family_first and first not in known.first_names


def surname_of(words: Sequence[str]) -> str:
    """The word of the surname that it is looked up by, folded."""
    return parse_person(tuple(words)).surname[-1]


def first_name_of(words: Sequence[str]) -> str:
    """The first of the given names, folded; the surname without them."""
    name = parse_person(tuple(words))
    return (name.forenames or name.surname)[0]


def may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names of one article may be one person's.

    >>> def ask(one, other): return may_be_one(one.split(), other.split())
    >>> ask("Donald J. Trump", "Donald Trump"), ask("Mike Pence", "Michael Pence")
    (True, True)
    >>> ask("Donald Trump Jr", "Donald Trump"), ask("George W. Bush", "George H. W. Bush")
    (False, False)
    >>> ask("Ana Díaz Martínez", "Ana Díaz"), ask("Bill Clinton", "Hillary Clinton")
    (True, False)
    """
    first, second = parse_person(tuple(one)), parse_person(tuple(other))
    if first.generation != second.generation:
        return False
    shorter, longer = sorted((first, second), key=lambda name: len(name.words))
    if longer.words[-len(shorter.words) :] == shorter.words:
        return True
    if _leaves_out_second_surname(shorter, longer) or _leaves_out_father(shorter, longer):
        return True
    if not _one_surname(shorter.surname[-1], longer.surname[-1]):
        return False
    return _forenames_agree(shorter.forenames, longer.forenames)


def _leaves_out_second_surname(shorter: PersonName, longer: PersonName) -> bool:
    """ "José Rodríguez" of José Rodríguez Zapatero: all but the last word, and no initial."""
    short = shorter.words
    spelled_out = len(short) > 1 and len(short[-1]) > 1 and not surname_is_first(longer.words)
    return spelled_out and longer.words[:-1] == short


def _leaves_out_father(shorter: PersonName, longer: PersonName) -> bool:
    """ "Nurul Hidayah" of Nurul Hidayah binti Kamaruddin."""
    length = len(shorter.words)
    after = longer.words[length : length + 1]
    return longer.words[:length] == shorter.words and not lexicon().of_fathers.isdisjoint(after)


def _one_surname(one: str, other: str) -> bool:
    """Equal, or one of the two that a hyphen joins."""
    return one == other or one in other.split("-") or other in one.split("-")


def _forenames_agree(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """The first names may be one, and the middle names that both tell do not differ."""
    if not shorter or not longer:
        return False
    if not may_be_forename(shorter[0], longer[0]):
        return False
    middle = zip(shorter[1:], longer[1:], strict=False)
    return all(may_be_initial(one, two) for one, two in middle)


def may_be_forename(one: str, other: str) -> bool:
    """ "t" or "toby" of Tobias, whichever comes first."""
    if may_be_initial(one, other):
        return True
    nicknames = lexicon().nicknames
    return other in nicknames.get(one, ()) or one in nicknames.get(other, ())


def may_be_initial(one: str, other: str) -> bool:
    """Equal, or one is the other's first letter."""
    return one == other or (1 in (len(one), len(other)) and one[:1] == other[:1])


def shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether ``full`` may be the fuller name of the same person; both folded, without titles.

    >>> shortens(("v", "putin"), ("vladimir", "v", "putin"))
    True
    >>> shortens(("donald", "trump"), ("donald", "trump", "jr"))
    False
    """
    short, young = split_generation(short)
    full, old = split_generation(full)
    if young != old and (young or len(short) > 1):
        return False
    if len(short) == 1:
        first = full[0] in lexicon().surnames_first and short[0] == full[0]
        return len(full) > 1 and (short[0] == full[-1] or first)
    if short[0] in lexicon().particles:
        return len(short) < len(full) and full[-len(short) :] == short
    if short[-1] != full[-1] or not _begins(short[0], full[0]):
        return False
    if (len(short), sum(map(len, short))) >= (len(full), sum(map(len, full))):
        return False
    rest = iter(full[1:-1])
    return all(any(_begins(word, other) for other in rest) for word in short[1:-1])


def _begins(short: str, full: str) -> bool:
    """Equal, or the first letter."""
    return short == full or (len(short) == 1 and full.startswith(short))
