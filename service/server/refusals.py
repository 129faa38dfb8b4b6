"""Refusals: answers a malformed request with a problem (RFC 9457) and ends the connection."""

from http import HTTPStatus

import orjson
from gunicorn.http import errors
from gunicorn.util import http_date

_STATUSES: dict[type[errors.ParseException], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
}
"""Statuses for errors of gunicorn's parser; any other error is a bad request."""

_DETAIL_MAXIMUM = 200
"""Characters: the parser's messages quote a line of the head."""


class Refused(Exception):
    """A request that cannot be read; ``detail`` tells the client what is wrong with it.

    Its string, for the log, contains none of the request's words; ``reason`` replaces them.
    """

    def __init__(self, status: HTTPStatus, detail: str, reason: str = "") -> None:
        super().__init__(f"{status.value} {reason or status.phrase}")
        self.status = status
        self.detail = detail


def bad(detail: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, detail, detail)


def refused_by_parser(error: errors.ParseException) -> Refused:
    detail = str(error)[:_DETAIL_MAXIMUM]
    status = _STATUSES.get(type(error), HTTPStatus.BAD_REQUEST)
    return Refused(status, detail, type(error).__name__)


def written(refused: Refused) -> bytes:
    """The complete answer, head and body, as bytes."""
    problem = {
        "type": "about:blank",
        "title": refused.status.phrase,
        "status": refused.status.value,
        "detail": refused.detail,
    }
    body = orjson.dumps(problem, option=orjson.OPT_APPEND_NEWLINE)
    head = (
        f"HTTP/1.1 {refused.status.value} {refused.status.phrase}",
        f"Date: {http_date()}",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
        "\r\n",
    )
    return "\r\n".join(head).encode() + body
