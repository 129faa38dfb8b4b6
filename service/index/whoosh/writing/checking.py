"""Checking: verifies that everything in an index folder is intact and consistent.

Opening an index checks only names and lengths, to be quick; this reads every byte: first the files
against the checksums taken when they were written, then their contents: records against rows,
postings against documents.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from whoosh.index import TOC

from service.domain import QUOTATION_FORMS, Act, SourceType, Statement
from service.errors import IndexCorrupt
from service.index.records import SourceRecord
from service.index.whoosh.format.folder import NAME, IndexFolder, checksum
from service.index.whoosh.format.postings import MeasuredSegment, Postings
from service.index.whoosh.format.segment_writer import KINDS, SCHEMA, SOURCE_KIND, Order, kind_of
from service.index.whoosh.generations.snapshot import DAMAGES
from service.index.whoosh.segments.segment import SegmentFiles

FIELDS = ("origin", "sketch", "source", "speaker", "statement", "words")


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """The result. Each of ``damages`` describes one error; ``strays`` are files that belong to no
    segment, as a killed writer may leave, and are harmless."""

    generation: int
    segments: int
    sources: int
    statements: int
    damages: tuple[str, ...]
    strays: tuple[str, ...]


def check_index(path: Path) -> IndexCheck:
    """Reads everything. Raises IndexMissing, IndexOutdated, and IndexCorrupt if not even the table
    of contents can be read."""
    folder = IndexFolder(path)
    folder.check_format()
    while True:
        contents = folder.contents()
        found = _check(folder, contents[0])
        # an intervening commit deletes files that are about to be read
        if not found.damages or folder.is_latest(contents):
            return found


def _check(folder: IndexFolder, generation: int) -> IndexCheck:
    table = _table(folder, generation)
    damages: list[str] = []
    sources = statements = 0
    for segment in table:
        wrong = list(_wrong_files(folder, segment))
        if not wrong:
            try:
                files = SegmentFiles(folder, segment)
                sources += len(files.sources)
                statements += len(files.statements)
                wrong = list(_wrong_contents(files))
            except (IndexCorrupt, *DAMAGES) as error:
                wrong = [f"cannot be read ({error})"]
        damages += [f"segment {segment.segment_id()}: {one}" for one in wrong]
    named = {name for segment in table for name in segment.sizes}
    return IndexCheck(
        generation, len(table), sources, statements, tuple(damages), tuple(_strays(folder, named))
    )


def _table(folder: IndexFolder, generation: int) -> list[MeasuredSegment]:
    try:
        table: list[MeasuredSegment] = TOC.read(folder, NAME, generation, SCHEMA).segments
    except PermissionError as error:
        raise folder.unreadable(error) from error
    except DAMAGES as error:
        raise folder.corrupt(str(error)) from error
    return table


def _strays(folder: IndexFolder, named: set[str]) -> Iterator[str]:
    for path in sorted(folder.path.iterdir()):
        if path.name.startswith(NAME) and path.name not in named:
            yield path.name


def _wrong_files(folder: IndexFolder, segment: MeasuredSegment) -> Iterator[str]:
    for name, size in sorted(segment.sizes.items()):
        path = folder.path / name
        try:
            present = path.stat().st_size
            if present != size:
                yield f"{name} has {present} bytes, but {size} were written"
            elif checksum(path) != segment.checksums.get(name):
                yield f"{name} has changed since it was written: its checksum differs"
        except FileNotFoundError:
            yield f"{name} is missing"
        except PermissionError as error:
            raise folder.unreadable(error) from error
        except OSError as error:
            yield f"{name} cannot be read ({error.strerror or error})"


def _wrong_contents(files: SegmentFiles) -> Iterator[str]:
    yield from _wrong_numbers(files)
    yield from _wrong_records(files)
    for field in FIELDS:
        for term, postings in files.all_postings(field):
            wrong = _wrong_postings(postings, files.size)
            if wrong:
                yield f"the postings of {field} {term.decode(errors='replace')!r} {wrong}"


def _wrong_numbers(files: SegmentFiles) -> Iterator[str]:
    """Numbers in rows that the catalogue does not define."""
    limits = {
        "kind": SOURCE_KIND,
        "speaker": len(files.speakers),
        "mention": len(files.mentions),
        "candidates": len(files.candidates),
        "title": len(files.titles),
        "source_type": len(SourceType),
        "publisher": len(files.publishers),
        "language": len(files.languages),
    }
    for name, limit in limits.items():
        for document in np.flatnonzero(files.row[name] > limit).tolist():
            yield f"document {document} has {name} {files.row[name][document]} of {limit}"


def _wrong_records(files: SegmentFiles) -> Iterator[str]:
    """Compares records with rows, ids and order, and each source with the statements after it."""
    former: Order | None = None
    for document in range(files.size):
        try:
            order = files.order(document)
            wrong = _wrong_source(files, document) or _wrong_statement(files, document)
        except (IndexCorrupt, ValueError) as error:
            yield f"document {document} cannot be read ({error})"
            continue
        if former is not None and not former < order:
            yield f"document {document} comes after an older one"
        if wrong:
            yield f"document {document} {wrong}"
        former = order


def _wrong_source(files: SegmentFiles, document: int) -> str | None:
    if not files.is_source(document):
        return None
    record: SourceRecord = files.source(document)
    kinds = [KINDS[n] for n in files.row["kind"][document + 1 :][: record.statements]]
    held = [kind for kind in kinds if kind is not None and not kind.denied]
    said = [kind.form for kind in held if kind.act is Act.SPEECH]
    quotes = sum(form in QUOTATION_FORMS for form in said)
    counted = len(kinds), quotes, len(said) - quotes, len(held) - len(said)
    if counted != (record.statements, record.quotes, record.claims, record.attitudes):
        return f"is source {record.source.id!r}, whose statements are not those it counts"
    return _wrong_id(files, "source", record.source.id, document)


def _wrong_statement(files: SegmentFiles, document: int) -> str | None:
    if files.is_source(document):
        return None
    statement: Statement = files.statement(document)
    if KINDS[files.row["kind"][document]] != kind_of(statement):
        return f"is statement {statement.id!r}, whose kind differs from its row's"
    return _wrong_id(files, "statement", statement.id, document)


def _wrong_id(files: SegmentFiles, field: str, identifier: str, document: int) -> str | None:
    postings = files.postings(field, identifier)
    if postings is None or postings.documents.tolist() != [document]:
        return f"is {field} {identifier!r}, but is not found by this id"
    return None


def _wrong_postings(postings: Postings, size: int) -> str | None:
    documents, frequencies = postings.documents, postings.frequencies
    if not len(documents) or documents[-1] >= size:
        return "name documents that do not exist"
    if (np.diff(documents.astype(np.int64)) <= 0).any():
        return "are not in order"
    if len(frequencies) and int(frequencies.sum(dtype=np.int64)) != len(postings.positions):
        return "do not count their positions"
    return None
