"""Exports: statements, speakers and sources as the rows, lines and entries of complete lists."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import orjson
from flask import Response

from service.api.answered.entries import source_entry, speaker_entry, statement_entry
from service.api.answered.negotiation import ATOM, form
from service.api.answered.schemas import SourceSchema, SpeakerSummarySchema
from service.api.calls.exporting import Whole, export
from service.api.context.parts import full_address, snapshot
from service.domain import Hit, Page, Query, Sort, SourceSummary, SpeakerSummary, Statement
from service.rendering.prefix import prefix, prefixed_statement, prefixed_with
from service.rendering.shapes import Shape
from service.rendering.statement_json import STATEMENT_JSON
from service.rendering.statements import TEXT, TEXT_SHOWN, HitSchema, statement_links
from service.rendering.tables import (
    SOURCE_COLUMNS,
    SPEAKER_COLUMNS,
    STATEMENT_COLUMNS,
    source_row,
    speaker_row,
    statement_row,
)
from service.verification import cluster, mentions_of

T = TypeVar("T")

SOURCES_AT_ONCE, SPEAKERS_AT_ONCE = 50, 1_000
"""Per read from the index; fewer sources, because they are read with their texts."""

STATEMENT_LINE, SPEAKER_LINE = HitSchema(many=True), SpeakerSummarySchema(many=True)
SOURCE_LINE = SourceSchema(many=True)
"""The shape of a line as openapi.yaml shows it: a list, because there are several lines."""

COLUMNS = (*STATEMENT_COLUMNS, "is_cut", "link", "original")


def export_statements(title: str, query: Query) -> Response:
    """All statements that the query finds; a feed is sorted newest first even for words."""
    found, base_path, root = snapshot(), prefix(), full_address()
    if form() == ATOM:
        query = replace(query, sort=query.sort or Sort.NEWEST)

    def lines() -> Iterator[bytes]:
        written = found.every_rendered(query, STATEMENT_JSON)
        return (prefixed_statement(one, base_path) + b"\n" for one in written)

    def page() -> Page[Statement]:
        hits = found.find(query)
        return Page(tuple(hit.statement for hit in hits.items), hits.total, hits.next)

    whole = Whole(
        title,
        COLUMNS,
        row=partial(_statement_row, root),
        entry=partial(statement_entry, root),
        every=lambda: found.every(query),
        lines=lines,
        page=page,
    )
    return export(whole)


def export_cluster(id: str, parameters: Mapping[str, Any]) -> Response:
    """The statements of a cluster, oldest first; in a feed newest first."""
    found, base_path, root = cluster(snapshot(), id), prefix(), full_address()
    said = [mention.statement for mention in found.circulation.mentions]
    if form() == ATOM:
        said.reverse()

    def lines() -> Iterator[bytes]:
        written = (STATEMENT_JSON(Hit(statement)) for statement in said)
        return (prefixed_statement(one, base_path) + b"\n" for one in written)

    def page() -> Page[Statement]:
        mentions = mentions_of(found, parameters["limit"] or len(said), parameters.get("cursor"))
        return Page(tuple(one.statement for one in mentions.items), mentions.total, mentions.next)

    whole = Whole(
        f"Who has {found.id}",
        COLUMNS,
        row=partial(_statement_row, root),
        entry=partial(statement_entry, root),
        every=lambda: iter(said),
        lines=lines,
        page=page,
    )
    return export(whole)


def export_speakers(parameters: Mapping[str, Any]) -> Response:
    found, root = snapshot(), full_address()
    every = partial(_every, partial(found.speakers, parameters.get("name"), SPEAKERS_AT_ONCE))
    whole: Whole[SpeakerSummary] = Whole(
        "Speakers",
        SPEAKER_COLUMNS,
        row=speaker_row,
        entry=partial(speaker_entry, root),
        every=every,
        lines=partial(_lines, SpeakerSummarySchema(), every, prefix()),
        page=partial(found.speakers, **parameters),
    )
    return export(whole)


def export_sources(parameters: Mapping[str, Any]) -> Response:
    found, root = snapshot(), full_address()
    every = partial(_every, partial(found.sources, parameters.get("publisher"), SOURCES_AT_ONCE))
    whole: Whole[SourceSummary] = Whole(
        "Sources",
        SOURCE_COLUMNS,
        row=source_row,
        entry=partial(source_entry, root),
        every=every,
        lines=partial(_lines, SourceSchema(), every, prefix()),
        page=partial(found.sources, **parameters),
    )
    return export(whole)


def _every(ask: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """The items of all pages that ``ask`` returns, starting with no cursor."""
    cursor: str | None = None
    while True:
        page = ask(cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def _lines(schema: Shape, every: Callable[[], Iterator[Any]], base_path: str) -> Iterator[bytes]:
    for one in every():
        content = prefixed_with(schema.write(one), base_path)
        yield orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)


def _statement_row(root: str, statement: Statement) -> tuple[object, ...]:
    """The columns of a statement: its text, whether that is shortened, and links to it here and at
    its publisher."""
    is_cut = len(statement.text) > TEXT_SHOWN
    links = statement_links(statement)
    cells = statement_row(statement)
    if is_cut:
        cells = tuple(TEXT.convert(one) if isinstance(one, str) else one for one in cells)
    return (*cells, "true" if is_cut else "false", root + links["self"], links.get("original"))
