"""Outlines: the words of a long text as numbers, to find where in it a claim may be.

Folding a speech and aligning a claim with all of it takes a hundred times as long as with the
stretch that matters. An outline distinguishes words nearly as folding does (not "1,000" and "1000",
not "U.S." and "US"), in a tenth of the time, and records where each begins. The stretch found is
folded and compared like any short text.
"""

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from service.verification.texts.folding import fold_character
from service.verification.texts.text_cache import Kept
from service.verification.texts.words import is_sign, is_word_alone

Numbers = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]

MOST_LETTERS = 0x10FFFF
"""Words that a line can distinguish."""


@dataclass(frozen=True)
class Outline:
    """``words`` are indices into ``distinct``, which ascends; they begin at ``starts`` of the
    text.
    """

    words: Numbers
    distinct: Hashes
    starts: Numbers

    @cached_property
    def line(self) -> str:
        """One character per word, the same for the same word."""
        return _line(_letters(self.words + np.uint32(1)))

    def line_of(self, other: "Outline") -> str:
        """The other's words in this line's characters; "\\0" for words not in it."""
        if not len(other.distinct):
            return ""
        letters = np.zeros(len(other.distinct), dtype=np.uint32)
        places = other.distinct.searchsorted(self.distinct)
        there = other.distinct.take(places, mode="clip") == self.distinct
        letters[places[there]] = _letters(np.flatnonzero(there) + 1)
        return _line(letters.take(other.words))


def _letters(numbers: npt.NDArray[np.integer[Any]]) -> Numbers:
    few: Numbers = np.minimum(numbers, MOST_LETTERS).astype("<u4")
    return few


def _line(letters: Numbers) -> str:
    return letters.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def outline_of(text: str) -> Outline:
    """The outline of a text.

    >>> said = outline_of("We don’t stay; we go.")
    >>> said.starts.tolist(), said.line == said.line_of(outline_of("WE DON'T STAY - WE GO"))
    ([0, 3, 9, 15, 18], True)
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.intp)
    kinds, places = _kinds_of(codes), None
    dropped = kinds == _DROPPED
    if dropped.any():
        places = np.flatnonzero(~dropped)
        codes, kinds = codes[places], kinds[places]
    letter = kinds == _LETTER
    letter[1:-1] |= (kinds[1:-1] == _APOSTROPHE) & letter[:-2] & letter[2:]
    alone = kinds == _ALONE
    begins = alone | letter
    begins[1:] &= alone[1:] | ~letter[:-1]
    characters = np.flatnonzero(letter | alone)
    starts = np.flatnonzero(begins.take(characters))
    hashes = _hashed(_FOLDED.take(codes.take(characters)), starts)
    distinct, words = np.unique(hashes, return_inverse=True)
    starts = characters[starts]
    if places is not None:
        starts = places[starts]
    return Outline(words.astype(np.uint32), distinct, starts.astype(np.uint32))


outlined = Kept(outline_of, 16_000_000)
"""Some 35 MB: a hundred speeches of three hours each."""

_BETWEEN, _LETTER, _ALONE, _APOSTROPHE, _DROPPED = range(1, 6)
_KINDS = np.zeros(0x110000, dtype=np.uint8)
_FOLDED = np.zeros(0x110000, dtype=np.uint32)
"""Tables by code point, filled when a character first occurs; its kind is 0 until then."""


def _kinds_of(codes: Places) -> npt.NDArray[np.uint8]:
    kinds = _KINDS.take(codes)
    if not kinds.all():
        for code in np.unique(codes[kinds == 0]).tolist():
            kind, folded = _kind(chr(code))
            _FOLDED[code] = folded
            _KINDS[code] = kind
        kinds = _KINDS.take(codes)
    return kinds


def _kind(character: str) -> tuple[int, int]:
    """The role of a character in a word, and a number for what it is folded to."""
    folded = fold_character(character)
    number = ord(folded) if len(folded) == 1 else len(_KINDS) + ord(character)
    if not folded:
        return _DROPPED, number
    if folded == "'":
        return _APOSTROPHE, number
    if is_word_alone(folded):
        return _ALONE, number
    return (_LETTER if folded[0].isalnum() or is_sign(folded) else _BETWEEN), number


_PERIOD = 64  # a power of two
_random = Random(_PERIOD)
_FACTORS = np.array([_random.getrandbits(64) for _ in range(_PERIOD)], dtype=np.uint64)
"""Words of 64 letters and more may share a hash; shorter words do not."""


def _hashed(letters: Numbers, starts: Places) -> Hashes:
    """Hashes of the words that begin at ``starts`` and follow one another."""
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    lengths = np.diff(starts, append=len(letters))
    places = np.arange(len(letters)) - starts.repeat(lengths)
    return np.add.reduceat(_FACTORS.take(places & (_PERIOD - 1)) * letters, starts, dtype=np.uint64)
