"""How fast the index is, beside three others: python -m bench.index [--statements 100000,500000]

Builds an index of synthetic statements (bench/synthetic.py, always the same) with the service's
engine, SQLite FTS5, tantivy and, up to 100,000, with unmodified Whoosh (several minutes), then asks
all of them the same questions in turns. Every engine returns the same: a page of statements, read
from the same stored record by the same function, the total (except for an id), and the number of
places of the words asked for. If totals differ, it says so.

Prints for each question the median in milliseconds when it is first asked of an index just opened,
and when it is asked again; the files are in the page cache either way. The service caches the
statements it read last, so a repeated question need not read them. A row that takes an engine
longer than a budget is asked fewer questions. For the service and SQLite it also prints how long
committing one more source takes, and how much it writes. The extra `bench` installs tantivy.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.engines import Answer, Engine
from bench.engines.ours import Ours
from bench.engines.plain_whoosh import PlainWhoosh
from bench.engines.sqlite import SQLite
from bench.engines.tantivy import Tantivy
from bench.synthetic import STATEMENTS_A_SOURCE, Asked, Writer
from service.domain import AnnotatedSource

ROUNDS = 3
BUDGET, FEWEST = 8.0, 5
"""Seconds per engine, row and round, and the questions it is asked even so."""
STOCK_LIMIT = 100_000
"""Most statements that unmodified Whoosh is given: it builds 800 a second."""

COMMITS = 15
"""Commits of one source each; in this many, small segments are merged several times."""

ROWS = {
    "speaker": "speaker, page 1",
    "deep": "speaker, page 50",
    "words": "two words, BM25",
    "phrase": "phrase of three words",
    "narrow": "word + speaker + dates",
    "facets": "word, three facets",
    "misspelt": "misspelt word",
    "any_word": "OR of 25 words",
    "quorum": "60 % of 25 words",
    "by_id": "by id",
}
DIFFERING = {"misspelt", "quorum"}
"""Rows in which each engine answers a different question: totals are not compared."""


@dataclass
class Measured:
    """One engine's times by row, of the first round and of the others."""

    engine: Engine
    opened: float = 0.0
    rate: float | None = None
    size: float = 0.0
    commit: str = "-"
    first: dict[str, float] = field(default_factory=dict)
    again: dict[str, list[float]] = field(default_factory=dict)

    def median(self, row: str) -> float | None:
        return statistics.median(self.again[row]) if row in self.again else None


class Sources:
    """Yields sources and measures how long making them takes."""

    def __init__(self, writer: Writer, statements: int) -> None:
        self._made = writer.sources(statements)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[AnnotatedSource]:
        return self

    def __next__(self) -> AnnotatedSource:
        started = time.perf_counter()
        try:
            return next(self._made)
        finally:
            self.seconds += time.perf_counter() - started


def prepare(engine: Engine, writer: Writer, statements: int, folder: Path) -> Measured:
    """Builds the engine's index if it does not exist, and opens it."""
    measured, place = Measured(engine), folder / f"{statements}-{engine.name.split()[0].lower()}"
    if not place.exists():
        sources, started = Sources(writer, statements), time.perf_counter()
        engine.build(place, sources)
        measured.rate = statements / (time.perf_counter() - started - sources.seconds)
    measured.size = sum(file.stat().st_size for file in place.iterdir()) / statements
    opened = []
    for _ in range(3):
        started = time.perf_counter()
        engine.open(place)
        opened.append(1000 * (time.perf_counter() - started))
        engine.close()
    measured.opened = statistics.median(opened)
    engine.open(place)
    return measured


def questions(asked: Asked) -> dict[str, Sequence[object]]:
    return {
        "speaker": asked.speakers,
        "deep": asked.busiest,
        "words": asked.pairs,
        "phrase": asked.phrases,
        "narrow": asked.narrow,
        "facets": asked.words,
        "misspelt": asked.misspelt,
        "any_word": asked.sentences,
        "quorum": asked.sentences,
        "by_id": asked.ids,
    }


def ask(engine: Engine, row: str, several: Sequence[object]) -> tuple[list[float], list[Answer]]:
    """Milliseconds and answers."""
    times, answers, call = [], [], getattr(engine, row)
    began = time.perf_counter()
    for one in several:
        started = time.perf_counter()
        answers.append(call(one))
        now = time.perf_counter()
        times.append(1000 * (now - started))
        if now - began > BUDGET and len(times) >= FEWEST:
            break
    return times, answers


def compare(all_measured: Sequence[Measured], asked: Asked) -> list[str]:
    """Rows in which the engines disagree."""
    disagreeing = []
    for measured in all_measured:
        measured.engine.prepare(asked)
    for row, several in questions(asked).items():
        totals = []
        for turn in range(ROUNDS):
            for measured in all_measured:
                if not several or not hasattr(measured.engine, row):
                    continue
                times, answers = ask(measured.engine, row, several)
                if turn:
                    measured.again.setdefault(row, []).extend(times)
                else:
                    measured.first[row] = statistics.median(times)
                    totals.append([answer.total for answer in answers])
        if row not in DIFFERING and any(
            len(set(several)) > 1 for several in zip(*totals, strict=False)
        ):
            disagreeing.append(ROWS[row])
    return disagreeing


def commit(append: Callable[[AnnotatedSource], None], writer: Writer, first: int) -> str:
    """Commits single sources, until they are on disk: median milliseconds and kilobytes written."""
    times, sizes = [], []
    for number in range(first, first + COMMITS):
        source, before, started = writer.source(number), _bytes_written(), time.perf_counter()
        append(source)
        times.append(1000 * (time.perf_counter() - started))
        sizes.append((_bytes_written() - before) / 1000)
    return f"{statistics.median(times):.1f} / {statistics.median(sizes):.0f}"


def _bytes_written() -> int:
    """Bytes written by this process, to any file."""
    said = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(said["wchar"])


def measure(statements: int, folder: Path, chosen: int) -> Measured:
    """Prints the table; returns the service's measurements."""
    writer = Writer()
    engines: list[Engine] = [Ours(), SQLite(), Tantivy()]
    if statements <= STOCK_LIMIT:
        engines.append(PlainWhoosh())
    all_measured = [prepare(engine, writer, statements, folder) for engine in engines]
    disagreeing = compare(all_measured, writer.questions(statements, chosen))
    for one in all_measured:
        if hasattr(one.engine, "append"):
            one.commit = commit(one.engine.append, writer, statements // STATEMENTS_A_SOURCE)
    print(f"\n{statements} statements; p50 in ms, asked first and again; ours / SQLite again\n")
    print(f"{'':24}" + "".join(f"{one.engine.name:>18}" for one in all_measured) + "    ratio")
    for row, name in ROWS.items():
        print(f"{name:24}" + "".join(times(one, row) for one in all_measured), end="")
        print(f"{ratio(all_measured[0], all_measured[1], row):9}")
    for name, values in {
        "open, ms": [f"{one.opened:.1f}" for one in all_measured],
        "build, statements a s": [f"{one.rate:.0f}" if one.rate else "-" for one in all_measured],
        "bytes a statement": [f"{one.size:.0f}" for one in all_measured],
        "commit, ms / KB": [one.commit for one in all_measured],
    }.items():
        print(f"{name:24}" + "".join(f"{value:>18}" for value in values))
    print(f"quorum / tantivy's OR: {ratio(all_measured[0], all_measured[2], 'quorum').strip()}")
    print(f"engines disagree on: {', '.join(disagreeing) or 'nothing'}", flush=True)
    for one in all_measured:
        one.engine.close()
    return all_measured[0]


def times(measured: Measured, row: str) -> str:
    again = measured.median(row)
    return f"{'-':>18}" if again is None else f"{measured.first[row]:9.3f}{again:9.3f}"


def ratio(ours: Measured, theirs: Measured, row: str) -> str:
    one, other = ours.median(row), theirs.median(row)
    return f"{'-':>9}" if one is None or other is None else f"{one / other:9.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", default="100000", help="how many, separated by commas")
    parser.add_argument("--folder", type=Path, help="keep the indexes here (default: delete them)")
    parser.add_argument("--questions", type=int, default=60, help="questions of each kind")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.statements.split(",")]
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="bench-index-"))
    folder.mkdir(exist_ok=True)
    try:
        ours = [measure(size, folder, arguments.questions) for size in sizes]
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder)
    for size, measured in list(zip(sizes, ours, strict=True))[1:]:
        print(f"\nspeaker, page 1 at {size} / at {sizes[0]}: ", end="")
        print(ratio(measured, ours[0], "speaker").strip())


if __name__ == "__main__":
    main()
