"""Streams: answers of any size, sent piece by piece as they are made.

The deadline of a request does not end one, since it takes as long as its client takes to read; it
holds little memory. But it holds a thread, so that there are only a few at once: whoever reads
slowly, or asks for everything again and again, leaves the others theirs.
"""

from collections.abc import Callable, Iterator
from threading import BoundedSemaphore

from flask import Response, request

from service.errors import TooBusy

AT_ONCE = 4
"""In each process, of its 16 threads. Its processor is shared by all of them."""

PIECE = 32_768
"""Bytes that are sent together: half of what a server writes at once."""

_room = BoundedSemaphore(AT_ONCE)


def streamed(media: str, make: Callable[[], Iterator[bytes]]) -> Response:
    """The lines that ``make`` gives. Raises TooBusy."""
    if request.method == "HEAD":
        return Response(mimetype=media)
    if not _room.acquire(blocking=False):
        raise TooBusy(f"{AT_ONCE} lists are being sent whole; try again in a while")
    try:
        lines = make()
    except BaseException:
        _room.release()
        raise
    return Response(_Stream(lines), mimetype=media)


class _Stream:
    """Makes room for another one when it has ended, in whichever way."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._open = True

    def __iter__(self) -> "_Stream":
        return self

    def __next__(self) -> bytes:
        piece: list[bytes] = []
        size = 0
        for line in self._lines:
            piece.append(line)
            size += len(line)
            if size >= PIECE:
                break
        if not piece:
            self.close()
            raise StopIteration
        return b"".join(piece)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._lines = iter(())
            _room.release()

    __del__ = close  # of a client who has gone before the first piece nobody closes it
