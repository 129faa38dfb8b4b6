"""Formats of drafts, and the suffixes of their files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from service.domain import DraftFormat, FileFormat, Span
from service.errors import InvalidInput, UnreadableSource
from service.paths import shown
from service.reading.decoding import decode
from service.reading.documents.adapters import adapter_of
from service.reading.documents.apart import text_of
from service.reading.documents.document import PARAGRAPH, Document
from service.reading.drafts.draft import Draft, Place, Run
from service.reading.drafts.html_draft import read_html
from service.reading.drafts.markdown_draft import read_markdown
from service.reading.files import find_files
from service.reading.opening import content_of, read_whole

SUFFIXES: Mapping[str, DraftFormat] = {
    ".txt": DraftFormat.TEXT,
    ".html": DraftFormat.HTML,
    ".htm": DraftFormat.HTML,
    ".md": DraftFormat.MARKDOWN,
    ".markdown": DraftFormat.MARKDOWN,
}
"""Suffixes in lower case."""

_MODULES: Mapping[FileFormat, str] = {
    FileFormat.DOCX: "word_files",
    FileFormat.EML: "mail",
    FileFormat.PDF: "pdf",
}
"""Drafts whose text is first extracted, and the module of ``documents`` that does it; lines and
columns refer to that text."""

FILES: Mapping[str, FileFormat] = {f".{written}": written for written in _MODULES}
"""By suffix in lower case."""


def read_text(document: str) -> Draft:
    """A plain-text draft, whose visible text is the document itself."""
    return Draft(document, [Run(document, Span(0, len(document)))])


_READERS: Mapping[DraftFormat, Callable[[str], Draft]] = {
    DraftFormat.TEXT: read_text,
    DraftFormat.HTML: read_html,
    DraftFormat.MARKDOWN: read_markdown,
}


def read_draft(document: str, written: DraftFormat) -> Draft:
    """Raises UnreadableSource if it has no visible words, or an unclosed tag hides the rest."""
    draft = _READERS[written](document)
    if not draft.text.strip():
        raise UnreadableSource("the draft has no visible words; expected text")
    return draft


def read_file(content: bytes, written: FileFormat, where: str) -> Draft:
    """The draft in a file's bytes. Raises UnreadableSource, which starts with ``where``, and
    MissingLibrary."""
    if written is FileFormat.PDF:  # in a separate process, too
        document = adapter_of(_MODULES[written], where)(content, where)
    else:
        document = Document(text_of(_MODULES[written], content, where))
    whole = Run(document.text, Span(0, len(document.text)))
    return Draft(document.text, [whole], parts=_parts(document, written))


def _parts(document: Document, written: FileFormat) -> Iterator[tuple[Span, Place]]:
    if written is FileFormat.PDF:
        for place in cast(list[dict[str, int]], document.declared.metadata["places"]):
            yield Span(place["start"], place["end"]), Place(page=place["page"])
    elif written is FileFormat.DOCX:
        start = 0
        for number, paragraph in enumerate(document.text.split(PARAGRAPH), start=1):
            yield Span(start, start + len(paragraph)), Place(paragraph=number)
            start += len(paragraph) + len(PARAGRAPH)


def draft_in(path: Path, written: DraftFormat | None = None) -> Draft:
    """The draft in a file, in the format of its suffix, or of ``written`` if it is text.

    Raises UnreadableSource, which names the file.
    """
    content, where, suffix = content_of(path), shown(path), path.suffix.lower()
    if suffix in FILES:
        return read_file(content, FILES[suffix], where)
    return _read_named(decode(content, where), written or SUFFIXES[suffix], where)


def draft_from(stream: BinaryIO, written: DraftFormat | None = None) -> Draft:
    """The draft on standard input, by default text. Raises UnreadableSource."""
    where = "standard input"
    document = decode(read_whole(stream, where), where)
    return _read_named(document, written or DraftFormat.TEXT, where)


def _read_named(document: str, written: DraftFormat, where: str) -> Draft:
    try:
        return read_draft(document, written)
    except InvalidInput as error:
        raise UnreadableSource(f"{where}: {error}") from error


def draft_files(arguments: Iterable[str]) -> Iterator[Path | InvalidInput]:
    """The drafts that files, folders and patterns refer to; errors as in ``find_files``."""
    return find_files(arguments, (*SUFFIXES, *FILES))
