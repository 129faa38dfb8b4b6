"""Problems: every error as application/problem+json (RFC 9457).

The only place where errors become answers. A problem's type is an anchor on /docs that explains its
kind, or about:blank if the HTTP status says everything.
"""

import re
from difflib import get_close_matches
from http import HTTPStatus

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    RequestEntityTooLarge,
)
from werkzeug.exceptions import NotFound as NoSuchPath
from werkzeug.urls import iri_to_uri

from service.access import challenge
from service.api.answered.negotiation import ANYTHING, PAGE, VARYING, other_forms, preferred
from service.api.answered.schemas import ProblemSchema
from service.api.context.parts import REOPEN_SECONDS, forget_index
from service.errors import (
    IndexBusy,
    IndexUnavailable,
    InvalidParameter,
    InvalidParameters,
    OnRecordError,
    Refused,
    TooBusy,
    TooManyRequests,
)
from service.rendering.prefix import prefix
from service.web.templating import render

MEDIA_TYPE = "application/problem+json"


def register(app: Flask) -> None:
    """Makes ``app`` answer every error as a problem."""
    app.register_error_handler(OnRecordError, _answer_error)
    app.register_error_handler(Refused, _answer_refused)
    app.register_error_handler(IndexUnavailable, _answer_unavailable)
    app.register_error_handler(TooBusy, _answer_busy)
    app.register_error_handler(IndexBusy, answer_unready)


def kind_of(error: type[OnRecordError]) -> str:
    """The anchor on /docs that explains this kind of problem.

    >>> kind_of(InvalidParameter)
    '/docs#invalid-parameter'
    """
    return "/docs#" + re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()


def problem(status: int, title: str, detail: str, kind: str = "about:blank") -> Response:
    return _respond({"type": kind, "title": title, "status": status, "detail": detail})


def _respond(content: dict[str, object]) -> Response:
    instance = f"{prefix()}{iri_to_uri(request.path)}"
    shown = ProblemSchema().dump({**content, "instance": instance})
    response = _written(shown)
    response.status_code = int(str(content["status"]))
    response.vary.add(VARYING)
    return response


def _written(problem: dict[str, object]) -> Response:
    """The problem as a page, for browsers, if the path has pages or does not exist."""
    accepted = request.environ.get("HTTP_ACCEPT", ANYTHING)
    has_page = request.endpoint is None or PAGE in other_forms()
    if has_page and preferred(accepted, (MEDIA_TYPE, PAGE)) == PAGE:
        shared = {"here": None, "problem": problem}
        return Response(render("error", prefix(), shared), mimetype=PAGE)
    return Response(current_app.json.dumps(problem), mimetype=MEDIA_TYPE)


def _answer_error(error: OnRecordError) -> Response:
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.warning("%s: %s", type(error).__name__, error)
    wrong = _wrong_parameters(error)
    content = {
        "type": prefix() + kind_of(InvalidParameter if wrong else type(error)),
        "title": error.title,
        "status": int(error.status),
        "detail": error.public or str(error),
    }
    if not wrong:
        return _respond(content)
    total = error.total if isinstance(error, InvalidParameters) else len(wrong)
    return _respond({**content, "errors": wrong, "errors_total": total})


def _wrong_parameters(error: OnRecordError) -> tuple[InvalidParameter, ...]:
    if isinstance(error, InvalidParameters):
        return error.parameters
    return (error,) if isinstance(error, InvalidParameter) else ()


def _answer_refused(error: Refused) -> Response:
    response = _answer_error(error)
    challenged = challenge(error)
    if challenged is not None:
        response.headers["WWW-Authenticate"] = challenged
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _answer_unavailable(error: IndexUnavailable) -> Response:
    """Also forgets the open index: it may be usable once opened again."""
    forget_index()
    return answer_unready(error)


def answer_unready(error: IndexUnavailable) -> Response:
    """Answers 503 but keeps the index open, since other calls may still be answered from it."""
    response = _answer_error(error)
    response.headers["Retry-After"] = str(REOPEN_SECONDS)
    return response


BUSY_SECONDS = 30
"""Retry-After in seconds: a list of a million statements takes a minute or two."""


def _answer_busy(error: TooBusy) -> Response:
    response = _answer_error(error)
    response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def answer_http_error(error: HTTPException) -> Response:
    """An error raised by werkzeug as a problem; headers such as Allow are kept."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    response = problem(status, status.phrase, _explain(error))
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _explain(error: HTTPException) -> str:
    if isinstance(error, NoSuchPath):
        return f"there is no {prefix()}{request.path}{_did_you_mean_path()}"
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        return f"{prefix()}{request.path} takes {allowed}, not {request.method}"
    if isinstance(error, RequestEntityTooLarge):
        return f"the body is longer than {(request.max_content_length or 1) - 1} bytes"
    if isinstance(error, InternalServerError):
        return "something went wrong on the server; see its log"
    return error.description or ""


def _did_you_mean_path() -> str:
    paths = [rule.rule for rule in current_app.url_map.iter_rules() if not rule.arguments]
    base_path = prefix()
    return did_you_mean(base_path + request.path, [base_path + path for path in paths])


def did_you_mean(word: str, known: list[str]) -> str:
    """The end of a message that suggests the nearest of ``known``; empty if none is near.

    >>> did_you_mean("speker", ["speaker", "source"])
    '; did you mean "speaker"?'
    """
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
