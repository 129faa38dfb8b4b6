"""Addresses: validates webhook addresses and decodes signing secrets from the settings."""

import base64
import binascii
import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_SECRET = re.compile(r"whsec_([A-Za-z0-9+/]{32,88}={0,2})")
_LEAST, _MOST = 24, 64
"""Bytes of a secret, as Standard Webhooks requires."""


def secret_of(written: str) -> bytes | None:
    """The key in ``whsec_...``; None if it is not a valid secret.

    >>> len(secret_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    24
    """
    found = _SECRET.fullmatch(written)
    try:
        secret = base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error:
        return None
    return secret if _LEAST <= len(secret) <= _MOST else None


def is_webhook(address: str) -> bool:
    """Whether messages may be sent there: over TLS, or to this machine.

    >>> is_webhook("https://desk.example/hook"), is_webhook("http://127.0.0.1:9/a")
    (True, True)
    >>> is_webhook("http://desk.example/hook"), is_webhook("https://a:b@desk.example/")
    (False, False)
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_clean = bool(re.fullmatch(r"[!-~]+", address)) and not (parts.username or parts.fragment)
    if not (is_clean and host):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
