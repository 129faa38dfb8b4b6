"""Stored files: read by position, and no byte is taken for good that is not as it was written.

A disk or a copy may change a byte, and an answer with it, and nobody would know. What is read as a
whole (a record, a list, a table) has a CRC-32 after it, a table that is looked up in here and there
one a block, and it is looked at each time that bytes come from the file. No file is mapped: what
was found good is a copy of ours, which nobody changes, and a file that is cut in place is an error
to whoever reads it, where a map would end the process (SIGBUS).
"""

import os
import pickle
from array import array
from collections.abc import Callable
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from weakref import finalize

from whoosh.filedb.structfile import StructFile
from zlib_ng.zlib_ng import crc32

_SEALED = 0x2144DF1C
"""CRC-32 of anything with its own CRC-32 after it, and where that begins with this value, too: so
that several sealed ones, one after the other, are looked at in one go."""

SEAL_BYTES = 4
"""Of a CRC-32."""

BLOCK = 4096
"""Of a table: a look-up reads two or three of them, which takes 10 µs the first time."""

KEPT_BLOCKS = 1024
"""Of a table, 4 MB; of what was found in them thousands of lists are kept (segment.py)."""

_CHECKSUM_BYTES = 4
"""Of a CRC-32."""


def seal(content: bytes) -> bytes:
    """``content`` with its checksum after it.

    >>> unseal(seal(b"peace"))
    b'peace'
    """
    return content + crc32(content, _SEALED).to_bytes(SEAL_BYTES, "little")


def unseal(sealed: bytes) -> bytes:
    """Raises ValueError for what is not as it was sealed."""
    check_seals(sealed)
    return sealed[:-SEAL_BYTES]


def check_seals(sealed: bytes | memoryview) -> None:
    """One or several sealed ones, one after the other. Raises ValueError."""
    if crc32(sealed, _SEALED) != _SEALED:
        raise ValueError("it has changed since it was written: its checksum differs")


def write_blocks(path: Path) -> None:
    """The file is one for BlockedFile: the checksums of its blocks follow it, sealed."""
    checksums = array("I")
    with path.open("r+b") as file:
        while block := file.read(BLOCK):
            checksums.append(crc32(block))
        file.write(seal(checksums.tobytes()))


class StoredFile(StructFile):
    """A file read by position, by any thread and forked process at once."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        finalize(self, os.close, self.descriptor)
        status = os.fstat(self.descriptor)
        self.size = status.st_size
        self._written = status.st_mtime_ns
        super().__init__(None, name=path.name)  # type: ignore[arg-type]

    def read_at(self, position: int, length: int) -> bytes:
        """Raises ValueError where there is not as much."""
        return _read_at(self.descriptor, position, length)

    def is_untouched(self) -> bool:
        """Whether nobody has written to it, as far as the file system knows."""
        status = os.fstat(self.descriptor)
        return (status.st_size, status.st_mtime_ns) == (self.size, self._written)


class BlockedFile(StoredFile):
    """A table that somebody else's code looks up in; ``write_blocks`` has written its end.

    What is read is looked at block by block. Raises ValueError where one is not as it was written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        # as many blocks that, with a checksum each and a seal, they make the size
        count = -(-(self.size - SEAL_BYTES) // (BLOCK + _CHECKSUM_BYTES))
        self.length = self.size - SEAL_BYTES - _CHECKSUM_BYTES * count
        checksums = unseal(self.read_at(self.length, self.size - self.length))
        self._block: Callable[[int], bytes] = lru_cache(KEPT_BLOCKS)(
            partial(_read_block, self.descriptor, self.length, memoryview(checksums).cast("I"))
        )
        self._position = 0

    def get(self, position: int, length: int) -> bytes:
        number, start = divmod(position, BLOCK)
        end = start + length
        if end <= BLOCK:
            found = self._block(number)[start:end]
        else:
            last = number + (end - 1) // BLOCK
            found = b"".join(map(self._block, range(number, last + 1)))[start:end]
        if len(found) != length:
            raise ValueError(f"it has {self.length} bytes; expected {length} at {position}")
        return found

    def seek(self, position: int, *_: Any) -> None:
        self._position = position

    def tell(self, *_: Any) -> int:
        return self._position

    def read(self, length: int = -1, *_: Any) -> bytes:
        end = self.length if length < 0 else self._position + length
        found = self.get(self._position, end - self._position)
        self._position = end
        return found

    def read_pickle(self) -> Any:
        rest = BytesIO(self.get(self._position, self.length - self._position))
        value = pickle.load(rest)
        self._position += rest.tell()
        return value


def _read_at(descriptor: int, position: int, length: int) -> bytes:
    found = os.pread(descriptor, length, position)
    if len(found) != length:
        raise ValueError(f"only {len(found)} of {length} bytes")
    return found


def _read_block(descriptor: int, length: int, checksums: memoryview, number: int) -> bytes:
    start = number * BLOCK
    if not 0 <= start < length:
        raise ValueError(f"it has {length} bytes; expected some at {start}")
    block = _read_at(descriptor, start, min(BLOCK, length - start))
    if crc32(block) != checksums[number]:
        raise ValueError(f"block {number} has changed since it was written")
    return block
