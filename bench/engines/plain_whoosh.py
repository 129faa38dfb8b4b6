"""Whoosh unmodified: its own codec, writer and searcher, one searcher kept open."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import LowercaseFilter, RegexTokenizer
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema
from whoosh.query import And, FuzzyTerm, NumericRange, Or, Phrase, Term
from whoosh.sorting import Count

from bench.engines import BEST, DEEP, PAGE, SINCE, UNTIL, Answer, day_number, row_of
from bench.synthetic import Asked
from service.domain import AnnotatedSource
from service.index.records import unpack_statement

SCHEMA = Schema(
    id=ID(unique=True),
    speaker=ID(sortable=True),
    publisher=ID(sortable=True),
    day=NUMERIC(int, sortable=True),
    year=NUMERIC(int, sortable=True),
    text=TEXT(analyzer=RegexTokenizer() | LowercaseFilter(), stored=True),
    record=STORED,
)
MEGABYTES = 256
FACETS = ("speaker", "publisher", "year")


class PlainWhoosh:
    name = "Whoosh"

    def build(self, folder: Path, sources: Iterable[AnnotatedSource]) -> None:
        folder.mkdir()
        writer = index.create_in(str(folder), SCHEMA).writer(limitmb=MEGABYTES)
        for source in sources:
            for statement in source.statements:
                writer.add_document(**row_of(statement)._asdict())
        writer.commit(optimize=True)

    def open(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def close(self) -> None:
        self._searcher.close()

    def prepare(self, asked: Asked) -> None:
        """Does nothing: it has no cursors, and continues after a number of statements."""

    def speaker(self, speaker: str) -> Answer:
        return self._page(Term("speaker", speaker), sortedby="day", reverse=True)

    def deep(self, speaker: str) -> Answer:
        said = Term("speaker", speaker)
        found = self._searcher.search_page(said, DEEP, pagelen=PAGE, sortedby="day", reverse=True)
        return _answer(found, found.total)

    def words(self, words: str) -> Answer:
        return self._page(And([Term("text", word) for word in words.split()]), marked=True)

    def phrase(self, phrase: str) -> Answer:
        return self._page(Phrase("text", phrase.split()), marked=True)

    def narrow(self, question: tuple[str, str]) -> Answer:
        word, speaker = question
        dates = NumericRange("day", day_number(SINCE), day_number(UNTIL))
        query = And([Term("text", word), Term("speaker", speaker), dates])
        return self._page(query, marked=True, sortedby="day", reverse=True)

    def facets(self, word: str) -> Answer:
        return self._page(Term("text", word), marked=True, groupedby=list(FACETS), maptype=Count)

    def misspelt(self, word: str) -> Answer:
        return self._page(FuzzyTerm("text", word, prefixlength=1), marked=True)

    def any_word(self, sentence: str) -> Answer:
        words = dict.fromkeys(sentence.split())
        return self._page(Or([Term("text", word) for word in words]), limit=BEST, marked=True)

    def by_id(self, statement_id: str) -> Answer:
        return self._page(Term("id", statement_id), limit=1)

    def _page(self, query: Any, limit: int = PAGE, marked: bool = False, **options: Any) -> Answer:
        found = self._searcher.search(query, limit=limit, terms=marked, **options)
        marks = 0
        if marked:
            found.fragmenter.surround = found.fragmenter.maxchars = 1 << 20
            marks = sum(hit.highlights("text").count("<b ") for hit in found)
        answer = _answer(found, len(found))
        groups = tuple(
            {str(value): count for value, count in found.groups(name).items()}
            for name in options.get("groupedby", ())
        )
        return Answer(answer.statements, answer.total, marks, groups)


def _answer(found: Any, total: int) -> Answer:
    return Answer([unpack_statement(hit["record"]) for hit in found], total)
