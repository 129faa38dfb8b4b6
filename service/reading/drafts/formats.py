"""Formats of drafts: which there are, and what files have them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from service.domain import DraftFormat, Span
from service.errors import InvalidInput, UnreadableSource
from service.paths import shown
from service.reading.decoding import decode
from service.reading.documents.adapters import adapter_of
from service.reading.drafts.draft import Draft, Run
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
"""In lower case."""

DOCUMENTS: Mapping[str, str] = {".docx": "word_files", ".eml": "mail", ".pdf": "pdf"}
"""Drafts that are no text themselves, and the module of ``documents`` that reads theirs: lines and
columns are of that text."""


def read_text(document: str) -> Draft:
    """A plain text shows itself."""
    return Draft(document, [Run(document, Span(0, len(document)))])


_READERS: Mapping[DraftFormat, Callable[[str], Draft]] = {
    DraftFormat.TEXT: read_text,
    DraftFormat.HTML: read_html,
    DraftFormat.MARKDOWN: read_markdown,
}


def read_draft(document: str, written: DraftFormat) -> Draft:
    """Raises UnreadableSource for what shows no words, or hides them by a tag never closed."""
    draft = _READERS[written](document)
    if not draft.text.strip():
        raise UnreadableSource("the draft shows no words; a text is wanted")
    return draft


def document_in(path: Path) -> str:
    """What a file holds, as it is written, or its text. Raises UnreadableSource, which names it."""
    content, where = content_of(path), shown(path)
    module = DOCUMENTS.get(path.suffix.lower())
    return adapter_of(module, where)(content, where).text if module else decode(content, where)


def document_from(stream: BinaryIO) -> str:
    """What standard input holds. Raises UnreadableSource."""
    where = "standard input"
    return decode(read_whole(stream, where), where)


def draft_files(arguments: Iterable[str]) -> Iterator[Path | InvalidInput]:
    """The drafts that files, folders and globs mean; errors as in ``find_files``."""
    return find_files(arguments, (*SUFFIXES, *DOCUMENTS))


def draft_format_of(path: Path) -> DraftFormat:
    """How the document of a file is written, by the suffix; raises KeyError for a file that
    ``draft_files`` does not name."""
    suffix = path.suffix.lower()
    return DraftFormat.TEXT if suffix in DOCUMENTS else SUFFIXES[suffix]


def has_own_format(path: Path) -> bool:
    """Whether no other format can be meant, as the file is no text."""
    return path.suffix.lower() in DOCUMENTS
