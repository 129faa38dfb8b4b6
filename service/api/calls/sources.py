"""Sources: metadata, text, and the quotations in them."""

from dataclasses import replace
from typing import Any

from flask import Response

from service.api.answered.listing import Listed, listed
from service.api.answered.schemas import (
    ReprintedSourceSchema,
    SourcePageSchema,
    StatementPageSchema,
)
from service.api.asked.parameters import SourceQuoteParameters, SourcesParameters
from service.api.calls.blueprint import LINK, Blueprint
from service.api.calls.exporting import exported
from service.api.calls.exports import SOURCE_LINE, STATEMENT_LINE, export_sources, export_statements
from service.api.calls.pages import sources as pages
from service.api.context.parts import snapshot
from service.domain import Query, SourceSummary
from service.rendering.statement_json import STATEMENT_JSON

blueprint = Blueprint("Sources", "The sources, with the origin of every metadata value.")

SOURCE_ID = {"in": "path", "name": "id", "description": "Id of the source"}


@blueprint.route("/sources")
@blueprint.arguments(SourcesParameters, location="query")
@blueprint.response(200, SourcePageSchema, description="One page of sources", headers=LINK)
@exported(blueprint, "/sources", SourcesParameters, export_sources, SOURCE_LINE)
@blueprint.page(pages.sources_page)
def sources(parameters: dict[str, Any]) -> Listed:
    """Sources

    Newest first; those without a known year last.
    """
    return listed(snapshot().sources(**parameters))


@blueprint.route("/sources/<id>", parameters=[SOURCE_ID])
@blueprint.response(200, ReprintedSourceSchema, description="The source")
@blueprint.page(pages.source_page, takes=True)
@blueprint.alt_response(404, "NotFound")
def source(id: str) -> SourceSummary:
    """One source

    Each value says whether it was declared or inferred, and from where in the text. Sources with
    nearly the same text, such as a wire story in several papers, are listed in `reprints`; all but
    the earliest are a `reprint_of` that one.
    """
    present = snapshot()
    return replace(present.source(id), reprints=present.reprints(id))


@blueprint.route("/sources/<id>/text", parameters=[SOURCE_ID])
@blueprint.response(
    200, {"type": "string"}, content_type="text/plain", description="The text, UTF-8"
)
@blueprint.alt_response(404, "NotFound")
def source_text(id: str) -> Response:
    """The text of a source, unchanged

    All spans are counted in its Unicode code points. `ETag` is its SHA-256.
    """
    found = snapshot().source(id).source
    response = Response(found.text, mimetype="text/plain")
    response.set_etag(found.sha256, weak=True)
    return response


def _quoted_in(query: Query, id: str) -> Query:
    return replace(query, source=snapshot().source(id).source.id)


def _export_quoted(query: Query, id: str) -> Response:
    return export_statements("Quotations", _quoted_in(query, id))


@blueprint.route("/sources/<id>/quotes", parameters=[SOURCE_ID])
@blueprint.arguments(SourceQuoteParameters, location="query")
@blueprint.response(200, StatementPageSchema, description="One page of quotations", headers=LINK)
@exported(
    blueprint,
    "/sources/<id>/quotes",
    SourceQuoteParameters,
    _export_quoted,
    STATEMENT_LINE,
    of=SOURCE_ID,
)
@blueprint.page(pages.quoted_in)
@blueprint.alt_response(404, "NotFound")
def source_quotes(query: Query, id: str) -> Listed:
    """Quotations in a source"""
    return listed(snapshot().find_rendered(_quoted_in(query, id), STATEMENT_JSON))
