"""Pieces: a claimed quotation that is in no single statement, part by part.

Two quotations may have been joined, a true one continued with invented words, or the reporter may
have split what the claim has as one.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from service.domain import ANY_ACT, QUOTATION_FORMS, Query
from service.index.port import Snapshot
from service.verification.comparing.alignment import TELLING_RUN, Step
from service.verification.comparing.claim_parts import Part, weigh
from service.verification.comparing.comparison import Comparison, compare, weight
from service.verification.comparing.matches import Claim
from service.verification.findings import DiffOp
from service.verification.searching.candidates import Search, best_first, found_of
from service.verification.texts.passages import passage_around

LONG_GAP = 4
"""Missing claimed words in a row that separate two parts."""
LEAST_WEIGHT = 2.5
"""Least weight of a part; less occurs somewhere by chance."""
LEAST_COVERAGE, NEARLY_ALL = 0.8, 0.95
"""Share of a part's weight that must be found; nearly all if it weighs little. Set by hand."""
PIECE_SHARE, PIECE_LIMIT = 0.75, 12
"""Share of a piece's words that a statement must have, and how many statements are compared with
it, since each costs time. Set by hand.
"""
MOST_PARTS = 8
"""Most parts of a claim; each costs a query, and a quotation of a paragraph has fewer."""
NEIGHBOURS = 200
"""Statements of the source that are examined: one page of the index."""


def lacks_words(comparison: Comparison) -> bool:
    """Whether several claimed words in a row are missing."""
    return any(
        step.i2 - step.i1 >= LONG_GAP and step.op is not DiffOp.EQUAL for step in comparison.changes
    )


def runs_over(comparison: Comparison) -> bool:
    """Whether claimed words at an end are missing: they may be beside the statement."""
    ends = (comparison.steps[0], comparison.steps[-1])
    return any(step.i2 - step.i1 > 1 and step in comparison.changes for step in ends)


def around(index: Snapshot, claim: Claim, comparison: Comparison) -> Comparison:
    """The comparison with the source's text around the statement; quoted words of the same speaker
    nearby count as the speaker's.
    """
    statement = comparison.passage.statement
    source = index.source(statement.source.id).source
    quoted = Query(source=source.id, forms=QUOTATION_FORMS, acts=ANY_ACT, limit=NEIGHBOURS)
    page = index.find(quoted)
    neighbours = (hit.statement for hit in page.items)
    room = len(claim.folded.text)
    return compare(claim.folded, passage_around(comparison.passage, source, room, neighbours))


def parts_of(search: Search, claim: Claim, compared: Iterable[Comparison]) -> list[Part]:
    """The parts that were found, in the order of the claimed words, without overlaps.

    Parts of statements already compared come first, the longest before the others; what they leave
    is looked up separately.
    """
    chosen: list[Part] = []
    for first, last, comparison in _strong(claim, compared):
        if all(last <= one.first or one.last <= first for one in chosen):
            chosen += _part(claim, first, last, comparison)
    for first, last in _left_over(claim, chosen):
        found = _best_of(search, claim.part(first, last))
        if found is not None:
            chosen += _part(claim, first, last, found)
    return sorted(chosen, key=lambda part: part.first)


def weightiest(parts: Iterable[Part]) -> Comparison | None:
    """The comparison of the part with the largest weight, or None."""
    heavy = max(parts, key=lambda one: weigh(one.claim, 0, one.last - one.first), default=None)
    return None if heavy is None else heavy.comparison


def _part(claim: Claim, first: int, last: int, found: Comparison) -> list[Part]:
    alone = claim.part(first, last)
    comparison = compare(alone.folded, found.passage)
    return [Part(first, last, alone, comparison)] if comparison.steps else []


def _strong(claim: Claim, compared: Iterable[Comparison]) -> list[tuple[int, int, Comparison]]:
    """Parts that cannot be chance, the largest weight first."""
    found = []
    for comparison in best_first(claim, compared):
        for steps in _stretches(comparison.steps):
            first, last = steps[0].i1, steps[-1].i2
            there = sum(
                weight(word)
                for step in steps
                if step.op is DiffOp.EQUAL
                for word in claim.folded.words[step.i1 : step.i2]
            )
            enough = last - first >= TELLING_RUN and there >= LEAST_WEIGHT
            if enough and there >= LEAST_COVERAGE * weigh(claim, first, last):
                found.append((there, first, last, comparison))
    found.sort(key=lambda one: -one[0])
    return [(first, last, comparison) for _, first, last, comparison in found]


def _stretches(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Yields steps from one run of equal words to another, without a long gap between."""
    stretch: list[Step] = []
    pending: list[Step] = []
    for step in steps:
        if step.op is not DiffOp.EQUAL:
            pending.append(step)
            continue
        if stretch and any(one.i2 - one.i1 >= LONG_GAP for one in pending):
            yield stretch
            stretch, pending = [], []
        stretch += [*pending, step] if stretch else [step]
        pending = []
    if stretch:
        yield stretch


def _left_over(claim: Claim, chosen: Iterable[Part]) -> list[tuple[int, int]]:
    """The stretches outside all parts, cut at sentences and elisions."""
    taken = sorted((part.first, part.last) for part in chosen)
    edges = [(0, 0), *taken, (len(claim.folded.words),) * 2]
    free = [(left[1], right[0]) for left, right in pairwise(edges)]
    cut = [part for first, last in free for part in _sentences(claim, first, last)]
    long = [(first, last) for first, last in cut if last - first >= LONG_GAP]
    return long[:MOST_PARTS] if len(long) > 1 or taken else []


def _sentences(claim: Claim, first: int, last: int) -> Iterator[tuple[int, int]]:
    folded = claim.folded
    start = first
    for word in range(first + 1, last):
        if word in folded.elisions or any(mark in folded.gap(word) for mark in ".!?"):
            yield start, word
            start = word
    if start < last:
        yield start, last


def _best_of(search: Search, claim: Claim) -> Comparison | None:
    found = found_of(claim, search.sharing(claim, PIECE_SHARE, PIECE_LIMIT))
    telling = weigh(claim, 0, len(claim.folded.words))
    least = LEAST_COVERAGE if telling >= LEAST_WEIGHT else NEARLY_ALL
    strong = (one for one in found if one.similarity >= least)
    return next(strong, None)
