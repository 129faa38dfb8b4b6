"""Persons: the parts of a person's name, and whether two names may be the same person's.

Names are given as their words, without titles. That two names may be the same person's does not
mean that they are: the context decides.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from service.names.folding import fold_name
from service.names.lexicon import lexicon

SURNAME_FIRST_WORDS = 3
"""Most words of a name that begins with its surname, if the first word is such a surname."""


class PersonName(NamedTuple):
    """A name in folded words, initials without full stop. ``surname`` includes particles;
    ``generation`` is "jr" or the like, or empty.
    """

    forenames: tuple[str, ...]
    surname: tuple[str, ...]
    generation: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.forenames, *self.surname)


@lru_cache(maxsize=1 << 14)
def parse_person(words: tuple[str, ...]) -> PersonName:
    """Splits a name, given as words, into its parts.

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
    """Yields folded words, with "H.W." as two initials."""
    for word in words:
        yield from filter(None, fold_name(word).split("."))


def split_generation(folded: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The name without its generation ("jr", "iii"), and the generation or an empty string."""
    if len(folded) > 1 and folded[-1] in lexicon().generations:
        return folded[:-1], folded[-1]
    return folded, ""


def surname_is_first(folded: Sequence[str]) -> bool:
    """Whether the surname comes first: "Xi Jinping", "Kang Shao Pin", but not "Kim Jones", as Kim
    is also a given name.
    """
    known = lexicon()
    first = folded[0]
    few = 1 < len(folded) <= SURNAME_FIRST_WORDS
    return few and first in known.family_first and first not in known.first_names


def surname_of(words: Sequence[str]) -> str:
    """The word of the surname to look a name up by, folded."""
    return parse_person(tuple(words)).surname[-1]


def first_name_of(words: Sequence[str]) -> str:
    """The first given name, folded; without given names the surname."""
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
    if longer.words[-len(shorter.words) :] == shorter.words or _ends_with(one, other):
        return True
    if _leaves_out_second_surname(shorter, longer) or _leaves_out_father(shorter, longer):
        return True
    if not _one_surname(shorter.surname[-1], longer.surname[-1]):
        return False
    return _forenames_agree(shorter.forenames, longer.forenames)


def _ends_with(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name ends with the other as written: "Anne Le Pen" and "Le Pen"."""
    short, long = sorted((one, other), key=len)
    return 1 < len(short) < len(long) and list(map(fold_name, long))[-len(short) :] == list(
        map(fold_name, short)
    )


def _leaves_out_second_surname(shorter: PersonName, longer: PersonName) -> bool:
    """Whether the shorter name omits the second surname, "José Rodríguez" of José Rodríguez
    Zapatero: all but the last word, and no initial.
    """
    short = shorter.words
    spelled_out = len(short) > 1 and len(short[-1]) > 1 and not surname_is_first(longer.words)
    return spelled_out and longer.words[:-1] == short


def _leaves_out_father(shorter: PersonName, longer: PersonName) -> bool:
    """Whether the shorter name omits the father's: "Nurul Hidayah" of Nurul Hidayah binti
    Kamaruddin.
    """
    length = len(shorter.words)
    after = longer.words[length : length + 1]
    return longer.words[:length] == shorter.words and not lexicon().of_fathers.isdisjoint(after)


def _one_surname(one: str, other: str) -> bool:
    """Whether the surnames are equal, or one is part of the other's hyphenated surname."""
    return one == other or one in other.split("-") or other in one.split("-")


def _forenames_agree(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether the first names may be the same and no middle names differ."""
    if not shorter or not longer:
        return False
    if not may_be_forename(shorter[0], longer[0]):
        return False
    middle = zip(shorter[1:], longer[1:], strict=False)
    return all(may_be_initial(one, two) for one, two in middle)


def may_be_forename(one: str, other: str) -> bool:
    """Whether the given names may be the same: "t" or "toby" for Tobias, in either order."""
    if may_be_initial(one, other):
        return True
    nicknames = lexicon().nicknames
    return other in nicknames.get(one, ()) or one in nicknames.get(other, ())


def may_be_initial(one: str, other: str) -> bool:
    """Whether the words are equal, or one is the other's first letter."""
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
    """Whether the words are equal, or ``short`` is the first letter of ``full``."""
    return short == full or (len(short) == 1 and full.startswith(short))
