"""Records: the content of a WARC file's records, decoded from chunks and compression.

Every step is limited: the reader limits lines and heads, and the largest text limits what is stored
and what it unpacks to.
"""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from service.errors import UnreadableSource
from service.paths import escaped
from service.reading.opening import LARGEST, too_large

_MODULES: Mapping[str, str] = {
    "text/html": "pages",
    "application/xhtml+xml": "pages",
    "application/pdf": "pdf",
    "text/plain": "",
}
"""By media type, the module that reads it; plain text needs none."""

_TYPES = frozenset({"response", "resource", "conversion"})
_UNPACKED_BY = {"gzip": 31, "x-gzip": 31, "deflate": 47}
"""By coding, the window bits with which zlib reads it."""

LINE_MAXIMUM = 1_000_000
HEAD_MAXIMUM = 10_000_000
"""Bytes of a line, and of all header lines of a record; both usually have a few kilobytes."""


_DAMAGES = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, EOFError, zlib.error),
    *(AttributeError, TypeError, LookupError, AssertionError),
)
"""What warcio raises for unexpected records; for one without an address, an AttributeError of
None."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record's ``content``, read by ``module``; ``name`` and ``date`` are the record's own."""

    module: str
    content: bytes
    address: str
    name: str
    date: str


class _BoundedReader(DecompressingBufferedReader):  # type: ignore[misc]  # untyped library
    """Raises for a line or a head that does not end."""

    read_in_lines = 0

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or LINE_MAXIMUM, LINE_MAXIMUM))
        self.read_in_lines += len(line)
        if self.read_in_lines > HEAD_MAXIMUM:
            raise ArchiveLoadFailed("a head has no end")
        return line


def records_in(stream: BinaryIO, where: str) -> Iterator[Record | UnreadableSource]:
    """The records that may be articles; errors take the place of broken ones.

    Raises UnreadableSource if the archive cannot be read further.
    """
    archive = ArchiveIterator(stream)
    archive.reader = reader = _BoundedReader(archive.fh, block_size=16384)
    number = 0
    while True:
        reader.read_in_lines = 0
        try:
            with redirect_stderr(StringIO()):  # the library prints warnings there
                record = next(archive, None)
        except _DAMAGES as error:
            raise UnreadableSource(
                f"{where}: the file is damaged after record {number:,}, or not a WARC file "
                "(.warc, or .warc.gz with each record compressed separately)"
            ) from error
        if record is None:
            return
        number += 1
        module = _module_of(record)
        if module is None:
            continue
        try:
            yield _read(record, module, f"{where}, record {number:,}")
        except UnreadableSource as error:
            yield error


def _module_of(record: ArcWarcRecord) -> str | None:
    """The module that reads the record; None if it cannot be an article."""
    if record.rec_type not in _TYPES:
        return None
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return None
    kind = headers.get_header("Content-Type") if headers else record.content_type
    return _MODULES.get((kind or "").partition(";")[0].strip().lower())


def _read(record: ArcWarcRecord, module: str, where: str) -> Record:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    where = f"{where} ({escaped(address)[:200]})"
    stored = record.raw_stream.read(LARGEST + 1)
    if len(stored) > LARGEST:
        raise too_large(where)
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise UnreadableSource(f"{where}: truncated, or the archive is damaged here")
    headers = record.http_headers
    if headers is not None:
        stored = _unpacked(_without_chunks(stored, headers), headers, where)
        stored = _in_utf8(stored, headers.get_header("Content-Type") or "", module)
    return Record(
        module,
        stored,
        address.strip("<>"),
        record.rec_headers.get_header("WARC-Record-ID") or "",
        record.rec_headers.get_header("WARC-Date") or "",
    )


def _without_chunks(stored: bytes, headers: object) -> bytes:
    if (_header(headers, "Transfer-Encoding")) != "chunked":
        return stored
    whole: bytes = ChunkedDataReader(BytesIO(stored)).read()
    return whole


def _unpacked(stored: bytes, headers: object, where: str) -> bytes:
    coding = _header(headers, "Content-Encoding")
    if coding in ("", "identity", "none", "utf-8"):
        return stored
    if coding not in _UNPACKED_BY:
        raise UnreadableSource(
            f"{where}: its coding {coding[:20]!r} is not supported; expected gzip"
        )
    if not stored.startswith(b"\x1f\x8b") and coding != "deflate":
        return stored  # the crawler unpacked it but kept the header
    unpacking = zlib.decompressobj(_UNPACKED_BY[coding])
    try:
        whole = unpacking.decompress(stored, LARGEST + 1)
    except zlib.error as error:
        if coding == "deflate":
            return _raw_deflated(stored, where)
        raise UnreadableSource(f"{where}: its content is damaged ({error})") from error
    if len(whole) > LARGEST:
        raise too_large(where)
    return whole


def _raw_deflated(stored: bytes, where: str) -> bytes:
    """Inflates data without zlib's header, as some servers send it; uncompressed data is
    unchanged."""
    try:
        whole = zlib.decompressobj(-15).decompress(stored, LARGEST + 1)
    except zlib.error:
        return stored
    if len(whole) > LARGEST:
        raise too_large(where)
    return whole


def _in_utf8(content: bytes, kind: str, module: str) -> bytes:
    """Decodes as the server declared, unless it is UTF-8 or marks its own encoding."""
    charset = kind.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    if not charset or module == "pdf" or charset in ("utf-8", "utf8"):
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        name = "cp1252" if charset in ("iso-8859-1", "latin-1", "latin1") else charset
        try:
            return content.decode(name).encode()
        except (LookupError, UnicodeError):
            return content
    return content


def _header(headers: object, name: str) -> str:
    return str(headers.get_header(name) or "").strip().lower()  # type: ignore[attr-defined]
