"""Statements: quotations, reported speech, and both."""

from collections.abc import Callable
from functools import partial

from flask import Response, current_app

from service.api.answered.listing import Listed, listed
from service.api.answered.negotiation import LINKED
from service.api.answered.schemas import StatementPageSchema, StatementSchema
from service.api.answered.schemas.linked import LINKED_SCHEMA, linked
from service.api.asked.parameters import ClaimParameters, QuoteParameters, SearchParameters
from service.api.calls.blueprint import LINK, Blueprint
from service.api.calls.exporting import exported
from service.api.calls.exports import STATEMENT_LINE, export_statements
from service.api.calls.pages import statements as pages
from service.api.calls.pages.lists import CLAIMS, EVERYTHING, QUOTATIONS
from service.api.context.parts import full_address, snapshot
from service.domain import CLAIM_FORMS, QUOTATION_FORMS, Query, Statement
from service.errors import NotFound
from service.rendering.prefix import prefix
from service.rendering.statement_json import STATEMENT_JSON

blueprint = Blueprint(
    "Statements", "Who said what. A quotation contains the speaker's own words; a claim does not."
)

STATEMENT_ID = {"in": "path", "name": "id", "description": "Id of the statement"}


@blueprint.route("/quotes")
@blueprint.arguments(QuoteParameters, location="query")
@blueprint.response(200, StatementPageSchema, description="One page of quotations", headers=LINK)
@exported(
    blueprint, "/quotes", QuoteParameters, partial(export_statements, "Quotations"), STATEMENT_LINE
)
@blueprint.page(pages.list_page(QUOTATIONS))
def quotes(query: Query) -> Listed:
    """Quotations

    Newest first; by relevance if there is a `q`.
    """
    return listed(snapshot().find_rendered(query, STATEMENT_JSON))


def _quotation(id: str) -> Statement:
    statement = snapshot().statement(id)
    if statement.form not in QUOTATION_FORMS:
        raise NotFound(f"{id} is a claim, not a quotation: {prefix()}/claims/{id}")
    return statement


def _linked(find: Callable[[str], Statement], id: str) -> Response:
    written = current_app.json.dumps(linked(find(id), full_address()))
    return Response(written, mimetype=LINKED)


@blueprint.route("/quotes/<id>", parameters=[STATEMENT_ID])
@blueprint.response(200, StatementSchema, description="The quotation")
@blueprint.also(LINKED, partial(_linked, _quotation), LINKED_SCHEMA)
@blueprint.page(lambda id: pages.statement_page(_quotation(id)))
@blueprint.alt_response(404, "NotFound")
def quote(id: str) -> Statement:
    """One quotation

    With `Accept: application/ld+json`: a schema.org Quotation.
    """
    return _quotation(id)


@blueprint.route("/claims")
@blueprint.arguments(ClaimParameters, location="query")
@blueprint.response(
    200, StatementPageSchema, description="One page of reported speech", headers=LINK
)
@exported(
    blueprint,
    "/claims",
    ClaimParameters,
    partial(export_statements, "Reported speech"),
    STATEMENT_LINE,
)
@blueprint.page(pages.list_page(CLAIMS))
def claims(query: Query) -> Listed:
    """Reported speech

    The words are the reporter's and must not be passed off as the speaker's.
    """
    return listed(snapshot().find_rendered(query, STATEMENT_JSON))


def _claim(id: str) -> Statement:
    statement = snapshot().statement(id)
    if statement.form not in CLAIM_FORMS:
        raise NotFound(f"{id} is a quotation, not a claim: {prefix()}/quotes/{id}")
    return statement


@blueprint.route("/claims/<id>", parameters=[STATEMENT_ID])
@blueprint.response(200, StatementSchema, description="The claim")
@blueprint.also(LINKED, partial(_linked, _claim), LINKED_SCHEMA)
@blueprint.page(lambda id: pages.statement_page(_claim(id)))
@blueprint.alt_response(404, "NotFound")
def claim(id: str) -> Statement:
    """One piece of reported speech

    With `Accept: application/ld+json`: a schema.org Claim.
    """
    return _claim(id)


@blueprint.route("/search")
@blueprint.arguments(SearchParameters, location="query")
@blueprint.response(200, StatementPageSchema, description="One page of statements", headers=LINK)
@exported(
    blueprint, "/search", SearchParameters, partial(export_statements, "Statements"), STATEMENT_LINE
)
@blueprint.page(pages.list_page(EVERYTHING), needs="q", bare=pages.search_form)
def search(query: Query) -> Listed:
    """Quotations and reported speech with these words

    `highlights` marks the words.
    """
    return listed(snapshot().find_rendered(query, STATEMENT_JSON))
