"""Speakers: who speaks, how often, under which names, when; and what they said."""

from dataclasses import replace
from typing import Any

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
from service.api.context.parts import snapshot
from service.domain import Query, SpeakerSummary
from service.rendering.statement_json import STATEMENT_JSON

blueprint = Blueprint("Speakers", "Who speaks, how often, under which names, when.")

SPEAKER_ID = {"in": "path", "name": "id", "description": "Id of the speaker"}


@blueprint.route("/speakers")
@blueprint.arguments(SpeakersParameters, location="query")
@blueprint.response(200, SpeakerPageSchema, description="One page of speakers", headers=LINK)
def speakers(given: dict[str, Any]) -> Listed:
    """Speakers

    Those with most statements first; with `q` those the name may mean. On the way through `next`
    the first 200 keep the order of the first page, and all others follow by their ids, so that
    commits in between neither repeat nor lose a speaker.
    """
    return listed(snapshot().speakers(**given))


@blueprint.route("/speakers/<id>", parameters=[SPEAKER_ID])
@blueprint.response(200, SpeakerSummarySchema, description="The speaker")
@blueprint.alt_response(404, "NotFound")
def speaker(id: str) -> SpeakerSummary:
    """One speaker"""
    return snapshot().speaker(id)


@blueprint.route("/speakers/<id>/quotes", parameters=[SPEAKER_ID])
@blueprint.arguments(SpeakerQuoteParameters, location="query")
@blueprint.response(200, StatementPageSchema, description="One page of quotations", headers=LINK)
@blueprint.alt_response(404, "NotFound")
def speaker_quotes(query: Query, id: str) -> Listed:
    """Quotations of a speaker"""
    return _said_by(id, query)


@blueprint.route("/speakers/<id>/claims", parameters=[SPEAKER_ID])
@blueprint.arguments(SpeakerClaimParameters, location="query")
@blueprint.response(
    200, StatementPageSchema, description="One page of reported speech", headers=LINK
)
@blueprint.alt_response(404, "NotFound")
def speaker_claims(query: Query, id: str) -> Listed:
    """Reported speech of a speaker"""
    return _said_by(id, query)


def _said_by(id: str, query: Query) -> Listed:
    """Raises NotFound for a speaker nobody knows, so that none is not mistaken for silent."""
    summary = snapshot().speaker(id)
    return listed(
        snapshot().find_rendered(replace(query, speaker=summary.speaker.id), STATEMENT_JSON)
    )
