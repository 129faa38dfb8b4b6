"""Vocabulary: the words of one segment's quotations, by prefix and by similarity.

Words are stored as two texts and an array, because the same number of Python objects takes ten
times the memory. suggestions.py combines the segments' answers.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from service.index.records import StoredWords

_LAST = "\U0010ffff"


class Vocabulary:
    """The words, sorted by folded form; ``counts`` is the number of quotations with each."""

    def __init__(self, stored: StoredWords) -> None:
        self._folded = stored.folded
        self._written = stored.written
        self.counts: npt.NDArray[np.uint32] = np.frombuffer(stored.counts, "<u4")

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        """Yields folded form, lower-case form and number of quotations."""
        everything = range(len(self.counts))
        return zip(
            _lines(self._folded, self._folded_ends, everything),
            self.written(everything),
            self.counts.tolist(),
            strict=True,
        )

    def __len__(self) -> int:
        return len(self.counts)

    def beginning(self, start: str) -> range:
        """The positions of the words with the prefix ``start``, which must be folded."""
        first = bisect_left(range(len(self)), start, key=self._folded_at)
        return range(first, bisect_left(range(len(self)), start + _LAST, key=self._folded_at))

    def written(self, places: range) -> list[str]:
        return _lines(self._written, self._written_ends, places)

    def near(self, folded: str, distance: int, places: range) -> Iterator[tuple[int, str, int]]:
        """The words within ``distance`` edits of ``folded``: (edits, word, count).

        An edit inserts, deletes, replaces a letter or swaps it with the next (Damerau 1964).
        """
        choices = _lines(self._folded, self._folded_ends, places)
        for _, away, place in extract_iter(
            folded, choices, scorer=OSA.distance, score_cutoff=distance, processor=None
        ):
            here = places[place]
            yield int(away), self.written(range(here, here + 1))[0], int(self.counts[here])

    def _folded_at(self, place: int) -> str:
        return _lines(self._folded, self._folded_ends, range(place, place + 1))[0]

    @cached_property
    def _folded_ends(self) -> npt.NDArray[np.int64]:
        return _line_ends(self._folded)

    @cached_property
    def _written_ends(self) -> npt.NDArray[np.int64]:
        return _line_ends(self._written)


def _line_ends(text: str) -> npt.NDArray[np.int64]:
    letters = np.frombuffer(text.encode("utf-32-le"), "<u4")
    return np.append(np.flatnonzero(letters == ord("\n")), len(letters))


def _lines(text: str, ends: npt.NDArray[np.int64], places: range) -> list[str]:
    if not places:
        return []
    start = int(ends[places.start - 1]) + 1 if places.start else 0
    return text[start : int(ends[places.stop - 1])].split("\n")
