"""Negotiation: which of the forms an answer has is asked for."""

from flask import Response, request

JSON = "application/json"
LINKED = "application/ld+json"
LINES = "application/x-ndjson"
"""An object a line."""

PAGE = "text/html"
ANYTHING = "*/*"


def wants(media: str) -> bool:
    """Does the caller like ``media`` better than JSON, which is what anybody gets?"""
    if (
        request.environ.get("HTTP_ACCEPT", ANYTHING) == ANYTHING
    ):  # most programs; spares the parsing
        return False
    return request.accept_mimetypes.best_match([JSON, media]) == media


def answer(media: str, body: str) -> Response:
    """``body`` in the form that was asked for; another caller may get another."""
    response = Response(body, mimetype=media)
    response.vary.add("Accept")
    return response
