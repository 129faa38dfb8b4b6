"""Matching: which documents of a segment answer a query.

Everything is done on whole ascending arrays of document numbers, the rarest first.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from service.domain import Form, Query
from service.index.analysis import fold
from service.index.whoosh.columns import Numbers
from service.index.whoosh.postings import Postings
from service.index.whoosh.segment import NOTHING, Mask, Segment
from service.index.words import Expression, Phrase

Integers = npt.NDArray[np.unsignedinteger[Any]]
Places = npt.NDArray[np.intp]


def matching(
    segment: Segment, query: Query, expression: Expression, said: Numbers | None
) -> Numbers:
    """The statements that answer ``query``, ascending; ``said`` are those of its speakers."""
    found = [expressed(segment, group) for group in expression.groups]
    if said is not None:
        found.append(said)
    if query.source is not None:
        found.append(_of_source(segment, query.source))
    documents = segment.living(intersection(found)) if found else segment.statements
    for excluded in expression.excluded:
        _, there = locate(expressed(segment, (excluded,)), documents)
        documents = documents[~there]
    return _filtered(segment, query, documents)


def expressed(segment: Segment, group: Sequence[Phrase]) -> Numbers:
    """The documents, alive or not, where any of the phrases stands."""
    found = [_phrase(segment, phrase) for phrase in group]
    return found[0] if len(found) == 1 else _union(segment, found)


def intersection(lists: Sequence[Numbers]) -> Numbers:
    rarest, *others = sorted(lists, key=len)
    for other in others:
        _, there = locate(other, rarest)
        rarest = rarest[there]
    return rarest


def locate(haystack: Integers, needles: Integers) -> tuple[Places, Mask]:
    """Where in ascending ``haystack`` each needle stands, and whether it does."""
    if not len(haystack):
        return np.zeros(len(needles), dtype=np.intp), np.zeros(len(needles), dtype=bool)
    places = np.searchsorted(haystack, needles)
    places[places == len(haystack)] = 0
    return places, haystack[places] == needles


def _union(segment: Segment, lists: Sequence[Numbers]) -> Numbers:
    mask = np.zeros(segment.files.size, dtype=bool)
    for documents in lists:
        mask[documents] = True
    return np.flatnonzero(mask).astype(np.uint32)


def _phrase(segment: Segment, phrase: Phrase) -> Numbers:
    lists = [segment.files.postings("words", term) for term in phrase.terms]
    present = [postings for postings in lists if postings is not None]
    if len(present) < len(lists):
        return NOTHING
    documents = intersection([postings.documents for postings in present])
    if len(present) == 1 or not len(documents):
        return documents
    starts = _places(present[0], documents)
    for offset, postings in enumerate(present[1:], start=1):
        _, there = locate(_places(postings, documents), starts + np.uint64(offset))
        starts = starts[there]
    return np.unique(starts >> np.uint64(32)).astype(np.uint32)


def _places(postings: Postings, documents: Numbers) -> npt.NDArray[np.uint64]:
    """Every place of a term in these documents as one ascending number: document, position.

    ``documents`` must be among those of the postings.
    """
    slots, _ = locate(postings.documents, documents)
    ends = np.cumsum(postings.frequencies, dtype=np.int64)
    counts = postings.frequencies[slots].astype(np.int64)
    # the k-th place of a document is its list's start plus k
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    positions = postings.positions[np.repeat(ends[slots] - counts, counts) + steps]
    places = np.repeat(documents.astype(np.uint64) << np.uint64(32), counts)
    places += positions
    return places


def _of_source(segment: Segment, source_id: str) -> Numbers:
    document = segment.find("source", source_id)
    if document is None:
        return NOTHING
    return np.array(segment.source_range(document)[1:], dtype=np.uint32)


def _filtered(segment: Segment, query: Query, documents: Numbers) -> Numbers:
    row = segment.row
    if len(query.forms) < len(Form):
        documents = documents[segment.form_mask(query.forms)[row["form"][documents]]]
    if query.published_from is not None or query.published_to is not None:
        documents = documents[row["first"][documents] > 0]
    if query.published_from is not None:
        documents = documents[row["last"][documents] >= _day(query.published_from)]
    if query.published_to is not None:
        documents = documents[row["first"][documents] <= _day(query.published_to)]
    if query.publisher is not None:
        documents = published_by(segment, query.publisher, documents)
    if query.language is not None:
        documents = documents[
            _language(segment.files.languages, query.language)[row["language"][documents]]
        ]
    return documents


def published_by(segment: Segment, publisher: str, documents: Numbers) -> Numbers:
    """Those of ``documents`` whose publisher it is, in any case."""
    return documents[
        _chosen(segment.files.publishers, publisher)[segment.row["publisher"][documents]]
    ]


def _chosen(values: Sequence[str], wanted: str) -> Mask:
    """By number in the catalogue, whether the value is the wanted one."""
    folded = fold(wanted).strip()
    return np.array([False, *(fold(value).strip() == folded for value in values)])


def _language(values: Sequence[str], wanted: str) -> Mask:
    """ "en" also means "en-GB"."""
    folded = fold(wanted).strip()
    return np.array(
        [False, *(fold(v) == folded or fold(v).startswith(f"{folded}-") for v in values)]
    )


def _day(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
