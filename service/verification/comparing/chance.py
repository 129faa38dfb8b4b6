"""Chance: whether a claim shares more with a statement than unrelated news texts do.

"I don't believe in the devil" shares as many words with "I don't believe in superdelegates" as many
an altered quotation with its original. The difference is how much of the claim the next best
statement with other content has, whether the words found are a whole sentence or quotation, whether
the stretch found is as long as the claim, and how informative the missing words are. The shared
words themselves are measured in comparison.py.
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
"""Similarity at which a statement is surely found, as nearly all words are shared, however common
they are; and below which it surely is not, as the weights below never accept it.
"""
ONE_TEXT = 0.7
"""Share of distinct words of two stretches with the same content, as variants and reprints have."""
ANYWHERE = 1.0
"""Informative words that some text shares with any claim, though a small index may not hold it."""
TELLING_SENTENCE, WORDS_OF_SENTENCE, LONG_SENTENCE = 3.0, 5, 9
"""Least weight and words of a sentence that counts as evidence of an invented end rather than a
chance combination of words (bench/verify.py: "invented tail" beside "never: word pairs"); nine
words suffice even if all are common.
"""
_EDGE = re.compile(r"[.!?:;…。！？؟।\n\"“”]|\]")


class Signs(NamedTuple):
    """Evidence of an edited copy rather than a chance overlap; words are counted.

    ``apart`` are the informative words that no other text has; ``whole`` is 1 if the stretch begins
    and ends with a sentence or a quotation; ``lacking`` are the claimed words not found,
    ``telling_lacking`` the informative ones of them; ``longer`` is the difference in length;
    ``speaker_share`` is the speaker's share of the words found.
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
"""Log-odds, learned by bench/chance.py on PolNeAR's training articles, seeds 101 to 104: quotations
with 30 % of their words exchanged, against those of other articles and against random
combinations of words. The constant accepts 5 in 1,000 of the latter, most of which were nearly
said.
"""


AS_CLAIMED = 1.5
"""Log-odds added if the speaker is the claimed one: one in five chance overlaps at most is with
words of the claimed speaker, whoever that is (PolNeAR's most quoted speaker has one in eleven
statements).
"""


def is_found(comparison: Comparison, by_chance: float, as_claimed: bool) -> bool:
    """Whether so much of the claim is found that it cannot be chance.

    ``by_chance`` is the weight of the words that a statement with other content shares;
    ``as_claimed`` says that the speaker is the claimed one.
    """
    if not is_doubtful(comparison):
        return comparison.similarity >= SURELY_SIMILAR
    odds: float = sum(map(mul, WEIGHTS, signs_of(comparison, by_chance)))
    return odds + AS_CLAIMED * as_claimed > 0


def is_doubtful(comparison: Comparison) -> bool:
    """Whether the similarity alone decides nothing."""
    return HARDLY_SIMILAR <= comparison.similarity < SURELY_SIMILAR


def signs_of(comparison: Comparison, by_chance: float) -> Signs:
    """The evidence of a comparison; ``by_chance`` is as in ``is_found``."""
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
    """The largest weight of words that a statement with other content shares with the claim."""
    said = _words_found(best)
    return max((telling(one) for one in others if not _is_one_text(said, one)), default=ANYWHERE)


def telling(comparison: Comparison) -> float:
    """Weight of the words that are the same on both sides."""
    return sum(
        weight(word)
        for step in comparison.steps
        if step.op is DiffOp.EQUAL
        for word in comparison.claimed.words[step.i1 : step.i2]
    )


def edges(comparison: Comparison) -> int:
    """Number of the stretch's ends (0 to 2) that are edges of a sentence or a quotation."""
    first, last = comparison.steps[0].j1, comparison.steps[-1].j2
    spoken, text = comparison.passage.spoken, comparison.passage.folded
    return _is_edge(text, spoken, first) + _is_edge(text, spoken, last)


def has_sentence(comparison: Comparison) -> bool:
    """Whether the claim contains a whole sentence or quotation of the speaker's word for word, too
    long to be a formula.
    """
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
    """The longest ranges of the speaker's own words between these two that begin and end at an edge
    of a sentence or a quotation: an invented end may share its "and".
    """
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
    """Whether a sentence or a quotation begins or ends right before this word."""
    at_end = word in (0, len(text.words)) or spoken[word] != spoken[word - 1]
    return at_end or bool(_EDGE.search(text.gap(word)))
