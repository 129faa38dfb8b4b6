"""Webhooks: signs and posts a message, as Standard Webhooks defines it.

https://www.standardwebhooks.com. A message's id is derived from its content, so that a receiver
recognises a repeated one. Redirects are not followed, proxy settings of the shell are ignored, and
nothing is sent to an address that the setting does not list.
"""

import base64
import hashlib
import hmac
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

SECONDS = 15
"""Seconds for a receiver to answer: the minimum that Standard Webhooks recommends."""

TRIED_AFTER = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds to wait after each failed attempt, as Standard Webhooks recommends; after the last one,
three days after the first attempt, the message is given up."""


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a delivery; ``status`` is 0 without an answer, ``reason`` says what went
    wrong."""

    status: int
    reason: str = ""

    @property
    def is_delivered(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the receiver refuses all further messages (410)."""
        return self.status == 410


def sign(message: Message, timestamp: int, secrets: Iterable[bytes]) -> str:
    """One signature per secret, so that secrets can be rotated.

    >>> from service.alerts.addresses import secret_of
    >>> vector = Message("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}')
    >>> sign(vector, 1614265330, [secret_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")])
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    signed = b".".join((message.id.encode(), str(timestamp).encode(), message.body))
    digests = (hmac.digest(secret, signed, hashlib.sha256) for secret in secrets)
    return " ".join(f"v1,{base64.b64encode(one).decode()}" for one in digests)


def post(address: str, message: Message, timestamp: int, secrets: Sequence[bytes]) -> Outcome:
    """Posts the message and returns the outcome; raises nothing."""
    parts = urlsplit(address)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "onrecord",
        "webhook-id": message.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(message, timestamp, secrets),
    }
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, message.body, headers)
        with connection.getresponse() as response:
            return Outcome(response.status, f"the receiver answered {response.status}")
    except (OSError, HTTPException) as error:
        return Outcome(0, str(error) or type(error).__name__)
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, port, timeout=SECONDS, context=context)
    return HTTPConnection(host, port, timeout=SECONDS)
