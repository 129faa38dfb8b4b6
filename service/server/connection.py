"""A connection: what a client sent, cut into requests; what it waits for, and until when."""

import socket
import time
from enum import Enum, auto

from gunicorn.config import Config
from gunicorn.http.message import Request

from service.server.bodies import Body, body_of
from service.server.heads import Client, Heads, expects_body
from service.server.limits import BODY_SECONDS, HEAD_SECONDS
from service.server.outgoing import Outgoing

_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Phase(Enum):
    READING = auto()
    """A request is awaited, or the rest of it."""
    WORKING = auto()
    """A thread has it."""
    SENDING = auto()
    """The rest of the answer is to be sent."""
    CLOSING = auto()
    """It is over; what still comes is thrown away until the client closes it."""


class Connection:
    """``deadline`` is when the present phase ends, by time.monotonic()."""

    def __init__(
        self, sock: socket.socket, client: Client, server: Client, settings: Config
    ) -> None:
        self.socket = sock
        self.client = client
        self.server = server
        self.phase = Phase.READING
        self.deadline = time.monotonic() + HEAD_SECONDS
        self.outgoing = Outgoing(sock)
        self.request: Request | None = None
        self.awaited = 0
        """What of its socket the loop looks out for, as selectors name it."""
        self.last = False
        """Whether nothing is read any more after the present request."""
        self._heads = Heads(settings, client)
        self._body: Body | None = None
        self._buffer = bytearray()

    @property
    def is_idle(self) -> bool:
        """Whether nothing has come since the last request."""
        return self.request is None and not self._buffer

    @property
    def held(self) -> int:
        """Bytes of a request, or of the answer to it."""
        received = len(self._buffer) + (len(self._body.content) if self._body else 0)
        return received + len(self.outgoing)

    @property
    def content(self) -> bytes:
        """The body of the present request."""
        return bytes(self._body.content) if self._body else b""

    def take(self, came: bytes) -> bool:
        """Whether a request is whole now. Raises Refused."""
        if came and self.is_idle:
            self.deadline = time.monotonic() + HEAD_SECONDS
        self._buffer += came
        if self._body is None and not self._take_head():
            return False
        assert self._body is not None  # _take_head made it
        return self._body.take(self._buffer)

    def _take_head(self) -> bool:
        self.request = self._heads.take(self._buffer)
        if self.request is None:
            return False
        self._body = body_of(self.request)
        self.last = self._body.left_out
        self.deadline = time.monotonic() + BODY_SECONDS
        if expects_body(self.request) and not self._buffer and not self._body.left_out:
            self.outgoing.sendall(_CONTINUE)
            self.outgoing.flush()
            self.outgoing.begun = False
        return True

    def release(self) -> None:
        """What has come is not needed any more."""
        self._body = None
        self._buffer = bytearray()

    def next(self) -> None:
        """The present request is over; the next one is awaited."""
        self.request = self._body = None
        self.outgoing.begun = False
        self.phase = Phase.READING
