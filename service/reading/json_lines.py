"""A .jsonl file is one source a line: an object with text (or body) and declared metadata.

A line that is wrong is an error among the sources of the others, so that one bad line in a
million costs one source.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from service.domain import Source
from service.errors import UnreadableSource
from service.reading.declaration import declaration_of
from service.reading.decoding import decode, is_wide
from service.reading.source import source_from_text
from service.reading.text_file import unreadable

TEXT_KEYS = ("text", "body")


def read_json_lines_file(path: Path) -> Iterator[Source | UnreadableSource]:
    """Each line's source or what is wrong with it, in the file's order; blank lines are none."""
    origin = path.resolve().as_posix()
    try:
        found = False
        for outcome in read_json_lines(_lines(path), origin=origin, where=str(path)):
            found = True
            yield outcome
        if not found:
            yield UnreadableSource(f"{path}: it is empty; one JSON object a line is wanted")
    except OSError as error:
        yield unreadable(path, error)
    except UnreadableSource as error:
        yield error


def read_json_lines(
    lines: Iterable[bytes | str], *, origin: str, where: str
) -> Iterator[Source | UnreadableSource]:
    """Each line's source or what is wrong with it; errors begin with "WHERE:LINE: "."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _source_of(line, origin, f"{where}:{number}")
            except UnreadableSource as error:
                yield error


def object_of(line: str) -> dict[str, object] | None:
    """The JSON object that stands on the line; None if none does."""
    try:
        entries = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return entries if isinstance(entries, dict) else None


def _lines(path: Path) -> Iterator[bytes | str]:
    """Line by line, so that a file may be larger than memory; UTF-16 can only be read whole."""
    with path.open("rb") as stream:
        if is_wide(stream.peek(64)[:64]):
            yield from decode(stream.read(), str(path)).split("\n")
        else:
            yield from stream


def _source_of(line: bytes | str, origin: str, where: str) -> Source:
    try:
        entries = orjson.loads(decode(line, where) if isinstance(line, bytes) else line)
    except orjson.JSONDecodeError as error:
        raise UnreadableSource(
            f"{where}: no JSON ({error}); one object a line is wanted"
        ) from error
    if not isinstance(entries, dict):
        raise UnreadableSource(f'{where}: an object is wanted, such as {{"text": "..."}}')
    text = _text_of(entries, where)
    rest = {key: value for key, value in entries.items() if key not in TEXT_KEYS}
    return source_from_text(text, origin=origin, declared=declaration_of(rest, where), where=where)


def _text_of(entries: dict[str, object], where: str) -> str:
    given = [key for key in TEXT_KEYS if entries.get(key) is not None]
    if len(given) != 1:
        problem = "text and body are both given" if given else "there is no text"
        raise UnreadableSource(f'{where}: {problem}; "text" or "body" is wanted')
    text = entries[given[0]]
    if not isinstance(text, str):
        raise UnreadableSource(f"{where}: {given[0]} is no string; a string is wanted")
    return text
