"""Known reviews: finds those about a quotation, and those that match a query."""

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
"""The part of the shorter claim's weight, by rarity of words, that both claims must share: the same
as verification requires of a statement before it compares it."""

LEAST_SHARED = 2
"""Meaningful words that two claims must share: "we will" is in many."""

LONGEST_GRAMMAR = 3
"""Letters of a word that probably carries little meaning by itself."""

ABOUT_MAXIMUM = 5
"""Reviews shown for one quotation."""

_LEAST_WEIGHT = 0.1
"""The weight of a word that every review has."""

_Numbers: TypeAlias = npt.NDArray[np.uint32]
_NONE: _Numbers = np.empty(0, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query for reviews.

    All ``words`` must occur in a review's claim, claimant, title or checker, in any inflection;
    ``site`` is the checker's host; ``language`` matches whatever the region; one of the review's
    dates must be ``since`` or later.
    """

    words: str = ""
    site: str | None = None
    language: str | None = None
    since: date | None = None


class KnownReviews:
    """One state of all reviews, newest first; ``version`` identifies it."""

    def __init__(self, version: str, reviews: Iterable[ClaimReview]) -> None:
        self.version = version
        self.reviews = tuple(sorted(reviews, key=lambda one: one.key))

    def __len__(self) -> int:
        return len(self.reviews)

    def about(self, quote: str) -> tuple[ClaimReview, ...]:
        """Reviews whose claim has all or most of the words of ``quote``; best match first."""
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
        """All matching reviews, newest first."""
        wanted = set(terms(asked.words))
        if wanted:
            lists = sorted((self._words.get(term, _NONE) for term in wanted), key=len)
            numbers = sorted(set(lists[0].tolist()).intersection(*lists[1:]))
        elif asked.words:  # nothing but punctuation
            numbers = []
        else:
            numbers = list(range(len(self.reviews)))
        found = (self.reviews[number] for number in numbers)
        return [review for review in found if _answers(review, asked)]

    @cached_property
    def _claims(self) -> dict[str, _Numbers]:
        """By term, the reviews with it in their claim."""
        return _by_term(set(terms(review.claim)) for review in self.reviews)

    @cached_property
    def _words(self) -> dict[str, _Numbers]:
        """By term, the reviews with it anywhere."""
        return _by_term(
            set(terms(" ".join(filter(None, (one.claim, one.claimant, one.title, one.publisher)))))
            for one in self.reviews
        )

    @cached_property
    def _weights(self) -> npt.NDArray[np.float64]:
        """The total weight of each review's claim; above zero if it has a word."""
        weights = np.zeros(len(self.reviews))
        for term, having in self._claims.items():
            weights[having] += self._weight(term)
        return np.maximum(weights, _LEAST_WEIGHT)

    def _weight(self, term: str) -> float:
        """Above zero even if there is only one review, which has no rare words."""
        having = len(self._claims.get(term, _NONE))
        return _LEAST_WEIGHT + log((len(self.reviews) + 1) / (having + 0.5))


def _tells(term: str) -> bool:
    """Whether a word carries meaning, roughly: words of three letters are mostly grammar, except in
    scripts without spaces.

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
