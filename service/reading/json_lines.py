"""A .jsonl file has one source per line: an object with text (or body) and declared metadata, or
with the fields of another shape (json_shapes.py).

A wrong line yields an error among the other sources, so one bad line in a million costs one source.
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
"""Bytes that show whether a file is UTF-16."""


def read_json_lines_file(path: Path) -> Iterator[Source | UnreadableSource]:
    """Each line's source, or what is wrong with it, in file order; blank lines are skipped."""
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
    """Each line's source, or what is wrong with it; errors start with "WHERE:LINE: ".

    None marks a line that is too large. A ``sidecar``'s values take precedence.
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
    """Line by line, because all of them may exceed memory.

    UTF-16 is read as a whole and yielded as lines of UTF-8. None marks a line longer than
    LARGEST.
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
    """Skips the rest of a line that is too large."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(LARGEST)


def object_of(line: str) -> dict[str, object] | None:
    """The JSON object on the line; None for a blank line."""
    try:
        entries = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return entries if isinstance(entries, dict) else None


def read_json(
    written: bytes, *, origin: str, where: str, sidecar: Declaration = NOTHING_DECLARED
) -> Source:
    """The source of one object; errors start with ``where``. Raises UnreadableSource."""
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
