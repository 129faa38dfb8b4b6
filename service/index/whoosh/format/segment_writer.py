"""Writes a segment: records in, the files of one Whoosh segment out.

Documents are ordered newest first, each source followed by its statements, so every list of
postings starts with the newest. The last two documents are the catalogue, which defines the other
documents' numbers, and the words for suggestions.
"""

from array import array
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Annotated, NamedTuple, TypeAlias, TypeVar

import numpy as np
from msgspec import Meta
from whoosh.fields import COLUMN, ID, KEYWORD, Schema

from service.domain import (
    CLAIM_FORMS,
    QUOTATION_FORMS,
    Act,
    Form,
    PartialDate,
    Source,
    SourceReference,
    SourceType,
    Speaker,
    Statement,
)
from service.index.analysis import fold, surface_words, term_of
from service.index.appearances import Appearance, appearance_in
from service.index.port import Rendering
from service.index.records import (
    Catalogue,
    pack_catalogue,
    pack_words,
    unpack_source,
    unpack_statement,
)
from service.index.sketches import sketch_of
from service.index.speakers import spoken_for
from service.index.whoosh.format.columns import Numbers, RecordColumn, Row, RowColumn
from service.index.whoosh.format.folder import NAME, IndexFolder, checksum
from service.index.whoosh.format.postings import (
    Listed,
    MeasuredSegment,
    PostingPool,
    PostingsCodec,
    PostingsWriter,
)
from service.index.whoosh.format.prerendered import prerendered, write_prerendered
from service.index.whoosh.format.stored import write_blocks
from service.index.words import STOP_WORDS

K = TypeVar("K")

SCHEMA = Schema(
    statement=ID,  # ids
    source=ID,
    origin=ID,  # of sources
    sketch=ID,  # of sources: what nearly equal texts share
    speaker=ID,  # of statements: the number in the catalogue
    words=KEYWORD,  # of statements, with positions
    row=COLUMN(RowColumn()),
    record=COLUMN(RecordColumn()),
)


class Kind(NamedTuple):
    """The properties by which lists select statements, without reading their records."""

    form: Form
    act: Act
    denied: bool


def kind_of(statement: Statement) -> Kind:
    return Kind(statement.form, statement.act, statement.denied)


KINDS = (None, *(Kind(*one) for one in product(Form, Act, (False, True))))
"""Meanings of Row.kind; two further numbers mark documents that are not statements."""
SOURCE_KIND = len(KINDS)
CATALOGUE_KIND = SOURCE_KIND + 1

SOURCE_TYPES = (None, *SourceType)
"""Meanings of Row.source_type."""


_Number: TypeAlias = Annotated[int, Meta(gt=-(1 << 31), lt=1 << 31)]


class Order(NamedTuple):
    """Sort key of documents: newest first, those without a year last; the other fields break
    ties."""

    newness: _Number
    source: str
    start: int
    end: int
    id: str


CATALOGUE_DOCUMENTS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A record on its way into a segment."""

    order: Order
    record: bytes
    is_source: bool


def quoted_words(words: Iterable[str]) -> set[str]:
    """The words counted for a quotation: each once, in lower case."""
    return set(map(str.lower, words))


def source_order(source: SourceReference) -> Order:
    """The sort key of a source, just before its statements."""
    return Order(-first_day(source.published), source.id, -1, -1, "")


def statement_order(statement: Statement) -> Order:
    spans = statement.spans
    start, end = (spans[0].start, spans[-1].end) if spans else (0, 0)
    return Order(
        -first_day(statement.source.published), statement.source.id, start, end, statement.id
    )


def first_day(date: PartialDate | None) -> int:
    """As YYYYMMDD; 0 without a year."""
    if date is None or date.year is None:
        return 0
    return date.year * 10000 + (date.month or 1) * 100 + (date.day or 1)


def last_day(date: PartialDate | None) -> int:
    if date is None or date.year is None:
        return 0
    month = date.month or 12
    return date.year * 10000 + month * 100 + (date.day or monthrange(date.year, month)[1])


@dataclass
class _Catalogue:
    """Shared values and their numbers, counted from 1 in order of first use."""

    speakers: dict[Appearance, int] = field(default_factory=dict)
    candidates: dict[tuple[Speaker, ...], int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)
    publishers: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    def listed(self) -> Catalogue:
        return Catalogue(
            list(self.speakers),
            list(self.candidates),
            list(self.mentions),
            list(self.titles),
            list(self.publishers),
            list(self.languages),
        )

    def suggestible(self) -> Counter[tuple[str, str]]:
        """Number of quotations by (folded word, word in lower case)."""
        return Counter(
            {
                (fold(word), word): count
                for word, count in self.words.items()
                if len(word) > 2 and not word.isdigit() and term_of(word) not in STOP_WORDS
            }
        )


class SegmentWriter:
    """Writes the files of one segment, document by document, newest first."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._rendering = ""
        self._codec = PostingsCodec()
        self._segment = self._codec.new_segment(folder, NAME)
        self._columns = self._codec.per_document_writer(folder, self._segment)
        self.count = 0

    def keep(self, row: Sequence[int], record: bytes) -> None:
        columns = self._columns
        columns.start_doc(self.count)
        columns.add_column_value("row", SCHEMA["row"].column_type, row)
        columns.add_column_value("record", SCHEMA["record"].column_type, record)
        columns.finish_doc()
        self.count += 1

    def write_postings(self, postings: Iterable[Listed]) -> None:
        """The sorted postings of all fields."""
        PostingsWriter(self._folder, self._segment).write(postings)
        write_blocks(self._folder.path / self._segment.make_filename(PostingsCodec.TERMS_EXT))

    def write_prerendered(
        self, version: str, rows: tuple[Numbers, Numbers], rendered: Callable[[int], bytes]
    ) -> None:
        """Stores what ``rendered`` returns for each document, in a rendering of this version.

        ``rows`` are the columns of speakers and kinds: each speaker's quotations come first, then
        claims, then what lists leave out, each newest first, which is the order in which they are
        requested.
        """
        self._rendering = version
        speakers, kinds = rows
        order = np.lexsort((_ASKED_FOR[kinds], speakers))
        write_prerendered(self._folder, self._segment, order, rendered)

    def finish(self, catalogue: Catalogue, words: Mapping[tuple[str, str], int]) -> MeasuredSegment:
        """The finished segment, not yet part of the index.

        ``words`` maps suggestible words (folded, lower case) to their numbers of quotations.
        """
        suggestible = sorted((*word, count) for word, count in words.items())
        numbered = replace(catalogue, rendering=self._rendering)
        for packed in (pack_catalogue(numbered), pack_words(suggestible)):
            self.keep(Row(CATALOGUE_KIND), packed)
        self._columns.close()
        self._segment.set_doc_count(self.count)
        files = self._segment.list_files(self._folder)
        self._segment.sizes = {name: self._folder.file_length(name) for name in files}
        self._segment.checksums = {name: checksum(self._folder.path / name) for name in files}
        return self._segment


def write_segment(
    folder: IndexFolder, entries: list[Entry], rendering: Rendering | None = None
) -> MeasuredSegment:
    """Writes the files of a new segment, not yet part of the index; sorts ``entries``."""
    entries.sort(key=lambda entry: entry.order)
    indexer = _Indexer(folder)
    for entry in entries:
        indexer.add(entry)
    if rendering is not None:
        indexer.write_prerendered(entries, rendering)
    return indexer.finish()


class _Indexer:
    def __init__(self, folder: IndexFolder) -> None:
        self._writer = SegmentWriter(folder)
        self._rows = (array("I"), array("I"))  # speakers and kinds
        self._postings = PostingPool()
        self._catalogue = _Catalogue()

    def add(self, entry: Entry) -> None:
        """Entries must come in order."""
        if entry.is_source:
            row = self._index_source(unpack_source(entry.record).source)
        else:
            row = self._index_statement(unpack_statement(entry.record))
        self._writer.keep(row, entry.record)
        for column, number in zip(self._rows, (row.speaker, row.kind), strict=True):
            column.append(number)

    def write_prerendered(self, entries: Sequence[Entry], rendering: Rendering) -> None:
        """Statements are decoded again, because all of them rendered would fill as much memory as
        the entries."""

        def rendered(document: int) -> bytes:
            entry = entries[document]
            return (
                b"" if entry.is_source else prerendered(unpack_statement(entry.record), rendering)
            )

        speakers, kinds = (np.asarray(column, dtype=np.uint32) for column in self._rows)
        self._writer.write_prerendered(rendering.version, (speakers, kinds), rendered)

    def finish(self) -> MeasuredSegment:
        self._writer.write_postings(self._postings)
        return self._writer.finish(self._catalogue.listed(), self._catalogue.suggestible())

    def _index_source(self, source: Source) -> Row:
        self._postings.add("source", source.id, self._writer.count)
        self._postings.add("origin", source.origin, self._writer.count)
        for band in sketch_of(source.text):
            self._postings.add("sketch", band, self._writer.count)
        return self._row(SOURCE_KIND, source.reference())

    def _index_statement(self, statement: Statement) -> Row:
        catalogue, words = self._catalogue, surface_words(statement.text)
        self._postings.add("statement", statement.id, self._writer.count)
        self._postings.add_words("words", [term_of(word) for word in words], self._writer.count)
        kind = kind_of(statement)
        if _is_quote(kind):
            catalogue.words.update(quoted_words(words))
        speaker = mention = candidates = 0
        said_by = _said_by(statement)
        if said_by is not None:
            speaker = _number(catalogue.speakers, appearance_in(statement, said_by))
            self._postings.add("speaker", str(speaker), self._writer.count)
        if statement.attribution.mention is not None:
            named = " ".join(statement.attribution.mention.text.split())
            mention = _number(catalogue.mentions, named)
        if statement.candidates:
            several = tuple(one.speaker for one in statement.candidates)
            candidates = _number(catalogue.candidates, several)
        return self._row(KINDS.index(kind), statement.source)._replace(
            length=len(words),
            speaker=speaker,
            mention=mention,
            candidates=candidates,
            source_type=SOURCE_TYPES.index(statement.source_type),
            sure=round(statement.speaker_confidence * 100),
            title=_number(catalogue.titles, statement.title.text) if statement.title else 0,
        )

    def _row(self, kind: int, source: SourceReference) -> Row:
        """The values that a source and its statements share."""
        return Row(
            kind,
            first_day(source.published),
            last_day(source.published),
            publisher=_number(self._catalogue.publishers, source.publisher)
            if source.publisher
            else 0,
            language=_number(self._catalogue.languages, source.language) if source.language else 0,
        )


def _is_quote(kind: Kind) -> bool:
    """Whether statements of this kind quote somebody."""
    return kind.form in QUOTATION_FORMS and _is_said(kind)


def _is_said(kind: Kind) -> bool:
    return kind.act is Act.SPEECH and not kind.denied


_ASKED_FOR = np.array(
    [
        0 if kind is None else 2 * (not _is_said(kind)) + (kind.form in CLAIM_FORMS)
        for kind in (*KINDS, None, None)
    ]
)
"""By kind, the priority of a speaker's statements."""


def _said_by(statement: Statement) -> Speaker | None:
    """The speaker under whom the statement is listed."""
    if statement.speaker is None and statement.on_behalf_of is not None:
        return spoken_for(statement.on_behalf_of)
    return statement.speaker


def _number(numbers: dict[K, int], value: K) -> int:
    return numbers.setdefault(value, len(numbers) + 1)
