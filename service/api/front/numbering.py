"""Numbering: gives every request an id, for its answer and the access log.

The id of a trusted proxy is kept, so that a request has the same id in both logs.
"""

import os
import re
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from secrets import token_hex
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "onrecord.request_id"
"""Key of the request's id in its environment."""

HEADER = "X-Request-ID"

_ID = re.compile(r"[A-Za-z0-9._~+/=-]{1,128}")
"""The ids that proxies generate: UUIDs, hexadecimal numbers, base64. No line breaks."""


class _Ids:
    """Ids from a random name per process and a counter. Asking the system for random numbers each
    time took a fortieth of the time of a cached page."""

    def __init__(self) -> None:
        self.begin()
        os.register_at_fork(after_in_child=self.begin)

    def begin(self) -> None:
        self._name = token_hex(6)
        self._numbers = count(1)

    def make(self) -> str:
        return f"{self._name}{next(self._numbers):08x}"


_ids = _Ids()


def numbering(application: "WSGIApplication", trusts: Callable[[str], bool]) -> "WSGIApplication":
    """``application`` with the request's id in its answers.

    ``trusts`` says whether an address is a proxy whose ids are accepted.
    """

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request_id = environ.get("HTTP_X_REQUEST_ID")
        if request_id is None or not (
            _ID.fullmatch(request_id) and trusts(environ.get("REMOTE_ADDR", ""))
        ):
            request_id = _ids.make()
        environ[REQUEST_ID] = request_id
        return application(environ, partial(_start, start_response, request_id))

    return answer


def _start(
    start_response: "StartResponse",
    request_id: str,
    status: str,
    headers: list[tuple[str, str]],
    error: Any = None,
) -> Callable[[bytes], object]:
    """Adds the header to a copy of the list: the answer may be cached and given to others."""
    return start_response(status, [*headers, (HEADER, request_id)], error)
