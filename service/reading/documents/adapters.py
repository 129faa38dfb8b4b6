"""Adapters: which module reads which kind of document, and how a file of it becomes a source.

What a sidecar declares wins over what the document declares, and that over what its text says.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.domain import Source
from service.errors import MissingLibrary, UnreadableSource
from service.paths import shown
from service.reading.disguises import require_format
from service.reading.documents.document import Document
from service.reading.opening import content_of
from service.reading.source import source_from_text
from service.reading.text_file import origin_of, sidecar_declaration, sidecar_of_many

if TYPE_CHECKING:
    from service.reading.documents.archives import Archive, Tally

ReadDocument = Callable[[bytes, str], Document]
ReadArticles = Callable[[bytes, str], Iterable[Document | UnreadableSource]]


def adapter_of(module: str, where: str) -> ReadDocument:
    """How that module reads a document's bytes; ``where`` names the document in errors.

    Raises MissingLibrary where the libraries for it are not installed.
    """
    adapter: ReadDocument = module_of(module, where).read_document
    return partial(_read_as, module, adapter)


def _read_as(module: str, adapter: ReadDocument, content: bytes, where: str) -> Document:
    """Raises UnreadableSource also for what is of another format than it is called."""
    require_format(content, where, module)
    return adapter(content, where)


def module_of(name: str, where: str) -> Any:
    """The module of that name in this room. Raises MissingLibrary as ``adapter_of`` does."""
    try:
        return import_module(f"service.reading.documents.{name}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("service"):
            raise
        raise MissingLibrary(
            f"{where}: this format needs {error.name}, which is not installed; run pip "
            "install 'onrecord[formats]'"
        ) from error


def read_document_file(module: str, path: Path) -> Iterator[Source | UnreadableSource]:
    """The one source of the file, or why it has none."""
    where = shown(path)
    try:
        document = adapter_of(module, where)(content_of(path), where)
        declared = sidecar_declaration(path).over(document.declared)
        yield source_from_text(
            document.text,
            origin=origin_of(path),
            declared=declared,
            where=where,
            inferred=document.inferred,
        )
    except UnreadableSource as error:
        yield error


def read_articles_file(module: str, path: Path) -> Iterator[Source | UnreadableSource]:
    """The sources of a file that holds several articles, and the errors of those that cannot be
    read."""
    where = shown(path)
    try:
        sidecar = sidecar_of_many(path)
        articles: ReadArticles = module_of(module, where).read_documents
        for article in articles(content_of(path), where):
            yield (
                article
                if isinstance(article, UnreadableSource)
                else source_from_text(
                    article.text,
                    origin=origin_of(path),
                    declared=sidecar.over(article.declared),
                    where=where,
                    inferred=article.inferred,
                )
            )
    except UnreadableSource as error:
        yield error


def read_archive_file(path: Path) -> Iterator[Source | UnreadableSource]:
    """The same of an archive, which is larger than memory."""
    try:
        read_archive = module_of("archives", shown(path)).read_archive
    except UnreadableSource as error:
        yield error
    else:
        yield from read_archive(path)


def open_archive(path: Path) -> "tuple[Archive, Tally]":
    """For who reads its records himself: it, and the tally of its pages, still empty.

    Raises UnreadableSource for a sidecar that is wrong, MissingLibrary as ``adapter_of`` does.
    """
    archives = module_of("archives", shown(path))
    return archives.open_archive(path), archives.Tally()
