"""Adapters: choose the module for each kind of document and turn its result into a source.

A sidecar's values override the document's, which override those found in its text.
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
    """The function of ``module`` that reads a document's bytes; ``where`` names it in errors.

    Raises MissingLibrary if the libraries it needs are not installed.
    """
    adapter: ReadDocument = module_of(module, where).read_document
    return partial(_read_as, module, adapter)


def _read_as(module: str, adapter: ReadDocument, content: bytes, where: str) -> Document:
    """Also raises UnreadableSource if the content is in another format than its name says."""
    require_format(content, where, module)
    return adapter(content, where)


def module_of(name: str, where: str) -> Any:
    """The module of this name in this room. Raises MissingLibrary as ``adapter_of`` does."""
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
    """The file's only source, or the error that prevents it."""
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
    """The sources of a file with several articles, and the errors of those that cannot be read."""
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
    """The same for an archive, which may be larger than memory."""
    try:
        read_archive = module_of("archives", shown(path)).read_archive
    except UnreadableSource as error:
        yield error
    else:
        yield from read_archive(path)


def open_archive(path: Path) -> "tuple[Archive, Tally]":
    """The archive, for callers that read its records themselves, and an empty tally of its pages.

    Raises UnreadableSource if its sidecar is wrong, MissingLibrary as ``adapter_of`` does.
    """
    archives = module_of("archives", shown(path))
    return archives.open_archive(path), archives.Tally()
