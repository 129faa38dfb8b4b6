"""Numbering: every request has an id, which its answer names and the access log too.

A proxy that is trusted gives its own, so that one request has one id in the logs of both.
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
"""Where a request keeps its id in its environment."""

HEADER = "X-Request-ID"

_ID = re.compile(r"[A-Za-z0-9._~+/=-]{1,128}")
"""What proxies make: UUIDs, hexadecimal numbers, base64. Nothing that would break a line."""


class _Ids:
    """A name that no other process has, and numbers after it. To ask the system for a random number
    each time took a fortieth of the time of a page that is kept."""

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
    """``application``, whose answers name the request.

    ``trusts`` says of an address whether it is a proxy's whose id is taken.
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
    """With one header more, in a list of its own: the answer may be kept and given to others."""
    return start_response(status, [*headers, (HEADER, request_id)], error)
