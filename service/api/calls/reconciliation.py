"""Reconciliation: matches names in a table with speakers, as OpenRefine requests it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from typing import Any

from flask import Response, current_app, render_template

from service.api.answered.headers import framed_by
from service.api.answered.negotiation import JSON, PAGE
from service.api.answered.reconciliation import (
    Wanted,
    candidates,
    manifest,
    speaker_page,
    suggested,
)
from service.api.asked.reconciliation import (
    EntityParameters,
    PreviewParameters,
    ReconciliationBody,
    ReconciliationParameters,
    Strict,
)
from service.api.calls.blueprint import TEXT, Blueprint
from service.api.calls.entrance import NAME
from service.api.context.parts import full_address, origins, snapshot
from service.deadline import in_time
from service.domain import SpeakerSummary
from service.index.port import Snapshot

blueprint = Blueprint(
    "Reconciliation",
    "Matches names in a table with speakers (Reconciliation API 0.2). In OpenRefine, add "
    "`/reconcile` as a standard service.",
)

SUGGESTED = 20
"""Suggestions per page, which appear below a field."""

BATCH = {
    "type": "object",
    "description": "For each query, under its key, the candidates in `result`; without queries "
    "the service's manifest",
    "additionalProperties": True,
}

SUGGESTIONS = {
    "type": "object",
    "description": "Speakers to choose from",
    "required": ["result"],
    "properties": {
        "result": {
            "type": "array",
            "description": "Those with most statements first",
            "items": {"type": "object", "description": "Id, name, description, and its kind"},
        }
    },
}

FLYOUT = {
    "type": "object",
    "description": "A speaker in short",
    "required": ["id", "html"],
    "properties": {
        "id": {"type": "string", "description": "Id of the speaker"},
        "html": {"type": "string", "description": "A part of a page: names are escaped"},
    },
}


@blueprint.route("/reconcile")
@blueprint.arguments(ReconciliationParameters, location="query")
@blueprint.response(200, BATCH, description="Candidates for each query, or the service's manifest")
def reconcile(batch: dict[str, Wanted] | None) -> Response:
    """Candidates for names

    `match` is true only if the full name belongs to one speaker and nobody else. Without `queries`
    answers with the service's manifest, which clients request first.
    """
    if batch is None:
        return _written(manifest(full_address(), NAME))
    return _answered(batch)


@blueprint.route("/reconcile", methods=["POST"])
@blueprint.arguments(ReconciliationBody, location="form")
@blueprint.response(200, BATCH, description="Candidates for each query")
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
def reconcile_posted(batch: dict[str, Wanted]) -> Response:
    """Candidates for names, with the queries in a form, as OpenRefine sends them"""
    return _answered(batch)


def _answered(batch: dict[str, Wanted]) -> Response:
    present = snapshot()
    results = {
        name: {"result": candidates(present, wanted)} for name, wanted in in_time(batch.items())
    }
    return _written(results)


def _written(content: dict[str, Any]) -> Response:
    return Response(current_app.json.dumps(content), mimetype=JSON)


@blueprint.route("/reconcile/suggest/entity")
@blueprint.arguments(EntityParameters, location="query")
@blueprint.response(200, SUGGESTIONS, description="Speakers, those with most statements first")
def suggest_entity(parameters: dict[str, Any]) -> Response:
    """Speakers to choose from while typing"""
    several, kind = _beginning(snapshot(), parameters["prefix"]), parameters.get("type")
    if kind is not None:
        same = [one for one in several if one.speaker.kind is kind]
        others = [one for one in several if one.speaker.kind is not kind]
        several = [*same, *others] if parameters.get("type_strict") is Strict.SHOULD else same
    start = parameters["cursor"]
    return _written({"result": suggested(several[start : start + SUGGESTED])})


def _beginning(present: Snapshot, prefix: str) -> list[SpeakerSummary]:
    found = present.suggest(prefix, SUGGESTED * 5)
    return [present.speaker(one.id) for one in found if one.id is not None]


@blueprint.route("/reconcile/preview")
@blueprint.arguments(PreviewParameters, location="query")
@blueprint.response(200, TEXT, content_type=PAGE, description="A page for people")
@blueprint.alt_response(404, "NotFound")
def preview(parameters: dict[str, str]) -> Response:
    """A speaker in brief, for a frame on the pages of sites listed in ONRECORD_ORIGINS"""
    page = Response(_in_short("preview.html", snapshot().speaker(parameters["id"])))
    page.headers["Content-Security-Policy"] = framed_by(origins())
    return page


@blueprint.route("/reconcile/flyout")
@blueprint.arguments(PreviewParameters, location="query")
@blueprint.response(200, FLYOUT, description="The speaker in short, as HTML in JSON")
@blueprint.alt_response(404, "NotFound")
def flyout(parameters: dict[str, str]) -> Response:
    """A short description of a speaker, shown next to a list of suggestions"""
    summary = snapshot().speaker(parameters["id"])
    return _written({"id": summary.speaker.id, "html": _in_short("in_short.html", summary)})


def _in_short(template: str, summary: SpeakerSummary) -> str:
    address = speaker_page(full_address(), summary.speaker.id)
    return render_template(template, summary=summary, address=address)
