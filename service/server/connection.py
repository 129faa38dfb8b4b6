"""A connection: the client's bytes split into requests, its current phase and deadline."""

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
    """Waiting for a request or the rest of one."""
    WORKING = auto()
    """A thread is answering."""
    SENDING = auto()
    """The rest of the answer is being sent."""
    CLOSING = auto()
    """Finished: further input is discarded until the client closes the connection."""


class Connection:
    """One client's connection. ``deadline`` ends the present phase, in time.monotonic() seconds."""

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
        """Socket events the loop watches for, as selectors names them."""
        self.last = False
        """Whether the connection ends after the present request."""
        self._heads = Heads(settings, client)
        self._body: Body | None = None
        self._buffer = bytearray()

    @property
    def is_idle(self) -> bool:
        """Whether nothing has arrived since the last request."""
        return self.request is None and not self._buffer

    @property
    def held(self) -> int:
        """Bytes in memory of a request or of its answer."""
        received = len(self._buffer) + (len(self._body.content) if self._body else 0)
        return received + len(self.outgoing)

    @property
    def content(self) -> bytes:
        """The body of the present request."""
        return bytes(self._body.content) if self._body else b""

    def take(self, came: bytes) -> bool:
        """Adds received bytes; returns whether the request is complete. Raises Refused."""
        if came and self.is_idle:
            self.deadline = time.monotonic() + HEAD_SECONDS
        self._buffer += came
        if self._body is None and not self._take_head():
            return False
        assert self._body is not None  # set by _take_head
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
        """Frees the memory of the request."""
        self._body = None
        self._buffer = bytearray()

    def next(self) -> None:
        """Starts waiting for the next request."""
        self.request = self._body = None
        self.outgoing.begun = False
        self.phase = Phase.READING
