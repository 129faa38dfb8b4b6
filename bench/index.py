"""How fast the index is: python bench/index.py 20000 [--folder FOLDER] [--queries 60]

Makes N synthetic statements (four a source, words and speakers as unevenly spread as in news),
indexes them with the Whoosh engine and into SQLite FTS5 (the same statements, the answers
decoded into the same types), asks both the same questions and prints the times.
"""

import argparse
import random
import shutil
import sqlite3
import tempfile
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from service.domain import (
    AnnotatedSource,
    Attested,
    Attribution,
    Context,
    Excerpt,
    Facet,
    Form,
    PartialDate,
    Provenance,
    Query,
    Source,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    slug,
    statement_id,
)
from service.index.analysis import terms
from service.index.records import pack_statement, unpack_statement
from service.index.whoosh import WhooshIndex, open_index

STATEMENTS_A_SOURCE = 4
SYLLABLES = "ba con der el fi gan ho in ja kel lo mar ni or pre qua ri sol ta ul ver wi xen yo zu"


class Writer:
    """Invents sources; the same seed invents the same."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.words = sorted({self._word() for _ in range(60_000)})
        self.random.shuffle(self.words)
        self.word_weights = list(accumulate(1 / (n + 3) for n in range(len(self.words))))
        self.speakers = [
            Speaker(slug(name), name, SpeakerKind.PERSON)
            for name in sorted(
                {f"{self._word().title()} {self._word().title()}" for _ in range(5000)}
            )
        ]
        self.random.shuffle(self.speakers)
        self.speaker_weights = list(accumulate(1 / (n + 1) for n in range(len(self.speakers))))
        self.publishers = [f"The {self._word().title()} Post" for _ in range(200)]

    def _word(self) -> str:
        syllables = SYLLABLES.split()
        return "".join(self.random.choice(syllables) for _ in range(self.random.randint(2, 4)))

    def sentence(self, length: int) -> str:
        total = self.word_weights[-1]
        return " ".join(
            self.words[bisect(self.word_weights, self.random.random() * total)]
            for _ in range(length)
        )

    def speaker(self) -> Speaker:
        total = self.speaker_weights[-1]
        return self.speakers[bisect(self.speaker_weights, self.random.random() * total)]

    def source(self, number: int) -> AnnotatedSource:
        quotations = [
            self.sentence(self.random.randint(10, 60)) for _ in range(STATEMENTS_A_SOURCE)
        ]
        text = "".join(f"“{words}”, he said. " for words in quotations)
        day = date(2015, 1, 1) + timedelta(self.random.randrange(3650))
        source = Source(
            id=f"source-{number:08}",
            text=text,
            origin=f"{number // 1000}.jsonl",
            title=Attested(quotations[0][:60], Provenance.DECLARED),
            publisher=Attested(self.random.choice(self.publishers), Provenance.DECLARED),
            published=Attested(PartialDate(day.year, day.month, day.day), Provenance.DECLARED),
            language=Attested("en", Provenance.DECLARED),
        )
        start, statements = 0, []
        for words in quotations:
            start = text.index(words, start)
            statements.append(self._statement(source, Span(start, start + len(words))))
        return AnnotatedSource(source, tuple(statements), str(number))

    def _statement(self, source: Source, span: Span) -> Statement:
        mention = Span(span.end + 3, span.end + 5)
        return Statement(
            id=statement_id(source.id, [span]),
            form=self.random.choice([Form.DIRECT, Form.DIRECT, Form.MIXED, Form.INDIRECT]),
            text=span.of(source.text),
            spans=(span,),
            quoted=(span,),
            speaker=self.speaker(),
            attribution=Attribution(Excerpt("he", mention), None, 0.9, ("he",)),
            context=Context(source.text[: span.start][-150:], source.text[span.end :][:150]),
            source=source.reference(),
        )


@dataclass
class Asked:
    """What is asked, taken from the statements so that there are answers."""

    speakers: list[str]
    pairs: list[tuple[str, str]]
    phrases: list[str]
    words: list[str]
    ids: list[str]


def questions(writer: Writer, statements: Sequence[Statement], count: int) -> Asked:
    choose = writer.random
    rank = {word: n for n, word in enumerate(writer.words)}

    def middling(text: str) -> list[str]:
        return [word for word in text.split() if 20 < rank[word] < 2000]

    sample = [
        one
        for one in choose.choices(statements, k=count * 20)
        if len(set(middling(one.text))) > 1 and one.speaker
    ][:count]
    return Asked(
        speakers=[one.speaker.id for one in sample if one.speaker],
        pairs=[(words[0], words[-1]) for one in sample if (words := middling(one.text))],
        phrases=[" ".join(one.text.split()[3:6]) for one in sample],
        words=[middling(one.text)[0] for one in sample],
        ids=[one.id for one in sample],
    )


def whoosh_calls(index: WhooshIndex, asked: Asked) -> dict[str, Iterator[Callable[[], object]]]:
    busiest = [one.speaker.id for one in index.speakers(limit=10).items]
    deep = []
    for speaker in busiest:
        cursor = None
        for _ in range(49):
            cursor = index.find(Query(speaker=speaker, cursor=cursor)).next or cursor
        deep.append(Query(speaker=speaker, cursor=cursor))
    since, until = date(2018, 1, 1), date(2020, 12, 31)
    queries = {
        "speaker, page 1": [Query(speaker=one) for one in asked.speakers],
        "speaker, page 50": deep * 6,
        "two words, BM25": [Query(" ".join(pair)) for pair in asked.pairs],
        "phrase": [Query(f'"{one}"') for one in asked.phrases],
        "word + speaker + dates": [
            Query(word, speaker, published_from=since, published_to=until)
            for word, speaker in zip(asked.words, asked.speakers, strict=True)
        ],
        "word with three facets": [
            Query(one, facets=(Facet.SPEAKER, Facet.PUBLISHER, Facet.YEAR)) for one in asked.words
        ],
    }
    calls = {
        name: ((lambda query=query: index.find(query)) for query in several)
        for name, several in queries.items()
    }
    calls["by id"] = ((lambda one=one: index.statement(one)) for one in asked.ids)
    return calls


SHOWN = "SELECT record FROM statement"


def build_sqlite(path: Path, sources: Sequence[AnnotatedSource]) -> None:
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE statement (number INTEGER PRIMARY KEY, id UNIQUE, speaker, publisher,"
            " published, form, record)"
        )
        database.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize=porter)")
        for number, one in enumerate(s for source in sources for s in source.statements):
            database.execute(
                "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    one.id,
                    one.speaker and one.speaker.id,
                    one.source.publisher,
                    str(one.source.published),
                    one.form,
                    pack_statement(one),
                ),
            )
            database.execute("INSERT INTO words(rowid, text) VALUES (?, ?)", (number, one.text))
        database.execute("CREATE INDEX by_speaker ON statement (speaker, published DESC)")
    database.close()


def sqlite_calls(
    database: sqlite3.Connection, asked: Asked, index: WhooshIndex
) -> dict[str, Iterator[Callable[[], object]]]:
    joined = f"{SHOWN} JOIN words ON words.rowid = number WHERE words MATCH ?"

    def page(query: str, *values: object) -> list[Statement]:
        return [unpack_statement(record) for (record,) in database.execute(query, values)]

    def facets(word: str) -> list[list[tuple[str, int]]]:
        return [
            database.execute(
                f"SELECT {column}, count(*) AS n FROM statement JOIN words ON words.rowid = number"
                f" WHERE words MATCH ? GROUP BY {column} ORDER BY n DESC LIMIT 50",
                (word,),
            ).fetchall()
            for column in ("speaker", "publisher", "substr(published, 1, 4)")
        ] + [page(f"{joined} ORDER BY words.rank LIMIT 20", word)]

    by_speaker = f"{SHOWN} WHERE speaker = ? ORDER BY published DESC LIMIT 20 OFFSET ?"
    dated = f"{joined} AND speaker = ? AND published BETWEEN ? AND ? ORDER BY words.rank LIMIT 20"
    total = "SELECT count(*) FROM words WHERE words MATCH ?"

    def words(match: str) -> object:
        return page(f"{joined} ORDER BY words.rank LIMIT 20", match), database.execute(
            total, (match,)
        ).fetchone()

    busiest = [one.speaker.id for one in index.speakers(limit=10).items] * 6
    return {
        "speaker, page 1": ((lambda one=one: page(by_speaker, one, 0)) for one in asked.speakers),
        "speaker, page 50": ((lambda one=one: page(by_speaker, one, 980)) for one in busiest),
        "two words, BM25": ((lambda pair=pair: words(" ".join(pair))) for pair in asked.pairs),
        "phrase": ((lambda one=one: words(f'"{one}"')) for one in asked.phrases),
        "word + speaker + dates": (
            (lambda word=word, one=one: page(dated, word, one, "2018-01-01", "2020-12-31"))
            for word, one in zip(asked.words, asked.speakers, strict=True)
        ),
        "word with three facets": ((lambda one=one: facets(one)) for one in asked.words),
        "by id": ((lambda one=one: page(f"{SHOWN} WHERE id = ?", one)) for one in asked.ids),
    }


def timed(calls: Iterator[Callable[[], object]]) -> list[float]:
    """Milliseconds of each call, ascending."""
    taken = []
    for call in calls:
        start = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - start))
    return sorted(taken)


def percentiles(taken: Sequence[float]) -> str:
    return f"{taken[len(taken) // 2]:9.3f} {taken[int(len(taken) * 0.95)]:9.3f}"


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(count: int, folder: Path, number_of_questions: int) -> None:
    writer = Writer()
    sources = [writer.source(n) for n in range(count // STATEMENTS_A_SOURCE)]
    statements = [one for source in sources for one in source.statements]
    asked = questions(writer, statements, number_of_questions)
    index = open_index(folder / "whoosh", create=True)
    built = seconds(lambda: index.add(sources))
    built_sqlite = seconds(lambda: build_sqlite(folder / "sqlite", sources))
    database = sqlite3.connect(folder / "sqlite")
    opened = timed(iter([lambda: open_index(folder / "whoosh").generation] * 5))
    first = timed(iter([lambda: open_index(folder / "whoosh").find(Query(speaker="x"))] * 5))
    size = sum(file.stat().st_size for file in (folder / "whoosh").iterdir())
    words = sum(len(terms(one.text)) for one in statements[:1000]) / 1000
    print(f"{len(statements)} statements of {words:.0f} words, {len(sources)} sources")
    rates = [len(statements) / taken for taken in (built, built_sqlite)]
    print("build: {:.0f} statements a second, SQLite {:.0f}".format(*rates))
    print(
        f"bytes a statement: {size / len(statements):.0f},"
        f" SQLite {(folder / 'sqlite').stat().st_size / len(statements):.0f}"
    )
    print(f"open: {opened[2]:.1f} ms; with the first question: {first[2]:.1f} ms\n")
    print(f"{'milliseconds':24} {'p50':>9} {'p95':>9} {'FTS5 p50':>9} {'p95':>9}")
    ours, theirs = whoosh_calls(index, asked), sqlite_calls(database, asked, index)
    for name, calls in ours.items():
        print(f"{name:24} {percentiles(timed(calls))} {percentiles(timed(theirs[name]))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("statements", type=int, nargs="?", default=20_000)
    parser.add_argument("--folder", type=Path, help="where to build (default: a temporary one)")
    parser.add_argument("--queries", type=int, default=60)
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="bench-index-"))
    try:
        folder.mkdir(exist_ok=True)
        measure(arguments.statements, folder, arguments.queries)
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
