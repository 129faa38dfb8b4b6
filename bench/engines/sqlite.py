"""SQLite with FTS5: statements in a table with the indexes they need, their words in FTS5.

Pages continue after the last statement shown (no OFFSET), as ours do. Marks are FTS5's own.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.engines import BEST, DEEP, PAGE, SINCE, UNTIL, Answer, day_number, row_of
from bench.misspelling import neighbours
from bench.synthetic import Asked
from service.domain import AnnotatedSource, Statement
from service.index.records import unpack_statement

OPENING, CLOSING = "\x02", "\x03"

SCHEMA = """
PRAGMA journal_mode = wal;
PRAGMA synchronous = normal;
CREATE TABLE statement (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, speaker TEXT, publisher TEXT, day INTEGER,
    year INTEGER, text TEXT, record BLOB
);
CREATE VIRTUAL TABLE words USING fts5(text, content = statement, content_rowid = number);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""

INSERTION = (
    "INSERT INTO statement (id, speaker, publisher, day, year, text, record)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)

INDEXES = """
INSERT INTO words(words) VALUES ('rebuild');
CREATE INDEX by_speaker ON statement (speaker, day DESC, number);
INSERT INTO words(words) VALUES ('optimize');
ANALYZE;
"""

OF_SPEAKER = "SELECT record FROM statement WHERE speaker = ?"
NEWEST = f"ORDER BY day DESC, number LIMIT {PAGE}"
MATCHING = "FROM words JOIN statement ON statement.number = words.rowid WHERE words MATCH ?"
FOUND = f"SELECT record, highlight(words, 0, '{OPENING}', '{CLOSING}') {MATCHING}"


class SQLite:
    name = "SQLite FTS5"

    def __init__(self) -> None:
        self._database: sqlite3.Connection
        self._cursors: dict[str, tuple[int, int]] = {}

    def build(self, folder: Path, sources: Iterable[AnnotatedSource]) -> None:
        folder.mkdir()
        database = sqlite3.connect(folder / "statements")
        database.executescript(SCHEMA)
        rows = (row_of(one) for source in sources for one in source.statements)
        database.executemany(INSERTION, rows)
        database.executescript(INDEXES)
        database.commit()
        database.close()

    def append(self, source: AnnotatedSource) -> None:
        with self._database:
            for statement in source.statements:
                row = row_of(statement)
                added = self._database.execute(INSERTION, row)
                self._database.execute(
                    "INSERT INTO words (rowid, text) VALUES (?, ?)", (added.lastrowid, row.text)
                )

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "statements")
        self._database.execute("SELECT id FROM statement LIMIT 1").fetchone()

    def close(self) -> None:
        self._database.close()

    def prepare(self, asked: Asked) -> None:
        for speaker in asked.busiest:
            offset = (DEEP - 1) * PAGE - 1
            self._cursors[speaker] = self._database.execute(
                f"SELECT day, number FROM statement WHERE speaker = ? {NEWEST} OFFSET {offset}",
                (speaker,),
            ).fetchone()

    def speaker(self, speaker: str) -> Answer:
        return Answer(self._statements(f"{OF_SPEAKER} {NEWEST}", speaker), self._said(speaker))

    def deep(self, speaker: str) -> Answer:
        day, number = self._cursors[speaker]
        query = f"{OF_SPEAKER} AND day <= ? AND (day < ? OR number > ?) {NEWEST}"
        return Answer(self._statements(query, speaker, day, day, number), self._said(speaker))

    def words(self, words: str) -> Answer:
        match = " ".join(map(_quoted, words.split()))
        return self._ranked(match, PAGE)

    def phrase(self, phrase: str) -> Answer:
        return self._ranked(_quoted(phrase), PAGE)

    def narrow(self, question: tuple[str, str]) -> Answer:
        word, speaker = question
        narrowed = "AND speaker = ? AND day BETWEEN ? AND ?"
        values = (_quoted(word), speaker, day_number(SINCE), day_number(UNTIL))
        [total] = self._database.execute(
            f"SELECT count(*) {MATCHING} {narrowed}", values
        ).fetchone()
        return self._marked(f"{FOUND} {narrowed} {NEWEST}", values, total)

    def facets(self, word: str) -> Answer:
        answer = self.words(word)
        counts = tuple(
            self._counts(column, _quoted(word)) for column in ("speaker", "publisher", "year")
        )
        return Answer(answer.statements, answer.total, answer.marked, counts)

    def misspelt(self, word: str) -> Answer:
        near = sorted(neighbours(word))
        marks = ", ".join("?" * len(near))
        query = f"SELECT term FROM vocabulary WHERE term IN ({marks}) ORDER BY cnt DESC LIMIT 1"
        found = self._database.execute(query, near).fetchone()
        return self.words(found[0]) if found else Answer([], 0)

    def any_word(self, sentence: str) -> Answer:
        return self._ranked(" OR ".join(map(_quoted, sentence.split())), BEST)

    def by_id(self, statement_id: str) -> Answer:
        return Answer(
            self._statements("SELECT record FROM statement WHERE id = ?", statement_id), 1
        )

    def _statements(self, query: str, *values: object) -> list[Statement]:
        return [unpack_statement(record) for (record,) in self._database.execute(query, values)]

    def _said(self, speaker: str) -> int:
        query = "SELECT count(*) FROM statement WHERE speaker = ?"
        [total] = self._database.execute(query, (speaker,)).fetchone()
        return int(total)

    def _ranked(self, match: str, limit: int) -> Answer:
        query = "SELECT count(*) FROM words WHERE words MATCH ?"
        [total] = self._database.execute(query, (match,)).fetchone()
        return self._marked(f"{FOUND} ORDER BY words.rank LIMIT {limit}", (match,), total)

    def _marked(self, query: str, values: tuple[object, ...], total: int) -> Answer:
        rows = self._database.execute(query, values).fetchall()
        marked = sum(text.count(OPENING) for _, text in rows)
        return Answer([unpack_statement(record) for record, _ in rows], total, marked)

    def _counts(self, column: str, match: str) -> dict[str, int]:
        query = f"SELECT {column}, count(*) AS n {MATCHING} GROUP BY 1 ORDER BY n DESC LIMIT 50"
        return {str(value): count for value, count in self._database.execute(query, (match,))}


def _quoted(words: str) -> str:
    return f'"{words}"'
