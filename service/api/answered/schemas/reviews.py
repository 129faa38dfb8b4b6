"""Shapes of others' checks: as part of a verification, and as Google's API returns them.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
"""

from collections.abc import Mapping

from marshmallow import Schema, fields

from service.domain import PartialDate
from service.rendering.fields import date as partial_date
from service.rendering.fields import described, string
from service.rendering.shapes import Shape
from service.reviews import ClaimReview


class KnownCheckSchema(Shape):
    """A published check of a claim by somebody else, in the checker's words."""

    id = string("Derived from the check's address and its claim", "r-5f0c2a9be1d4")
    claim = string("The words that were checked")
    claimant = string("Who is said to have made the claim", allow_none=True)
    claimed = partial_date("When the claim was made", "2022-02-03")
    rating = string("The rating, in the checker's words", "False", allow_none=True)
    title = string("Its headline", allow_none=True)
    url = string("Address of the check", "https://facts.example/no-limits")
    publisher = string("Who checked it", "Facts")
    site = string("The checker's host", "facts.example")
    reviewed = partial_date("When it was checked", "2022-02-05")
    language = string("BCP 47 code of the check", "en", allow_none=True)


def google_claim(review: ClaimReview) -> dict[str, object]:
    """``review`` for GoogleClaimSchema; unknown values are omitted, as Google does."""
    checked = {
        "publisher": {"name": review.publisher, "site": review.site},
        "url": review.url,
        "title": review.title,
        "reviewDate": _moment(review.reviewed),
        "textualRating": review.rating,
        "languageCode": review.language,
    }
    claim = {
        "text": review.claim,
        "claimant": review.claimant,
        "claimDate": _moment(review.claimed),
        "claimReview": [_without_empty(checked)],
    }
    return _without_empty(claim)


def _without_empty(several: Mapping[str, object]) -> dict[str, object]:
    return {name: one for name, one in several.items() if one is not None}


def _moment(day: PartialDate | None) -> str | None:
    """The earliest moment the date can mean, in Google's format."""
    earliest = None if day is None else day.earliest
    return f"{earliest.isoformat()}T00:00:00Z" if earliest else None


def _text(description: str, example: str | None = None) -> fields.String:
    return fields.String(metadata=described(description, example))


class ReviewPublisherSchema(Schema):
    """The publisher of a check."""

    name = _text("The checker's name", "Facts")
    site = _text("Its host, without `www.`", "facts.example")


class GoogleReviewSchema(Schema):
    """One check of a claim; unknown values are omitted."""

    publisher = fields.Nested(ReviewPublisherSchema, metadata=described("Who checked it"))
    url = _text("Address of the check", "https://facts.example/no-limits")
    title = _text("Its headline", "No, he did not say that")
    reviewDate = _text("When it was checked", "2022-02-05T00:00:00Z")  # noqa: N815
    textualRating = _text("The rating", "False")  # noqa: N815
    languageCode = _text("BCP 47 code of the check", "en")  # noqa: N815


class GoogleClaimSchema(Schema):
    """A claim that somebody checked; unknown values are omitted."""

    text = _text("The words that were checked", "There are no limits")
    claimant = _text("Who is said to have made the claim", "Jane Doe")
    claimDate = _text("When the claim was made", "2022-02-03T00:00:00Z")  # noqa: N815
    claimReview = fields.List(  # noqa: N815
        fields.Nested(GoogleReviewSchema), metadata=described("Its checks")
    )


class GoogleClaimsSchema(Schema):
    """Checked claims, in the format of Google's Fact Check Tools API."""

    claims = fields.List(
        fields.Nested(GoogleClaimSchema), metadata=described("One page of them, newest first")
    )
    nextPageToken = _text("Token for the next page, if there is one")  # noqa: N815
