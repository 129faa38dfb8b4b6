"""Forms: a name as people write it beside a quotation, and whose it may be.

"Sen. Elizabeth Warren (D-Mass.)", "@ewarren", "Elisabeth Warren": removes what is not part of the
name, and tells whether a form may be somebody's name, not whether it is.
"""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from service.names.folding import fold_name
from service.names.lexicon import lexicon
from service.names.persons import may_be_forename, may_be_one, split_generation

NEAR = 80
"""Least fuzz.ratio, of 100, of two spellings of a word: "vladmir" and "vladimir" have 93,
"elisabeth" and "elizabeth" 89, "obma" and "obama" 89; "bill" and "will" have 75, "john" and
"joan" too.
"""
NEAR_IN_ALL = 88
"""The same for words written without spaces: a handle, a surname alone."""

_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_ADDED = re.compile(r",\s*(?:\d|[^\W\d_A-Z]|[DRI]-|(?:the|a|an|of)\b).*", re.DOTALL)
_PARTY = re.compile(r",?\s+[DRI]-[A-Z][\w.]*$")
_POSSESSIVE = re.compile(r"['’]s$")
_HANDLE = re.compile(r"@(\w+)")
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])|_")
_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*\.?")


def bare_name(name: str) -> str:
    """``name`` without what is said about its bearer; a handle is split into words.

    >>> [bare_name(n) for n in ("Sen. Jane Doe (D-Mass.)", "Jane Doe, 54,", "Doe, R-Ohio")]
    ['Sen. Jane Doe', 'Jane Doe', 'Doe']
    >>> bare_name("@realJaneDoe"), bare_name("Dan Roe, Jr.")
    ('real Jane Doe', 'Dan Roe, Jr.')
    """
    handle = _HANDLE.search(name)
    if handle:
        return " ".join(filter(None, _HUMP.split(handle[1])))
    bare = _PARTY.sub("", _ADDED.sub("", _IN_BRACKETS.sub("", name)).strip())
    return _POSSESSIVE.sub("", bare).strip()


def is_handle(name: str) -> bool:
    """Whether the name contains an account: "@janedoe"."""
    return _HANDLE.search(name) is not None


def generation_of(words: Sequence[str]) -> str:
    """The generation in folded words, such as "jr", or an empty string."""
    return split_generation(tuple(words))[1]


def may_be_called(form: str, name: str) -> bool:
    """Whether somebody who wrote ``form`` may have meant the person called ``name``.

    >>> [may_be_called(form, "Vladimir Putin") for form in ("V. Putin", "Vladmir Putin", "Putn")]
    [True, True, True]
    >>> [may_be_called(form, "Vladimir Putin") for form in ("@vladimirputin", "Viktor Putin")]
    [True, False]
    >>> may_be_called("Donald Trump Jr.", "Donald Trump"), may_be_called("Melania Trump", "Trump")
    (True, True)
    """
    ours, theirs = _words(form), _words(name)
    if not ours or not theirs:
        return False
    if is_handle(form):
        return _may_be_handle("".join(ours), theirs)
    ours, theirs = split_generation(ours)[0], split_generation(theirs)[0]
    if may_be_one(ours, theirs) or ours == theirs[-len(ours) :] or theirs == ours[-len(theirs) :]:
        return True
    return _may_be_spelled(ours, theirs)


def _words(name: str) -> tuple[str, ...]:
    words = (fold_name(word).rstrip(".") for word in _WORD.findall(bare_name(name)))
    return tuple(word for word in words if word)


def _may_be_handle(handle: str, name: tuple[str, ...]) -> bool:
    """Whether the handle contains the surname, or resembles the whole name written as one word."""
    whole = "".join(name)
    surname = name[-1]
    return (len(surname) > 3 and surname in handle) or fuzz.ratio(handle, whole) >= NEAR_IN_ALL


def _may_be_spelled(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether the names may differ only by spelling errors; middle names are ignored."""
    if len(ours) == 1 or len(theirs) == 1:
        return fuzz.ratio(ours[-1], theirs[-1]) >= NEAR
    if fuzz.ratio(" ".join(ours), " ".join(theirs)) >= NEAR_IN_ALL:
        return not _are_two_forenames(ours, theirs)
    return fuzz.ratio(ours[-1], theirs[-1]) >= NEAR and _may_be_forename(ours[0], theirs[0])


def _are_two_forenames(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether the first names differ: "John Roe" and "Joan Roe" are given names, neither short for
    the other.
    """
    first, second = ours[0], theirs[0]
    known = lexicon().first_names
    both = first in known and second in known and ours[1:] == theirs[1:]
    return both and not _may_be_forename(first, second)


def _may_be_forename(one: str, other: str) -> bool:
    return may_be_forename(one, other) or fuzz.ratio(one, other) >= NEAR
