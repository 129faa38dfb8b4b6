"""Admission: runs before the kept answers, too, and lets in whoever may read.

A request without a known token is marked as refused, and the application answers as it answers
every other error. Put in place only where there are tokens for reading.
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
    """``application`` for those whose request passes ``check``, which raises Refused."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "OPTIONS":  # which asks what may be asked
            try:
                check(environ)
            except Refused as refusal:
                return refused(refusing, refusal, environ, start_response)
        return application(environ, start_response)

    return answer
