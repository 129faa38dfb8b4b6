"""Guard: runs before everything else, admits only permitted requests, and sets the address.

Headers about the service's address count only if they come from a trusted proxy. A refused request
is marked, and the application answers it like any other error.
"""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from service.errors import Refused
from service.reach import Reach

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REFUSED = "onrecord.refused"

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_PREFIX = re.compile(r"(?:/[A-Za-z0-9_.~-]+)+")
"""A path prefix; one that starts with two slashes would be a host."""

Headers = list[tuple[str, str]]

EXPOSED = (
    "Access-Control-Expose-Headers",
    "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate",
)
PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "7200"),  # the longest time that browsers cache
)


def register(app: Flask) -> None:
    """Makes ``app`` answer requests that the guard refused as errors."""
    app.before_request(_raise_refusal)


def _raise_refusal() -> None:
    refusal = request.environ.get(REFUSED)
    if refusal is not None:
        raise refusal


def refused(
    refusing: "WSGIApplication",
    refusal: Refused,
    environ: "WSGIEnvironment",
    start_response: "StartResponse",
) -> Iterable[bytes]:
    """The answer of ``refusing`` to a request refused in front of it."""
    environ[REFUSED] = refusal
    return refusing(environ, start_response)


def guarding(
    application: "WSGIApplication", refusing: "WSGIApplication", reach: Reach
) -> "WSGIApplication":
    """``application`` for permitted requests; ``refusing`` answers all others."""
    known = reach.prefix

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        _set_prefix(environ, known)
        try:
            _check(environ, reach)
        except Refused as refusal:
            return refused(refusing, refusal, environ, start_response)
        if reach.origins:
            return _shared(application, environ, start_response, reach)
        return application(environ, start_response)

    if not reach.proxies:
        return answer
    forwarded = ProxyFix(answer, x_for=1, x_proto=1, x_host=1, x_prefix=1)

    def hear(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        trusted = reach.trusts(environ.get("REMOTE_ADDR", ""))
        return (forwarded if trusted else answer)(environ, start_response)

    return hear


def _set_prefix(environ: "WSGIEnvironment", known: str) -> None:
    """Sets SCRIPT_NAME to the prefix the service is mounted at, whether or not the proxy strips
    it."""
    mounted_at = known or environ.get("SCRIPT_NAME", "")
    prefix = mounted_at.rstrip("/") if mounted_at else ""
    environ["SCRIPT_NAME"] = prefix if not prefix or _PREFIX.fullmatch(prefix) else ""
    path = environ["PATH_INFO"]
    if prefix and f"{path}/".startswith(f"{prefix}/"):
        environ["PATH_INFO"] = path[len(prefix) :] or "/"


def _check(environ: "WSGIEnvironment", reach: Reach) -> None:
    """Raises Refused if the host or the origin is not permitted."""
    host = environ.get("HTTP_HOST")
    if host is not None:
        reach.check_host(host, environ["SERVER_NAME"])
    if environ["REQUEST_METHOD"] not in _READING:
        site = environ.get("HTTP_SEC_FETCH_SITE")
        reach.check_origin(environ.get("HTTP_ORIGIN"), site, host or "")


def _shared(
    application: "WSGIApplication",
    environ: "WSGIEnvironment",
    start_response: "StartResponse",
    reach: Reach,
) -> Iterable[bytes]:
    """The answer, with CORS headers if a page of a permitted origin asks."""
    origin = environ.get("HTTP_ORIGIN")
    allowed = (("Access-Control-Allow-Origin", origin),) if origin in reach.origins else ()

    def start(status: str, headers: Headers, *more: Any) -> Callable[[bytes], object]:
        added = (*allowed, EXPOSED) if allowed else ()
        return start_response(status, [*_varying(headers), *added], *more)

    asked = environ["REQUEST_METHOD"] == "OPTIONS"
    if allowed and asked and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
        start_response("204 No Content", [("Vary", "Origin"), *allowed, *PREFLIGHT])
        return []
    return application(environ, start)


def _varying(headers: Headers) -> Headers:
    """``headers`` with Origin added to Vary."""
    names = ", ".join(value for name, value in headers if name.lower() == "vary")
    others = [(name, value) for name, value in headers if name.lower() != "vary"]
    return [*others, ("Vary", f"{names}, Origin" if names else "Origin")]
