"""Streams: answers of any size, sent piece by piece as they are made.

The deadline of a request does not end one, since it takes as long as its client takes to read; it
holds little memory. But it holds a thread, so that there are only a few at once: whoever reads
slowly, or asks for everything again and again, leaves the others theirs.
"""

import logging
from collections.abc import Callable, Iterator
from contextvars import Context
from threading import BoundedSemaphore

from flask import Response, request

from service.errors import OnRecordError, TooBusy

logger = logging.getLogger(__name__)

AT_ONCE = 4
"""In each process, of its 16 threads. Its processor is shared by all of them."""

PIECE = 32_768
"""Bytes that are sent together: half of what a server writes at once."""

_room = BoundedSemaphore(AT_ONCE)


def streamed(media: str, make: Callable[[], Iterator[bytes]]) -> Response:
    """The lines that ``make`` gives. Raises TooBusy, and what goes wrong with the first of them."""
    if request.method == "HEAD":
        return Response(mimetype=media)
    if not _room.acquire(blocking=False):
        raise TooBusy(f"{AT_ONCE} lists are being sent whole; try again in a while")
    stream = _Stream()
    try:
        # in a context of its own, where no request has a deadline
        Context().run(stream.begin, make)
    except BaseException:
        stream.close()
        raise
    return Response(stream, mimetype=media)


class _Stream:
    """Makes room for another one when it has ended, in whichever way."""

    def __init__(self) -> None:
        self._lines: Iterator[bytes] = iter(())
        self._first = b""
        self._open = True

    def begin(self, make: Callable[[], Iterator[bytes]]) -> None:
        """The first piece is made, so that an index that cannot give it can still be reported."""
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
        """Raises ConnectionAbortedError: the status is sent, so that all that can be done is to end
        the connection, which tells the client that this is not all."""
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

    __del__ = close  # of a client who has gone before the first piece nobody closes it
