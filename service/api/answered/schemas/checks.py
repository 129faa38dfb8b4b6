"""Shapes of checks that are kept: where one is, and what it says."""

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
    return string("Of the check: nobody guesses it", "c-5f0c2a9be1d45f0c2a9be1d45f0c2a9b")


class CheckLinksSchema(Shape):
    """Where to go from a check."""

    self = string("The check", "/checks/c-5f0c2a9be1d45f0c2a9be1d45f0c2a9b")
    page = string("It as a page for people", "/checks/c-5f0c2a9be1d45f0c2a9be1d45f0c2a9b")


def links_of(check: Ticket | Kept) -> dict[str, str]:
    """The address is the same: a browser gets the page."""
    path = f"/checks/{check.id}"
    return {"self": path, "page": path}


class TicketSchema(Shape):
    """Where a check is kept."""

    id = _id()
    key = string("Withdraws it, `DELETE /checks/{id}?key=`: not for those who may only read")
    expires = _moment("When it is deleted")
    links = Derived(CheckLinksSchema, "Where to go from here", links_of)


def _ticket() -> fields.Nested:
    return fields.Nested(
        TicketSchema,
        allow_none=True,
        metadata=described(
            "Where this answer is kept, if the service keeps checks; null where it has no room"
        ),
    )


class PostedVerificationSchema(VerificationSchema):
    """What is known about a claimed quotation, and where that is kept."""

    check = _ticket()


class PostedDraftSchema(CheckedDraftSchema):
    """Every quotation of a draft, and where that is kept."""

    check = _ticket()


class KeptCheckSchema(Shape):
    """What was answered then."""

    id = _id()
    checked = _moment("When it was answered")
    expires = _moment("When it is deleted")
    searched = nested(SearchedIndexSchema, "What was searched then")
    sha256 = string("Of the draft, text in UTF-8; it is not kept itself", allow_none=True)
    verification = nested(
        VerificationSchema, "What `/verify` answered; null for a draft", allow_none=True
    )
    document = nested(
        CheckedDraftSchema,
        "What `/verify/document` answered; null for one quotation",
        allow_none=True,
    )
    links = nested(CheckLinksSchema, "Where to go from here")


class WithdrawnSchema(Shape):
    """A check that is gone."""

    id = _id()
    withdrawn = _moment("When it was deleted")
