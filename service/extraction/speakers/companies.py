"""Companies: what shows that a name is an organisation's, and of what kind.

A legal form after it ("Acme NV"), or its kind before it ("the union Solidarity"). What a person's
name looks like is known in persons.py; names.py decides.
"""

import re

from service.extraction.lexicon.people import people, word_class

COMPANY = "company"
_KIND_BEFORE = re.compile(
    r"(?:\b(?:an?|the|its|his|her|their|our)|\w[’']s?) (?:[^\W_][\w’'-]* ){0,3}?([a-z][\w-]*) $",
    re.IGNORECASE,
)
_KIND_AFTER = re.compile(
    r", (?:an?|the|its|one of \w+) (?:[^\W_][\w’'-]* ){0,6}?([a-z][\w-]*)(?=[,.;:)]"
    r"| (?:of|in|on|for|from|with|by|at|based|founded|owned|run|led|that|which|whose)\b)"
)
_FORM_AFTER = re.compile(r",? ([A-Za-z.]{2,5})\b")
REACH = 60
"""Characters before a name in which its kind stands."""


def body_of(text: str, start: int, end: int) -> str:
    """What kind of organisation text[start:end] is said to be: "union" in "the union Solidarity";
    an empty string where nothing is said."""
    kinds = people().organisations_also
    low = start - REACH if start > REACH else 0
    # most names need no search
    if start and text[low : start - 1].rpartition(" ")[2] in kinds:
        before = _KIND_BEFORE.search(text, low, start)
        if before is not None and before.group(1) in kinds:
            return before.group(1)
    after = _KIND_AFTER.match(text, end, end + 2 * REACH)
    return after.group(1) if after is not None and after.group(1) in kinds else ""


def has_legal_form(text: str, end: int) -> bool:
    form = _FORM_AFTER.match(text, end, end + 7)
    return form is not None and is_legal_form(form.group(1))


def is_legal_form(word: str) -> bool:
    """ "NV", "plc"; "AG" but not "ag".

    >>> [is_legal_form(word) for word in ("NV", "plc", "GmbH", "ag", "PhD")]
    [True, True, True, False, False]
    """
    return word.replace(".", "") in word_class("legal_forms")
