"""Sketches: detects texts that are nearly the same, such as a wire story in ten papers.

Runs of words (shingles) are hashed; under each of many orders the first hash is kept (MinHash,
Broder 1997), and several of these form a band. The more shingles two texts share, the more likely
they have a band in common. Not taken from datasketch, which keeps bands in memory, about 10 kB per
text, and requires SciPy; here the index stores them as terms.
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
"""Bands that nearly equal texts share: with .8 of all runs in common in .99 of cases, with .7 in
.83, with half in .13; texts of two reporters about one event have a twentieth of runs in common."""

SHINGLE = 4
"""Words per shingle: two reporters may well share a phrase of three."""

FEWEST = 30
"""Words: shorter texts, such as captions and notes, repeat without being reprints."""

WORDS_MAXIMUM = 20_000
"""Words examined, from the beginning of the text."""

_WORD = re.compile(r"[^\W_]+")


def sketch_of(text: str) -> tuple[str, ...]:
    """The bands of the text; empty for a short one.

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
    """From the documents found under each band of a text, those that share at least ``SHARED``
    bands."""
    return sorted(document for document, count in Counter(found).items() if count >= SHARED)


def _words(text: str) -> Iterable[str]:
    return (match[0].casefold() for match in _WORD.finditer(text))


def _shingles(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The distinct 32-bit hashes of all shingles."""
    mixed = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        here = words[place : len(words) - SHINGLE + 1 + place]
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + here  # golden ratio: spreads the bits
    return np.unique(mixed >> np.uint64(32))


def _smallest(shingles: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The first hash in each order."""
    return np.array(
        [((shingles * factor + shift) >> np.uint64(32)).min() for factor, shift in _ORDERS],
        dtype=np.uint64,
    )


def _orders() -> list[tuple[np.uint64, np.uint64]]:
    """Multipliers and addends of the orders, constant across runs. Products overflow; their upper
    halves are as good as random (multiply-shift, Dietzfelbinger 1996)."""
    chance = np.random.Generator(np.random.PCG64(20260101))
    factors = chance.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2)
    shifts = chance.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)
    return list(zip(factors + np.uint64(1), shifts, strict=True))


_ORDERS = _orders()
