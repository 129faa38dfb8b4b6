"""Shapes of draft claim reviews, in schema.org's vocabulary."""

from typing import Any

_STRING = {"type": "string"}
_REVIEW: dict[str, Any] = {
    "@type": {"const": "ClaimReview", "description": "A schema.org type"},
    "creativeWorkStatus": {"const": "Draft", "description": "A draft until somebody signs it"},
    "datePublished": {"type": "string", "format": "date", "description": "The day of the check"},
    "claimReviewed": {**_STRING, "description": "The claimed words"},
    "itemReviewed": {"type": "object", "description": "The claim, and where its words were found"},
    "reviewRating": {"type": "object", "description": "What was found in words, without a number"},
    "reviewBody": {**_STRING, "description": "What was found and what was searched"},
}
_CONTEXT = {"const": "https://schema.org", "description": "The vocabulary"}

REVIEW_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "A draft of a schema.org ClaimReview, for a person to sign",
    "required": ["@context", *_REVIEW],
    "properties": {"@context": _CONTEXT, **_REVIEW},
}

REVIEWS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "A draft of a schema.org ClaimReview for each quotation that was looked for",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": _CONTEXT,
        "@graph": {
            "type": "array",
            "description": "In reading order",
            "items": {"type": "object", "required": [*_REVIEW], "properties": _REVIEW},
        },
    },
}

KEPT_SCHEMA = {"oneOf": [REVIEW_SCHEMA, REVIEWS_SCHEMA]}
