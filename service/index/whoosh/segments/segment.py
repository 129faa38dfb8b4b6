"""Reads a segment: columns, postings and records, by document number.

A segment's files never change; which of its documents are alive depends on the generation.
``SegmentFiles`` are opened once and shared by all generations that use them; ``Segment`` adds the
documents that one generation has removed.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3TermsReader

from service.domain import QUOTATION_FORMS, SPEECH, Act, Form, Speaker, Statement
from service.errors import IndexCorrupt
from service.index.analysis import surface_words
from service.index.appearances import Appearance
from service.index.records import (
    SourceRecord,
    source_place,
    statement_place,
    unpack_catalogue,
    unpack_source,
    unpack_statement,
    unpack_words,
)
from service.index.sketches import sketch_of
from service.index.vocabulary import Vocabulary
from service.index.whoosh.format.columns import Numbers, RecordColumn, Row
from service.index.whoosh.format.folder import IndexFolder
from service.index.whoosh.format.postings import (
    MeasuredSegment,
    Postings,
    PostingsCodec,
    all_postings,
    read_postings,
)
from service.index.whoosh.format.prerendered import Prerendered
from service.index.whoosh.format.segment_writer import (
    CATALOGUE_DOCUMENTS,
    KINDS,
    SCHEMA,
    SOURCE_KIND,
    Order,
    quoted_words,
)
from service.index.whoosh.format.stored import StoredFile
from service.index.whoosh.segments.array_cache import KeptArrays, KeptLists

Mask = npt.NDArray[np.bool_]


KEPT_SKETCHES = 1 << 10
"""Per segment: a draft refers to the same sources repeatedly. Each takes a kilobyte."""

KEPT_LISTS = 32 << 20
"""Bytes of postings per segment. All queries of bench.index on 100,000 statements need 22 MB."""


class SegmentFiles:
    """The immutable part of a segment."""

    def __init__(self, folder: IndexFolder, segment: MeasuredSegment) -> None:
        for name, size in segment.sizes.items():
            if folder.file_length(name) != size:
                raise folder.corrupt(f"{name} has changed since it was written")
        self._folder = folder
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all() - CATALOGUE_DOCUMENTS
        self._terms = PostingsCodec().terms_reader(folder, segment)
        arrays = [array[: self.size] for array in open_column(folder, segment, "row").arrays()]
        self.row: dict[str, Numbers] = dict(zip(Row._fields, arrays, strict=True))
        records = open_column(folder, segment, "record")
        self._files: list[StoredFile] = [self._terms._dbfile, self._terms._postfile, records.file]
        self.read_postings = partial(_postings, folder, self._terms)
        # a query reads a list for counting, for matching and for scoring
        self.postings = KeptLists(self.read_postings, KEPT_LISTS).get
        self.record: Callable[[int], bytes] = partial(_record, folder, self.id, records)
        """Raises IndexCorrupt if one is damaged, as do all methods that read one."""
        # a list that continues looks up its position among documents already read
        self.read_order: Callable[[int], Order] = partial(_order, self.row, self.record)
        self.order: Callable[[int], Order] = lru_cache(1 << 12)(self.read_order)
        self.sketch: Callable[[int], tuple[str, ...]] = lru_cache(KEPT_SKETCHES)(
            partial(_sketch, folder, self.id, self.record)
        )
        self.until: Callable[[int], int] = lru_cache(1 << 12)(partial(_until, self.row["first"]))
        catalogue = unpack_catalogue(self.record(self.size))
        self.speakers: list[Appearance] = catalogue.speakers
        self.candidates: list[tuple[Speaker, ...]] = catalogue.candidates
        self.mentions: list[str] = catalogue.mentions
        self.titles: list[str] = catalogue.titles
        self.publishers: list[str] = catalogue.publishers
        self.languages: list[str] = catalogue.languages
        self.rendering: str = catalogue.rendering
        if self.rendering:
            self._ready = Prerendered(folder, segment, self.size)
            self._files.append(self._ready.file)

    def is_untouched(self) -> bool:
        """Whether nobody has written to the files still being read."""
        return all(file.is_untouched() for file in self._files)

    def all_postings(self, field: str) -> Iterator[tuple[bytes, Postings]]:
        """Every term of the field with its postings, sorted; includes removed documents.

        Raises IndexCorrupt if one is damaged, as do ``postings`` and ``read_postings``, which
        caches nothing.
        """
        try:
            yield from all_postings(self._terms, field)
        except UNREADABLE as error:
            raise self._folder.corrupt(f"the lists of {field} in {self.id}: {error}") from error

    def statement(self, document: int) -> Statement:
        record = self.record(document)
        try:
            return unpack_statement(record)
        except ValueError as error:
            raise _damaged(self._folder, self.id, document, error) from error

    def source(self, document: int) -> SourceRecord:
        return _source(self._folder, self.id, self.record, document)

    def rendered(self, documents: Sequence[int]) -> list[bytes]:
        """The pre-rendered statements, in the version ``rendering``, if there are any."""
        try:
            return self._ready.read(documents)
        except UNREADABLE as error:
            raise _damaged(self._folder, self.id, documents[0], error) from error

    def is_source(self, document: int) -> bool:
        return bool(self.row["kind"][document] == SOURCE_KIND)

    def after(self, order: Order) -> int:
        """The number of the first document that comes after ``order``."""
        day = -order.newness
        # only documents of the same day need their records compared
        return bisect_right(
            range(self.size), order, lo=self.until(day), hi=self.until(day - 1), key=self.order
        )

    @cached_property
    def words(self) -> Vocabulary:
        """The words of its quotations."""
        return Vocabulary(unpack_words(self.record(self.size + 1)))

    @cached_property
    def statements(self) -> Numbers:
        return np.flatnonzero(self.row["kind"] != SOURCE_KIND).astype(np.uint32)

    @cached_property
    def is_all_said(self) -> bool:
        """Whether every list includes all of its statements."""
        return bool(kind_mask(frozenset(Form))[self.row["kind"][self.statements]].all())

    @cached_property
    def sources(self) -> Numbers:
        return np.flatnonzero(self.row["kind"] == SOURCE_KIND).astype(np.uint32)


def _until(first: Numbers, day: int) -> int:
    """The number of the first document whose first day (YYYYMMDD) is ``day`` or earlier."""
    return bisect_left(range(len(first)), -day, key=lambda document: -int(first[document]))


def _source(
    folder: IndexFolder, segment: str, record: Callable[[int], bytes], document: int
) -> SourceRecord:
    try:
        return unpack_source(record(document))
    except ValueError as error:
        raise _damaged(folder, segment, document, error) from error


def _sketch(
    folder: IndexFolder, segment: str, record: Callable[[int], bytes], document: int
) -> tuple[str, ...]:
    return sketch_of(_source(folder, segment, record, document).source.text)


UNREADABLE = (OSError, ValueError)
"""What reading raises if something is damaged or the disk cannot read it."""


def open_column(folder: IndexFolder, segment: MeasuredSegment, name: str) -> Any:
    """The reader of a column of the schema. Raises ValueError if its tables are damaged."""
    file = folder.open_stored(PostingsCodec.column_filename(segment, name))
    column: Any = SCHEMA[name].column_type
    return column.reader(file, 0, file.size, segment.doc_count_all())


def _postings(folder: IndexFolder, terms: W3TermsReader, field: str, term: str) -> Postings | None:
    try:
        return read_postings(terms, field, term)
    except UNREADABLE as error:
        raise folder.corrupt(f"the list of {field} {term!r}: {error}") from error


def _record(
    folder: IndexFolder, segment: str, records: RecordColumn.Reader, document: int
) -> bytes:
    try:
        return records[document]
    except UNREADABLE as error:
        raise _damaged(folder, segment, document, error) from error


def _damaged(
    folder: IndexFolder, segment: str, document: int, error: OSError | ValueError
) -> IndexCorrupt:
    return folder.corrupt(f"record {document} of segment {segment}: {error}")


def _order(row: Mapping[str, Numbers], record_of: Callable[[int], bytes], document: int) -> Order:
    newness, record = -int(row["first"][document]), record_of(document)
    if row["kind"][document] == SOURCE_KIND:
        return Order(newness, source_place(record), -1, -1, "")
    return Order(newness, *statement_place(record))


class Segment:
    """A segment as one generation sees it."""

    def __init__(
        self,
        files: SegmentFiles,
        removed: Iterable[int],
        kept: KeptArrays,
        gone_words: Mapping[str, int],
    ) -> None:
        self.files = files
        self.row = files.row
        self.gone_words = gone_words
        """For each word, the number of removed quotations with it."""
        gone = sorted(removed)
        self.removed = len(gone)
        self.key = (files.id, self.removed)
        """Identifies it: later generations only remove more documents."""
        self.kept = kept
        self.alive: Mask | None = None
        if gone:
            self.alive = np.ones(files.size, dtype=bool)
            self.alive[gone] = False

    def living(self, documents: Numbers) -> Numbers:
        return documents if self.alive is None else documents[self.alive[documents]]

    @cached_property
    def statements(self) -> Numbers:
        return self.living(self.files.statements)

    @cached_property
    def sources(self) -> Numbers:
        return self.living(self.files.sources)

    @property
    def count(self) -> int:
        """Number of living documents: sources and statements."""
        return self.files.size if self.alive is None else int(self.alive.sum())

    @cached_property
    def words(self) -> int:
        """The length of all statements together."""
        return int(self.row["length"][self.statements].sum())

    def documents(self, field: str, term: str) -> Numbers:
        """The living documents with this term, ascending."""
        postings = self.files.postings(field, term)
        if postings is None:
            return NOTHING
        if self.alive is None:
            return postings.documents
        return self.kept.get((self.key, field, term), lambda: self.living(postings.documents))

    def find(self, field: str, term: str, once: bool = False) -> int | None:
        """The only living document with this id; None if there is none.

        ``once``: it will not be asked for again, so it is not cached.
        """
        read = self.files.read_postings if once else self.files.postings
        postings = read(field, term)
        if postings is None:
            return None
        found = self.living(postings.documents)
        return int(found[0]) if len(found) else None

    def of_origin(self, origin: str) -> list[int]:
        """The living sources read from there."""
        postings = self.files.read_postings("origin", origin)
        return [] if postings is None else self.living(postings.documents).tolist()

    def quoted_words(self, documents: Iterable[int]) -> Counter[str]:
        """For each word, the number of quotations among these documents that contain it."""
        counts: Counter[str] = Counter()
        quotations = kind_mask(QUOTATION_FORMS)
        for document in documents:
            if quotations[self.row["kind"][document]]:
                counts.update(quoted_words(surface_words(self.files.statement(document).text)))
        return counts

    def source_range(self, document: int) -> range:
        """The numbers of a source's document and its statements."""
        record = self.files.source(document)
        return range(document, document + 1 + record.statements)


@lru_cache
def kind_mask(
    forms: frozenset[Form], acts: frozenset[Act] = SPEECH, denied: bool | None = False
) -> Mask:
    """Which values of Row.kind have one of ``forms``, one of ``acts`` and this ``denied`` (None:
    either)."""
    mask = np.zeros(len(KINDS) + 2, dtype=bool)
    for number, kind in enumerate(KINDS):
        if kind is not None:
            chosen = kind.form in forms and kind.act in acts
            mask[number] = chosen and denied in (None, kind.denied)
    mask.flags.writeable = False
    return mask


NOTHING: Numbers = np.empty(0, dtype=np.uint32)
