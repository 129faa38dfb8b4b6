"""Persons: what shows that a run of capitalised words is somebody's name.

First names, initials and letters after the name; an age, a description or a verb beside it. What
else a name may name is decided in names.py.
"""

import re
from collections.abc import Sequence

from service.extraction.lexicon.people import people
from service.extraction.words import Word

INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.)+")
ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z&-]{1,6}")
_PERSONAL_SEQUEL = re.compile(
    r", (?:who\b|\d\d,|an? \w|the \w|her |his |[sj]r)|,? who |,? himself|,? herself"
    r"| said\b(?! (?:\w+day )?(?:that )?it (?:will|would|had|has|expect|plan))| told\b"
    r"|, (?:then|now) "
)
_ROLE_BEFORE = re.compile(
    r"(?:\b(?:an?|the|his|her|its|their|our|my|your|whose)|\w[’']s?)"
    r" (?:[^\W_][\w’'-]* ){0,5}?([^\W\d_][\w-]*), $",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\s*(?:[,.;:!?)\]”\"’'»]|$)|\n| (?:and|who|said|says|told|tells)\b")
ROLE_REACH = 70
"""Characters that a description before a name is looked for in."""


def looks_personal(text: str, core: Sequence[Word]) -> bool:
    """Of a name of several words."""
    lexicon = people()
    lowers = [word.lower for word in core]
    if lowers[0] in lexicon.first_names or any(
        INITIAL.fullmatch(word.text) and not ACRONYM.fullmatch(word.text) for word in core[:-1]
    ):
        return True
    if lowers[0] in lexicon.family_first and len(core) < 4:
        return True
    if lowers[-1] in lexicon.suffixes or set(lowers[1:-1]) & lexicon.particles:
        return True
    after = text[core[-1].end : core[-1].end + 40]
    return len(core) < 4 and _PERSONAL_SEQUEL.match(after) is not None


def follows_role(text: str, core: Sequence[Word]) -> bool:
    """ "Its director, Yusuf Tal, said": an apposition to what only a person is."""
    if len(core) > 3 or core[-1].possessive:
        return False
    before = _ROLE_BEFORE.search(text, max(0, core[0].start - ROLE_REACH), core[0].start)
    if before is None or before.group(1) not in people().roles:
        return False
    return _CLOSED.match(text, core[-1].end) is not None


def is_postnominal(word: str) -> bool:
    """Letters after a name that tell an office, an honour or a degree: "KC", "PhD"."""
    letters = word.replace(".", "")
    cased = letters.isupper() or letters in ("PhD", "DPhil", "Esq", "MSc")
    return cased and letters.lower() in people().postnominals
