"""Stored files: positional reads, with every byte verified by a checksum.

A disk or a copy may change a byte, and with it an answer, unnoticed. What is read as a whole (a
record, a list, a table) is followed by its CRC-32; a table that is accessed at random has one per
block; both are checked on every read from the file. Files are not memory-mapped: verified bytes are
a private copy that cannot change, and reading a truncated file raises an error, where a map would
end the process (SIGBUS).
"""

import os
import pickle
from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from weakref import finalize

from whoosh.filedb.structfile import StructFile
from zlib_ng.zlib_ng import crc32

_SEALED = 0x2144DF1C
"""CRC-32 of anything followed by its own CRC-32, even if it starts from this value: so several
sealed pieces in a row are checked in one pass."""

SEAL_BYTES = 4
"""The size of a CRC-32."""

BLOCK = 4096
"""Bytes per block of a table: a look-up reads two or three, which takes 10 µs the first time."""

KEPT_BLOCKS = 1024
"""Cached blocks per table, 4 MB; thousands of lists found through them are cached in segment.py."""

_CHECKSUM_BYTES = 4
"""The size of a CRC-32."""


def seal(content: bytes) -> bytes:
    """``content`` followed by its checksum.

    >>> unseal(seal(b"peace"))
    b'peace'
    """
    return content + crc32(content, _SEALED).to_bytes(SEAL_BYTES, "little")


def write_sealed(file: StructFile, parts: Iterable[bytes]) -> None:
    """Writes all parts, followed by one checksum."""
    checksum = _SEALED
    for part in parts:
        file.write(part)
        checksum = crc32(part, checksum)
    file.write(checksum.to_bytes(SEAL_BYTES, "little"))


def unseal(sealed: bytes) -> bytes:
    """The content without its checksum. Raises ValueError if it was changed."""
    check_seals(sealed)
    return sealed[:-SEAL_BYTES]


def check_seals(sealed: bytes | memoryview) -> None:
    """Checks one or several sealed pieces in a row. Raises ValueError."""
    if crc32(sealed, _SEALED) != _SEALED:
        raise ValueError("its checksum differs: it was changed after it was written")


def write_blocks(path: Path) -> None:
    """Appends the sealed checksums of its blocks to a file, for BlockedFile."""
    checksums = array("I")
    with path.open("r+b") as file:
        while block := file.read(BLOCK):
            checksums.append(crc32(block))
        file.write(seal(checksums.tobytes()))


class StoredFile(StructFile):
    """A file read by position, from any thread and forked process at once."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        finalize(self, os.close, self.descriptor)
        status = os.fstat(self.descriptor)
        self.size = status.st_size
        self._written = status.st_mtime_ns
        super().__init__(None, name=path.name)  # type: ignore[arg-type]

    def read_at(self, position: int, length: int) -> bytes:
        """Exactly ``length`` bytes. Raises ValueError if there are fewer."""
        return _read_at(self.descriptor, position, length)

    def is_untouched(self) -> bool:
        """Whether nobody has written to it, as far as the file system shows."""
        status = os.fstat(self.descriptor)
        return (status.st_size, status.st_mtime_ns) == (self.size, self._written)


class BlockedFile(StoredFile):
    """A table accessed by other code; ``write_blocks`` must have written its end.

    Every block read is checked. Raises ValueError if one is damaged.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        # the number of blocks whose bytes, checksums and seal add up to the file's size
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
