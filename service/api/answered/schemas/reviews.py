"""Shapes of checks that others made: beside a verification, and as Google's API has them.

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
    """A check of a claim by somebody else, in the checker's words."""

    id = string("Made of its address and its claim", "r-5f0c2a9be1d4")
    claim = string("The words that were checked")
    claimant = string("Whose claim it is said to be", allow_none=True)
    claimed = partial_date("When it was made", "2022-02-03")
    rating = string("What the check comes to, in the checker's words", "False", allow_none=True)
    title = string("Its headline", allow_none=True)
    url = string("Where it stands", "https://facts.example/no-limits")
    publisher = string("Who checked it", "Facts")
    site = string("The checker's host", "facts.example")
    reviewed = partial_date("When it was checked", "2022-02-05")
    language = string("BCP 47 code of the check", "en", allow_none=True)


def google_claim(review: ClaimReview) -> dict[str, object]:
    """``review`` for GoogleClaimSchema: what is not known is left out, as Google does."""
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
    """The first one that it may mean, as Google writes it."""
    earliest = None if day is None else day.earliest
    return f"{earliest.isoformat()}T00:00:00Z" if earliest else None


def _text(description: str, example: str | None = None) -> fields.String:
    return fields.String(metadata=described(description, example))


class ReviewPublisherSchema(Schema):
    """The publisher who checked a claim."""

    name = _text("The checker's name", "Facts")
    site = _text("Its host, without `www.`", "facts.example")


class GoogleReviewSchema(Schema):
    """One check of a claim; what is not known is left out."""

    publisher = fields.Nested(ReviewPublisherSchema, metadata=described("Who checked it"))
    url = _text("Where the check stands", "https://facts.example/no-limits")
    title = _text("Its headline", "No, he did not say that")
    reviewDate = _text("When it was checked", "2022-02-05T00:00:00Z")  # noqa: N815
    textualRating = _text("What it comes to", "False")  # noqa: N815
    languageCode = _text("BCP 47 code of the check", "en")  # noqa: N815


class GoogleClaimSchema(Schema):
    """A claim that somebody checked; what is not known is left out."""

    text = _text("The words that were checked", "There are no limits")
    claimant = _text("Whose claim it is said to be", "Jane Doe")
    claimDate = _text("When it was made", "2022-02-03T00:00:00Z")  # noqa: N815
    claimReview = fields.List(  # noqa: N815
        fields.Nested(GoogleReviewSchema), metadata=described("Its checks")
    )


class GoogleClaimsSchema(Schema):
    """Claims that were checked, in the shape of Google's Fact Check Tools API."""

    claims = fields.List(
        fields.Nested(GoogleClaimSchema), metadata=described("One page of them, newest first")
    )
    nextPageToken = _text("Leads to the next page, where there is one")  # noqa: N815
