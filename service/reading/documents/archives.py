"""Archives: the pages, texts and PDF files that a WARC file holds, one record after the other.

A record is read, used and let go of, so that memory does not grow with the archive. Where it came
from stands in ``metadata.record``. Pictures, scripts, redirects and errors of servers are passed
over; how many pages have no article is told once an archive.
"""

from collections.abc import Iterator
from dataclasses import replace
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


def read_archive(path: Path) -> Iterator[Source | UnreadableSource]:
    """The article of each record that has one, and in their place the errors of broken ones."""
    where = shown(path)
    pages, without = 0, []
    try:
        sidecar = sidecar_of_many(path)
        with open_file(path) as stream:
            for record in records_in(stream, where):
                if isinstance(record, UnreadableSource):
                    yield record
                    continue
                pages += 1
                try:
                    yield _source_of(record, path, sidecar)
                except NoArticle:
                    without.append(record.address)
                except UnreadableSource as error:
                    yield error
    except OSError as error:
        yield unreadable(path, error)
    except UnreadableSource as error:
        yield error
    else:
        yield from _summary(where, pages, without)


def _summary(where: str, pages: int, without: list[str]) -> Iterator[UnreadableSource]:
    if not pages:
        yield UnreadableSource(
            f"{where}: no page, text or PDF file in it; expected an archive of articles"
        )
    elif without:
        yield UnreadableSource(
            f"{where}: {len(without):,} of its {pages:,} pages have no article, the first "
            f"{escaped(without[0])[:200]}; expected pages of articles"
        )


def _source_of(record: Record, path: Path, sidecar: Declaration) -> Source:
    where = f"{shown(path)}, {escaped(record.address)[:200] or record.name}"
    document = _document(record, where)
    return source_from_text(
        document.text,
        origin=origin_of(path),
        declared=sidecar.over(_with_record(document.declared, record)),
        inferred=document.inferred,
        where=where,
    )


def _document(record: Record, where: str) -> Document:
    if record.module:
        return adapter_of(record.module, where)(record.content, where)
    return Document(decode(record.content, where))


def _with_record(declared: Declaration, record: Record) -> Declaration:
    """The address of the record, where the page has none of its own, and when it was stored."""
    kept = {"id": record.name, "url": record.address, "date": record.date}
    metadata = {**declared.metadata, "record": {key: one for key, one in kept.items() if one}}
    declared = replace(declared, metadata=metadata)
    if declared.url or len(record.address) > VALUE_MAXIMUM or not ADDRESS.fullmatch(record.address):
        return declared
    field_names = {**declared.field_names, "url": "WARC-Target-URI"}
    return replace(declared, url=record.address, field_names=field_names)
