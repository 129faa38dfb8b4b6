"""Limiting: no request is worked on for longer than the deadline.

Stands in front of everything else. What is not done by then is given up where a loop next asks
(deadline.py), and answered as a problem; an answer that is streamed is no work for one request.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from service.deadline import deadline_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def limiting(application: "WSGIApplication", seconds: float) -> "WSGIApplication":
    """``application``, whose work for one request takes so long at most."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with deadline_of(seconds):
            return application(environ, start_response)

    return answer
