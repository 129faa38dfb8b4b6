"""Known reviews: which of them are about a quotation, and which a question finds."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from math import log
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from service.index.analysis import terms
from service.reviews.review import ClaimReview

SHARE = 0.6
"""Of what the shorter one of two claims tells, weighed by how rare its words are, that both have:
as verification has it of a statement that it looks at."""

LEAST_SHARED = 2
"""Telling words that two claims have in common at least: "we will" is in many."""

LONGEST_GRAMMAR = 3
"""Letters of a word that says little by itself, more or less."""

ABOUT_MAXIMUM = 5
"""Reviews beside one quotation."""

_LEAST_WEIGHT = 0.1
"""Of a word that every review has."""

_Numbers: TypeAlias = npt.NDArray[np.uint32]
_NONE: _Numbers = np.empty(0, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: ``words``, all of which must be in a review's claim, claimant, title or
    checker, in any form; reviews by ``site``; in ``language``, whatever the region; none of whose
    dates is before ``since``."""

    words: str = ""
    site: str | None = None
    language: str | None = None
    since: date | None = None


class KnownReviews:
    """One state of all reviews, the newest first; ``version`` names it."""

    def __init__(self, version: str, reviews: Iterable[ClaimReview]) -> None:
        self.version = version
        self.reviews = tuple(sorted(reviews, key=lambda one: one.key))

    def __len__(self) -> int:
        return len(self.reviews)

    def about(self, quote: str) -> tuple[ClaimReview, ...]:
        """Those whose claim has the words of ``quote``, or most of them; the likest first."""
        wanted = set(terms(quote))
        if not self.reviews or not wanted:
            return ()
        telling = np.zeros(len(self.reviews), dtype=np.int32)
        weights = np.zeros(len(self.reviews))
        for term in sorted(wanted):
            having = self._claims.get(term)
            if having is not None:
                telling[having] += _tells(term)
                weights[having] += self._weight(term)
        whole = sum(map(self._weight, wanted))
        likeness = weights / np.minimum(whole, self._weights)
        likely = np.flatnonzero((telling >= LEAST_SHARED) & (likeness >= SHARE))
        likest = likely[np.argsort(-likeness[likely], kind="stable")][:ABOUT_MAXIMUM]
        return tuple(self.reviews[number] for number in likest.tolist())

    def find(self, asked: Asked) -> Sequence[ClaimReview]:
        """All that answer, newest first."""
        wanted = set(terms(asked.words))
        if wanted:
            lists = sorted((self._words.get(term, _NONE) for term in wanted), key=len)
            numbers = sorted(set(lists[0].tolist()).intersection(*lists[1:]))
        elif asked.words:  # of marks alone
            numbers = []
        else:
            numbers = list(range(len(self.reviews)))
        found = (self.reviews[number] for number in numbers)
        return [review for review in found if _answers(review, asked)]

    @cached_property
    def _claims(self) -> dict[str, _Numbers]:
        """By term, the reviews whose claim has it."""
        return _by_term(set(terms(review.claim)) for review in self.reviews)

    @cached_property
    def _words(self) -> dict[str, _Numbers]:
        """By term, the reviews that have it anywhere."""
        return _by_term(
            set(terms(" ".join(filter(None, (one.claim, one.claimant, one.title, one.publisher)))))
            for one in self.reviews
        )

    @cached_property
    def _weights(self) -> npt.NDArray[np.float64]:
        """How much the claim of each tells: more than nothing, if it has a word."""
        weights = np.zeros(len(self.reviews))
        for term, having in self._claims.items():
            weights[having] += self._weight(term)
        return np.maximum(weights, _LEAST_WEIGHT)

    def _weight(self, term: str) -> float:
        """Never nothing: a review alone has no rare words."""
        having = len(self._claims.get(term, _NONE))
        return _LEAST_WEIGHT + log((len(self.reviews) + 1) / (having + 0.5))


def _tells(term: str) -> bool:
    """Roughly: words of three letters are mostly grammar, and a script without spaces has none.

    >>> [_tells(term) for term in ("the", "harvest", "wir", "мир", "平")]
    [False, True, False, True, True]
    """
    return len(term) > LONGEST_GRAMMAR or not term.isascii()


def _by_term(several: Iterable[set[str]]) -> dict[str, _Numbers]:
    found: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
    for number, words in enumerate(several):
        for word in words:
            found[word].append(number)
    return {word: np.frombuffer(numbers, dtype=np.uint32) for word, numbers in found.items()}


def _answers(review: ClaimReview, asked: Asked) -> bool:
    newest = review.newest
    return (
        (asked.site is None or review.site == asked.site)
        and (asked.language is None or _primary(review.language) == _primary(asked.language))
        and (asked.since is None or (newest is not None and newest >= asked.since))
    )


def _primary(tag: str | None) -> str | None:
    return tag and tag.partition("-")[0].lower()
