"""Streams: answers of any size, sent piece by piece as they are made.

A request's deadline does not end a stream, which takes as long as its client takes to read, in
little memory. But each stream holds a thread, so only a few run at once: clients that read slowly,
or keep asking for everything, leave threads for the others.
"""

import logging
from collections.abc import Callable, Iterator
from contextvars import Context
from threading import BoundedSemaphore

from flask import Response, request

from service.errors import OnRecordError, TooBusy

logger = logging.getLogger(__name__)

AT_ONCE = 4
"""Per process, out of its 16 threads, which share one processor."""

PIECE = 32_768
"""Bytes sent together: half of what a server writes at once."""

_room = BoundedSemaphore(AT_ONCE)


def streamed(media: str, make: Callable[[], Iterator[bytes]]) -> Response:
    """A response that streams the lines of ``make()``.

    Raises TooBusy, and any error in making the first piece.
    """
    if request.method == "HEAD":
        return Response(mimetype=media)
    if not _room.acquire(blocking=False):
        raise TooBusy(f"{AT_ONCE} complete lists are being sent already; try again later")
    stream = _Stream()
    try:
        # a context of its own, without the request's deadline
        Context().run(stream.begin, make)
    except BaseException:
        stream.close()
        raise
    return Response(stream, mimetype=media)


class _Stream:
    """The body of a stream; frees its slot when it ends, however it ends."""

    def __init__(self) -> None:
        self._lines: Iterator[bytes] = iter(())
        self._first = b""
        self._open = True

    def begin(self, make: Callable[[], Iterator[bytes]]) -> None:
        """Makes the first piece, so that an index that cannot supply it is reported as an error."""
        self._lines = make()
        self._first = self._piece()

    def __iter__(self) -> "_Stream":
        return self

    def __next__(self) -> bytes:
        first, self._first = self._first, b""
        piece = first or self._next_piece()
        if not piece:
            self.close()
            raise StopIteration
        return piece

    def _next_piece(self) -> bytes:
        """The next bytes to send.

        Raises ConnectionAbortedError: the status has been sent, so all that can be done about an
        error is to end the connection, which tells the client that the answer is incomplete.
        """
        try:
            return self._piece()
        except OnRecordError as error:
            logger.warning("a list is cut off: %s", error)
            self.close()
            raise ConnectionAbortedError("the list is cut off") from error

    def _piece(self) -> bytes:
        piece: list[bytes] = []
        size = 0
        for line in self._lines:
            piece.append(line)
            size += len(line)
            if size >= PIECE:
                break
        return b"".join(piece)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._lines = iter(())
            _room.release()

    __del__ = close  # if the client left before the first piece, nothing calls close
