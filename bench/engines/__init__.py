"""The engines that bench/index.py compares, each asked the same few questions.

All keep the same record of a statement and give it back as the service's own type, read by the same
function; so what differs is how they find it. All answer with as many statements as a page has,
with how many there are in all, and, where words were asked for, with where they are.
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
"""The number of the deep page: whoever comes to it has read a thousand statements."""
SINCE, UNTIL = (2018, 1, 1), (2020, 12, 31)


@dataclass(frozen=True, slots=True)
class Answer:
    """A page; ``total`` is None where the engine does not say it and is not asked to."""

    statements: list[Statement]
    total: int | None
    marked: int = 0
    facets: tuple[dict[str, int], ...] = ()


class Row(NamedTuple):
    """A statement as the other engines keep it; ``day`` is YYYYMMDD."""

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
    """Made and opened on one folder."""

    name: str

    def build(self, folder: Path, sources: Iterable[AnnotatedSource]) -> None: ...

    def open(self, folder: Path) -> None: ...

    def close(self) -> None: ...

    def prepare(self, asked: Asked) -> None:
        """What need not be timed: the cursors of deep pages."""
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
