"""Pages of statements: a list, a single statement, a quotation in all its wordings."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, current_app

from service.api.answered.clusters import cluster_content
from service.api.answered.negotiation import PAGE
from service.api.answered.schemas import ClusterSchema, StatementSchema
from service.api.answered.schemas.linked import linked
from service.api.calls.pages.lists import Kind, empty_page, statements_page
from service.api.calls.pages.question import page, present, see_other
from service.api.context.parts import full_address, snapshot
from service.domain import QUOTATION_FORMS, Query, Statement
from service.rendering.prefix import prefix, prefixed
from service.rendering.statements import statement_links
from service.verification import cluster, mentions_of
from service.web import copies
from service.web.listed import shown
from service.web.marks import PART
from service.web.text import is_web_address

_show = StatementSchema().dump
_show_cluster = ClusterSchema().dump


def list_page(kind: Kind) -> Callable[[Query], Response]:
    """A view that answers queries of this kind."""
    return lambda query: list_of(query, kind)


def list_of(query: Query, kind: Kind) -> Response:
    written, headers = statements_page(snapshot(), query, kind, present())
    return Response(written, mimetype=PAGE, headers=headers)


def search_form() -> Response:
    """The search page: the form if nothing is asked, a list of quotations if there are no words."""
    parameters = present().parameters
    if parameters:
        return see_other("/quotes", parameters.items())
    return Response(empty_page(present()), mimetype=PAGE)


def statement_page(statement: Statement) -> Response:
    """The page of a statement, with the other wordings of its quotation."""
    written = prefixed(_show(statement))
    found = cluster(snapshot(), statement.id)
    content = cluster_content(found, mentions_of(found, limit=1), "", {})
    url = statement.source.url or ""
    return page(
        "statement",
        s=written,
        shown=shown(written),
        cluster=prefixed(_show_cluster(content)),
        place=prefix() + place_of(statement),
        original=url if is_web_address(url) and len(url) <= copies.LONGEST else None,
        copies=_copies(statement, written) if len(statement.text) <= copies.LONGEST else None,
    )


def place_of(statement: Statement) -> str:
    """The address of the statement in its source's page."""
    links = statement_links(statement)
    if statement.spans[0].start < PART // 2:
        return links["page"]
    return f"{links['source']}?statement={statement.id}#{statement.id}"


def _copies(statement: Statement, written: Mapping[str, Any]) -> dict[str, str | None]:
    is_quotation = statement.form in QUOTATION_FORMS
    return {
        "text": copies.as_text(written),
        "citation": copies.as_citation(written),
        "html": copies.as_html(written),
        "linked": current_app.json.dumps(linked(statement, full_address()))
        if is_quotation
        else None,
    }
