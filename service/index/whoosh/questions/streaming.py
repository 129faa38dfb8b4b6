"""Streaming: all matches of a query one by one, so that a million need little memory.

Matches are found and sorted once; the statements are read as the caller consumes them and are not
cached.
"""

from collections.abc import Iterator
from itertools import islice

from service.domain import Hit, Query, Statement
from service.index.highlighting import Highlighter
from service.index.port import Rendering
from service.index.whoosh.generations.snapshot import Generation
from service.index.whoosh.questions.pages import (
    matching_of,
    sort_of,
    speakers_of,
    statistics_of,
    terms_of,
)
from service.index.whoosh.segments.ranking import Ranked, Wanted, in_order
from service.index.words import Expression, parse_words

AT_ONCE = 100
"""Pre-rendered statements read together. None has more than 20,000 characters."""


def every(snapshot: Generation, query: Query) -> Iterator[Statement]:
    """The port's ``every`` on one generation."""
    return map(snapshot.read, _ranked(snapshot, query, parse_words(query.words)))


def every_rendered(snapshot: Generation, query: Query, rendering: Rendering) -> Iterator[bytes]:
    """The port's ``every_rendered`` on one generation."""
    expression = parse_words(query.words)
    ranked = _ranked(snapshot, query, expression)
    if not expression.groups:
        return _ready_made(snapshot, ranked, rendering)
    spans = Highlighter(expression).spans
    statements = map(snapshot.read, ranked)
    return (rendering(Hit(statement, spans(statement.text))) for statement in statements)


def _ready_made(
    snapshot: Generation, ranked: Iterator[Ranked], rendering: Rendering
) -> Iterator[bytes]:
    while several := list(islice(ranked, AT_ONCE)):
        yield from snapshot.rendered(several, rendering)


def _ranked(snapshot: Generation, query: Query, expression: Expression) -> Iterator[Ranked]:
    """All matches in order. Raises InvalidParameter."""
    terms = terms_of(expression)
    sort = sort_of(query, terms)
    found = matching_of(snapshot, query, expression, speakers_of(snapshot, query))
    statistics = statistics_of(snapshot, sort, terms)
    wanted = Wanted(sort, max(map(len, found), default=0), None, statistics)
    return in_order(snapshot.segments, found, wanted)
