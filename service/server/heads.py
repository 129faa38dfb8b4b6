"""Heads: finds where a request's head ends and refuses what HTTP/1.1 forbids.

gunicorn's parser reads a head; it is called once the head is complete, or once it is clear that the
bytes do not start a request.
"""

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader

from service.server.limits import HEAD_MAXIMUM
from service.server.refusals import Refused, bad, refused_by_parser

_END = b"\r\n\r\n"
_REQUEST_LINE = re.compile(rb"\S+ \S+ HTTP/1\.[01]")
_BARE_LINE_END = re.compile(rb"(?<!\r)\n")
_TARGET = re.compile(r"https?://([^/?#@]+)(?:[/?#].*)?", re.I)
"""A target with the host in it, as sent to proxies (RFC 9112, 3.2.2)."""

_OF_CONNECTION = frozenset({"CONNECTION", "UPGRADE"})

Client = tuple[str, int] | str


class Heads:
    """Reads the heads of one connection, one after another."""

    def __init__(self, settings: Config, client: Client) -> None:
        self._settings = settings
        self._client = client
        self._searched = 0
        self._number = 0

    def take(self, buffer: bytearray) -> Request | None:
        """The parsed head, removed from ``buffer``; None until it is complete. Raises Refused."""
        if not self._searched and buffer.startswith(b"\r\n"):
            del buffer[:2]  # an empty line before a request (RFC 9112, 2.2)
        end = buffer.find(_END, max(0, self._searched - len(_END)))
        if end < 0:
            self._check_head(buffer)
            self._searched = len(buffer)
            return None
        end += len(_END)
        if end > HEAD_MAXIMUM:
            raise _too_long()
        head = bytes(buffer[:end])
        del buffer[:end]
        self._searched = 0
        self._number += 1
        return _checked(self._parse(head))

    def _check_head(self, buffer: bytearray) -> None:
        """Raises Refused for bytes that cannot become a head, so that nobody waits for its end."""
        if len(buffer) > HEAD_MAXIMUM:
            raise _too_long()
        first = buffer.find(b"\n")
        longest = self._settings.limit_request_line
        if (first if first >= 0 else len(buffer)) > longest + 1:
            raise Refused(
                HTTPStatus.REQUEST_URI_TOO_LONG,
                f"the request line is longer than {longest} bytes",
            )
        if first < 0:
            return
        if not _REQUEST_LINE.fullmatch(buffer, 0, first - 1):
            self._parse(bytes(buffer))
            raise bad("not an HTTP/1.1 request line")
        if _BARE_LINE_END.search(buffer, max(0, self._searched - 1)):
            raise bad("a header line ends with LF, not CR LF")

    def _parse(self, head: bytes) -> Request:
        try:
            return Request(self._settings, IterUnreader([head]), self._client, self._number)
        except ParseException as error:
            raise refused_by_parser(error) from error
        except (NoMoreData, StopIteration) as error:
            raise bad("the headers are cut off") from error


def _too_long() -> Refused:
    return Refused(
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        f"the headers are longer than {HEAD_MAXIMUM} bytes",
    )


def _checked(request: Request) -> Request:
    """Refuses what gunicorn's parser accepts but HTTP/1.1 or this service does not.

    A target with a host replaces the Host header.
    """
    named = dict(request.headers)
    coding = named.get("TRANSFER-ENCODING", "chunked")
    if coding.lower() != "chunked":
        raise Refused(
            HTTPStatus.NOT_IMPLEMENTED, f"unknown transfer coding {coding!r}; expected chunked"
        )
    if request.version != (1, 0) and "HOST" not in named:
        raise bad("there is no Host header")
    if request.method == "CONNECT":
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "CONNECT is for proxies; this is not a proxy")
    uri = request.uri or ""
    if not uri.startswith(("/", "*")):
        _take_host(request, uri)
    if named.keys() & _OF_CONNECTION:
        _settle_connection(request)
    return request


def _settle_connection(request: Request) -> None:
    """Reduces the client's Connection header to "close" or "keep-alive".

    gunicorn recognises "close" only on its own, and werkzeug takes a request with an Upgrade
    header, which a server may ignore (RFC 9110, 7.8), for a WebSocket request.
    """
    said = ",".join(value for name, value in request.headers if name == "CONNECTION")
    options = {option.strip().lower() for option in said.split(",")}
    wanted = [one for one in ("close", "keep-alive") if one in options][:1]
    others = [(name, value) for name, value in request.headers if name not in _OF_CONNECTION]
    request.headers = [*others, *(("CONNECTION", one) for one in wanted)]


def expects_body(request: Any) -> bool:
    """Whether the client waits for "100 Continue", which gunicorn would send too late."""
    expects = bool(request._expected_100_continue)
    request._expected_100_continue = False
    return expects


def _take_host(request: Request, uri: str) -> None:
    target = _TARGET.fullmatch(uri)
    if target is None:
        raise bad("the target is neither a path nor a URL starting with http://")
    others = [(name, value) for name, value in request.headers if name != "HOST"]
    request.headers = [("HOST", target[1]), *others]
    request.path = urlsplit(uri).path or "/"
