"""Rate: limits how often a client may ask, over all workers, cached answers included.

Counts with the library ``limits``, on which Flask-Limiter is built; that one counts inside Flask,
but most answers are given in front of it. Installed only if a limit is set. The remaining quota is
sent as RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import TYPE_CHECKING, Any

from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter

from service.access import Access, bearer_token
from service.api.front.guard import refused
from service.api.front.shared_counters import SharedCounters
from service.errors import MisconfiguredService, TooManyRequests

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

UNLIMITED = frozenset({"/healthz", "/readyz"})
"""Monitoring polls these often and must not be refused."""

_ONE = re.compile(r"([1-9][0-9]{0,8})/(second|minute|hour|day)")

_HOUSE = 64
"""Network bits of an IPv6 address: one customer usually has the whole network."""

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Usage:
    """One client's quota under one limit: requests left, and seconds until it resets."""

    limit: RateLimitItem
    allowed: bool
    left: int
    seconds: int

    def __str__(self) -> str:
        return f'"{self.limit.GRANULARITY.name}";r={self.left};t={self.seconds}'


def read_limits(written: str) -> tuple[RateLimitItem, ...]:
    """The limits of a setting such as "120/minute 5000/day"; empty for an empty setting.

    Raises MisconfiguredService.
    """
    several = written.replace(",", " ").split()
    for one in several:
        if not _ONE.fullmatch(one):
            raise MisconfiguredService(
                f"ONRECORD_RATE: {one!r} is not a limit; expected a number, a slash and second, "
                "minute, hour or day, such as 120/minute"
            )
    periods = [one.partition("/")[2] for one in several]
    if len(set(periods)) < len(periods):
        raise MisconfiguredService("ONRECORD_RATE: one limit for each second, minute, hour, day")
    return tuple(map(parse, several))


def limiting(
    application: "WSGIApplication",
    refusing: "WSGIApplication",
    limits: tuple[RateLimitItem, ...],
    access: Access,
) -> "WSGIApplication":
    """``application``, limited for each client to what all ``limits`` allow."""
    counters = SharedCounters()
    limiter = FixedWindowRateLimiter(counters)
    policy = ", ".join(
        f'"{one.GRANULARITY.name}";q={one.amount};w={one.get_expiry()}' for one in limits
    )

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] in UNLIMITED or environ["REQUEST_METHOD"] == "OPTIONS":
            return application(environ, start_response)
        client = client_of(environ, access)
        standings = [_count(limiter, counters, one, client) for one in limits]
        rate_headers = [("RateLimit-Policy", policy), ("RateLimit", ", ".join(map(str, standings)))]

        def start(status: str, headers: Headers, *more: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *rate_headers], *more)

        exceeded = [one for one in standings if not one.allowed]
        if not exceeded:
            return application(environ, start)
        return refused(refusing, _refusal(exceeded), environ, start)

    return answer


def client_of(environ: Mapping[str, Any], access: Access) -> str:
    """The client: the holder of a known token, otherwise an address."""
    token = bearer_token(environ)
    if token is not None and access.is_known(token):
        return sha256(token.encode()).hexdigest()
    return network_of(environ.get("REMOTE_ADDR", ""))


@lru_cache(1 << 10)
def network_of(address: str) -> str:
    """
    >>> network_of("10.0.0.1"), network_of("2001:db8::1"), network_of("2001:db8::2:0:0:1")
    ('10.0.0.1', '2001:db8::', '2001:db8::')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address  # a Unix socket has no address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    others = 128 - _HOUSE
    return str(IPv6Address(int(found) >> others << others))


def _count(
    limiter: FixedWindowRateLimiter, counters: SharedCounters, limit: RateLimitItem, client: str
) -> Usage:
    """Counts a request; avoids get_window_stats, which looks up twice and took as long as all the
    rest."""
    allowed = limiter.hit(limit, client)
    count, seconds = counters.usage(limit.key_for(client))
    return Usage(limit, allowed, max(0, limit.amount - count), max(1, ceil(seconds)))


def _refusal(exceeded: Iterable[Usage]) -> TooManyRequests:
    longest = max(exceeded, key=lambda one: one.seconds)
    limit = longest.limit
    return TooManyRequests(
        (
            f"the limit is {limit.amount} requests per {limit.GRANULARITY.name}; ask again "
            f"in {longest.seconds} seconds"
        ),
        longest.seconds,
    )
