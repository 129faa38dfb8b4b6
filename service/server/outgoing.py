"""Outgoing: an answer on its way to a client who may be slow.

What the socket does not take at once is kept, so that the thread that wrote it is free for the
next request. Only who writes more than is kept, a stream, waits for the client.
"""

import select
import socket

from service.server.limits import KEPT_MAXIMUM, READ_SIZE, STALL_SECONDS


class Outgoing:
    """Written to as to a socket; ``sock`` does not block."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._kept = bytearray()
        self.begun = False
        """Whether anything was written: what is written after an error would be no answer."""

    def __len__(self) -> int:
        """Bytes that are left to send."""
        return len(self._kept)

    def sendall(self, written: bytes) -> None:
        """Raises OSError where the client is gone, or takes nothing of a stream."""
        self.begun = True
        self._kept += written
        if len(self._kept) < READ_SIZE:
            return
        self.flush()
        while len(self._kept) > KEPT_MAXIMUM:
            self._wait()
            self.flush()

    def flush(self) -> None:
        """As much is sent as the client takes now. Raises OSError."""
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
