"""Opening: opens only regular files and reads at most LARGEST bytes of text.

A folder may contain any name: opening a FIFO could block for ever, and reading a device might never
end.
"""

import os
import stat
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from service.bounds import TEXT_MAXIMUM
from service.errors import UnreadableNow, UnreadableSource
from service.paths import shown

MEGABYTE = 1_000_000
"""Decimal, as used for disks and in messages; not 2 to the 20th."""

LARGEST = TEXT_MAXIMUM

_KINDS: Mapping[int, str] = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""Opening does not block even if a FIFO has just replaced the file."""


def content_of(path: Path) -> bytes:
    """The bytes of the file. Raises UnreadableSource, which says why."""
    with open_file(path) as stream:
        try:
            return read_whole(stream, shown(path))
        except OSError as error:
            raise unreadable(path, error) from error


def open_file(path: Path) -> BinaryIO:
    """Opens a regular file for reading. Raises UnreadableSource for anything else.

    A file of size 0 is treated as empty: kernel files (/proc) report that size, and some never end.
    """
    try:
        _require_file(path, path.stat())
        stream = open(path, "rb", opener=_open_at_once)  # noqa: SIM115  # the caller closes it
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        size = _require_file(path, os.fstat(stream.fileno()))
    except UnreadableSource:
        stream.close()
        raise
    if size:
        return stream
    stream.close()
    return BytesIO()


def read_whole(stream: BinaryIO, where: str) -> bytes:
    """The content of the stream. Raises UnreadableSource if it exceeds LARGEST."""
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise too_large(where)
    return content


def too_large(where: str) -> UnreadableSource:
    return UnreadableSource(
        f"{where}: over {LARGEST // MEGABYTE} MB, too much for one text; split it into its articles"
    )


def unreadable(path: Path, error: OSError) -> UnreadableNow:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return UnreadableNow(f"{shown(path)}: broken link")
    return UnreadableNow(f"{shown(path)}: cannot be read ({error.strerror or error})")


def _require_file(path: Path, status: os.stat_result) -> int:
    """The size of the file. Raises UnreadableSource unless it is a regular file."""
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        found = _KINDS.get(kind, "a special file")
        raise UnreadableSource(f"{shown(path)}: this is {found}; expected a file")
    return status.st_size


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | _AT_ONCE)
