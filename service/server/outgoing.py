"""Outgoing: sends an answer to a client that may be slow.

What the socket does not accept at once is buffered, freeing the thread for the next request. Only
an answer larger than the buffer, a stream, makes its thread wait for the client.
"""

import select
import socket

from service.server.limits import KEPT_MAXIMUM, READ_SIZE, STALL_SECONDS


class Outgoing:
    """Offers a socket's ``sendall``; ``sock`` does not block."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._kept = bytearray()
        self.begun = False
        """Whether anything was written; if so, an error can no longer be answered."""

    def __len__(self) -> int:
        """Bytes left to send."""
        return len(self._kept)

    def sendall(self, written: bytes) -> None:
        """Sends or buffers ``written``. Raises OSError if the client is gone or stalls a stream."""
        self.begun = True
        self._kept += written
        if len(self._kept) < READ_SIZE:
            return
        self.flush()
        while len(self._kept) > KEPT_MAXIMUM:
            self._wait()
            self.flush()

    def flush(self) -> None:
        """Sends as much as the client accepts now. Raises OSError."""
        if not self._kept:
            return
        try:
            sent = self._socket.send(self._kept)
        except BlockingIOError:
            return
        del self._kept[:sent]

    def _wait(self) -> None:
        ready = select.poll()
        ready.register(self._socket, select.POLLOUT)
        if not ready.poll(STALL_SECONDS * 1000):
            raise TimeoutError("the client does not read the answer")
