"""Reach: where the service is, and who may ask it.

A page that somebody happens to visit must not read an index on the visitor's own machine. So a
host is answered only if it is the service's (a name that a stranger points at 127.0.0.1 is not),
nothing but reading is done for another site, and its scripts read an answer only where a setting
lists them.
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
"""What browsers say in Sec-Fetch-Site of our own pages, and of what a person typed."""


@dataclass(frozen=True, slots=True)
class Reach:
    """``url`` is the address of the service without a slash at its end, ``hosts`` the names it
    answers beside those of this machine, ``origins`` whose pages may read from it, ``proxies``
    whose word on all that is taken."""

    url: str = ""
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    proxies: tuple[Network, ...] = ()

    @property
    def prefix(self) -> str:
        """The path under which the service is mounted; nothing where it is the root."""
        return urlsplit(self.url).path

    def check_host(self, host: str, local_address: str) -> None:
        """``local_address`` is the address that was connected to. Raises UnknownHost."""
        if not _is_answered(host, local_address, self.hosts):
            raise UnknownHost(
                f"{host!r} is not a name of this service; its operator can list its names in "
                "ONRECORD_HOSTS"
            )

    def check_origin(self, origin: str | None, site: str | None, host: str) -> None:
        """Of a request that does more than read. Raises ForeignOrigin."""
        if origin in self.origins:
            return
        foreign = origin is not None and not self._is_same_origin(origin, host)
        if foreign or (site or "none") not in _SAME_SITE:
            raise ForeignOrigin(
                f"sent by a page of {origin or 'another site'}; the service's operator can "
                "allow sites in ONRECORD_ORIGINS"
            )

    def trusts(self, address: str) -> bool:
        return _is_within(address, self.proxies)

    def _is_same_origin(self, origin: str, host: str) -> bool:
        """Whatever the scheme, which a proxy may have changed on the way."""
        named = origin.partition("://")[2].lower()
        hosts = (host.lower(), urlsplit(self.url).netloc.lower())
        return bool(named) and _DEFAULT_PORT.sub("", named) in (
            _DEFAULT_PORT.sub("", one) for one in hosts
        )


def name_of(host: str) -> str | None:
    """The name in a Host header, without its port; None if that is not a host.

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
        return False  # a Unix socket has none
    return any(found in network for network in networks)
