"""Negotiation: which of the forms an answer has is asked for.

A view has JSON, which anybody gets who says nothing else, and whatever forms ``Blueprint.also``
gives it. Browsers say that they like text/html best, most programs that they take anything.
"""

from functools import lru_cache

from flask import Response, current_app, g, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

JSON = "application/json"
LINKED = "application/ld+json"
LINES = "application/x-ndjson"
"""An object a line."""

CSV = "text/csv"
ATOM = "application/atom+xml"
SUFFIXES = {"csv": CSV, "jsonl": LINES, "atom": ATOM}
"""A path that ends in one of these asks for that form of a list."""

PAGE = "text/html"

FORMS_OF_LISTS = (LINES, CSV, ATOM)
"""Of statements, beside JSON and the page (front/plain_lists.py)."""

ANYTHING = "*/*"

FORMS = "forms"
"""Of a view, the media types it answers in beside JSON, in an attribute of it."""

VARYING = "Accept"
"""What of a request decides on the form."""


def form() -> str:
    """That of the present answer, a media type."""
    known: str | None = g.get("form")
    if known is None:
        known = g.form = _suffixed() or preferred(_accepted(), (JSON, *other_forms()))
    return known


def _suffixed() -> str | None:
    """The form that the path asks for, whatever else the caller would take."""
    return SUFFIXES.get((request.view_args or {}).get("suffix", ""))


def other_forms() -> tuple[str, ...]:
    """Those the present view has beside JSON."""
    view = current_app.view_functions.get(request.endpoint or "")
    forms: tuple[str, ...] = getattr(view, FORMS, ())
    return forms


def _accepted() -> str:
    accepted: str = request.environ.get("HTTP_ACCEPT", ANYTHING)
    return accepted


def preferred(accepted: str, forms: tuple[str, ...]) -> str:
    """What a caller who says so likes best; the first where it likes none, or several alike.

    >>> preferred("text/html,*/*;q=0.8", (JSON, PAGE)), preferred("*/*", (JSON, PAGE))
    ('text/html', 'application/json')
    """
    if accepted == ANYTHING or len(forms) == 1:  # most programs; spares the parsing
        return forms[0]
    return _preferred(accepted, forms)


@lru_cache(1 << 8)
def _preferred(accepted: str, forms: tuple[str, ...]) -> str:
    liked = parse_accept_header(accepted, MIMEAccept).best_match(forms)
    return forms[0] if liked is None else liked


def vary(response: Response) -> Response:
    """Say that another caller may get another form, where that is so."""
    if other_forms():
        response.vary.add(VARYING)
    return response
