"""Admission: runs before cached answers too, and admits only clients that may read.

A refused request is marked, and the application answers it like any other error. Installed only if
there are tokens for reading.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from service.api.front.guard import refused
from service.errors import Refused

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def admitting(
    application: "WSGIApplication",
    refusing: "WSGIApplication",
    check: Callable[[Mapping[str, Any]], None],
) -> "WSGIApplication":
    """``application`` for requests that pass ``check``, which raises Refused."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "OPTIONS":  # a preflight request
            try:
                check(environ)
            except Refused as refusal:
                return refused(refusing, refusal, environ, start_response)
        return application(environ, start_response)

    return answer
