"""The access log: one JSON line per request; also where requests are counted.

Implemented as gunicorn's logger, because only gunicorn knows when an answer has been sent and which
requests it refused itself. The log holds no user's words: only the parameter names of a query
string, and of an unknown path only the fact that it is unknown.
"""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from gunicorn.config import AccessLogFormat
from gunicorn.glogging import Logger

from service.api.context.counting import METHODS, OTHER, Counting
from service.api.context.parts import generation_of
from service.api.front.numbering import REQUEST_ID

_NAME = re.compile(r"[A-Za-z_]{1,20}")
"""A parameter name. A longer one may be text that a user meant to search for."""


class AccessLog(Logger):
    """Logs to the target of gunicorn's --access-logfile; without one it only counts."""

    counting: Counting | None = None

    def access(
        self, resp: Any, req: Any, environ: MutableMapping[str, Any], request_time: timedelta
    ) -> None:
        status = resp.status_code or _number_of(resp.status)
        route, counting = None, self.counting
        if counting is not None:
            route = counting.find_route(environ.get("PATH_INFO", ""))
            method = environ.get("REQUEST_METHOD", OTHER)
            counting.counts.count(method, route or OTHER, status, request_time.total_seconds())
        if not self.access_log_enabled:
            return
        if environ and self.cfg.access_log_format != AccessLogFormat.default:  # logging is on
            super().access(resp, req, environ, request_time)
            return
        line = _line(environ, route, status, getattr(resp, "sent", 0), request_time)
        self.access_log.info("%s", line)

    def refused(self, status: int) -> None:
        """Counts a malformed request, of which only the status is known."""
        self.access(_Refusal(status), None, {}, timedelta())


@dataclass(frozen=True, slots=True)
class _Refusal:
    """The part of gunicorn's response object that ``_line`` needs."""

    status_code: int
    sent: int = 0
    headers: tuple[()] = ()

    @property
    def status(self) -> str:
        return str(self.status_code)


def _number_of(status: Any) -> int:
    """The status of a request that gunicorn refused itself."""
    first = str(status).partition(" ")[0]
    return int(first) if first.isdecimal() else 0


def _line(
    environ: Mapping[str, Any], route: str | None, status: int, sent: int, taken: timedelta
) -> str:
    method = environ.get("REQUEST_METHOD")
    shows_path = route is not None and (status < 400 or "{" not in route)
    return orjson.dumps(
        {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "id": environ.get(REQUEST_ID),
            "method": method if method in METHODS else OTHER,
            "route": route,
            # only ids that exist: one that was not found may be any text
            "path": _text(environ["PATH_INFO"]) if shows_path else None,
            "parameters": _names(environ.get("QUERY_STRING", "")),
            "status": status,
            "bytes": sent,
            "milliseconds": round(taken.total_seconds() * 1000, 1),
            "generation": generation_of(environ),
        }
    ).decode()


def _text(path: str) -> str:
    """Decodes a path: WSGI passes each byte as one character."""
    return path.encode("latin-1").decode("utf-8", "replace")


def _names(query: str) -> list[str]:
    """
    >>> _names("q=No+more&speaker=Jane+Doe&we+will+never+leave")
    ['other', 'q', 'speaker']
    """
    names = {part.partition("=")[0] for part in query.split("&") if part}
    return sorted({name if _NAME.fullmatch(name) else OTHER for name in names})
