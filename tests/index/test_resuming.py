"""Indexing that is killed between two commits and run again gives the same as an uninterrupted
run."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from service.domain import Facet, Query, Sort
from service.index.whoosh import check_index, open_index
from service.index.whoosh.writing.changes import BATCH_ENTRIES
from tests.index.articles import article
from tests.index.contract import Packed

STOPPED = BATCH_ENTRIES + 500
"""Sources up to the kill: each is at least one entry, so one batch has been committed."""

ARTICLES = STOPPED + 500
SPEAKERS = ["Putin", "Vladimir Putin", "Xi Jinping", None]


def sources():
    """Most have no statements, because only their number matters."""
    for number in range(ARTICLES):
        said = (SPEAKERS[number // 200 % 4], f"peace {number % 7} and trade {number}")
        yield article(
            f"a{number}",
            *([said] if number % 200 == 0 else []),
            date=f"20{number % 23:02}-03-0{number % 9 + 1}",
            publisher=["TASS", "Xinhua"][number % 2],
            origin=f"{number // 1000}.jsonl",
        )
    yield article("a0", ("Xi Jinping", "war, more than a batch behind peace"), origin="0.jsonl")


KILLED = textwrap.dedent("""
    import os, signal, sys
    from itertools import chain, islice
    from pathlib import Path
    from service.index.whoosh import open_index
    from tests.index.contract import Packed
    from tests.index.test_resuming import STOPPED, sources

    def end():
        os.kill(os.getpid(), signal.SIGKILL)
        yield

    index = open_index(Path(sys.argv[1]), create=True, rendering=Packed())
    index.add(chain(islice(sources(), STOPPED), end()))
""")


def answers(index):
    statistics = index.snapshot().statistics()
    numbers = (statistics.sources, statistics.quotes, statistics.speakers, statistics.earliest)
    pages = [
        index.snapshot().find(query)
        for sort in (Sort.NEWEST, Sort.OLDEST)
        for query in (
            Query(sort=sort, limit=1000, facets=tuple(Facet)),
            Query("peace trade", sort=sort, publisher="TASS"),
            Query(speaker="Putin", sort=sort, limit=7),
        )
    ]
    return (
        numbers,
        pages,
        index.snapshot().find(Query('"peace 3"', limit=50)),
        index.snapshot().find_rendered(Query(limit=1000), Packed()),
        index.snapshot().sources(limit=2000),
        index.snapshot().speakers(),
        index.snapshot().suggest("p"),
        [index.fingerprint(f"a{number}") for number in range(0, ARTICLES, 499)],
    )


def test_index_is_the_same_after_a_kill_and_another_run(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "killed"], check=False)
    assert killed.returncode == -signal.SIGKILL
    index = open_index(tmp_path / "killed", rendering=Packed())
    committed = index.snapshot().statistics().sources
    assert 0 < committed < STOPPED
    changes = index.add(sources())
    # a later batch has another version of the first, and that one counts
    assert (changes.unchanged, changes.replaced) == (committed - 1, 1)
    assert changes.added == ARTICLES - committed

    at_once = open_index(tmp_path / "at once", create=True, rendering=Packed())
    at_once.add(sources())
    assert answers(index) == answers(at_once)
    assert [one.statement.text[:3] for one in index.snapshot().find(Query(source="a0")).items] == [
        "war"
    ]
    generation, again = index.snapshot().generation, index.add(sources())
    assert (again.unchanged, index.snapshot().generation) == (ARTICLES, generation)
    found = check_index(tmp_path / "killed")
    assert not found.damages and not found.strays


def test_what_is_added_at_once_is_committed_whole_however_much_it_is(tmp_path: Path) -> None:
    """Nothing of a batch is committed before the batch is full."""

    def more_than_a_batch():
        yield article("a", *[("Putin", "Peace")] * BATCH_ENTRIES)
        yield article("b", ("Xi Jinping", "Trade"))
        raise FileNotFoundError("a file is gone")

    index = open_index(tmp_path / "index", create=True)
    with pytest.raises(FileNotFoundError):
        index.add(more_than_a_batch(), at_once=True)
    assert index.snapshot().statistics().sources == 0
    index.close()
