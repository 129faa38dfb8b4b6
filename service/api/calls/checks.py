"""Checks: stored answers of `/verify` and `/verify/document`, readable by anyone with the link.

Unless a setting names a folder for them, nothing is stored and every check is "not found".
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, cast

import orjson
from flask import Response, current_app, g

from service.api.answered.negotiation import LINKED
from service.api.answered.schemas import KeptCheckSchema, TicketSchema, WithdrawnSchema
from service.api.answered.schemas.checks import links_of
from service.api.answered.schemas.claim_review import KEPT_SCHEMA
from service.api.asked.parameters import WithdrawalParameters
from service.api.calls.blueprint import Blueprint
from service.api.calls.pages.checks import check_page
from service.api.context.parts import permalinks
from service.errors import NotFound
from service.permalinks import Permalinks, Ticket
from service.rendering.prefix import prefixed

blueprint = Blueprint(
    "Checks",
    "Stored answers of `/verify`, if the service is configured to store them.",
    indexed=False,
)

Review = Callable[[date], dict[str, Any]]
"""Makes the draft claim reviews of an answer, dated the given day."""

CHECK_ID = {"in": "path", "name": "id", "description": "Id of the check"}
PRIVATE = (("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex"))
"""A draft is confidential: no cache on the way may store it, no search engine list it."""


def keeping(answer: dict[str, Any], review: Review, draft: bytes | None = None) -> Response:
    """Responds with ``answer``, stored if configured, and says where; of ``draft`` only the
    checksum is stored."""
    if permalinks() is None:
        return _written(answer)
    ticket = kept(lambda: answer, review, draft)
    check = None if ticket is None else TicketSchema().dump(ticket)
    return _written({**answer, "check": check})


def kept(
    answer: Callable[[], dict[str, Any]], review: Review, draft: bytes | None = None
) -> Ticket | None:
    """Stores the result of ``answer``; None if nothing is stored or there is no room."""
    keeper = permalinks()
    if keeper is None:
        return None
    digest = draft if draft is None else hashlib.sha256(draft).hexdigest()
    kind = "verification" if draft is None else "document"
    return keeper.keep(orjson.dumps({"sha256": digest, kind: answer(), "review": review(today())}))


def today() -> date:
    return datetime.now(UTC).date()


def reviewed(review: dict[str, Any]) -> Response:
    """A response with claim reviews. They are dated, so the answer changes daily even if the index
    does not."""
    g.pop("tag", None)
    response = Response(current_app.json.dumps(review), mimetype=LINKED)
    response.headers["Cache-Control"] = "no-store"
    return response


def _kept_review(id: str) -> Response:
    response = reviewed(orjson.loads(_keeper().find(id).content)["review"])
    response.headers.update(PRIVATE)
    return response


def _kept_page(id: str) -> Response:
    response = check_page(prefixed(_shown(id)))
    response.headers.update(PRIVATE)
    return response


@blueprint.route("/checks/<id>", parameters=[CHECK_ID])
@blueprint.response(200, KeptCheckSchema, description="The stored answer")
@blueprint.page(_kept_page)
@blueprint.also(LINKED, _kept_review, schema=KEPT_SCHEMA)
@blueprint.alt_response(404, "NotFound")
def kept_check(id: str) -> Response:
    """A stored check

    The answer as it was given: what was found, what was searched and when. It does not change with
    the index, although the pages its links lead to may. Anyone with the link may read it until it
    expires. With `Accept: application/ld+json`: drafts of schema.org's ClaimReview.
    """
    response = _written(_shown(id))
    response.headers.update(PRIVATE)
    return response


def _shown(id: str) -> dict[str, Any]:
    """The check as KeptCheckSchema shows it. Raises NotFound."""
    found = _keeper().find(id)
    content = orjson.loads(found.content)
    answer = content.get("verification") or content["document"]
    return {
        "id": found.id,
        "checked": found.made,
        "expires": found.expires,
        "searched": {name: one for name, one in answer["searched"].items() if name != "queries"},
        "sha256": content["sha256"],
        "verification": content.get("verification"),
        "document": content.get("document"),
        "links": links_of(found),
    }


@blueprint.route("/checks/<id>", methods=["DELETE"], parameters=[CHECK_ID])
@blueprint.arguments(WithdrawalParameters, location="query")
@blueprint.response(200, WithdrawnSchema, description="The check is withdrawn")
@blueprint.alt_response(404, "NotFound")
def withdraw_check(parameters: dict[str, str], id: str) -> dict[str, object]:
    """Withdraw a check

    Requires the key that was returned with the check. Its words are deleted from the file.
    """
    _keeper().withdraw(id, **parameters)
    return {"id": id, "withdrawn": datetime.now(UTC)}


def _written(shown: dict[str, Any]) -> Response:
    return cast(Response, current_app.json.response(shown))


def _keeper() -> Permalinks:
    keeper = permalinks()
    if keeper is None:
        raise NotFound(
            "no checks are stored here; the operator can set a folder with ONRECORD_CHECKS"
        )
    return keeper
