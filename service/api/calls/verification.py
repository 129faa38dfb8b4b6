"""Verification: was it ever said like that? One claimed quotation, all of a draft, one cluster."""

from typing import Any

from flask import Response, request

from service.api.answered.listing import Listed, link_to, next_of
from service.api.answered.schemas import (
    CheckedDraftSchema,
    ClusterSchema,
    PostedDraftSchema,
    PostedVerificationSchema,
    VerificationSchema,
)
from service.api.asked.parameters import ClusterParameters, DraftBody, VerifyBody, VerifyParameters
from service.api.calls.blueprint import LINK, Blueprint
from service.api.calls.checks import keeping
from service.api.calls.exporting import exported
from service.api.calls.exports import STATEMENT_LINE, export_cluster
from service.api.context.limits import MENTIONS_SHOWN, SPEAKERS_SHOWN
from service.api.context.parts import check, snapshot
from service.domain import DraftFormat
from service.rendering.prefix import prefix
from service.verification import cluster, mentions_of, verify
from service.verification.findings import Verification

blueprint = Blueprint(
    "Verification",
    "Was it ever said like that? Facts first: where it stands, how it differs, what was searched.",
)

STATEMENT_ID = {"in": "path", "name": "id", "description": "Id of any statement of it"}
# No type: of these kinds of text any body is a string, one that looks like JSON too.
_DRAFT = {"schema": {"minLength": 1, "pattern": r"\S"}}
DRAFTS = dict.fromkeys(DraftBody.plain, _DRAFT)


@blueprint.route("/verify")
@blueprint.arguments(VerifyParameters, location="query")
@blueprint.response(200, VerificationSchema, description="What is known about it")
def verify_quote(claim: dict[str, str]) -> Verification:
    """A claimed quotation

    The words are compared with every statement that shares some of them. `not_found` means: not
    in what `searched` tells. Longer quotations are taken by POST.
    """
    return verify(snapshot(), **claim)


@blueprint.route("/verify", methods=["POST"])
@blueprint.arguments(VerifyBody)
@blueprint.response(200, PostedVerificationSchema, description="What is known about it")
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
def verify_posted_quote(claim: dict[str, str]) -> Response:
    """A claimed quotation, of any length up to 20,000 characters

    Where the service keeps checks, `check` says where this one is.
    """
    return keeping(VerificationSchema().dump(verify(snapshot(), **claim)))


@blueprint.route("/verify/document", methods=["POST"])
@blueprint.arguments(DraftBody)
@blueprint.response(200, PostedDraftSchema, description="What is known about each quotation")
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
@blueprint.doc(requestBody={"content": DRAFTS})
def verify_document(draft: dict[str, str]) -> Response:
    """Every quotation of a draft

    The body is a JSON object, or the draft itself as text/plain, text/html or text/markdown. At
    most 2 MB and 1,000 quotations; the draft is not kept. Spans are of the document as it was
    given, markup included. Of each quotation it tells in brief what `/verify` tells at length.
    Where the service keeps checks, `check` says where this one is.
    """
    document = draft["document"]
    checked = check()(snapshot(), document, DraftFormat(draft["written"]))
    return keeping(CheckedDraftSchema().dump(checked), draft=document)


def _export_cluster(given: dict[str, Any], id: str) -> Response:
    return export_cluster(id, given)


@blueprint.route("/clusters/<id>", parameters=[STATEMENT_ID])
@blueprint.arguments(ClusterParameters, location="query")
@blueprint.response(
    200, ClusterSchema, description="The quotation across sources, one page", headers=LINK
)
@blueprint.alt_response(404, "NotFound")
@exported(
    blueprint,
    "/clusters/<id>",
    ClusterParameters,
    _export_cluster,
    STATEMENT_LINE,
    of=STATEMENT_ID,
)
def quotation_cluster(given: dict[str, Any], id: str) -> Listed:
    """One quotation in all its wordings

    Every statement that has it, by date, with who it is given to; reprints are of one origin. Of
    a formula that more than 500 statements have, some 500 are told.
    """
    found = cluster(snapshot(), id)
    page = mentions_of(found, **given)
    content = {
        "id": found.id,
        "speakers": found.speakers[:SPEAKERS_SHOWN],
        "mentions": page.items,
        "total": page.total,
        "next": next_of(page, prefix() + request.path, request.args),
        "variants": found.circulation.variants[:MENTIONS_SHOWN],
        "independent_origins": found.circulation.independent_origins,
        "first_seen": found.circulation.first_seen,
        "links": {"self": f"/clusters/{found.id}"},
    }
    return content, link_to(content)
