"""Formats: maps files to readers. A new format is a module and a line in READERS."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from service.domain import Source
from service.errors import UnreadableSource, UnsupportedFormat
from service.paths import shown, suffix_in
from service.reading.decoding import decode
from service.reading.documents.adapters import (
    read_archive_file,
    read_articles_file,
    read_document_file,
)
from service.reading.documents.tables import read_table_file
from service.reading.json_files import read_json_file
from service.reading.json_lines import lines_of, object_of, read_json_lines, read_json_lines_file
from service.reading.opening import LARGEST, too_large
from service.reading.source import source_from_text
from service.reading.text_file import SIDECAR, read_text_file

Reader = Callable[[Path], Iterator[Source | UnreadableSource]]

DOCUMENTS: Mapping[str, str] = {
    ".docx": "word_files",
    ".eml": "mail",
    ".htm": "pages",
    ".html": "pages",
    ".markdown": "markdown_files",
    ".md": "markdown_files",
    ".pdf": "pdf",
    ".srt": "subtitles",
    ".vtt": "subtitles",
}
"""By suffix, the module of ``documents`` that reads it."""

ARCHIVES = (".warc", ".warc.gz")

_ALL: Mapping[str, Reader] = {
    ".json": read_json_file,
    ".jsonl": read_json_lines_file,
    ".parquet": read_table_file,
    ".txt": read_text_file,
    **dict.fromkeys((".atom", ".rss", ".xml"), partial(read_articles_file, "feeds")),
    **dict.fromkeys(ARCHIVES, read_archive_file),
    **{suffix: partial(read_document_file, module) for suffix, module in DOCUMENTS.items()},
}

READERS: Mapping[str, Reader] = {suffix: _ALL[suffix] for suffix in sorted(_ALL)}
"""By suffix in lower case."""

_LONG = frozenset({"pages", "pdf", "word_files"})


def takes_long(path: Path) -> bool:
    """Whether reading a file with this name takes CPU time rather than waiting for the disk."""
    return DOCUMENTS.get(path.suffix.lower()) in _LONG


def is_archive(file: str) -> bool:
    """Whether a file with this name is read record by record."""
    return suffix_in(file, ARCHIVES) is not None


STANDARD_INPUT = "-"


def read(path: Path) -> Iterator[Source | UnreadableSource]:
    """The sources of a file in order; errors take the place of those that cannot be read.

    An error is yielded rather than raised, so that a bad line loses no other and no caller can miss
    it. Raises UnsupportedFormat at once for an unsupported suffix.
    """
    return reader_of(path)(path)


def reader_of(path: Path) -> Reader:
    """Raises UnsupportedFormat, which names the file and the supported formats."""
    suffix = suffix_in(path.name, READERS)
    if suffix is None or path.name.endswith(SIDECAR):
        raise unsupported(path, READERS)
    return READERS[suffix]


def unsupported(path: Path, suffixes: Iterable[str]) -> UnsupportedFormat:
    suffix = suffix_in(path.name, (SIDECAR,)) or shown(path.suffix) or "a file without a suffix"
    return UnsupportedFormat(
        f"{shown(path)}: {suffix} is not supported; supported formats: {', '.join(suffixes)}"
    )


def read_standard_input(stream: BinaryIO) -> Iterator[Source | UnreadableSource]:
    """One source per line if the first line is a JSON object; otherwise the whole text as one.

    The first line decides: a bad line further down is an error and does not turn JSON into an
    article.
    """
    where = "standard input"
    lines = lines_of(stream, where)
    try:
        head = _to_first_words(lines)
        chunks = chain(head, lines)
        if head and _is_object(head[-1]):
            yield from read_json_lines(chunks, origin=STANDARD_INPUT, where=where)
        else:
            text = decode(_joined(chunks, where), where)
            yield source_from_text(text, origin=STANDARD_INPUT, where=where)
    except UnreadableSource as error:
        yield error


def _to_first_words(lines: Iterable[bytes | None]) -> list[bytes | None]:
    """The lines up to the first that is not blank."""
    head = []
    for line in lines:
        head.append(line)
        if line is None or line.strip():
            break
    return head


def _is_object(line: bytes | None) -> bool:
    try:
        return line is not None and object_of(decode(line, "")) is not None
    except UnreadableSource:
        return False


def _joined(lines: Iterable[bytes | None], where: str) -> bytes:
    content = bytearray()
    for line in lines:
        if line is None or len(content) + len(line) > LARGEST:
            raise too_large(where)
        content += line
    return bytes(content)
