"""Shapes of stored checks: where one is, and what it contains."""

from marshmallow import fields

from service.api.answered.schemas.drafts import CheckedDraftSchema
from service.api.answered.schemas.verification import SearchedIndexSchema, VerificationSchema
from service.permalinks import Kept, Ticket
from service.rendering.fields import Derived, described, nested, string
from service.rendering.shapes import Shape


def _moment(description: str) -> fields.DateTime:
    return fields.DateTime(
        format="iso", required=True, metadata=described(description, "2026-02-03T12:00:00+00:00")
    )


def _id() -> fields.String:
    return string("Id of the check; cannot be guessed", "c-5f0c2a9be1d45f0c2a9be1d45f0c2a9b")


class CheckLinksSchema(Shape):
    """Links of a check."""

    self = string("This check as JSON", "/checks/c-5f0c2a9be1d45f0c2a9be1d45f0c2a9b")
    page = string("This check as a page for people", "/checks/c-5f0c2a9be1d45f0c2a9be1d45f0c2a9b")


def links_of(check: Ticket | Kept) -> dict[str, str]:
    """Both links are the same address: browsers get the page."""
    path = f"/checks/{check.id}"
    return {"self": path, "page": path}


class TicketSchema(Shape):
    """Where a check is stored."""

    id = _id()
    key = string("Withdraws the check with `DELETE /checks/{id}?key=`; keep it secret")
    expires = _moment("When the check will be deleted")
    links = Derived(CheckLinksSchema, "Related links", links_of)


def _ticket() -> fields.Nested:
    return fields.Nested(
        TicketSchema,
        allow_none=True,
        metadata=described(
            "Where this answer is stored, if the service stores checks; null if it is full"
        ),
    )


class PostedVerificationSchema(VerificationSchema):
    """What is known about a claimed quotation, and where that is stored."""

    check = _ticket()


class PostedDraftSchema(CheckedDraftSchema):
    """Every quotation of a draft, and where the check is stored."""

    check = _ticket()


class KeptCheckSchema(Shape):
    """A stored check: what was answered at the time."""

    id = _id()
    checked = _moment("When it was answered")
    expires = _moment("When the check will be deleted")
    searched = nested(SearchedIndexSchema, "What was searched at the time")
    sha256 = string(
        "SHA-256 of the draft (text in UTF-8), which itself is not stored", allow_none=True
    )
    verification = nested(
        VerificationSchema, "What `/verify` answered; null for a draft", allow_none=True
    )
    document = nested(
        CheckedDraftSchema,
        "What `/verify/document` answered; null for one quotation",
        allow_none=True,
    )
    links = nested(CheckLinksSchema, "Related links")


class WithdrawnSchema(Shape):
    """A withdrawn check."""

    id = _id()
    withdrawn = _moment("When it was deleted")
