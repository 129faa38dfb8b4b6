"""tantivy (Rust, from Python): statements with stored records, marks by its own snippets."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Order
from tantivy import Query as Sought

from bench.engines import BEST, DEEP, PAGE, SINCE, UNTIL, Answer, Row, day_number, row_of
from bench.synthetic import Asked
from service.domain import AnnotatedSource
from service.index.records import unpack_statement

HEAP = 128_000_000
MOST_VALUES = 50
WHOLE_TEXT = 100_000


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("id", "speaker", "publisher"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("year", fast=True)
    builder.add_text_field("text", stored=True, tokenizer_name="default")
    builder.add_bytes_field("record", stored=True, indexed=False)
    return builder.build()


SCHEMA = _schema()


class Tantivy:
    name = "tantivy"

    def build(self, folder: Path, sources: Iterable[AnnotatedSource]) -> None:
        folder.mkdir()
        writer = tantivy.Index(SCHEMA, path=str(folder)).writer(heap_size=HEAP, num_threads=1)
        for source in sources:
            for statement in source.statements:
                writer.add_document(_document(row_of(statement)))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        index.reload()
        self._searcher = index.searcher()

    def close(self) -> None:
        del self._searcher

    def prepare(self, asked: Asked) -> None:
        """Does nothing: it has no cursors, and continues after a number of statements."""

    def speaker(self, speaker: str) -> Answer:
        return self._page(_term("speaker", speaker), order_by_field="day", order=Order.Desc)

    def deep(self, speaker: str) -> Answer:
        offset = (DEEP - 1) * PAGE
        said = _term("speaker", speaker)
        return self._page(said, offset=offset, order_by_field="day", order=Order.Desc)

    def words(self, words: str) -> Answer:
        return self._page(_all(*(_term("text", word) for word in words.split())), marked=True)

    def phrase(self, phrase: str) -> Answer:
        return self._page(Sought.phrase_query(SCHEMA, "text", phrase.split()), marked=True)

    def narrow(self, question: tuple[str, str]) -> Answer:
        word, speaker = question
        first, last = day_number(SINCE), day_number(UNTIL)
        dates = Sought.range_query(SCHEMA, "day", tantivy.FieldType.Integer, first, last)
        narrowed = _all(_term("text", word), _term("speaker", speaker), dates)
        return self._page(narrowed, marked=True, order_by_field="day", order=Order.Desc)

    def facets(self, word: str) -> Answer:
        query = _term("text", word)
        wanted = {
            name: {"terms": {"field": name, "size": MOST_VALUES}}
            for name in ("speaker", "publisher", "year")
        }
        counted = self._searcher.aggregate(query, wanted)
        answer = self._page(query, marked=True)
        counts = tuple(
            {str(one["key"]): one["doc_count"] for one in counted[name]["buckets"]}
            for name in wanted
        )
        return Answer(answer.statements, answer.total, answer.marked, counts)

    def misspelt(self, word: str) -> Answer:
        return self._page(Sought.fuzzy_term_query(SCHEMA, "text", word, distance=1), marked=True)

    def any_word(self, sentence: str) -> Answer:
        words = [(Occur.Should, _term("text", word)) for word in dict.fromkeys(sentence.split())]
        return self._page(Sought.boolean_query(words), limit=BEST, marked=True)

    def quorum(self, sentence: str) -> Answer:
        """Its OR, as it has no quorum; the best results are filtered afterwards."""
        words = [(Occur.Should, _term("text", word)) for word in dict.fromkeys(sentence.split())]
        return self._page(Sought.boolean_query(words), limit=BEST)

    def by_id(self, statement_id: str) -> Answer:
        return self._page(_term("id", statement_id), limit=1)

    def _page(self, query: Any, limit: int = PAGE, marked: bool = False, **options: Any) -> Answer:
        found = self._searcher.search(query, limit, **options)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        marks = 0
        if marked:
            snippets = tantivy.SnippetGenerator.create(self._searcher, query, SCHEMA, "text")
            snippets.set_max_num_chars(WHOLE_TEXT)
            marks = sum(len(snippets.snippet_from_doc(one).highlighted()) for one in documents)
        statements = [unpack_statement(bytes(one.get_first("record"))) for one in documents]
        return Answer(statements, found.count, marks)


def _document(row: Row) -> Any:
    document = tantivy.Document()
    document.add_text("id", row.id)
    document.add_text("speaker", row.speaker)
    document.add_text("publisher", row.publisher)
    document.add_integer("day", row.day)
    document.add_integer("year", row.year)
    document.add_text("text", row.text)
    document.add_bytes("record", row.record)
    return document


def _term(field: str, value: str) -> Any:
    return Sought.term_query(SCHEMA, field, value)


def _all(*queries: Any) -> Any:
    return Sought.boolean_query([(Occur.Must, query) for query in queries])
