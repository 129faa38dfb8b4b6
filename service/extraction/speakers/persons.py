"""Persons: evidence that a run of capitalised words is a person's name.

First names, initials and letters after the name; an age, a description or a verb beside it. What
else a name may be is decided in names.py.
"""

import re
from collections.abc import Sequence
from functools import cache

from service.extraction.lexicon.people import people, word_class
from service.extraction.page.words import Word
from service.names.folding import fold_name

INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.)+")
ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z&-]{1,6}")
_PERSONAL_SEQUEL = re.compile(
    r", (?:who\b|\d\d,|an? \w|the \w|her |his |[sj]r)|,? who |,? himself|,? herself|, (?:then|now) "
)
_WHO = re.compile(r", (?:who\b|\d\d,|[sj]r)|,? who |,? himself|,? herself")
"""Follows only persons, even if the name does not look like one."""
_SPEAKS = re.compile(
    r" said\b(?! (?:\w+day )?(?:(?:that )?it(?:s|self)?\b|in an? (?:\w+ )?(?:statement|report)))"
    r"| told\b"
)
_PLACED = re.compile(r"\b(?:in|at|near|outside|across)(?: the)? $")
"""Precedes a place: in "a nurse in Dodge City who left" it is the nurse who left."""
_ROLE_BEFORE = re.compile(
    r"(?:\b(?:an?|the|his|her|its|their|our|my|your|whose)|\w[’']s?)"
    r" (?:[^\W_][\w’'-]* ){0,5}?([^\W\d_][\w-]*), $",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r", (?:aged )?(?:\d\d(?=,)|an? ((?:[a-z][\w’'-]* ){0,4}?[a-z][\w’'-]*)"
    r"(?=[,.;:)]| (?:of|in|at|from|for|with|who|there)\b))"
)
_CLOSED = re.compile(r"\s*(?:[,.;:!?)\]”\"’'»]|$)|\n| (?:and|who|said|says|told|tells)\b")
_OFFICE_BEFORE = re.compile(
    r"\b([a-z][\w-]*|MP|MEP) (?:of|for|at|in|from|with) (?:the )?"
    r"(?:[A-Z][\w’'&-]* )*[A-Z][\w’'-]*, $"
)
_NOUN_BEFORE = re.compile(r" ([a-z-]{3,}(?<!ed)(?<!ing)(?<!s)(?<!ly)) $")
_VERBS = word_class("acts_of_persons")
_PRONOUN_SEQUEL = re.compile(
    r"(?! (?:has |had |also )?(?:said|says|told|tells|announced|confirmed|claims|claimed|found))"
    r"[^A-Z.;:“”\"\n]{1,80}?\b(?:he|she|himself|herself)\b"
)
_OF_PARTY = re.compile(r"[DRI]-[A-Z][\w.]*")
""""Sen. Ann Bell D-Dover", with no comma."""
ROLE_REACH = 70
"""Characters before a name that are searched for a description."""

PRONOUN_REACH = 100
"""Characters after a sentence's subject within which "he" or "she" shows that it is a person."""


def is_personal(text: str, core: Sequence[Word], speaking: bool = True) -> bool:
    """Whether a name of several words is a person's; with ``speaking``, a verb of saying or a
    description beside it is evidence too.
    """
    lexicon = people()
    lowers = [word.lower for word in core]
    if is_first_name(lowers[0]) or any(
        INITIAL.fullmatch(word.text) and not ACRONYM.fullmatch(word.text) for word in core[:-1]
    ):
        return True
    if lowers[0] in lexicon.family_first and len(core) < 4:
        return True
    if lowers[-1] in lexicon.generations or set(lowers[1:-1]) & lexicon.particles:
        return True
    if len(core) > 3:
        return False
    after = text[core[-1].end : core[-1].end + PRONOUN_REACH]
    if _PRONOUN_SEQUEL.match(after) and not core[-1].possessive and _may_lead(text, core[0]):
        return True
    if _PLACED.search(text, max(0, core[0].start - 8), core[0].start):
        return False
    pattern = _PERSONAL_SEQUEL if speaking else _WHO
    return pattern.match(after) is not None or (speaking and _SPEAKS.match(after) is not None)


def is_first_name(word: str) -> bool:
    """Whether a lower-case word is a listed first name, with or without accents: "gráinne"."""
    known = people().first_names
    return word in known or (not word.isascii() and fold_name(word) in known)


def spoken_of_as_person(text: str, core: Sequence[Word]) -> bool:
    """Whether what follows shows that a body's name is a person's: "Olga Radio, a chemist"."""
    if not 1 < len(core) < 4 or any(not word.capital for word in core):
        return False
    end = core[-1].end
    if text[end : end + 2] != ", " or text[max(0, core[0].start - 4) : core[0].start] == "the ":
        return False
    found = _INTRODUCED.match(text, end, end + ROLE_REACH)
    if found is None:
        return False
    if found.group(1) is None:
        return True  # an age
    described = found.group(1).lower().split()
    return any(w in people().roles for w in described) and _bodies().isdisjoint(described[:3])


@cache
def _bodies() -> frozenset[str]:
    return people().organisation_heads | people().organisations_also.keys()


def _may_lead(text: str, word: Word) -> bool:
    """Whether the word opens its sentence or follows a noun: "favourite Omru Wahl has left and says
    she".
    """
    if word.first:
        return True
    before = _NOUN_BEFORE.search(text, max(0, word.start - 20), word.start)
    return before is not None and not (
        before.group(1) in people().common or before.group(1) in _VERBS
    )


def follows_role(text: str, core: Sequence[Word]) -> bool:
    """Whether the name is in apposition to a person's role: "Its director, Yusuf Tal, said"."""
    start = core[0].start
    if len(core) > 3 or core[-1].possessive or text[max(0, start - 2) : start] != ", ":
        return False
    found = (
        pattern.search(text, max(0, start - ROLE_REACH), start)
        for pattern in (_ROLE_BEFORE, _OFFICE_BEFORE)
    )
    if not any(before and _bare(before.group(1)) in people().roles for before in found):
        return False
    return _CLOSED.match(text, core[-1].end) is not None


def _bare(role: str) -> str:
    return role.lower() if role.isupper() else role


def is_postnominal(word: str) -> bool:
    """Whether the word is a suffix for an office, an honour or a degree: "KC", "PhD"."""
    if _OF_PARTY.fullmatch(word):
        return True
    letters = word.replace(".", "")
    cased = letters.isupper() or letters in ("PhD", "DPhil", "Esq", "MSc")
    return cased and letters.lower() in people().postnominals
