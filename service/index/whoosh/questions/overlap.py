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
from service.index.whoosh.segments.ranking import Ranked, first_of, gather_statistics, highest
from service.index.whoosh.segments.segment import NOTHING, Segment, kind_mask

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
    documents = _having_quorum(segment, list(sought.weights), sought.quorum)
    row = segment.row
    documents = documents[kind_mask(sought.forms, ANY_ACT, None)[row["kind"][documents]]]
    documents = segment.living(documents)
    scores = np.zeros(len(documents))
    for term, weight in in_time(sought.weights.items()):
        # the same terms are summed in the same order: equal shares have equal scores
        scores += weight * _have(segment, term, documents)
    kept = highest(scores, sought.limit)
    documents, scores = documents[kept], scores[kept]
    lengths = row["length"][documents]
    places = np.lexsort((documents, lengths, -scores))[: sought.limit]
    ranks = zip((-scores[places]).tolist(), lengths[places].tolist(), strict=True)
    return zip(ranks, repeat(position), documents[places].tolist(), strict=False)


def _having_quorum(segment: Segment, rarest: Sequence[str], quorum: int) -> Numbers:
    """The documents, alive or not, with at least ``quorum`` of these terms."""
    telling, common = rarest[: len(rarest) - quorum + 1], rarest[len(rarest) - quorum + 1 :]
    documents, shared = _counted(segment, telling)
    for left, term in zip(range(len(common), 0, -1), common, strict=True):
        kept = shared + left >= quorum
        documents, shared = documents[kept], shared[kept]
        if not len(documents):
            return NOTHING
        shared += _have(segment, term, documents)
    return documents[shared >= quorum]


def _counted(segment: Segment, words: Iterable[str]) -> tuple[Numbers, Numbers]:
    """The documents with any of these terms, ascending, and how many of them each has."""
    lists = [
        postings.documents
        for term in words
        if (postings := segment.files.postings("words", term)) is not None
    ]
    if SPARSE * sum(map(len, lists)) < segment.files.size:
        found = np.unique_counts(np.concatenate([NOTHING, *lists]))
        return found.values, found.counts.astype(np.uint32)
    counts = np.zeros(segment.files.size, dtype=np.uint16)
    for documents in lists:
        counts[documents] += 1
    present = np.flatnonzero(counts != 0).astype(np.uint32)
    return present, counts[present].astype(np.uint32)


def _have(segment: Segment, term: str, documents: Numbers) -> Numbers:
    """1 for each of the documents that has the term, else 0."""
    postings = segment.files.postings("words", term)
    if postings is None:
        return np.zeros(len(documents), dtype=np.uint16)
    _, there = locate(postings.documents, documents)
    return there.astype(np.uint16)
