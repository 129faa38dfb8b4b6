"""Access: bearer tokens, and what each allows a request to do (RFC 6750).

Only SHA-256 digests of tokens are kept, and each is compared in constant time, so timing does not
reveal how close a guess came.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import Refused, TokenMissing, TokenTooWeak, TokenUnknown, WritingOff

TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,200}={0,2}")
"""The characters RFC 6750 allows, at least 16 of them; 16 random ones carry 95 bits."""

_HASHED = re.compile(r"sha256:([0-9a-f]{64})")
_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*) *", re.IGNORECASE)

OPEN_CALLS = frozenset({"/healthz", "/readyz", "/openapi.yaml", "/docs"})
"""Always open: they describe the service and its state, and contain nothing from the index."""

_OPEN_BELOW = re.compile(r"/static/.*|/docs/[^/]+(/[^/]+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A set of tokens, held as their SHA-256 ``digests``."""

    digests: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, written: Iterable[str]) -> "Tokens":
        """From a setting's tokens, each written in clear or as ``sha256:`` and its hex digest."""
        return cls(tuple(dict.fromkeys(map(_digest_of, written))))

    def __bool__(self) -> bool:
        return bool(self.digests)

    def have(self, token: str) -> bool:
        """Whether ``token`` is in the set."""
        digest = hashlib.sha256(token.encode()).digest()
        # summed rather than any(): compares every digest, even after a match
        return sum(hmac.compare_digest(digest, known) for known in self.digests) > 0


@dataclass(frozen=True, slots=True)
class Access:
    """The tokens of each kind: a ``writing`` token allows everything, a ``reading`` token reading.

    Without writing tokens nobody may write; without reading tokens everybody may read.
    """

    writing: Tokens = Tokens()
    reading: Tokens = Tokens()

    def check_reading(self, environ: Mapping[str, Any]) -> None:
        """Raises TokenMissing or TokenUnknown if the request may not read."""
        if not self.reading or _is_open(environ):
            return
        token = _token_of(environ)
        if not self.is_known(token):
            raise TokenUnknown(_UNKNOWN)

    def check_writing(self, environ: Mapping[str, Any]) -> None:
        """Raises WritingOff, TokenMissing, TokenTooWeak or TokenUnknown if the request may not
        write."""
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
        """Whether the token allows anything at all."""
        return self.writing.have(token) or self.reading.have(token)


_UNKNOWN = "unknown or withdrawn token"


def is_written_token(written: str) -> bool:
    """Whether ``written`` is a valid token or digest for a setting."""
    return bool(_HASHED.fullmatch(written) or TOKEN.fullmatch(written))


def bearer_token(environ: Mapping[str, Any]) -> str | None:
    """The bearer token of a request; None without one."""
    found = _BEARER.fullmatch(environ.get("HTTP_AUTHORIZATION", ""))
    return None if found is None else found[1]


def _token_of(environ: Mapping[str, Any]) -> str:
    """The bearer token of a request. Raises TokenMissing."""
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
    """The WWW-Authenticate header for a refusal; None if another token would not help."""
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
