"""Known reviews: which of them are about a quotation, and which a question finds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: ``words``, all of which must stand in a review's claim, claimant, title
    or checker, in any form; reviews by ``site``; in ``language``, whatever the region; none of
    whose dates is before ``since``."""

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
        if not self.reviews:
            return ()
        wanted = set(terms(quote))
        telling: Counter[int] = Counter()
        weights: defaultdict[int, float] = defaultdict(float)
        for term in wanted:
            for number in self._claims.get(term, ()):
                telling[number] += _tells(term)
                weights[number] += self._weight(term)
        whole = sum(map(self._weight, wanted))
        likeness = {
            number: weight / min(whole, self._told[number])
            for number, weight in weights.items()
            if telling[number] >= LEAST_SHARED
        }
        likely = [number for number, share in likeness.items() if share >= SHARE]
        likely.sort(key=lambda number: (-likeness[number], number))
        return tuple(self.reviews[number] for number in likely[:ABOUT_MAXIMUM])

    def find(self, asked: Asked) -> Sequence[ClaimReview]:
        """All that answer, newest first."""
        wanted = set(terms(asked.words))
        if wanted:
            lists = sorted((self._words.get(term, ()) for term in wanted), key=len)
            numbers = sorted(set(lists[0]).intersection(*lists[1:]))
        elif asked.words:  # of marks alone
            numbers = []
        else:
            numbers = list(range(len(self.reviews)))
        found = (self.reviews[number] for number in numbers)
        return [review for review in found if _answers(review, asked)]

    @cached_property
    def _claims(self) -> dict[str, list[int]]:
        """By term, the reviews whose claim has it."""
        return _by_term(set(terms(review.claim)) for review in self.reviews)

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """By term, the reviews that have it anywhere."""
        return _by_term(
            set(terms(" ".join(filter(None, (one.claim, one.claimant, one.title, one.publisher)))))
            for one in self.reviews
        )

    @cached_property
    def _told(self) -> list[float]:
        """How much the claim of each tells."""
        return [sum(map(self._weight, set(terms(one.claim)))) for one in self.reviews]

    def _weight(self, term: str) -> float:
        """Never nothing: a review alone has no rare words."""
        having = len(self._claims.get(term, ()))
        return 0.1 + log((len(self.reviews) + 1) / (having + 0.5))


def _tells(term: str) -> bool:
    """Roughly: words of three letters are mostly grammar, and a script without spaces has none.

    >>> [_tells(term) for term in ("the", "harvest", "wir", "мир", "平")]
    [False, True, False, True, True]
    """
    return len(term) > LONGEST_GRAMMAR or not term.isascii()


def _by_term(several: Iterable[set[str]]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(several):
        for word in words:
            found[word].append(number)
    return dict(found)


def _answers(review: ClaimReview, asked: Asked) -> bool:
    newest = review.newest
    return (
        (asked.site is None or review.site == asked.site)
        and (asked.language is None or _primary(review.language) == _primary(asked.language))
        and (asked.since is None or (newest is not None and newest >= asked.since))
    )


def _primary(tag: str | None) -> str | None:
    return tag and tag.partition("-")[0].lower()
