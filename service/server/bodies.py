"""Bodies: reads what follows a request's head until it is complete.

A body that ends before its length or its last chunk is never passed on: half a draft must not pass
for a whole one.
"""

import re
from enum import Enum, auto
from http import HTTPStatus
from typing import Protocol

from gunicorn.http.body import ChunkedReader, LengthReader
from gunicorn.http.message import Request

from service.server.limits import BODY_MAXIMUM, FRAMING_FREE, LINE_MAXIMUM
from service.server.refusals import Refused, bad

_SIZE = re.compile(rb"([0-9A-Fa-f]+)(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?")
"""A chunk's size and its extensions (RFC 9112, 7.1); the service supports none."""

_CARRIAGE_RETURN = ord("\r")

_TRAILER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*")


class Body(Protocol):
    content: bytearray
    left_out: bool
    """Whether the body is too long to be read: the application refuses it unread."""

    def take(self, buffer: bytearray) -> bool:
        """Moves the bytes of this body out of ``buffer``; returns whether the body is complete.

        Raises Refused if it is malformed.
        """
        ...


class SizedBody:
    """A body whose head states its length; most requests have none, with length 0."""

    def __init__(self, length: int) -> None:
        self.content = bytearray()
        self.left_out = length > BODY_MAXIMUM
        self._left = 0 if self.left_out else length

    def take(self, buffer: bytearray) -> bool:
        if self._left:
            taken = buffer[: self._left]
            del buffer[: self._left]
            self.content += taken
            self._left -= len(taken)
        return not self._left


class _Awaited(Enum):
    """What the next line is expected to be."""

    SIZE = auto()
    END_OF_CHUNK = auto()
    TRAILER = auto()
    NOTHING = auto()


class ChunkedBody:
    """A body in chunks, each preceded by its size. Trailers are discarded."""

    left_out = False

    def __init__(self) -> None:
        self.content = bytearray()
        self._awaited = _Awaited.SIZE
        self._left = 0
        self._framing = 0

    def take(self, buffer: bytearray) -> bool:
        position = 0
        while self._awaited is not _Awaited.NOTHING:
            take = self._take_data if self._left else self._take_line
            after = take(buffer, position)
            if after == position:
                break
            position = after
        del buffer[:position]
        return self._awaited is _Awaited.NOTHING

    def _take_data(self, buffer: bytearray, position: int) -> int:
        taken = buffer[position : position + self._left]
        self.content += taken
        self._left -= len(taken)
        return position + len(taken)

    def _take_line(self, buffer: bytearray, position: int) -> int:
        """Position after the next line; ``position`` itself if the line is incomplete."""
        end = buffer.find(b"\n", position, position + LINE_MAXIMUM) - 1
        if end < position - 1:
            if len(buffer) - position >= LINE_MAXIMUM:
                raise bad(f"a chunk header is longer than {LINE_MAXIMUM} bytes")
            return position
        if end < position or buffer[end] != _CARRIAGE_RETURN:
            raise bad("a chunk header ends with LF, not CR LF")
        self._framing += end + 2 - position
        if self._framing > len(self.content) + FRAMING_FREE:
            raise bad("the chunks are too small: their headers are longer than the body")
        self._read_line(bytes(buffer[position:end]))
        return end + 2

    def _read_line(self, line: bytes) -> None:
        if self._awaited is _Awaited.SIZE:
            self._read_size(line)
        elif self._awaited is _Awaited.END_OF_CHUNK:
            if line:
                raise bad("a chunk is longer than its stated size")
            self._awaited = _Awaited.SIZE
        elif not line:
            self._awaited = _Awaited.NOTHING
        elif not _TRAILER.fullmatch(line):
            raise bad("malformed trailer after the last chunk")

    def _read_size(self, line: bytes) -> None:
        size = _SIZE.fullmatch(line)
        if size is None:
            raise bad("a chunk size is not a hexadecimal number")
        self._left = int(size[1], 16)
        if len(self.content) + self._left > BODY_MAXIMUM:
            raise Refused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"the body is longer than {BODY_MAXIMUM} bytes",
            )
        self._awaited = _Awaited.END_OF_CHUNK if self._left else _Awaited.TRAILER


def body_of(request: Request) -> Body:
    """The body announced by ``request``'s head. Raises Refused."""
    reader = request.body.reader if request.body else None
    if isinstance(reader, ChunkedReader):
        return ChunkedBody()
    return SizedBody(reader.length if isinstance(reader, LengthReader) else 0)
