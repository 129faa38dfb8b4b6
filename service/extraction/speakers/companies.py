"""Companies: evidence that a name is an organisation's, and of what kind.

A legal form follows it ("Acme NV"), or its kind precedes it ("the union Solidarity"). The looks of
persons' names are described in persons.py; names.py decides.
"""

import re
from functools import cache

from service.extraction.lexicon.people import people, word_class

COMPANY = "company"
_LINK = r"(?:of|to|for|at|in|with|from|by|on|who|whose|that|which)"
_KIND_AFTER = re.compile(
    rf", (?:an?|the|its|one of \w+) (?:(?!{_LINK} )[^\W_][\w’'-]* ){{0,6}}?([a-z][\w-]*)(?=[,.;:)]"
    r"| (?:of|in|on|for|from|with|by|at|based|founded|owned|run|led|that|which|whose)\b)"
)
_KIND_BEFORE = re.compile(
    r"\b(?:([a-z]+) (?:of|for|at|to|with) )?[Tt]he (?:[a-z][\w-]* ){0,2}([a-z][\w-]*), \Z"
)
_LARGEST_AFTER = re.compile(
    r", the (?:[^\W_][\w’'.-]* ){0,3}?(?:[\w-]+-)?(?:largest|biggest) "
    r"(?:[a-z][\w-]* ){0,3}?([a-z][\w-]*)(?=[,.;:)]| (?:in|of|by|and)\b)"
)
"""Excludes "best" and "leading", which describe people."""
_FORM_AFTER = re.compile(r",? ([A-Za-z.]{2,5})\b")
REACH = 60
"""Characters before a name that are searched for its kind."""


def body_of(text: str, start: int, end: int) -> str:
    """Kind of organisation that the article calls text[start:end], or an empty string: "union" in
    "the union Solidarity" and "the union, Solidarity,".
    """
    kinds = people().organisations_also
    low = start - REACH if start > REACH else 0
    before = text[low : start - 1].rpartition(" ")[2] if start else ""
    if before in kinds and text[start - 1] == " ":
        return before
    apart = _KIND_BEFORE.search(text, low, start) if text.startswith((",", "."), end) else None
    held, said = apart.groups() if apart is not None else ("", "")
    if held in people().roles:
        return ""  # "the spokesman for the command, Jane Doe,"
    if said in kinds and said not in people().roles | _makers():  # unlike "The maker, Jane Doe,"
        return said
    if not text.startswith(", ", end):
        return ""
    after = _KIND_AFTER.match(text, end, end + 2 * REACH)
    kind = after.group(1) if after is not None else ""
    kind = "think-tank" if kind == "tank" else kind
    if kind in kinds or kind in _parts():
        return kind
    largest = _LARGEST_AFTER.match(text, end, end + 2 * REACH)
    if largest is None or largest.group(1) in people().roles - _makers():
        return ""
    return largest.group(1)


@cache
def _parts() -> frozenset[str]:
    """Words for parts of a body."""
    return word_class("body_parts")


@cache
def _makers() -> frozenset[str]:
    """Kinds of companies that may also be persons ("maker")."""
    return word_class("makers")


def has_legal_form(text: str, end: int) -> bool:
    """Whether a legal form such as "NV" follows at ``end``."""
    form = _FORM_AFTER.match(text, end, end + 7)
    return form is not None and is_legal_form(form.group(1))


def is_legal_form(word: str) -> bool:
    """Whether the word is a legal form: "NV", "plc"; "AG" but not "ag".

    >>> [is_legal_form(word) for word in ("NV", "plc", "GmbH", "ag", "PhD")]
    [True, True, True, False, False]
    """
    return word.replace(".", "") in word_class("legal_forms")
