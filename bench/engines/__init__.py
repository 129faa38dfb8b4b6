"""The engines that bench/index.py compares, each asked the same few questions.

All store the same record of a statement and return it as the service's own type, read by the same
function, so that only the search differs. All answer with a page of statements, the total, and, if
words were asked for, their positions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from bench.synthetic import Asked
from service.domain import AnnotatedSource, Statement
from service.index.records import pack_statement

PAGE, BEST = 20, 10
DEEP = 50
"""Number of the deep page, after a thousand statements."""
SINCE, UNTIL = (2018, 1, 1), (2020, 12, 31)


@dataclass(frozen=True, slots=True)
class Answer:
    """A page; ``total`` is None if the engine does not report it and need not."""

    statements: list[Statement]
    total: int | None
    marked: int = 0
    facets: tuple[dict[str, int], ...] = ()


class Row(NamedTuple):
    """A statement as the other engines store it; ``day`` is YYYYMMDD."""

    id: str
    speaker: str
    publisher: str
    day: int
    year: int
    text: str
    record: bytes


def row_of(statement: Statement) -> Row:
    published = statement.source.published
    day = published.earliest if published else None
    return Row(
        statement.id,
        statement.speaker.id if statement.speaker else "",
        statement.source.publisher or "",
        day_number((day.year, day.month, day.day)) if day else 0,
        day.year if day else 0,
        statement.text,
        pack_statement(statement),
    )


def day_number(day: tuple[int, int, int]) -> int:
    year, month, number = day
    return year * 10000 + month * 100 + number


class Engine(Protocol):
    """An engine, built and opened on one folder."""

    name: str

    def build(self, folder: Path, sources: Iterable[AnnotatedSource]) -> None: ...

    def open(self, folder: Path) -> None: ...

    def close(self) -> None: ...

    def prepare(self, asked: Asked) -> None:
        """Work that is not timed: the cursors of deep pages."""
        ...

    def speaker(self, speaker: str) -> Answer: ...

    def deep(self, speaker: str) -> Answer: ...

    def words(self, words: str) -> Answer: ...

    def phrase(self, phrase: str) -> Answer: ...

    def narrow(self, question: tuple[str, str]) -> Answer: ...

    def facets(self, word: str) -> Answer: ...

    def misspelt(self, word: str) -> Answer: ...

    def any_word(self, sentence: str) -> Answer: ...

    def by_id(self, statement_id: str) -> Answer: ...
