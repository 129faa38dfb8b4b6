"""A .jsonl file is one source per line: an object with text (or body) and declared metadata, or
with the fields of another shape (json_shapes.py).

A line that is wrong is an error among the sources of the others, so that one bad line in a million
costs one source.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import IO

import orjson

from service.domain import Source
from service.errors import UnreadableSource
from service.paths import shown
from service.reading.declaration import Declaration
from service.reading.decoding import decode, is_wide
from service.reading.json_articles import source_of
from service.reading.opening import LARGEST, MEGABYTE, open_file, too_large, unreadable
from service.reading.source import NOTHING_DECLARED
from service.reading.text_file import origin_of

_HEAD_BYTES = 64
"""So many bytes show whether a file is UTF-16."""


def read_json_lines_file(path: Path) -> Iterator[Source | UnreadableSource]:
    """Each line's source or what is wrong with it, in the file's order; blank lines are left
    out."""
    origin, where = origin_of(path), shown(path)
    found = False
    try:
        with open_file(path) as stream:
            for outcome in read_json_lines(lines_of(stream, where), origin=origin, where=where):
                found = True
                yield outcome
        if not found:
            yield UnreadableSource(f"{where}: empty file; expected one JSON object per line")
    except OSError as error:
        yield unreadable(path, error)
    except UnreadableSource as error:
        yield error


def read_json_lines(
    lines: Iterable[bytes | None],
    *,
    origin: str,
    where: str,
    sidecar: Declaration = NOTHING_DECLARED,
) -> Iterator[Source | UnreadableSource]:
    """Each line's source or what is wrong with it; errors begin with "WHERE:LINE: ".

    None is a line that is too large. The values of a ``sidecar`` come first.
    """
    for number, line in enumerate(lines, start=1):
        if line is None:
            yield too_large(f"{where}:{number}")
        elif line.strip():
            try:
                yield read_json(line, origin=origin, where=f"{where}:{number}", sidecar=sidecar)
            except UnreadableSource as error:
                yield error


def lines_of(stream: IO[bytes], where: str) -> Iterator[bytes | None]:
    """Line by line, for all of them may be larger than memory.

    UTF-16 is read whole, and its lines are UTF-8 here. None is a line of more than LARGEST bytes.
    """
    head: list[bytes] = []
    while sum(map(len, head)) < _HEAD_BYTES and (line := stream.readline(LARGEST + 1)):
        head.append(line)
    if is_wide(b"".join(head)[:_HEAD_BYTES]):
        yield from BytesIO(decode(_whole(head, stream, where), where).encode())
        return
    for line in chain(head, iter(partial(stream.readline, LARGEST + 1), b"")):
        if len(line) <= LARGEST:
            yield line
        else:
            _pass_over(line, stream)
            yield None


def _whole(head: Iterable[bytes], stream: IO[bytes], where: str) -> bytes:
    content = b"".join(head) + stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UnreadableSource(
            f"{where}: UTF-16 files are read whole, and this one is over "
            f"{LARGEST // MEGABYTE} MB; save it as UTF-8"
        )
    return content


def _pass_over(line: bytes, stream: IO[bytes]) -> None:
    """The rest of the line was read."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(LARGEST)


def object_of(line: str) -> dict[str, object] | None:
    """The JSON object on the line; None for a blank one."""
    try:
        entries = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return entries if isinstance(entries, dict) else None


def read_json(
    written: bytes, *, origin: str, where: str, sidecar: Declaration = NOTHING_DECLARED
) -> Source:
    """The source of one object; errors begin with ``where``. Raises UnreadableSource."""
    try:
        entries = orjson.loads(decode(written, where))
    except orjson.JSONDecodeError as error:
        raise UnreadableSource(
            f"{where}: not JSON ({error}); expected one object per line"
        ) from error
    if not isinstance(entries, dict):
        raise UnreadableSource(
            f'{where}: not a JSON object; expected one such as {{"text": "..."}}'
        )
    return source_of(entries, origin, where, sidecar)
