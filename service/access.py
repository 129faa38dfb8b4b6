"""Access: bearer tokens, and what a request may do with the one that it brings (RFC 6750).

Only checksums of tokens are kept, and every one of them is compared in constant time: how long it
takes says nothing about how near a guess came.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import Refused, TokenMissing, TokenTooWeak, TokenUnknown, WritingOff

TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,200}={0,2}")
"""What a token may be, of RFC 6750's characters; 16 that nobody can guess have 95 bits."""

_HASHED = re.compile(r"sha256:([0-9a-f]{64})")
_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*) *", re.IGNORECASE)

OPEN_CALLS = frozenset({"/healthz", "/readyz", "/openapi.yaml", "/docs"})
"""They say how the service is and how to ask it, and nothing from an index."""

_OPEN_BELOW = re.compile(r"/static/.*|/docs/[^/]+(/[^/]+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tokens:
    """``digests`` are the tokens' SHA-256."""

    digests: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, written: Iterable[str]) -> "Tokens":
        """Of tokens as a setting has them: each itself, or its checksum as ``sha256:...``."""
        return cls(tuple(dict.fromkeys(map(_digest_of, written))))

    def __bool__(self) -> bool:
        return bool(self.digests)

    def have(self, token: str) -> bool:
        digest = hashlib.sha256(token.encode()).digest()
        # summed, so that all of them are compared, also after the one that matches
        return sum(hmac.compare_digest(digest, known) for known in self.digests) > 0


@dataclass(frozen=True, slots=True)
class Access:
    """``writing`` tokens may do everything, ``reading`` ones read; without the first nobody writes,
    without the second everybody reads."""

    writing: Tokens = Tokens()
    reading: Tokens = Tokens()

    def check_reading(self, environ: Mapping[str, Any]) -> None:
        """Raises TokenMissing or TokenUnknown."""
        if not self.reading or _is_open(environ):
            return
        token = _token_of(environ)
        if not self.is_known(token):
            raise TokenUnknown(_UNKNOWN)

    def check_writing(self, environ: Mapping[str, Any]) -> None:
        """Raises Refused."""
        if not self.writing:
            raise WritingOff(
                "writing over HTTP is off; the operator can allow it with tokens in "
                "ONRECORD_WRITE_TOKENS"
            )
        token = _token_of(environ)
        if self.writing.have(token):
            return
        if self.reading.have(token):
            raise TokenTooWeak("this token is for reading only; expected one for writing")
        raise TokenUnknown(_UNKNOWN)

    def is_known(self, token: str) -> bool:
        return self.writing.have(token) or self.reading.have(token)


_UNKNOWN = "unknown or withdrawn token"


def is_written_token(written: str) -> bool:
    """Whether it can be in a setting."""
    return bool(_HASHED.fullmatch(written) or TOKEN.fullmatch(written))


def bearer_token(environ: Mapping[str, Any]) -> str | None:
    """That of a request; None where it brings none."""
    found = _BEARER.fullmatch(environ.get("HTTP_AUTHORIZATION", ""))
    return None if found is None else found[1]


def _token_of(environ: Mapping[str, Any]) -> str:
    """Raises TokenMissing."""
    token = bearer_token(environ)
    if token is None:
        raise TokenMissing(
            "no token; expected the header Authorization: Bearer TOKEN, with a token from "
            "the operator"
        )
    return token


def _is_open(environ: Mapping[str, Any]) -> bool:
    path = environ["PATH_INFO"]
    return path in OPEN_CALLS or _OPEN_BELOW.fullmatch(path) is not None


def challenge(error: Refused) -> str | None:
    """What WWW-Authenticate says; nothing where no other token would help."""
    if isinstance(error, TokenMissing):
        return _CHALLENGE
    if isinstance(error, TokenUnknown):
        return f'{_CHALLENGE}, error="invalid_token"'
    if isinstance(error, TokenTooWeak):
        return f'{_CHALLENGE}, error="insufficient_scope"'
    return None


_CHALLENGE = 'Bearer realm="On Record"'


def _digest_of(written: str) -> bytes:
    hashed = _HASHED.fullmatch(written)
    return bytes.fromhex(hashed[1]) if hashed else hashlib.sha256(written.encode()).digest()
