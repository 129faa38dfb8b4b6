"""Shortcut: a list of statements that is asked for plainly is answered in front of the application.

For such a page Flask and what it calls before and after a view took four fifths of the time
(python -m bench.http). Here are no errors: what is wrong, conditional, compressed or wanted in
another form goes to the application, which answers the rest in the same words, header for header.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import orjson

from service.api.caching import REVALIDATED, name_answer
from service.api.headers import READABLE, SAFE, VARYING
from service.api.listing import content_of, link_to
from service.api.negotiation import ANYTHING, JSON
from service.api.parameters import (
    ClaimParameters,
    QuoteParameters,
    SearchParameters,
    StatementParameters,
)
from service.api.parts import ReopeningIndex
from service.api.rendering import STATEMENT_JSON
from service.api.schemas import StatementPageSchema
from service.errors import OnRecordError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LISTS: dict[str, StatementParameters] = {
    "/quotes": QuoteParameters(),
    "/claims": ClaimParameters(),
    "/search": SearchParameters(),
}

_write = StatementPageSchema().write


def shortened(application: "WSGIApplication", index: ReopeningIndex) -> "WSGIApplication":
    """``application``, asked only for what is not answered here."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        taken = LISTS.get(environ["PATH_INFO"])
        if taken is None or not _is_plain(environ):
            return application(environ, start_response)
        written = _answer(index, taken, environ["PATH_INFO"], environ["QUERY_STRING"])
        if written is None:
            return application(environ, start_response)
        headers, body = written
        start_response("200 OK", headers)
        return [body]

    return answer


def _is_plain(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("HTTP_ACCEPT", ANYTHING) == ANYTHING
        and "HTTP_ACCEPT_ENCODING" not in environ
        and "HTTP_IF_NONE_MATCH" not in environ
    )


def _answer(
    index: ReopeningIndex, taken: StatementParameters, path: str, asked: str
) -> tuple[list[tuple[str, str]], bytes] | None:
    """Headers and body; None where there is anything to say but the page."""
    given = _parameters(asked)
    query = None if given is None else taken.read(given)
    if given is None or query is None:
        return None
    try:
        name = name_answer(index().generation, f"{path}?{asked}", JSON)
        page = index().find_rendered(query, STATEMENT_JSON)
    except OnRecordError:
        return None
    content = content_of(page, path, given)
    body = orjson.dumps(_write(content), option=orjson.OPT_APPEND_NEWLINE)
    link = link_to(content)
    return [
        ("Content-Type", JSON),
        ("Content-Length", str(len(body))),
        *link.items(),
        ("ETag", f'W/"{name}"'),
        REVALIDATED,
        SAFE,
        *READABLE,
        VARYING,
    ], body


def _parameters(asked: str) -> dict[str, str] | None:
    """Of a query string, as werkzeug reads them, each given once; None for any other."""
    if not asked:
        return {}
    try:
        pairs = parse_qsl(asked, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    given = dict(pairs)
    return given if len(given) == len(pairs) and asked.isascii() else None
