"""Verification: one claimed quotation, every quotation of a draft, one cluster."""

from dataclasses import replace
from functools import partial
from typing import Any, cast

from flask import Response, request

from service.api.answered.clusters import cluster_content
from service.api.answered.listing import Listed, link_to
from service.api.answered.negotiation import LINKED
from service.api.answered.schemas import (
    CheckedDraftSchema,
    ClusterSchema,
    PostedDraftSchema,
    PostedVerificationSchema,
    VerificationSchema,
)
from service.api.answered.schemas.claim_review import REVIEW_SCHEMA, REVIEWS_SCHEMA
from service.api.asked.parameters import ClusterParameters, DraftBody, VerifyBody, VerifyParameters
from service.api.asked.values import PostedFile
from service.api.calls.blueprint import LINK, Blueprint
from service.api.calls.checks import keeping, kept, reviewed, today
from service.api.calls.exporting import exported
from service.api.calls.exports import STATEMENT_LINE, export_cluster
from service.api.calls.pages import verification as pages
from service.api.context.parts import check, reviews, snapshot
from service.domain import DraftFormat
from service.rendering.prefix import prefix
from service.reports.claim_review import claim_review, claim_reviews
from service.verification import cluster, mentions_of, verify
from service.verification.findings import Verification
from service.verification.placing import CheckedDraft

blueprint = Blueprint(
    "Verification",
    "Was this ever said in these words? Facts first: where it is, how it differs, what was "
    "searched.",
    beside=lambda: reviews().version,
)

STATEMENT_ID = {"in": "path", "name": "id", "description": "Id of any of the cluster's statements"}
# No type: any body of these media types is a string, even one that looks like JSON.
_DRAFT = {"schema": {"minLength": 1, "pattern": r"\S"}}
_FILE = {"schema": {"type": "string", "format": "binary"}}
DRAFTS = dict.fromkeys(DraftBody.text_types, _DRAFT) | dict.fromkeys(DraftBody.files, _FILE)


Claimed = dict[str, str]
Draft = dict[str, Any]


def _review(claim: Claimed) -> Response:
    return reviewed(claim_review(verify(snapshot(), **claim), today()))


def _reviews(draft: Draft) -> Response:
    return reviewed(claim_reviews(_checked(draft), today()))


def _checked(draft: Draft) -> CheckedDraft:
    document = draft["document"]
    if isinstance(document, PostedFile):
        return check()(snapshot(), document.content, document.written)
    return check()(snapshot(), document, DraftFormat(draft["written"]))


@blueprint.route("/verify")
@blueprint.arguments(VerifyParameters, location="query")
@blueprint.response(200, VerificationSchema, description="What is known about it")
@blueprint.page(
    lambda claim: pages.found_page(claim, _verified(claim)),
    needs="quote",
    bare=pages.verification_form,
)
@blueprint.also(LINKED, _review, schema=REVIEW_SCHEMA)
def verify_quote(claim: Claimed) -> Verification:
    """A claimed quotation

    The words are compared with every statement that shares some of them. `not_found` means: not in
    what `searched` describes. Use POST for longer quotations. With `Accept: application/ld+json`: a
    draft of schema.org's ClaimReview for a person to sign.
    """
    return _verified(claim)


def _verified(claim: dict[str, str]) -> Verification:
    """The verification, with others' checks of the claim."""
    found = verify(snapshot(), **claim)
    return replace(found, known_checks=reviews().about(found.quote))


def _posted_page(claim: Claimed) -> Response:
    found = _verified(claim)
    answer = partial(VerificationSchema().dump, found)
    return pages.found_page(claim, found, kept(answer, partial(claim_review, found)))


@blueprint.route("/verify", methods=["POST"])
@blueprint.arguments(VerifyBody)
@blueprint.response(200, PostedVerificationSchema, description="What is known about it")
@blueprint.page(_posted_page)
@blueprint.also(LINKED, _review, schema=REVIEW_SCHEMA)
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
def verify_posted_quote(claim: Claimed) -> Response:
    """A claimed quotation, of any length up to 20,000 characters

    If the service stores checks, `check` says where this one is.
    """
    found = _verified(claim)
    return keeping(VerificationSchema().dump(found), partial(claim_review, found))


def _draft_page(draft: Draft) -> Response:
    checked = _checked(draft)
    answer = partial(CheckedDraftSchema().dump, checked)
    ticket = kept(answer, partial(claim_reviews, checked), _content(draft))
    return pages.draft_page(checked, ticket)


@blueprint.route("/verify/document", methods=["POST"])
@blueprint.arguments(DraftBody)
@blueprint.response(200, PostedDraftSchema, description="What is known about each quotation")
@blueprint.page(_draft_page)
@blueprint.also(LINKED, _reviews, schema=REVIEWS_SCHEMA)
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
@blueprint.doc(requestBody={"content": DRAFTS})
def verify_document(draft: Draft) -> Response:
    """Every quotation of a draft

    The body is a JSON object, or the draft itself: text/plain, text/html, text/markdown, PDF, a
    Word file (.docx) or an e-mail. At most 2 MB and 1,000 quotations; the draft is not stored.
    Spans, lines and columns refer to the document as sent, markup included; for the last three
    formats they refer to the extracted text, and `page` or `paragraph` gives the place in the file.
    Each quotation has in brief what `/verify` answers at length. If the service stores checks,
    `check` says where this one is.
    """
    checked = _checked(draft)
    answer = CheckedDraftSchema().dump(checked)
    return keeping(answer, partial(claim_reviews, checked), _content(draft))


def _content(draft: Draft) -> bytes:
    document = draft["document"]
    return document.content if isinstance(document, PostedFile) else cast(str, document).encode()


def _export_cluster(parameters: dict[str, Any], id: str) -> Response:
    return export_cluster(id, parameters)


@blueprint.route("/clusters/<id>", parameters=[STATEMENT_ID])
@blueprint.arguments(ClusterParameters, location="query")
@blueprint.response(
    200, ClusterSchema, description="The quotation across sources, one page", headers=LINK
)
@blueprint.page(pages.cluster_page)
@blueprint.alt_response(404, "NotFound")
@exported(
    blueprint,
    "/clusters/<id>",
    ClusterParameters,
    _export_cluster,
    STATEMENT_LINE,
    of=STATEMENT_ID,
)
def quotation_cluster(parameters: dict[str, Any], id: str) -> Listed:
    """One quotation in all its wordings

    Every statement that has it, by date, with the speaker it is attributed to; reprints share an
    origin. Of a stock phrase that more than 500 statements have, about 500 are listed.
    """
    found = cluster(snapshot(), id)
    page = mentions_of(found, **parameters)
    content = cluster_content(found, page, prefix() + request.path, request.args)
    return content, link_to(content)
