"""Plain lists: answers simple lists of statements in front of the application.

For such a page Flask and its hooks took four fifths of the time (python -m bench.http), and for a
page for people half of it (python -m bench.html). Errors and anything conditional, compressed or in
another form are left to the application, which gives the same answers, header for header.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import orjson

from service.api.answered.etags import REVALIDATED, name_answer
from service.api.answered.headers import BY_ENCODING, PAGE_POLICY, SAFE
from service.api.answered.listing import content_of, link_to
from service.api.answered.negotiation import (
    ANYTHING,
    FORMS_OF_LISTS,
    JSON,
    PAGE,
    preferred,
)
from service.api.answered.negotiation import VARYING as BY_FORM
from service.api.answered.schemas import StatementPageSchema
from service.api.calls.pages.lists import CLAIMS, EVERYTHING, QUOTATIONS, Kind, statements_page
from service.api.calls.pages.question import Question
from service.api.front.answer_cache import Answer
from service.domain import Query
from service.errors import OnRecordError
from service.index.port import Snapshot
from service.rendering.prefix import prefixed_statement
from service.rendering.statement_json import STATEMENT_JSON

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LISTS: dict[str, Kind] = {"/quotes": QUOTATIONS, "/claims": CLAIMS, "/search": EVERYTHING}

_FIXED_HEADERS = (REVALIDATED, ("Vary", f"{BY_FORM}, {BY_ENCODING}"), *SAFE)

_BEGINNING = b'{"items":['
"""The start of every page."""

_SAFE_QUERY = re.compile(r"[A-Za-z0-9_.~,=&-]+")
"""A query string without characters that need decoding."""

_write = StatementPageSchema().write


def shortcut(environ: "WSGIEnvironment", snapshot: Snapshot) -> Answer | None:
    """The answer to a simple request; None leaves it to the application."""
    kind = LISTS.get(environ["PATH_INFO"])
    if kind is None or not _is_simple(environ):
        return None
    form = _form_of(environ.get("HTTP_ACCEPT", ANYTHING))
    asked = environ["QUERY_STRING"]
    parameters = _parameters(asked)
    query = None if parameters is None else kind.taken.read(parameters)
    if form is None or parameters is None or query is None:
        return None
    question = Question(environ["SCRIPT_NAME"], environ["PATH_INFO"], parameters)
    try:
        body, headers = _WRITERS[form](snapshot, query, kind, question)
    except OnRecordError:
        return None
    name = name_answer(snapshot.generation, f"{question.address}?{asked}", form)
    return _written(form, body, headers, name)


def _is_simple(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "HTTP_ACCEPT_ENCODING" not in environ
        and "HTTP_IF_NONE_MATCH" not in environ
    )


def _form_of(accepted: str) -> str | None:
    """The form if it is one of the two written here; a page only if nothing else is accepted."""
    if accepted == ANYTHING:
        return JSON
    return PAGE if preferred(accepted, _FORMS) == PAGE else None


def _written(form: str, body: bytes, headers: Mapping[str, str], name: str) -> Answer:
    all_headers = [
        ("Content-Type", _TYPES[form]),
        ("Content-Length", str(len(body))),
        *headers.items(),
        ("ETag", f'W/"{name}"'),
        *_FIXED_HEADERS,
    ]
    return Answer("200 OK", [*all_headers, PAGE_POLICY] if form == PAGE else all_headers, body)


Written = tuple[bytes, dict[str, str]]
"""An answer's body, and the headers specific to it."""


def _as_json(snapshot: Snapshot, query: Query, kind: Kind, question: Question) -> Written:
    page = snapshot.find_rendered(query, STATEMENT_JSON)
    base_path = question.base_path
    items = [prefixed_statement(one, base_path) for one in page.items] if base_path else page.items
    content = content_of(page, question.address, question.parameters)
    return _body(items, content), link_to(content)


def _as_page(snapshot: Snapshot, query: Query, kind: Kind, question: Question) -> Written:
    written, headers = statements_page(snapshot, query, kind, question)
    return written.encode(), headers


_WRITERS = {JSON: _as_json, PAGE: _as_page}

_TYPES = {JSON: JSON, PAGE: f"{PAGE}; charset=utf-8"}

_FORMS = (JSON, *FORMS_OF_LISTS, PAGE)
"""All forms of a list, the page last."""


def _body(items: Iterable[bytes], content: dict[str, object]) -> bytes:
    """The page's JSON as orjson writes it; passing the items through orjson took twice as long."""
    rest = orjson.dumps(_write({**content, "items": ()}), option=orjson.OPT_APPEND_NEWLINE)
    return b"".join((_BEGINNING, b",".join(items), rest.removeprefix(_BEGINNING)))


def _parameters(asked: str) -> dict[str, str] | None:
    """The query string's parameters, each given once, as werkzeug reads them; None for any
    other."""
    if not asked:
        return {}
    try:
        if _SAFE_QUERY.fullmatch(asked):  # most are; split in an eighth of the time
            pairs = [(name, value) for name, value in (one.split("=") for one in asked.split("&"))]
        else:
            pairs = parse_qsl(asked, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    parameters = dict(pairs)
    return parameters if len(parameters) == len(pairs) and asked.isascii() else None
