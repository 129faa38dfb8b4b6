"""Shortcut: a list of statements that is asked for plainly is answered in front of the application.

For such a page Flask and what it calls before and after a view took four fifths of the time
(python -m bench.http). Here are no errors: what is wrong, conditional, compressed or wanted in
another form goes to the application, which answers the rest in the same words, header for header.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import orjson

from service.api.answered.etags import REVALIDATED, name_answer
from service.api.answered.headers import BY_ENCODING, SAFE
from service.api.answered.listing import content_of, link_to
from service.api.answered.negotiation import ANYTHING, JSON
from service.api.answered.negotiation import VARYING as BY_FORM
from service.api.answered.schemas import StatementPageSchema
from service.api.asked.parameters import (
    ClaimParameters,
    QuoteParameters,
    SearchParameters,
    StatementParameters,
)
from service.api.front.answer_cache import Answer
from service.errors import OnRecordError
from service.index.port import Snapshot
from service.rendering.prefix import prefixed_statement
from service.rendering.statement_json import STATEMENT_JSON

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LISTS: dict[str, StatementParameters] = {
    "/quotes": QuoteParameters(),
    "/claims": ClaimParameters(),
    "/search": SearchParameters(),
}

_STANDING = (REVALIDATED, ("Vary", f"{BY_FORM}, {BY_ENCODING}"), *SAFE)

_BEGINNING = b'{"items":['
"""Of every page."""

_PLAIN = re.compile(r"[A-Za-z0-9_.~,=&-]+")
"""A query string in which every character stands for itself."""

_write = StatementPageSchema().write


def shortcut(environ: "WSGIEnvironment", snapshot: Snapshot) -> Answer | None:
    """The answer to a request; None where there is anything to say but the page."""
    taken = LISTS.get(environ["PATH_INFO"])
    if taken is None or not _is_plain(environ):
        return None
    front, asked = environ["SCRIPT_NAME"], environ["QUERY_STRING"]
    path = front + environ["PATH_INFO"]
    given = _parameters(asked)
    query = None if given is None else taken.read(given)
    if given is None or query is None:
        return None
    try:
        page = snapshot.find_rendered(query, STATEMENT_JSON)
    except OnRecordError:
        return None
    name = name_answer(snapshot.generation, f"{path}?{asked}", JSON)
    items = [prefixed_statement(one, front) for one in page.items] if front else page.items
    return _written(items, content_of(page, path, given), name)


def _is_plain(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("HTTP_ACCEPT", ANYTHING) == ANYTHING
        and "HTTP_ACCEPT_ENCODING" not in environ
        and "HTTP_IF_NONE_MATCH" not in environ
    )


def _written(items: Iterable[bytes], content: dict[str, object], name: str) -> Answer:
    body = _body(items, content)
    headers = [
        ("Content-Type", JSON),
        ("Content-Length", str(len(body))),
        *link_to(content).items(),
        ("ETag", f'W/"{name}"'),
        *_STANDING,
    ]
    return Answer("200 OK", headers, body)


def _body(items: Iterable[bytes], content: dict[str, object]) -> bytes:
    """The page as orjson writes it, which took twice as long to take in each of the items."""
    rest = orjson.dumps(_write({**content, "items": ()}), option=orjson.OPT_APPEND_NEWLINE)
    return b"".join((_BEGINNING, b",".join(items), rest.removeprefix(_BEGINNING)))


def _parameters(asked: str) -> dict[str, str] | None:
    """Of a query string, as werkzeug reads them, each given once; None for any other."""
    if not asked:
        return {}
    try:
        if _PLAIN.fullmatch(asked):  # most are, and are split in an eighth of the time
            pairs = [(name, value) for name, value in (one.split("=") for one in asked.split("&"))]
        else:
            pairs = parse_qsl(asked, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    given = dict(pairs)
    return given if len(given) == len(pairs) and asked.isascii() else None
