"""Chance: whether a claim shares more with a statement than texts of news share anyway.

"I don't believe in the devil" has as many words of "I don't believe in superdelegates" as many an
altered quotation has of its original. What tells them apart is how much of the claim the next
statement has that says something else, whether the words found are a whole sentence or quotation,
whether the stretch found is as long as the claim, and how telling the words are that it lacks.
Which words a statement has at all is measured in comparison.py.
"""

import math
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import mul
from typing import NamedTuple

from service.verification.comparing.comparison import Comparison, weight
from service.verification.findings import DiffOp
from service.verification.texts.words import Folded

SURELY_SIMILAR, HARDLY_SIMILAR = 0.9, 0.4
"""Similarities from which on nothing needs weighing: nearly all words are there, however common
they are, or fewer than the weights below ever let pass."""
ONE_TEXT = 0.7
"""Shared distinct words of two stretches that say the same, as variants and reprints do."""
ANYWHERE = 1.0
"""Telling words that some text shares with a claim, though a small index may not hold it."""
TELLING_SENTENCE, WORDS_OF_SENTENCE, LONG_SENTENCE = 3.0, 5, 9
"""What a sentence has at least that separate an invented end from words put together by chance
(bench/verify.py: "invented tail" beside "never: word pairs"); of nine words even the most common
ones are not."""
_EDGE = re.compile(r"[.!?:;…。！？؟।\n\"“”]|\]")


class Signs(NamedTuple):
    """What speaks for an edited copy and against a chance overlap; words are counted.

    ``apart`` are the telling words that no other text has, ``whole`` is 1 where the stretch
    begins and ends with a sentence or a quotation, ``lacking`` are the claimed words that are not
    there, ``telling_lacking`` those of them that tell something, ``longer`` is by how much one
    side is longer, ``speaker_share`` the share of the words found that are the speaker's.
    """

    constant: float
    apart: float
    whole: float
    there: float
    lacking: float
    telling_lacking: float
    longer: float
    speaker_share: float


WEIGHTS = Signs(
    constant=-6.2,
    apart=2.6,
    whole=3.8,
    there=1.35,
    lacking=-1.9,
    telling_lacking=-0.7,
    longer=-2.65,
    speaker_share=2.3,
)
"""Logarithms of odds, learned by bench/chance.py on PolNeAR's training articles, seeds 101 to 104:
quotations with 30 % of their words exchanged against those of other articles and against words put
together by chance. The constant lets 5 in 1,000 of the latter pass, most of which were nearly
said."""


AS_CLAIMED = 1.5
"""Logarithm of odds: one in five chance overlaps at most is with words of who is said to have
said it, whoever that is (PolNeAR's most quoted speaker has one in eleven statements)."""


def is_found(comparison: Comparison, by_chance: float, as_claimed: bool) -> bool:
    """Whether so much of the claimed words is there that it cannot be chance.

    ``by_chance`` are the telling words that a statement has that says something else;
    ``as_claimed`` says that the speaker is who the claim says.
    """
    if not is_doubtful(comparison):
        return comparison.similarity >= SURELY_SIMILAR
    odds: float = sum(map(mul, WEIGHTS, signs_of(comparison, by_chance)))
    return odds + AS_CLAIMED * as_claimed > 0


def is_doubtful(comparison: Comparison) -> bool:
    return HARDLY_SIMILAR <= comparison.similarity < SURELY_SIMILAR


def signs_of(comparison: Comparison, by_chance: float) -> Signs:
    words = comparison.claimed.words
    there = lacking = telling_lacking = longer = 0.0
    for step in comparison.steps:
        if step.elided:
            continue
        longer += (step.j2 - step.j1) - (step.i2 - step.i1)
        for word, part in zip(words[step.i1 : step.i2], comparison.matched(step), strict=True):
            there += part
            lacking += 1 - part
            telling_lacking += (1 - part) * weight(word)
    return Signs(
        constant=1.0,
        apart=math.log1p(max(0.0, telling(comparison) - max(by_chance, ANYWHERE))),
        whole=float(edges(comparison) == 2),
        there=there,
        lacking=lacking,
        telling_lacking=telling_lacking,
        longer=math.log1p(abs(longer)),
        speaker_share=comparison.speaker_share,
    )


def by_chance(best: Comparison, others: Iterable[Comparison]) -> float:
    """The most telling words of the claim in a statement that says something else."""
    said = _words_found(best)
    return max((telling(one) for one in others if not _is_one_text(said, one)), default=ANYWHERE)


def telling(comparison: Comparison) -> float:
    """The words that are the same on both sides, by how much they tell."""
    return sum(
        weight(word)
        for step in comparison.steps
        if step.op is DiffOp.EQUAL
        for word in comparison.claimed.words[step.i1 : step.i2]
    )


def edges(comparison: Comparison) -> int:
    """At how many of its ends (0 to 2) the stretch found begins or ends with a sentence or a
    quotation."""
    first, last = comparison.steps[0].j1, comparison.steps[-1].j2
    spoken, text = comparison.passage.spoken, comparison.passage.folded
    return _is_edge(text, spoken, first) + _is_edge(text, spoken, last)


def has_sentence(comparison: Comparison) -> bool:
    """Whether a whole sentence or quotation of the speaker's is claimed word for word, long enough
    to be no formula."""
    for step in comparison.steps:
        if step.op is not DiffOp.EQUAL or step.i2 - step.i1 < WORDS_OF_SENTENCE:
            continue
        for first, last in _whole_within(comparison, step.j1, step.j2):
            start = step.i1 + first - step.j1
            words = comparison.claimed.words[start : start + last - first]
            telling = sum(map(weight, words)) >= TELLING_SENTENCE or len(words) >= LONG_SENTENCE
            if telling and len(words) >= WORDS_OF_SENTENCE:
                return True
    return False


def _whole_within(comparison: Comparison, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The longest stretches of the speaker's own words between these two that begin and end with a
    sentence or a quotation: the "and" of an invented end may be there, too."""
    text, spoken = comparison.passage.folded, comparison.passage.spoken
    for theirs, group in groupby(range(first, last), key=spoken.__getitem__):
        words = list(group)
        if theirs and len(words) >= WORDS_OF_SENTENCE:
            ends = [k for k in (*words, words[-1] + 1) if _is_edge(text, spoken, k)]
            if len(ends) > 1:
                yield ends[0], ends[-1]


def _is_one_text(said: frozenset[str], other: Comparison) -> bool:
    found = _words_found(other)
    return len(said & found) >= ONE_TEXT * len(said | found)


def _words_found(comparison: Comparison) -> frozenset[str]:
    first, last = comparison.steps[0].j1, comparison.steps[-1].j2
    return frozenset(comparison.passage.folded.words[first:last])


def _is_edge(text: Folded, spoken: tuple[bool, ...], word: int) -> bool:
    """Whether a sentence or a quotation begins or ends in front of this word."""
    at_end = word in (0, len(text.words)) or spoken[word] != spoken[word - 1]
    return at_end or bool(_EDGE.search(text.gap(word)))
