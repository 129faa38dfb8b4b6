"""Archives: reads the pages, texts and PDF files in a WARC file, record by record.

Each record is read, processed and released, so memory does not grow with the archive.
``metadata.record`` says where it came from. Pictures, scripts, redirects and server errors are
skipped; the number of pages without an article is reported once per archive.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from service.bounds import VALUE_MAXIMUM
from service.domain import Source
from service.errors import UnreadableSource
from service.paths import escaped, shown
from service.reading.declaration import ADDRESS, Declaration
from service.reading.decoding import decode
from service.reading.documents.adapters import adapter_of
from service.reading.documents.document import Document
from service.reading.documents.pages import NoArticle
from service.reading.documents.records import Record, records_in
from service.reading.opening import open_file, unreadable
from service.reading.source import source_from_text
from service.reading.text_file import origin_of, sidecar_of_many


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive, and what its sidecar declares about everything in it."""

    path: Path
    sidecar: Declaration

    def records(self) -> Iterator[Record | UnreadableSource]:
        """The records that may be articles. Raises UnreadableSource if reading cannot continue."""
        try:
            with open_file(self.path) as stream:
                yield from records_in(stream, shown(self.path))
        except OSError as error:
            raise unreadable(self.path, error) from error

    def read(self, record: Record) -> Source | UnreadableSource | None:
        """The record's article; None for a page without one; or the error that prevents it."""
        try:
            return self._source_of(record)
        except NoArticle:
            return None
        except UnreadableSource as error:
            return error

    def _source_of(self, record: Record) -> Source:
        where = f"{shown(self.path)}, {escaped(record.address)[:200] or record.name}"
        document = _document(record, where)
        return source_from_text(
            document.text,
            origin=origin_of(self.path),
            declared=self.sidecar.over(_with_record(document.declared, record)),
            inferred=document.inferred,
            where=where,
        )


def open_archive(path: Path) -> Archive:
    """Raises UnreadableSource if the sidecar is wrong."""
    return Archive(path, sidecar_of_many(path))


@dataclass(slots=True)
class Tally:
    """Counts an archive's pages, and those without an article."""

    pages: int = 0
    without: list[str] = field(default_factory=list)

    def add(self, address: str, has_article: bool) -> None:
        self.pages += 1
        if not has_article:
            self.without.append(address)

    def summary(self, path: Path) -> Iterator[UnreadableSource]:
        """The problems to report once the archive has been read to its end."""
        where = shown(path)
        if not self.pages:
            yield UnreadableSource(
                f"{where}: no page, text or PDF file in it; expected an archive of articles"
            )
        elif self.without:
            yield UnreadableSource(
                f"{where}: {len(self.without):,} of its {self.pages:,} pages have no article, the"
                f" first {escaped(self.without[0])[:200]}; expected pages of articles"
            )


def read_archive(path: Path) -> Iterator[Source | UnreadableSource]:
    """The article of each record that has one; errors take the place of broken records."""
    tally = Tally()
    try:
        archive = open_archive(path)
        for record in archive.records():
            if isinstance(record, UnreadableSource):
                yield record
                continue
            outcome = archive.read(record)
            tally.add(record.address, outcome is not None)
            if outcome is not None:
                yield outcome
    except UnreadableSource as error:
        yield error
    else:
        yield from tally.summary(path)


def _document(record: Record, where: str) -> Document:
    if record.module:
        return adapter_of(record.module, where)(record.content, where)
    return Document(decode(record.content, where))


def _with_record(declared: Declaration, record: Record) -> Declaration:
    """Adds the record's address, if the page has none of its own, and when it was stored."""
    kept = {"id": record.name, "url": record.address, "date": record.date}
    metadata = {**declared.metadata, "record": {key: one for key, one in kept.items() if one}}
    declared = replace(declared, metadata=metadata)
    if declared.url or len(record.address) > VALUE_MAXIMUM or not ADDRESS.fullmatch(record.address):
        return declared
    field_names = {**declared.field_names, "url": "WARC-Target-URI"}
    return replace(declared, url=record.address, field_names=field_names)
