"""Pages of statements, sources and speakers, with their cursors and facets."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Annotated, NamedTuple, TypeAlias, TypeVar

from msgspec import Meta

from service.deadline import in_time
from service.domain import (
    Act,
    Form,
    Hit,
    Page,
    Query,
    Sort,
    SourceSummary,
    Speaker,
    SpeakerSummary,
)
from service.errors import InvalidParameter
from service.index.cursors import read_cursor, write_cursor
from service.index.highlighting import Highlighter
from service.index.port import Rendering
from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.format.segment_writer import Order
from service.index.whoosh.generations.snapshot import Generation
from service.index.whoosh.generations.walking import Position, SpeakerOrder
from service.index.whoosh.segments.matching import matching, published_by
from service.index.whoosh.segments.ranking import (
    Ranked,
    Statistics,
    Wanted,
    gather_statistics,
    order_of,
    page,
)
from service.index.whoosh.segments.suggestions import respelt
from service.index.words import Expression, parse_words

T = TypeVar("T")


_Count: TypeAlias = Annotated[int, Meta(ge=0, lt=1 << 53)]


class _RelevancePosition(NamedTuple):
    """Where a page ended: score and order of the last item, and the statistics used for scoring.

    These are the number of statements, their mean length, and how many have each term.
    """

    score: float
    order: Order
    made_with: tuple[_Count, float, list[_Count]]


Show = Callable[[Generation, Sequence[Ranked], Expression], tuple[T, ...]]
"""Makes a page's items of its documents, or of the first ones if all would be too large."""

PAGE_BYTES = 1_500_000
"""Bytes of pre-rendered items; a page of 200 quotations has about 300,000, one of speeches more."""

READ_BYTES = 16_000_000
"""Bytes of records that a page of sources reads: they include the texts, which are not returned."""


def find(snapshot: Generation, query: Query) -> Page[Hit]:
    """The port's ``find`` on one generation."""
    return _find(snapshot, query, _hits)


def find_rendered(snapshot: Generation, query: Query, rendering: Rendering) -> Page[bytes]:
    """The port's ``find_rendered`` on one generation."""

    def render(
        snapshot: Generation, shown: Sequence[Ranked], expression: Expression
    ) -> tuple[bytes, ...]:
        if expression.groups:  # pre-rendered statements have no highlights
            return _fitting(map(rendering, _marked(snapshot, shown, expression)))
        rendered = snapshot.rendered(shown, rendering)
        if sum(map(len, rendered)) <= PAGE_BYTES:  # nearly always; takes a thirtieth of the time
            return tuple(rendered)
        return _fitting(rendered)

    return _find(snapshot, query, render)


def _fitting(rendered: Iterable[bytes]) -> tuple[bytes, ...]:
    """The first item, and as many more as a page's bytes allow."""
    fitting: list[bytes] = []
    left = PAGE_BYTES
    for one in rendered:
        left -= len(one)
        if left < 0 and fitting:
            break
        fitting.append(one)
    return tuple(fitting)


def _find(snapshot: Generation, query: Query, show: Show[T]) -> Page[T]:
    _check_limit(query.limit)
    expression = parse_words(query.words)
    terms = terms_of(expression)
    sort = sort_of(query, terms)
    question = _question(query, sort)
    after, statistics = _read_position(question, query.cursor, terms)
    segments = snapshot.segments
    speakers = speakers_of(snapshot, query)
    found = matching_of(snapshot, query, expression, speakers)
    total = sum(map(len, found))
    if statistics is None:
        statistics = statistics_of(snapshot, sort, terms)
    shown = page(segments, found, Wanted(sort, query.limit + 1, after, statistics))
    items = show(snapshot, shown[: query.limit], expression)
    return Page(
        items=items,
        total=total,
        next=_write_position(snapshot, question, shown, len(items), statistics),
        facets={facet: snapshot.facets.count(facet, found) for facet in query.facets},
        speakers=speakers,
        did_you_mean=None if total else _respelt(snapshot, query, expression, speakers),
    )


def terms_of(expression: Expression) -> list[str]:
    """The distinct wanted terms in a fixed order."""
    if not expression.groups:
        return []
    return sorted({term for phrase in expression.phrases for term in phrase.terms})


def speakers_of(snapshot: Generation, query: Query) -> tuple[Speaker, ...]:
    """The speakers the query may mean."""
    return () if query.speaker is None else snapshot.directory.named(query.speaker)


def sort_of(query: Query, terms: Sequence[str]) -> Sort:
    return query.sort or (Sort.RELEVANCE if terms else Sort.NEWEST)


def statistics_of(snapshot: Generation, sort: Sort, terms: Sequence[str]) -> Statistics:
    """The statistics for scoring, if the order needs scores."""
    if sort is not Sort.RELEVANCE or not terms:  # as in most lists: constant then
        return snapshot.unscored
    return gather_statistics(snapshot.segments, snapshot.totals, terms)


def matching_of(
    snapshot: Generation, query: Query, expression: Expression, speakers: Sequence[Speaker]
) -> list[Numbers]:
    """The matching statements, one list per segment; ``speakers`` are those the query means."""
    return [
        matching(
            segment,
            query,
            expression,
            None if query.speaker is None else snapshot.directory.documents(position, speakers),
        )
        for position, segment in enumerate(snapshot.segments)
    ]


def _hits(snapshot: Generation, shown: Sequence[Ranked], expression: Expression) -> tuple[Hit, ...]:
    return tuple(_marked(snapshot, shown, expression))


def _marked(snapshot: Generation, shown: Sequence[Ranked], expression: Expression) -> Iterator[Hit]:
    """One by one, because highlighting more than fits on a page takes long."""
    statements = [
        snapshot.statement(snapshot.segments[position].files, document)
        for _, position, document in shown
    ]
    if not expression.groups:
        yield from map(Hit, statements)
        return
    spans = Highlighter(expression).spans
    for statement in in_time(statements):
        yield Hit(statement, spans(statement.text))


def _respelt(
    snapshot: Generation, query: Query, expression: Expression, speakers: Sequence[Speaker]
) -> str | None:
    """A spelling of the query's words that would have found something; None if there is none."""
    words = respelt(snapshot.segments, query.words, expression)
    if words is None:
        return None
    found = matching_of(snapshot, query, parse_words(words), speakers)
    return words if any(map(len, found)) else None


def sources(
    snapshot: Generation, publisher: str | None, limit: int, cursor: str | None
) -> Page[SourceSummary]:
    _check_limit(limit)
    question = ("sources", publisher)
    after, _ = _read_position(question, cursor, ())
    found = [
        segment.sources if publisher is None else published_by(segment, publisher, segment.sources)
        for segment in snapshot.segments
    ]
    nothing = Statistics(0, 0, {})
    shown = page(snapshot.segments, found, Wanted(Sort.NEWEST, limit + 1, after, nothing))
    items = _summaries(snapshot, shown[:limit])
    return Page(
        items=items,
        total=sum(map(len, found)),
        next=_write_position(snapshot, question, shown, len(items), nothing),
    )


def _summaries(snapshot: Generation, shown: Sequence[Ranked]) -> tuple[SourceSummary, ...]:
    """The first source, and as many more as a page may read and hold."""
    summaries: list[SourceSummary] = []
    to_read, to_tell = READ_BYTES, PAGE_BYTES
    for _, position, document in in_time(shown):
        files = snapshot.segments[position].files
        summary, size = files.source(document).summary(), len(files.record(document))
        to_read -= size
        to_tell -= size - len(summary.source.text.encode())
        if min(to_read, to_tell) < 0 and summaries:
            break
        summaries.append(summary)
    return tuple(summaries)


def speakers(
    snapshot: Generation, name: str | None, limit: int, cursor: str | None
) -> Page[SpeakerSummary]:
    _check_limit(limit)
    directory, question = snapshot.directory, ("speakers", name)
    order = directory.everybody if name is None else SpeakerOrder(directory.named(name))
    after = None if cursor is None else read_cursor(question, cursor, Position)
    shown, end = order.page(limit, after)
    return Page(
        items=tuple(directory.summary(speaker) for speaker in in_time(shown)),
        total=len(order.found),
        next=None if end is None else write_cursor(question, end.key()),
        speakers=() if name is None else order.found,
    )


def _check_limit(limit: int) -> None:
    if limit < 1:
        raise InvalidParameter("limit", f"{limit} is too few; expected 1 or more")


def _question(query: Query, sort: Sort) -> str:
    """Everything that defines the list of statements: all but facets, limit and cursor."""
    question = (
        query.words,
        query.speaker,
        _names(query.forms),
        _names(query.acts),
        query.denied,
        query.publisher,
        query.source,
        query.language,
        query.published_from,
        query.published_to,
        query.source_type and query.source_type.value,
        query.min_confidence,
        sort.value,
    )
    return repr(question)


@lru_cache
def _names(chosen: frozenset[Form] | frozenset[Act]) -> list[str]:
    return sorted(one.value for one in chosen)


def _write_position(
    snapshot: Generation,
    question: Sequence[object],
    shown: Sequence[Ranked],
    limit: int,
    statistics: Statistics,
) -> str | None:
    if len(shown) <= limit:
        return None
    last = shown[limit - 1]
    frequencies = [statistics.frequencies[term] for term in sorted(statistics.frequencies)]
    made_with = [statistics.statements, statistics.length, frequencies]
    order = order_of(snapshot.segments, last)
    return write_cursor(question, [-last[0], list(order), made_with])


def _read_position(
    question: Sequence[object], cursor: str | None, terms: Sequence[str]
) -> tuple[tuple[float, Order] | None, Statistics | None]:
    if cursor is None:
        return None, None
    position = read_cursor(question, cursor, _RelevancePosition)
    statements, length, frequencies = position.made_with
    by_term = dict(zip(terms, frequencies, strict=False))
    return (position.score, position.order), Statistics(statements, length, by_term)
