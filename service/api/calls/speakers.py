"""Speakers: who speaks, how often, under which names, when; and their statements."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response

from service.api.answered.listing import Listed, listed
from service.api.answered.schemas import (
    SpeakerPageSchema,
    SpeakerSummarySchema,
    StatementPageSchema,
)
from service.api.asked.parameters import (
    SpeakerClaimParameters,
    SpeakerQuoteParameters,
    SpeakersParameters,
)
from service.api.calls.blueprint import LINK, Blueprint
from service.api.calls.exporting import exported
from service.api.calls.exports import (
    SPEAKER_LINE,
    STATEMENT_LINE,
    export_speakers,
    export_statements,
)
from service.api.calls.pages import speakers as pages
from service.api.context.parts import snapshot
from service.domain import Query, SpeakerSummary
from service.rendering.statement_json import STATEMENT_JSON

blueprint = Blueprint("Speakers", "Who speaks, how often, under which names, when.")

SPEAKER_ID = {"in": "path", "name": "id", "description": "Id of the speaker"}


@blueprint.route("/speakers")
@blueprint.arguments(SpeakersParameters, location="query")
@blueprint.response(200, SpeakerPageSchema, description="One page of speakers", headers=LINK)
@exported(blueprint, "/speakers", SpeakersParameters, export_speakers, SPEAKER_LINE)
@blueprint.page(pages.speakers_page)
def speakers(parameters: dict[str, Any]) -> Listed:
    """Speakers

    Those with most statements first; with `q` those whose names match. When following `next`, the
    first 200 keep the order of the first page and the rest are sorted by id, so that commits in
    between neither repeat nor drop a speaker.
    """
    return listed(snapshot().speakers(**parameters))


@blueprint.route("/speakers/<id>", parameters=[SPEAKER_ID])
@blueprint.response(200, SpeakerSummarySchema, description="The speaker")
@blueprint.page(pages.speaker_page)
@blueprint.alt_response(404, "NotFound")
def speaker(id: str) -> SpeakerSummary:
    """One speaker"""
    return snapshot().speaker(id)


def _export_said(title: str, query: Query, id: str) -> Response:
    name, asked = _said_by(query, id)
    return export_statements(f"{title} of {name}", asked)


@blueprint.route("/speakers/<id>/quotes", parameters=[SPEAKER_ID])
@blueprint.arguments(SpeakerQuoteParameters, location="query")
@blueprint.response(200, StatementPageSchema, description="One page of quotations", headers=LINK)
@exported(
    blueprint,
    "/speakers/<id>/quotes",
    SpeakerQuoteParameters,
    partial(_export_said, "Quotations"),
    STATEMENT_LINE,
    of=SPEAKER_ID,
)
@blueprint.page(pages.said_by(pages.QUOTED))
@blueprint.alt_response(404, "NotFound")
def speaker_quotes(query: Query, id: str) -> Listed:
    """Quotations of a speaker"""
    return _listed_said(query, id)


@blueprint.route("/speakers/<id>/claims", parameters=[SPEAKER_ID])
@blueprint.arguments(SpeakerClaimParameters, location="query")
@blueprint.response(
    200, StatementPageSchema, description="One page of reported speech", headers=LINK
)
@exported(
    blueprint,
    "/speakers/<id>/claims",
    SpeakerClaimParameters,
    partial(_export_said, "Reported speech"),
    STATEMENT_LINE,
    of=SPEAKER_ID,
)
@blueprint.page(pages.said_by(pages.REPORTED))
@blueprint.alt_response(404, "NotFound")
def speaker_claims(query: Query, id: str) -> Listed:
    """Reported speech of a speaker"""
    return _listed_said(query, id)


def _listed_said(query: Query, id: str) -> Listed:
    return listed(snapshot().find_rendered(_said_by(query, id)[1], STATEMENT_JSON))


def _said_by(query: Query, id: str) -> tuple[str, Query]:
    """The speaker's name, and the query for their statements.

    Raises NotFound for an unknown speaker, to distinguish one from a silent speaker.
    """
    speaker = snapshot().speaker(id).speaker
    return speaker.name, replace(query, speaker=speaker.id)
