"""Verification: was it ever said like that? One claimed quotation, all of a draft, one cluster."""

from service.api.blueprint import Blueprint
from service.api.parameters import DraftBody, VerifyBody, VerifyParameters
from service.api.parts import check, snapshot
from service.api.schemas import CheckedDraftSchema, ClusterSchema, VerificationSchema
from service.domain import DraftFormat
from service.verification import cluster, verify
from service.verification.findings import Cluster, Verification
from service.verification.placing import CheckedDraft

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
@blueprint.response(200, VerificationSchema, description="What is known about it")
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
def verify_posted_quote(claim: dict[str, str]) -> Verification:
    """A claimed quotation, of any length up to 20,000 characters"""
    return verify(snapshot(), **claim)


@blueprint.route("/verify/document", methods=["POST"])
@blueprint.arguments(DraftBody)
@blueprint.response(200, CheckedDraftSchema, description="What is known about each quotation")
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
@blueprint.doc(requestBody={"content": DRAFTS})
def verify_document(draft: dict[str, str]) -> CheckedDraft:
    """Every quotation of a draft

    The body is a JSON object, or the draft itself as text/plain, text/html or text/markdown. At
    most 2 MB; nothing is kept. Spans are of the document as it was given, markup included.
    """
    return check()(snapshot(), draft["document"], DraftFormat(draft["written"]))


@blueprint.route("/clusters/<id>", parameters=[STATEMENT_ID])
@blueprint.response(200, ClusterSchema, description="The quotation across sources")
@blueprint.alt_response(404, "NotFound")
def quotation_cluster(id: str) -> Cluster:
    """One quotation in all its wordings

    Every statement that has it, by date, with who it is given to; reprints are of one origin.
    """
    return cluster(snapshot(), id)
