"""Sketches: texts that are nearly the same, such as a wire story in ten papers, share part of them.

Runs of words (shingles) are hashed, and of each of many orders of the hashes the first is kept
(MinHash, Broder 1997); a few of these together are a band. Two texts have a band in common the more
likely the more of their runs they share. Written here and not taken from datasketch, which keeps
its bands in memory, some 10 kB a text, and brings SciPy; here the index keeps them as terms.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from zlib import crc32

import numpy as np
import numpy.typing as npt

BANDS, ROWS = 16, 3
SHARED = 4
"""Bands that nearly equal texts share: those with .8 of all runs in common in .99 of cases, with .7
in .83, with half in .13; texts of two reporters about one event have a twentieth in common."""

SHINGLE = 4
"""Words: three are a phrase that two reporters may share."""

FEWEST = 30
"""Words; a shorter text says nothing, as captions and notes repeat."""

WORDS_MAXIMUM = 20_000
"""From its beginning. Of a longer text the rest is not looked at."""

_WORD = re.compile(r"[^\W_]+")


def sketch_of(text: str) -> tuple[str, ...]:
    """The bands of the text; none of a short one.

    >>> sketch_of("Too short.")
    ()
    """
    words = [crc32(word.encode()) for word in islice(_words(text), WORDS_MAXIMUM)]
    if len(words) < FEWEST:
        return ()
    smallest = _smallest(_shingles(np.array(words, dtype=np.uint64)))
    bands = smallest.reshape(BANDS, ROWS)
    return tuple(f"{number:x}:{crc32(band.tobytes()):08x}" for number, band in enumerate(bands))


def nearly_equal(found: Iterable[int]) -> list[int]:
    """Of the documents found under each band of a text, those that share enough of them."""
    return sorted(document for document, count in Counter(found).items() if count >= SHARED)


def _words(text: str) -> Iterable[str]:
    return (match[0].casefold() for match in _WORD.finditer(text))


def _shingles(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A number of 32 bits for each run of words, each once."""
    mixed = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        here = words[place : len(words) - SHINGLE + 1 + place]
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + here  # golden ratio: spreads the bits
    return np.unique(mixed >> np.uint64(32))


def _smallest(shingles: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Of each order the first."""
    return np.array(
        [((shingles * factor + shift) >> np.uint64(32)).min() for factor, shift in _ORDERS],
        dtype=np.uint64,
    )


def _orders() -> list[tuple[np.uint64, np.uint64]]:
    """Always the same. Products overflow, and their upper halves are as good as chance (multiply
    and shift, Dietzfelbinger 1996)."""
    chance = np.random.Generator(np.random.PCG64(20260101))
    factors = chance.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2)
    shifts = chance.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)
    return list(zip(factors + np.uint64(1), shifts, strict=True))


_ORDERS = _orders()
