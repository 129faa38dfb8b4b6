"""Reach: the service's own addresses, and which sites may call it.

A page that somebody happens to visit must not read an index on the visitor's machine. So a request
is answered only if its host is a name of the service (a stranger's name that resolves to 127.0.0.1
is not), pages of other sites may only read, and their scripts see the answer only if a setting
lists their origin.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import urlsplit

from service.errors import ForeignOrigin, UnknownHost

Network = IPv4Network | IPv6Network

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+?)\.?(?::[0-9]{1,5})?")
_DEFAULT_PORT = re.compile(r":(?:80|443)$")
_SAME_SITE = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site for the service's own pages and for an address that a person typed."""


@dataclass(frozen=True, slots=True)
class Reach:
    """``url`` is the address of the service, without a trailing slash; ``hosts`` are its names
    besides those of this machine; ``origins`` may read from it by script; ``proxies`` are trusted
    to set headers that say where the service is and who asks."""

    url: str = ""
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    proxies: tuple[Network, ...] = ()

    @property
    def prefix(self) -> str:
        """The path prefix under which the service is mounted; empty at the root."""
        return urlsplit(self.url).path

    def check_host(self, host: str, local_address: str) -> None:
        """Raises UnknownHost unless ``host`` names this service.

        ``local_address`` is the server's end of the connection.
        """
        if not _is_answered(host, local_address, self.hosts):
            raise UnknownHost(
                f"{host!r} is not a name of this service; its operator can list its names in "
                "ONRECORD_HOSTS"
            )

    def check_origin(self, origin: str | None, site: str | None, host: str) -> None:
        """For a request that does more than read: raises ForeignOrigin if another site sent it."""
        if origin in self.origins:
            return
        foreign = origin is not None and not self._is_same_origin(origin, host)
        if foreign or (site or "none") not in _SAME_SITE:
            raise ForeignOrigin(
                f"sent by a page of {origin or 'another site'}; the service's operator can "
                "allow sites in ONRECORD_ORIGINS"
            )

    def trusts(self, address: str) -> bool:
        """Whether ``address`` belongs to a trusted proxy."""
        return _is_within(address, self.proxies)

    def _is_same_origin(self, origin: str, host: str) -> bool:
        """Compares hosts only: a proxy may have changed the scheme."""
        named = origin.partition("://")[2].lower()
        hosts = (host.lower(), urlsplit(self.url).netloc.lower())
        return bool(named) and _DEFAULT_PORT.sub("", named) in (
            _DEFAULT_PORT.sub("", one) for one in hosts
        )


def name_of(host: str) -> str | None:
    """The name in a Host header, lower case and without port; None if it is not a valid host.

    >>> name_of("News.example:8000"), name_of("[::1]:80"), name_of("a b")
    ('news.example', '[::1]', None)
    """
    found = _HOST.fullmatch(host)
    return found[1].lower() if found else None


@lru_cache(1 << 8)
def _is_answered(host: str, local_address: str, hosts: frozenset[str]) -> bool:
    name = name_of(host)
    if name is None:
        return False
    if name in hosts or name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name.strip("[]"))
    except ValueError:
        return False
    return address.is_loopback or (not address.is_unspecified and str(address) == local_address)


@lru_cache(1 << 8)
def _is_within(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False  # a Unix socket has no address
    return any(found in network for network in networks)
