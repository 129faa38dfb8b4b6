"""Clusters: one quotation in all its wordings across sources.

Computed on demand from the index: each distinct wording is looked up once, by its rarest words, and
joined with those that say most of it in the same order. So a cluster is never out of date, and all
clusters together cost as many lookups as there are wordings.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from service.deadline import in_time
from service.domain import ELLIPSIS, Form, Page, Span, Statement
from service.index.cursors import read_cursor, write_cursor
from service.index.port import Snapshot
from service.verification.comparing.comparison import compare_with
from service.verification.findings import Cluster, Sighting, Wording
from service.verification.searching.circulation import circulation_of, oldest_first
from service.verification.texts.words import Folded, fold_words

LOOKUP_SHARE, LOOKUP_LIMIT = 0.4, 500
SHORTEST = 4
"""Words: a shorter wording is joined only with equal ones."""
LEAST_PART = 0.4
"""Least share of the longer wording's words that the shorter one has."""
SAME = 0.8
"""Similarity of the shorter wording to its stretch of the longer."""
MOST_MEMBERS, MOST_COMPARED = 500, 3_000_000
"""A formula ("God bless America") may have more members; the first found are shown. After comparing
statements of this many characters the search ends: 1 s.
"""
BEGINNING = 4_000
"""Characters of a speech that are compared and looked up for all of it: two that begin with the
same 700 words are one. All of one with 1 MB took 14 s (python -m bench.costs).
"""


@dataclass(frozen=True, slots=True)
class _Wording:
    """A statement with the words that are clustered: those quoted, else all of it.

    ``beginning`` are the first of them; ``words`` estimates their number.
    """

    statement: Statement
    beginning: Folded
    words: float


def cluster(index: Snapshot, statement_id: str) -> Cluster:
    """Returns the cluster of a statement, perhaps only itself.

    Raises NotFound.
    """
    members = _members(index, _wording(index.statement(statement_id)))
    members.sort(key=lambda one: oldest_first(one.statement))
    circulation = circulation_of(index, (_circulated(members[0], one) for one in members))
    speakers = Counter(one.statement.speaker for one in members if one.statement.speaker)
    ranked = sorted(speakers.items(), key=lambda pair: (-pair[1], pair[0].id))
    return Cluster(members[0].statement.id, circulation, tuple(ranked))


def mentions_of(found: Cluster, limit: int, cursor: str | None = None) -> Page[Sighting]:
    """One page of a cluster's mentions, whose order does not change if more is indexed in between.

    Raises InvalidParameter ("cursor").
    """
    mentions = found.circulation.mentions
    later = mentions
    if cursor is not None:
        last = read_cursor(_PAGES, cursor, tuple[str, str, int, str])
        later = tuple(one for one in mentions if oldest_first(one.statement) > last)
    shown = later[:limit]
    more = len(later) > limit
    following = write_cursor(_PAGES, oldest_first(shown[-1].statement)) if more else None
    return Page(shown, len(mentions), following)


_PAGES = ("cluster",)
"""Without the statement asked about: any statement of a cluster leads to the same one."""


def _wording(statement: Statement) -> _Wording:
    longest_text = statement.text
    if statement.form is Form.MIXED:
        longest = max(statement.quoted, key=len)
        longest_text = next(text for span, text in _quoted(statement) if span == longest)
    beginning = fold_words(_beginning(longest_text))
    words = len(beginning.words) * len(longest_text) / max(1, len(beginning.text))
    return _Wording(statement, beginning, words)


def _beginning(text: str) -> str:
    """The whole words in the first ``BEGINNING`` characters."""
    return (
        text if len(text) <= BEGINNING else text[:BEGINNING].rpartition(" ")[0] or text[:BEGINNING]
    )


def _quoted(statement: Statement) -> Iterator[tuple[Span, str]]:
    """Quoted stretches with their words, taken from the statement's own text."""
    start = 0
    for piece in statement.spans:
        for span in statement.quoted:
            if piece.covers(span):
                offset = start - piece.start
                yield span, statement.text[span.start + offset : span.end + offset]
        start += len(piece) + len(ELLIPSIS)


def _members(index: Snapshot, first: _Wording) -> list[_Wording]:
    """All wordings reached from ``first``, each distinct one looked up once."""
    members = {first.statement.id: first}
    waiting, seen = [first], {first.beginning.words}
    compared = 0
    while waiting and len(members) < MOST_MEMBERS and compared < MOST_COMPARED:
        present = waiting.pop()
        text = present.beginning.text
        for statement in in_time(index.sharing(text, LOOKUP_SHARE, LOOKUP_LIMIT)):
            if statement.id in members or statement.denied is not first.statement.denied:
                continue
            found = _wording(statement)
            compared += len(found.beginning.text)
            if not _same_quotation(present, found):
                continue
            members[statement.id] = found
            if found.beginning.words not in seen:
                seen.add(found.beginning.words)
                waiting.append(found)
    return list(members.values())


def _same_quotation(one: _Wording, other: _Wording) -> bool:
    short, long = sorted((one, other), key=lambda wording: wording.words)
    if len(short.beginning.words) < SHORTEST:
        return short.beginning.words == long.beginning.words
    if short.words < LEAST_PART * long.words:
        return False
    return compare_with(short.beginning, long.statement).similarity >= SAME


def _circulated(first: _Wording, one: _Wording) -> tuple[Statement, Wording, str]:
    """The member's statement and text, with its wording compared with the first's."""
    if one.statement.form is Form.INDIRECT:
        return one.statement, Wording.PARAPHRASE, one.beginning.text
    if one.words <= first.words:
        wording = compare_with(one.beginning, first.statement).wording
    else:
        wording = compare_with(first.beginning, one.statement).wording
    return one.statement, wording, one.beginning.text
