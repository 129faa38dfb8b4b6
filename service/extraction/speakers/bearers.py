"""Bearers of a name: what their full names and roles say about whether two may be one."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from service.extraction.lexicon.people import people
from service.extraction.speakers.figures import Figure, role_words
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name
from service.names.folding import HYPHENS, fold_name
from service.names.persons import parse_person, surname_is_first

_HYPHEN = re.compile(f"[-{HYPHENS}]")
_DOUBLED = re.compile(r"(\w)\1")
_INTRODUCED = re.compile(r", (?:an?|the) ((?:[\w-]+ ){0,2}[\w-]+)(?=[,.])")
INTRODUCTION_REACH = 60
"""Characters after a name that its apposition takes at most."""
YOUNG = frozenset(("son", "daughter", "grandson", "granddaughter", "nephew", "niece", "stepson"))
_OLD = frozenset(("father", "mother", "grandfather", "grandmother", "uncle", "aunt", "stepfather"))
_OF_AGE = ("wife", "husband", "widow", "widower", "brother", "sister", "cousin")
_RELATIVE = "|".join(sorted((*YOUNG, *_OLD, *_OF_AGE)))
_KIN_OF = re.compile(
    rf"\b(?:(?:{_RELATIVE}) of|whose (?:[a-z]+ )?(?:{_RELATIVE}),?) (?:(?!and )[\w.’'-]+ ){{0,5}}$"
)
KIN_REACH = 60
"""Characters before a name in which its bearer is called a relative, with an office between."""


@lru_cache(maxsize=1 << 12)
def surname_parts(words: tuple[str, ...]) -> tuple[str, ...]:
    """Other words that may be used as the surname: one of two, and the last word if the surname
    comes first.
    """
    names = people()
    if len(words) < 3 and not _HYPHEN.search(words[-1]):
        return ()
    if any(word.islower() and word not in names.particles for word in words):
        return ()
    parts = {part for word in words[1:] for part in (word, *_hyphened(word))}
    folded = {fold_name(part) for part in parts if len(part.strip(".")) > 1}
    no_surnames = (names.first_names, names.particles, names.generations)
    after = {fold_name(word) for of, word in pairwise(words) if of in names.particles}
    after |= {
        fold_name(word) for word, of in pairwise(words[2:]) if of in names.particles
    }  # "Lula"
    found = [p for p in folded if p in after or not any(p in known for known in no_surnames)]
    last = fold_name(words[-1])  # "Lan" of Nguyen Thi Lan
    if last not in found and surname_is_first(tuple(map(fold_name, words))):
        found.append(last)
    return tuple(found)


def _hyphened(word: str) -> list[str]:
    """The parts of "Okonjo-Iweala"; none of "Trump-led"."""
    parts = _HYPHEN.split(word)
    return parts if all(part[:1].isupper() for part in parts) else []


def begins_with(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name is the beginning of the other: "Ahmad Zahid" of Ahmad Zahid Hamidi."""
    size = min(len(one), len(other))
    return size > 1 and tuple(one[:size]) == tuple(other[:size])


@named_rule("introduced-apart", False)
def are_introduced_apart(text: str, figure: Figure, name: Name) -> bool:
    """Whether both have appositions without a common role: "J. Roe, a farmer," and "Joan Roe, the
    mayor,".
    """
    found = _INTRODUCED.match(text, name.span.end, name.span.end + INTRODUCTION_REACH)
    roles = role_words(found.group(1))[0] if found else frozenset()
    return bool(roles and figure.roles) and roles.isdisjoint(figure.roles)


def is_fuller(name: str, known: str) -> bool:
    """Whether the name is longer, or not all in capitals as the known one is."""
    return len(name) > len(known) or (known.isupper() and not name.isupper())


def relative_age(figure: Figure) -> int:
    """-1 for a son or "Jr.", 1 for a father or "Sr.", 0 if the article does not say."""
    generation = parse_person(figure.words).generation
    young = generation not in ("", "sr") or not YOUNG.isdisjoint(figure.roles)
    old = generation == "sr" or not _OLD.isdisjoint(figure.roles)
    return old - young


@named_rule("title-of-surname", [])
def with_title(name: Name, figures: Sequence[Figure]) -> list[Figure]:
    """Figures with the name's title: "Senator Doe" if another Doe is a governor."""
    roles = role_words(" ".join(name.titles))[0] if name.titles else frozenset()
    return [figure for figure in figures if roles & figure.roles]


@named_rule("doubled-letter", False)
def is_misspelt(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the names differ only by a doubled letter: "Hilary Clinton" and "Hillary Clinton"."""
    return len(one) == len(other) and _single_letters(one) == _single_letters(other)


def _single_letters(words: Sequence[str]) -> str:
    return _DOUBLED.sub(r"\1", fold_name(" ".join(words)))


@named_rule("only-as-kin", frozenset())
def named_as_kin(text: str, names: Iterable[tuple[int, Figure]]) -> frozenset[Figure]:
    """People named, from each start in the text, only as somebody's relatives: "Ann Roe, daughter
    of Mayor Peter Roe".
    """
    kin, others = set[Figure](), set[Figure]()
    for start, figure in names:
        found = _KIN_OF.search(text, max(0, start - KIN_REACH), start)
        (others if found is None else kin).add(figure)
    return frozenset(kin - others)
