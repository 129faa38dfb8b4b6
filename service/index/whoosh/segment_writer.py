"""Making a segment: records in, files of one Whoosh segment out.

Documents stand newest first, each source followed by its statements, so that the newest are
the first of every list of postings. Two documents at the end are the catalogue: the values that
the numbers of the others stand for, and the words that can be suggested.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import orjson
from whoosh.fields import COLUMN, ID, KEYWORD, Schema

from service.domain import QUOTATION_FORMS, Form, PartialDate, SourceReference, Statement
from service.index.analysis import fold, surface_words, term_of
from service.index.records import speaker_row, unpack_source, unpack_statement
from service.index.whoosh.columns import RecordColumn, Row, RowColumn
from service.index.whoosh.files import NAME, IndexFolder
from service.index.whoosh.postings import MeasuredSegment, PostingPool, PostingsCodec
from service.index.words import STOP_WORDS

K = TypeVar("K")

SCHEMA = Schema(
    statement=ID,  # ids
    source=ID,
    origin=ID,  # of sources
    speaker=ID,  # of statements: the number in the catalogue
    words=KEYWORD,  # of statements, with positions
    row=COLUMN(RowColumn()),
    record=COLUMN(RecordColumn()),
)

FORMS = (None, Form.DIRECT, Form.MIXED, Form.INDIRECT)
"""What Row.form stands for; two more numbers mark what is no statement."""
SOURCE_FORM = len(FORMS)
CATALOGUE_FORM = SOURCE_FORM + 1


class Order(NamedTuple):
    """Sorts documents newest first, those without a year last; the rest makes it definite."""

    newness: int
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


def source_order(source: SourceReference) -> Order:
    """Of a source: right before its statements."""
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
    """Values and their numbers, counted from 1 in the order of first use."""

    speakers: dict[bytes, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    publishers: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    def packed(self) -> bytes:
        return orjson.dumps(
            {
                "speakers": [orjson.Fragment(row) for row in self.speakers],
                "mentions": list(self.mentions),
                "publishers": list(self.publishers),
                "languages": list(self.languages),
            }
        )

    def packed_words(self) -> bytes:
        """Sorted: the folded word, the word in lower case, in about how many quotations."""
        counts: Counter[str] = Counter()
        for word, count in self.words.items():
            if len(word) > 2 and not word.isdigit() and term_of(word) not in STOP_WORDS:
                counts[word.lower()] += count
        return orjson.dumps(sorted((fold(word), word, count) for word, count in counts.items()))


def write_segment(folder: IndexFolder, entries: Iterable[Entry]) -> MeasuredSegment:
    """The files of a new segment, not yet part of the index."""
    codec = PostingsCodec()
    segment = codec.new_segment(folder, NAME)
    columns = codec.per_document_writer(folder, segment)
    pool, catalogue = PostingPool(), _Catalogue()
    number = 0

    def keep(row: Row, record: bytes) -> None:
        columns.start_doc(number)
        columns.add_column_value("row", SCHEMA["row"].column_type, row)
        columns.add_column_value("record", SCHEMA["record"].column_type, record)
        columns.finish_doc()

    for number, entry in enumerate(sorted(entries, key=lambda entry: entry.order)):
        index = _index_source if entry.is_source else _index_statement
        keep(index(number, entry.record, pool, catalogue), entry.record)
    for packed in (catalogue.packed(), catalogue.packed_words()):
        number += 1
        keep(Row(CATALOGUE_FORM), packed)
    columns.close()
    terms = codec.field_writer(folder, segment)
    terms.add_postings(SCHEMA, None, pool)
    terms.close()
    segment.set_doc_count(number + 1)
    segment.sizes = {name: folder.file_length(name) for name in segment.list_files(folder)}
    return segment


def _index_source(number: int, record: bytes, pool: PostingPool, catalogue: _Catalogue) -> Row:
    source = unpack_source(record).source
    pool.add("source", source.id, number)
    pool.add("origin", source.origin, number)
    return _dated_row(SOURCE_FORM, source.reference(), catalogue)


def _index_statement(number: int, record: bytes, pool: PostingPool, catalogue: _Catalogue) -> Row:
    statement = unpack_statement(record)
    words = surface_words(statement.text)
    pool.add("statement", statement.id, number)
    pool.add_words("words", [term_of(word) for word in words], number)
    if statement.form in QUOTATION_FORMS:
        catalogue.words.update(set(words))
    speaker = mention = 0
    if statement.speaker is not None:
        speaker = _number(catalogue.speakers, orjson.dumps(speaker_row(statement.speaker)))
        pool.add("speaker", str(speaker), number)
    if statement.attribution.mention is not None:
        mention = _number(catalogue.mentions, statement.attribution.mention.text)
    row = _dated_row(FORMS.index(statement.form), statement.source, catalogue)
    return row._replace(length=len(words), speaker=speaker, mention=mention)


def _dated_row(form: int, source: SourceReference, catalogue: _Catalogue) -> Row:
    publisher, language = source.publisher, source.language
    return Row(
        form,
        first_day(source.published),
        last_day(source.published),
        publisher=_number(catalogue.publishers, publisher) if publisher else 0,
        language=_number(catalogue.languages, language) if language else 0,
    )


def _number(numbers: dict[K, int], value: K) -> int:
    return numbers.setdefault(value, len(numbers) + 1)
