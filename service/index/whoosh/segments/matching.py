"""Matching: which documents of a segment match a query.

Everything is computed on whole ascending arrays of document numbers, rarest first.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt

from service.deadline import in_time
from service.domain import ANY_ACT, SPEECH, Form, Query
from service.index.analysis import fold
from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.format.postings import Postings
from service.index.whoosh.format.segment_writer import SOURCE_TYPES
from service.index.whoosh.segments.segment import NOTHING, Mask, Segment, kind_mask
from service.index.words import Expression, Phrase

ALL_FORMS = frozenset(Form)

Integers = npt.NDArray[np.unsignedinteger[Any]]
Places = npt.NDArray[np.intp]


def matching(
    segment: Segment, query: Query, expression: Expression, said: Numbers | None
) -> Numbers:
    """The matching statements, ascending; ``said`` are the living ones of the query's speakers."""
    between = _between(segment, query)
    found = [_expressed(segment, group, between) for group in expression.groups]
    if said is not None:
        found.append(_cut(said, between))
    if query.source is not None:
        found.append(_of_source(segment, query.source))
    documents = intersection(found) if found else segment.statements
    if said is None:
        documents = segment.living(documents)
    for excluded in expression.excluded:
        _, there = locate(_expressed(segment, (excluded,), between), documents)
        documents = documents[~there]
    return _filtered(segment, query, _cut(documents, between))


def _between(segment: Segment, query: Query) -> range | None:
    """The documents whose dates may match, as a range of numbers: newest come first.

    A date that starts before ``published_from`` may still end after it, within the same year.
    """
    since, to = query.published_from, query.published_to
    if since is None and to is None:
        return None
    start = segment.files.until(_day(to)) if to else 0
    return range(start, segment.files.until(since.year * 10000 if since else 0))


def _cut(documents: Numbers, between: range | None) -> Numbers:
    if between is None:
        return documents
    start, stop = documents.searchsorted((between.start, between.stop))
    return documents[start:stop]


def _expressed(segment: Segment, group: Sequence[Phrase], between: range | None) -> Numbers:
    """The documents, removed ones included, with any of the phrases."""
    found = [_phrase(segment, phrase, between) for phrase in in_time(group)]
    return found[0] if len(found) == 1 else _union(segment, found)


def intersection(lists: Sequence[Numbers]) -> Numbers:
    if len(lists) == 1:
        return lists[0]
    rarest, *others = sorted(lists, key=len)
    for other in others:
        _, there = locate(other, rarest)
        rarest = rarest[there]
    return rarest


def locate(haystack: Integers, needles: Integers) -> tuple[Places, Mask]:
    """The position of each needle in the ascending ``haystack``, and whether it is there.

    For a needle that is not there the position is meaningless.
    """
    if not len(haystack):
        return np.zeros(len(needles), dtype=np.intp), np.zeros(len(needles), dtype=bool)
    places = haystack.searchsorted(needles)
    # a needle above the maximum lands on the maximum, which it does not equal
    return places, haystack.take(places, mode="clip") == needles


def _union(segment: Segment, lists: Sequence[Numbers]) -> Numbers:
    mask = np.zeros(segment.files.size, dtype=bool)
    for documents in lists:
        mask[documents] = True
    return np.flatnonzero(mask).astype(np.uint32)


def _phrase(segment: Segment, phrase: Phrase, between: range | None) -> Numbers:
    lists = [segment.files.postings("words", term) for term in phrase.terms]
    present = [postings for postings in lists if postings is not None]
    if len(present) < len(lists):
        return NOTHING
    documents = intersection([_cut(postings.documents, between) for postings in present])
    if len(present) == 1 or not len(documents):
        return documents
    starts = _places(present[0], documents)
    for offset, postings in enumerate(in_time(present[1:]), start=1):
        _, there = locate(_places(postings, documents), starts + np.uint64(offset))
        starts = starts[there]
    return np.unique(starts >> np.uint64(32)).astype(np.uint32)


def _places(postings: Postings, documents: Numbers) -> npt.NDArray[np.uint64]:
    """Every position of a term in these documents as one ascending number: document, position.

    ``documents`` must be among those of the postings.
    """
    slots, _ = locate(postings.documents, documents)
    counts = postings.frequencies.take(slots).astype(np.int64)
    ends = postings.frequencies.cumsum(dtype=np.int64).take(slots)
    # the k-th position of a document is its list's start plus k: its distance from the k-th overall
    # equals the distance between its list's ends here and there
    shift = (ends - counts.cumsum()).repeat(counts)
    places = (documents.astype(np.uint64) << np.uint64(32)).repeat(counts)
    places += postings.positions.take(shift + np.arange(len(shift)))
    return places


def _of_source(segment: Segment, source_id: str) -> Numbers:
    document = segment.find("source", source_id)
    if document is None:
        return NOTHING
    return np.array(segment.source_range(document)[1:], dtype=np.uint32)


def _filtered(segment: Segment, query: Query, documents: Numbers) -> Numbers:
    row = segment.row
    if not _takes_all(segment, query):
        # take() equals [] but needs half the time for a few documents
        chosen = kind_mask(query.forms, query.acts, query.denied)
        documents = documents[chosen.take(row["kind"].take(documents))]
    if query.published_from is not None:
        documents = documents[row["last"][documents] >= _day(query.published_from)]
    if query.source_type is not None:
        wanted = SOURCE_TYPES.index(query.source_type)
        documents = documents[row["source_type"][documents] == wanted]
    if query.min_confidence > 0:
        documents = documents[row["sure"][documents] >= _at_least(query.min_confidence)]
    if query.publisher is not None:
        documents = published_by(segment, query.publisher, documents)
    if query.language is not None:
        documents = documents[
            _language(segment.files.languages, query.language)[row["language"][documents]]
        ]
    return documents


def _takes_all(segment: Segment, query: Query) -> bool:
    """Whether the query accepts every kind of statement in the segment."""
    if query.forms != ALL_FORMS or query.denied:
        return False
    everything = query.denied is None and query.acts == ANY_ACT
    return everything or (query.acts >= SPEECH and segment.files.is_all_said)


def published_by(segment: Segment, publisher: str, documents: Numbers) -> Numbers:
    """Those of ``documents`` by this publisher, ignoring case."""
    return documents[
        _chosen(segment.files.publishers, publisher)[segment.row["publisher"][documents]]
    ]


def _chosen(values: Sequence[str], wanted: str) -> Mask:
    """For each value of the catalogue, whether it is the wanted one."""
    folded = fold(wanted).strip()
    return np.array([False, *(fold(value).strip() == folded for value in values)])


def _language(values: Sequence[str], wanted: str) -> Mask:
    """Matches a language with its regions: "en" also matches "en-GB"."""
    folded = fold(wanted).strip()
    return np.array(
        [False, *(fold(v) == folded or fold(v).startswith(f"{folded}-") for v in values)]
    )


def _at_least(confidence: float) -> int:
    """The least number of hundredths that is not below ``confidence``, despite rounding of 0.29 *
    100.

    >>> _at_least(0.29), _at_least(0.955)
    (29, 96)
    """
    return ceil(round(confidence * 100, 6))


def _day(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
