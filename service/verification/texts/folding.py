"""Folding: a text as words that are equal if only glyphs differ, each traceable to its origin.

Both sides, the claimed and the found, are folded alike: case, accents, ligatures, the glyphs of
quotation marks and dashes, invisible characters, "[T]he", "(sic)". Every folded character records
its origin; what is between words is not part of them. typography.py tells which of these foldings
made two texts equal.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

APOSTROPHES = "'’ʼ‘‛′`´＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
QUOTATION_MARKS = '"“”„‟«»‹›″〝〞〟＂「」『』《》〈〉' + APOSTROPHES

_GLYPHS = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(DASHES, "-"),
        **dict.fromkeys(QUOTATION_MARKS[: -len(APOSTROPHES)], '"'),
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)
"""One for one: the text keeps its length."""
_KEPT = frozenset("…⋯йЙ")
"""Not folded further: three dots are left to the words' pattern, "й" is a letter of its own."""
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]"
)
ACCENT = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)
SIC = re.compile(r"[\[(]\s*sic\b[^\])\w]{0,3}[\])]", re.IGNORECASE)
_LETTERS = r"\[([^\W\d_]{1,12})\]"
_CHANGED_LETTERS = re.compile(rf"{_LETTERS}(?=\w)|(?<=\w){_LETTERS}")  # [T]he, want[ed]
RAISED = "[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+"
FOOTNOTE = re.compile(
    rf"(?:(?<=[^\W\d_])(?<!\b[mxy])(?<![kcm]m)(?<!\bft)(?<!\bmi)|(?<=[.,;:!?)\"'”’])){RAISED}"
    r"|\[\d{1,3}\]"
)
"""Raised digits after a word that is not a measure ("km²"), or after a mark; "[12]"."""


@dataclass(frozen=True, slots=True)
class Characters:
    """Folded ``text``; its k-th character is original[starts[k]:ends[k]]."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold_characters(text: str) -> Characters:
    """Folds a text. ``starts`` and ``ends`` of the result never decrease.

    >>> folded = fold_characters("“[T]he Peña ﬁle”")
    >>> folded.text
    '"the pena file"'
    """
    rewritten = _rewritten(text)
    if not rewritten:
        folded = with_ascii_marks(text)
        if folded.replace("…", "").isascii():
            return Characters(folded, range(len(text)), range(1, len(text) + 1))
    return _fold_each(text, rewritten)


_FREQUENT = tuple(
    (glyph, ascii_mark) for glyph, ascii_mark in zip("’“”‘—–\u00a0", "'\"\"'-- ", strict=True)
)


def with_ascii_marks(text: str) -> str:
    """``text`` in lower case with English typographic marks replaced by ASCII ones, one for one.

    This is all the folding that most texts need, and ten times as fast as ``str.translate``.
    """
    if not text.isascii():
        for glyph, ascii_mark in _FREQUENT:
            text = text.replace(glyph, ascii_mark)
    return text.replace("`", "'").lower()


@dataclass(frozen=True, slots=True)
class _Rewritten:
    """The text from ``start`` to ``end`` is read as ``said``, which begins at ``place``."""

    start: int
    end: int
    said: str
    place: int


def _rewritten(text: str) -> list[_Rewritten]:
    found: list[_Rewritten] = []
    if not text.isascii():
        found += [
            _Rewritten(*one.span(), "", one.start())
            for one in FOOTNOTE.finditer(text)
            if one[0][0] != "["
        ]
    if "[" in text or "(" in text:
        found += [_Rewritten(*one.span(), "", one.start()) for one in SIC.finditer(text)]
        found += [
            _Rewritten(*one.span(), one[one.lastindex or 0], one.start() + 1)
            for one in _CHANGED_LETTERS.finditer(text)
        ]
    return sorted(found, key=lambda one: (one.start, one.end))


def _fold_each(text: str, rewritten: Sequence[_Rewritten]) -> Characters:
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def keep(said: str, place: int) -> None:
        for start, character in enumerate(said, start=place):
            for one in fold_character(character):
                folded.append(one)
                starts.append(start)
                ends.append(start + 1)
            if ends and ACCENT.match(character):
                ends[-1] = max(ends[-1], start + 1)

    last = 0
    for one in rewritten:
        if one.start < last:
            continue
        keep(text[last : one.start], last)
        keep(one.said, one.place)
        last = one.end
    keep(text[last:], last)
    return Characters("".join(folded), starts, ends)


@lru_cache(1 << 12)
def fold_character(character: str) -> str:
    """What a character is folded to; an empty string for accents and invisible ones.

    >>> [fold_character(one) for one in "É’ﬁ…５"]
    ['e', "'", 'fi', '…', '5']
    """
    glyph = character.translate(_GLYPHS)
    if glyph.isascii() or glyph in _KEPT:
        return glyph.lower()
    if INVISIBLE.match(character):
        return ""
    compatible = unicodedata.normalize("NFKC", character).casefold()
    apart = ACCENT.sub("", unicodedata.normalize("NFD", compatible)).translate(_GLYPHS)
    return unicodedata.normalize("NFC", apart)
