"""Overlap: finds the statements with most of the terms of a text, in any order.

The first step of verification. A statement with ``quorum`` of the terms has at least one of all but
the ``quorum - 1`` commonest, so only the lists of the rarest are merged; the common ones are looked
up for the remaining statements.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from service.deadline import in_time
from service.domain import ANY_ACT, Form, Statement
from service.errors import InvalidParameter
from service.index.analysis import terms
from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.generations.snapshot import Generation
from service.index.whoosh.segments.matching import locate
from service.index.whoosh.segments.ranking import (
    Ranked,
    Scores,
    first_of,
    highest,
    inverse_frequency,
)
from service.index.whoosh.segments.segment import NOTHING, Segment, kind_mask

SPARSE = 8
"""Lists with fewer documents than this fraction of a segment are sorted, so that the cost does not
grow with the segment; longer ones are counted in an array of its size, which is faster for them
(python -m bench.verify)."""
_ROUNDING = 1e-9
"""0.55 of 20 terms is 11 of them, though 0.55 * 20 is 11.000000000000002."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The distinct terms of a text, rarest first, with their weights and, by segment, their
    documents."""

    weights: Sequence[float]
    lists: Sequence[Sequence[Numbers]]


def sought_in(snapshot: Generation, text: str) -> Sought:
    """What several calls of ``sharing`` for the same text have in common."""
    distinct = sorted(set(terms(text)))
    lists = [
        [segment.documents("words", term) for term in in_time(distinct)]
        for segment in snapshot.segments
    ]
    counts = [sum(map(len, found)) for found in zip(*lists, strict=True)]
    rarest = sorted(range(len(counts)), key=counts.__getitem__)
    statements, _ = snapshot.totals
    return Sought(
        [inverse_frequency(counts[place], statements) for place in rarest],
        [[found[place] for place in rarest] for found in lists],
    )


def sharing(
    snapshot: Generation, sought: Sought, share: float, limit: int, forms: frozenset[Form]
) -> list[Statement]:
    """The port's ``sharing`` on one generation."""
    if not 0 < share <= 1:
        raise InvalidParameter("share", f"{share} is not a share; expected above 0 and at most 1")
    if limit < 1:
        raise InvalidParameter("limit", f"{limit} is too few; expected 1 or more")
    if not sought.weights:
        return []
    quorum = math.ceil(share * len(sought.weights) - _ROUNDING)
    ranked: list[Iterable[Ranked]] = []
    for position, segment in enumerate(in_time(snapshot.segments)):
        lists = list(zip(sought.lists[position], sought.weights, strict=True))
        found = _of_forms(segment, forms, *_having_quorum(segment, lists, quorum))
        ranked.append(_best(position, segment, *found, limit))
    return [
        snapshot.statement(snapshot.segments[position].files, document)
        for _, position, document in first_of(snapshot.segments, ranked, limit)
    ]


def _of_forms(
    segment: Segment, forms: frozenset[Form], documents: Numbers, scores: Scores
) -> tuple[Numbers, Scores]:
    chosen = kind_mask(forms, ANY_ACT, None)[segment.row["kind"][documents]]
    return documents[chosen], scores[chosen]


def _best(
    position: int, segment: Segment, documents: Numbers, scores: Scores, limit: int
) -> Iterable[Ranked]:
    """The segment's first ``limit`` documents, ranked by how little they share, then by length."""
    kept = highest(scores, limit)
    documents, scores = documents[kept], scores[kept]
    lengths = segment.row["length"][documents]
    places = np.lexsort((documents, lengths, -scores))[:limit]
    ranks = zip((-scores[places]).tolist(), lengths[places].tolist(), strict=True)
    return zip(ranks, repeat(position), documents[places].tolist(), strict=False)


def _having_quorum(
    segment: Segment, lists: Sequence[tuple[Numbers, float]], quorum: int
) -> tuple[Numbers, Scores]:
    """The documents with at least ``quorum`` of the terms, and the sums of the terms' weights.

    The summation order is the same for all, so that equal shares have equal sums.
    """
    first = len(lists) - quorum + 1
    telling, common = lists[:first], lists[first:]
    documents, shared = _counted(segment, [found for found, _ in telling])
    scores = np.zeros(len(documents))
    for left, (found, weight) in zip(range(len(common), 0, -1), common, strict=True):
        kept = shared + left >= quorum
        if not kept.all():
            documents, shared, scores = documents[kept], shared[kept], scores[kept]
            if not len(documents):
                return NOTHING, scores
        _, there = locate(found, documents)
        shared += there
        scores += weight * there
    kept = shared >= quorum
    documents, scores = documents[kept], scores[kept]
    for found, weight in telling:
        scores += weight * locate(found, documents)[1]
    return documents, scores


def _counted(segment: Segment, lists: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """The documents in any of these lists, ascending, and the number of lists with each."""
    if SPARSE * sum(map(len, lists)) < segment.files.size:
        found = np.unique_counts(np.concatenate([NOTHING, *lists]))
        return found.values, found.counts.astype(np.uint32)
    counts = np.zeros(segment.files.size, dtype=np.uint16)
    for documents in lists:
        counts[documents] += 1
    present = np.flatnonzero(counts != 0).astype(np.uint32)
    return present, counts[present].astype(np.uint32)
