"""Formats: which reader reads which file. A new format is a module and a line in READERS."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from service.domain import Source
from service.errors import UnreadableSource, UnsupportedFormat
from service.reading.decoding import decode
from service.reading.json_lines import object_of, read_json_lines, read_json_lines_file
from service.reading.source import source_from_text
from service.reading.text_file import read_text_file

Reader = Callable[[Path], Iterator[Source | UnreadableSource]]

READERS: Mapping[str, Reader] = {
    ".jsonl": read_json_lines_file,
    ".txt": read_text_file,
}
"""By suffix in lower case."""

STANDARD_INPUT = "-"


def read(path: Path) -> Iterator[Source | UnreadableSource]:
    """The sources of a file in its order, and in their place the errors of those that are none.

    An error is yielded and not raised, so that a bad line loses no other one and no caller can
    pass over it unseen. Raises UnsupportedFormat at once for a suffix nobody reads.
    """
    return reader_of(path)(path)


def reader_of(path: Path) -> Reader:
    """Raises UnsupportedFormat, which names the file and the formats there are."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise unsupported(path, READERS)
    return reader


def unsupported(path: Path, suffixes: Iterable[str]) -> UnsupportedFormat:
    suffix = path.suffix or "a file without a suffix"
    return UnsupportedFormat(f"{path}: {suffix} is not read here; {', '.join(suffixes)} are")


def read_standard_input(stream: BinaryIO) -> Iterator[Source | UnreadableSource]:
    """One source a line where the first line is a JSON object, else the whole text as one.

    The first line decides: a bad line further down is an error and makes no article of JSON.
    """
    where = "standard input"
    try:
        text = decode(stream.read(), where)
        first = text.lstrip().split("\n", 1)[0]
        if object_of(first) is not None:
            yield from read_json_lines(text.split("\n"), origin=STANDARD_INPUT, where=where)
        else:
            yield source_from_text(text, origin=STANDARD_INPUT, where=where)
    except UnreadableSource as error:
        yield error
