"""Typography: which foldings made two stretches of words equal."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from service.verification.texts.folding import (
    ACCENT,
    APOSTROPHES,
    DASHES,
    INVISIBLE,
    QUOTATION_MARKS,
    RAISED,
    SIC,
)
from service.verification.texts.words import ELLIPSIS, Folded

INTERRUPTION = "interruption"
"""The reporter's words are in between; no glyph differs."""

Step = Callable[[str], str]


def _without_accents(text: str) -> str:
    return unicodedata.normalize("NFC", ACCENT.sub("", unicodedata.normalize("NFD", text)))


_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_LIGATURES = str.maketrans({one: unicodedata.normalize("NFKC", one) for one in "ﬀﬁﬂﬃﬄﬅﬆĳŉǆ"})
_HYPHEN = re.compile(rf"(?<=\w)[{re.escape(DASHES)}]\s*(?=\w)")
_OF_WORDS: dict[str, Step] = {
    "invisible characters": lambda text: INVISIBLE.sub("", text),
    "hyphens": lambda text: text if text.isalpha() else _HYPHEN.sub("", text),
    "ligatures": lambda text: text.translate(_LIGATURES),
    "character forms": lambda text: unicodedata.normalize("NFKC", text),
    "quotation marks": lambda text: text.translate(_APOSTROPHE),
    "brackets": lambda text: text.replace("[", "").replace("]", ""),
    "accents": _without_accents,
    "case": str.casefold,
}
"""In the order in which they are applied; remaining differences are punctuation."""


@lru_cache(1 << 12)
def word_differences(one: str, other: str) -> tuple[str, ...]:
    """The foldings needed to make two spellings of a word equal.

    >>> word_differences("Peña’s", "PENA'S")
    ('quotation marks', 'accents', 'case')
    """
    if one == other:
        return ()
    if one.isascii() and other.isascii() and one.lower() == other.lower():
        return ("case",)
    needed = [name for name in _OF_WORDS if _folded(one, name) != _folded(other, name)]
    if _folded(one) != _folded(other):
        return (*(name for name in needed if _matters(one, other, name)), "punctuation")
    return tuple(needed)


def _folded(word: str, but: str = "") -> str:
    for name, step in _OF_WORDS.items():
        if name != but:
            word = step(word)
    return word


def _matters(one: str, other: str, name: str) -> bool:
    return _OF_WORDS[name](one) != one or _OF_WORDS[name](other) != other


BRACKETS = "brackets"
FOOTNOTE_MARKS = "footnote marks"
_FOOTNOTE = re.compile(rf"{RAISED}|\[\d{{1,3}}\]")
_SIGNS = (("(sic)", SIC), (FOOTNOTE_MARKS, _FOOTNOTE), ("ellipsis", ELLIPSIS))


@lru_cache(1 << 12)
def gap_differences(one: str, other: str) -> tuple[str, ...]:
    """How the stretches between two words differ.

    >>> gap_differences(" – ", "—")
    ('dashes', 'white space')
    """
    named = []
    for name, sign in _SIGNS:
        if sign.findall(one) != sign.findall(other):
            named.append(name)
        one, other = sign.sub("", one), sign.sub("", other)
    kinds = sorted({_kind(character) for character in one + other})
    named += [kind for kind in kinds if _of_kind(one, kind) != _of_kind(other, kind)]
    return tuple(named) if named or one == other else ("punctuation",)  # the order of marks


_END = re.compile(r"[^\w\s]*")
_STOPS = frozenset(".?!")


def end_differences(claimed: Folded, text: Folded, word: int) -> list[str]:
    """Returns ["punctuation"] if the closing marks differ in meaning, else an empty list.

    A question is not a statement, but a comma may become a full stop.

    >>> from service.verification.texts.words import fold_words
    >>> end_differences(fold_words("We stay."), fold_words("We stay? No."), 2)
    ['punctuation']
    >>> end_differences(fold_words("We stay."), fold_words("We stay, we do."), 2)
    []
    """
    ours = _stop(claimed.gap(len(claimed.words)))
    theirs = _stop(text.gap(word))
    tells = ours and ours != theirs and ({ours, theirs} & {"?", "!"})
    return ["punctuation"] if tells else []


def _stop(gap: str) -> str:
    """The mark that ends a sentence at the beginning of ``gap``, or an empty string."""
    marks = _END.match(gap)
    return next((mark for mark in marks[0] if mark in _STOPS), "") if marks else ""


def _kind(character: str) -> str:
    """The kind of a character between words."""
    if INVISIBLE.match(character):
        return "invisible characters"
    if character.isspace():
        return "white space"
    if character in QUOTATION_MARKS:
        return "quotation marks"
    if character in DASHES:
        return "dashes"
    return "brackets" if character in "[](){}" else "punctuation"


def _of_kind(gap: str, kind: str) -> str:
    return "".join(character for character in gap if _kind(character) == kind)


def differences(
    claimed: Folded, text: Folded, runs: Iterable[tuple[int, int, int]], breaks: frozenset[int]
) -> list[str]:
    """The foldings that made runs equal, given as (claimed word, word of the text, length) each.

    At ``breaks`` of the text the reporter interrupts; nothing else between words counts there.
    """
    named: list[str] = []
    expected = (-1, -1)
    for i, j, size in runs:
        for pair in zip(range(i, i + size), range(j, j + size), strict=True):
            ours, theirs = pair
            named += word_differences(claimed.surface(ours), text.surface(theirs))
            if pair == expected and theirs in breaks:
                named.append(INTERRUPTION)
            elif pair == expected and (gaps := (claimed.gap(ours), text.gap(theirs)))[0] != gaps[1]:
                named += gap_differences(*gaps)
            expected = (ours + 1, theirs + 1)
    return list(dict.fromkeys(named))
