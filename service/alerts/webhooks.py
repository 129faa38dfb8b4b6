"""Webhooks: a message is signed and posted, in the form of Standard Webhooks.

https://www.standardwebhooks.com. The id of a message is made of what it tells, so that whoever
gets it twice knows it again. No redirect is followed, no proxy of the shell is asked, and nothing
is sent to an address that the setting does not list.
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
"""For a receiver to answer: what Standard Webhooks recommends as the least."""

TRIED_AFTER = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds after each attempt that failed, as Standard Webhooks recommends; after the last one it
is given up, three days after the first."""


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """``status`` is 0 without an answer; ``reason`` says what went wrong."""

    status: int
    reason: str = ""

    @property
    def is_delivered(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """The receiver wants nothing any more."""
        return self.status == 410


def sign(message: Message, timestamp: int, secrets: Iterable[bytes]) -> str:
    """A signature by each secret, so that one may follow another.

    >>> from service.alerts.addresses import secret_of
    >>> vector = Message("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}')
    >>> sign(vector, 1614265330, [secret_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")])
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    signed = b".".join((message.id.encode(), str(timestamp).encode(), message.body))
    digests = (hmac.digest(secret, signed, hashlib.sha256) for secret in secrets)
    return " ".join(f"v1,{base64.b64encode(one).decode()}" for one in digests)


def post(address: str, message: Message, timestamp: int, secrets: Sequence[bytes]) -> Outcome:
    """The receiver has it, or why not; nothing is raised."""
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
            return Outcome(response.status, f"it answers {response.status}")
    except (OSError, HTTPException) as error:
        return Outcome(0, str(error) or type(error).__name__)
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, port, timeout=SECONDS, context=context)
    return HTTPConnection(host, port, timeout=SECONDS)
