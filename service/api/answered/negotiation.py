"""Negotiation: which form of an answer the client asks for.

Every view answers in JSON, the default, and in the forms that ``Blueprint.also`` adds. Browsers
prefer text/html; most programs accept anything.
"""

from functools import lru_cache

from flask import Response, current_app, g, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

JSON = "application/json"
LINKED = "application/ld+json"
LINES = "application/x-ndjson"
"""One JSON object per line."""

CSV = "text/csv"
ATOM = "application/atom+xml"
SUFFIXES = {"csv": CSV, "jsonl": LINES, "atom": ATOM}
"""A path with one of these suffixes asks for that form of a list."""

PAGE = "text/html"

FORMS_OF_LISTS = (LINES, CSV, ATOM)
"""Of lists of statements, besides JSON and the page (front/plain_lists.py)."""

ANYTHING = "*/*"

FORMS = "forms"
"""Attribute of a view: the media types it answers in besides JSON."""

VARYING = "Accept"
"""The request header that decides the form."""


def form() -> str:
    """The media type of the present answer."""
    known: str | None = g.get("form")
    if known is None:
        known = g.form = _suffixed() or preferred(_accepted(), (JSON, *other_forms()))
    return known


def _suffixed() -> str | None:
    """The form that the path's suffix asks for, which overrides Accept."""
    return SUFFIXES.get((request.view_args or {}).get("suffix", ""))


def other_forms() -> tuple[str, ...]:
    """The forms of the present view besides JSON."""
    view = current_app.view_functions.get(request.endpoint or "")
    forms: tuple[str, ...] = getattr(view, FORMS, ())
    return forms


def _accepted() -> str:
    accepted: str = request.environ.get("HTTP_ACCEPT", ANYTHING)
    return accepted


def preferred(accepted: str, forms: tuple[str, ...]) -> str:
    """The form that an Accept header prefers; the first of ``forms`` on a tie or if none is
    accepted.

    >>> preferred("text/html,*/*;q=0.8", (JSON, PAGE)), preferred("*/*", (JSON, PAGE))
    ('text/html', 'application/json')
    """
    if accepted == ANYTHING or len(forms) == 1:  # most programs; saves parsing
        return forms[0]
    return _preferred(accepted, forms)


@lru_cache(1 << 8)
def _preferred(accepted: str, forms: tuple[str, ...]) -> str:
    liked = parse_accept_header(accepted, MIMEAccept).best_match(forms)
    return forms[0] if liked is None else liked


def vary(response: Response) -> Response:
    """Adds Vary: Accept if the view has several forms."""
    if other_forms():
        response.vary.add(VARYING)
    return response
