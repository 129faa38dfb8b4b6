"""Refusals: what is not a request is answered as a problem too (RFC 9457), and the connection
ends."""

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
"""Of what gunicorn's parser refuses; anything else is a bad request."""

_DETAIL_MAXIMUM = 200
"""Characters: the parser quotes a line of the head."""


class Refused(Exception):
    """A request that cannot be taken in; ``detail`` says what is wrong with it, to the client.

    As a string, for the log, it has no words of the request, ``reason`` in their place.
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
    """The answer, whole."""
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
