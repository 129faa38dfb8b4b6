"""Adapters: which module reads which kind of document, and how a file of it becomes a source.

What a sidecar declares wins over what the document declares, and that over what its text says.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from service.domain import Source
from service.errors import UnreadableSource
from service.paths import shown
from service.reading.declaration import Declaration
from service.reading.documents.document import Document
from service.reading.opening import content_of
from service.reading.source import source_from_text
from service.reading.text_file import origin_of, sidecar_declaration

ReadDocument = Callable[[bytes, str], Document]


def adapter_of(module: str, where: str) -> ReadDocument:
    """How that module reads a document's bytes; ``where`` names the document in errors.

    Raises UnreadableSource where the libraries for it are not installed.
    """
    try:
        adapter: ReadDocument = import_module(f"service.reading.documents.{module}").read_document
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("service"):
            raise
        raise UnreadableSource(
            f"{where}: this format needs {error.name}, which is not installed;"
            " pip install 'onrecord[formats]' brings it"
        ) from error
    return adapter


def read_document_file(module: str, path: Path) -> Iterator[Source | UnreadableSource]:
    """The one source of the file, or why it is none."""
    where = shown(path)
    try:
        document = adapter_of(module, where)(content_of(path), where)
        declared = _over(sidecar_declaration(path), document.declared)
        yield source_from_text(
            document.text,
            origin=origin_of(path),
            declared=declared,
            where=where,
            inferred=document.inferred,
        )
    except UnreadableSource as error:
        yield error


def _over(first: Declaration, second: Declaration) -> Declaration:
    """The values of the first, and those of the second that the first lacks."""
    return replace(
        second,
        id=first.id or second.id,
        title=first.title or second.title,
        publisher=first.publisher or second.publisher,
        url=first.url or second.url,
        published=first.published or second.published,
        authors=first.authors or second.authors,
        language=first.language or second.language,
        metadata={**second.metadata, **first.metadata},
        stands_in={**second.stands_in, **first.stands_in},
    )
