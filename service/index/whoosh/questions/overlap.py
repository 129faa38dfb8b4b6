"""Sharing: the statements that have most of the terms of a text, whatever their order.

What verification begins with. A statement that has ``quorum`` of the terms has at least one of
all but the ``quorum - 1`` most common ones, so that only the lists of the rarest are gone
through; the common ones are looked up for the statements that are left.
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
from service.index.whoosh.generations.snapshot import Snapshot
from service.index.whoosh.segments.matching import locate
from service.index.whoosh.segments.ranking import (
    Ranked,
    Scores,
    first_of,
    gather_statistics,
    highest,
)
from service.index.whoosh.segments.segment import NOTHING, Mask, Segment, kind_mask

SPARSE = 8
"""Lists with fewer documents than this part of a segment's are sorted, so that what a question
costs does not grow with the segment; longer ones are counted in an array of its size, which is
faster for them (python -m bench.verify)."""
_ROUNDING = 1e-9
"""0.55 of 20 terms are 11 of them, though 0.55 * 20 is 11.000000000000002."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """``weights`` by term, the rarest first; a statement must have ``quorum`` of them."""

    weights: dict[str, float]
    quorum: int
    forms: frozenset[Form]
    limit: int


def sharing(
    snapshot: Snapshot, text: str, share: float, limit: int, forms: frozenset[Form]
) -> list[Statement]:
    """The port's ``sharing`` on one generation."""
    if not 0 < share <= 1:
        raise InvalidParameter("share", f"{share} is no share; above 0 and at most 1")
    if limit < 1:
        raise InvalidParameter("limit", f"{limit} is too few; from 1 on")
    distinct = sorted(set(terms(text)))
    if not distinct:
        return []
    statistics = gather_statistics(snapshot.segments, snapshot.totals, distinct)
    rarest = sorted(distinct, key=statistics.frequencies.__getitem__)
    quorum = math.ceil(share * len(rarest) - _ROUNDING)
    weights = {term: statistics.weight(term) for term in rarest}
    sought = _Sought(weights, quorum, forms, limit)
    ranked = [
        _best(position, one, sought) for position, one in enumerate(in_time(snapshot.segments))
    ]
    found = first_of(snapshot.segments, ranked, limit)
    return [
        snapshot.statement(snapshot.segments[position].files, document)
        for _, position, document in found
    ]


def _best(position: int, segment: Segment, sought: _Sought) -> Iterable[Ranked]:
    """The first ``limit`` of the segment; ranks are how little is shared, then the length."""
    documents, scores = _having_quorum(segment, sought)
    row = segment.row
    chosen = kind_mask(sought.forms, ANY_ACT, None)[row["kind"][documents]]
    documents, scores = documents[chosen], scores[chosen]
    kept = highest(scores, sought.limit)
    documents, scores = documents[kept], scores[kept]
    lengths = row["length"][documents]
    places = np.lexsort((documents, lengths, -scores))[: sought.limit]
    ranks = zip((-scores[places]).tolist(), lengths[places].tolist(), strict=True)
    return zip(ranks, repeat(position), documents[places].tolist(), strict=False)


def _having_quorum(segment: Segment, sought: _Sought) -> tuple[Numbers, Scores]:
    """The documents with at least ``quorum`` of the terms, and the sum of what these weigh: in the
    same order for all, so that equal shares have equal sums."""
    lists = [(segment.documents("words", term), weight) for term, weight in sought.weights.items()]
    first = len(lists) - sought.quorum + 1
    telling, common = lists[:first], lists[first:]
    documents, shared = _counted(segment, [found for found, _ in telling])
    scores = np.zeros(len(documents))
    for left, (found, weight) in zip(range(len(common), 0, -1), in_time(common), strict=True):
        documents, shared, scores = _only(shared + left >= sought.quorum, documents, shared, scores)
        if not len(documents):
            return NOTHING, scores
        _, there = locate(found, documents)
        shared += there
        scores += weight * there
    documents, shared, scores = _only(shared >= sought.quorum, documents, shared, scores)
    for found, weight in in_time(telling):
        scores += weight * locate(found, documents)[1]
    return documents, scores


def _only(
    kept: Mask, documents: Numbers, shared: Numbers, scores: Scores
) -> tuple[Numbers, Numbers, Scores]:
    return documents[kept], shared[kept], scores[kept]


def _counted(segment: Segment, lists: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """The documents in any of these lists, ascending, and in how many of them each is."""
    if SPARSE * sum(map(len, lists)) < segment.files.size:
        found = np.unique_counts(np.concatenate([NOTHING, *lists]))
        return found.values, found.counts.astype(np.uint32)
    counts = np.zeros(segment.files.size, dtype=np.uint16)
    for documents in lists:
        counts[documents] += 1
    present = np.flatnonzero(counts != 0).astype(np.uint32)
    return present, counts[present].astype(np.uint32)
