"""The page of a source: its text with statements marked, and its metadata."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import orjson
from flask import Response

from service.api.answered.listing import listed
from service.api.answered.schemas import SourcePageSchema, SourceSchema
from service.api.asked.parameters import SourcePageParameters, SourceQuoteParameters
from service.api.asked.parsing import StrictParser
from service.api.calls.pages.lists import QUOTATIONS
from service.api.calls.pages.question import page
from service.api.calls.pages.statements import list_of
from service.api.context.parts import snapshot
from service.domain import Act, Query, Span
from service.rendering.prefix import prefixed
from service.web import marks
from service.web.text import cut

LISTED = 50
"""Sources per page of the list."""

METADATA_SHOWN = 20
"""Other declared metadata shown; the JSON has all."""

_show = SourceSchema().dump
_show_list = SourcePageSchema().dump
_QUOTED = replace(QUOTATIONS, taken=SourceQuoteParameters())
_PARAMETERS = SourcePageParameters()


def sources_page(parameters: Mapping[str, Any]) -> Response:
    limit = min(parameters["limit"], LISTED)
    content, headers = listed(snapshot().sources(**{**parameters, "limit": limit}))
    response = page("sources", content=prefixed(_show_list(content)))
    response.headers.update(headers)
    return response


def quoted_in(query: Query, id: str) -> Response:
    source = snapshot().source(id).source
    title = source.title.value if source.title else source.id
    named = replace(_QUOTED, name=f"Quotations in “{cut(title, 80)}”")
    return list_of(replace(query, source=source.id), named)


def source_page(id: str) -> Response:
    """The page of a source; of a long text, the requested part."""
    parameters = StrictParser().parse_query(_PARAMETERS)
    summary = snapshot().source(id)
    source = summary.source
    wanted = _part(source.text, **parameters)
    part, statements = marks.fitting(wanted, snapshot().statements_in(source.id, wanted))
    reads = [one for one in marks.read_in_text(source) if one.span.overlaps(part)]
    return page(
        "source",
        one=prefixed(_show(summary)),
        pieces=marks.marked(source.text, part, statements, reads),
        shown={one.name for one in reads},
        part=part,
        before=marks.part_before(source.text, part.start),
        length=len(source.text),
        others=any(one.denied or one.act is Act.ATTITUDE for one in statements),
        more=list(_declared(source.metadata)),
    )


def _part(text: str, start: int = 0, statement: str | None = None) -> Span:
    if statement is None:
        return marks.part_from(text, min(start, len(text)))
    return marks.part_with(text, snapshot().statement(statement).spans[0].start)


def _declared(metadata: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in list(metadata.items())[:METADATA_SHOWN]:
        yield name, value if isinstance(value, str) else orjson.dumps(value).decode()
