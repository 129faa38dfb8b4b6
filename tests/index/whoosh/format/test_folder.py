"""The Whoosh engine's folder: errors when it cannot be read, write locks, what survives a kill."""

import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.domain import Facet, Query, Sort
from service.errors import (
    IndexBusy,
    IndexCorrupt,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    NotFound,
)
from service.index.records import FORMAT_VERSION
from service.index.whoosh import open_index
from tests.index.articles import article


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def index(path):
    return open_index(path, create=True)


def hundred(batch):
    return [
        article(f"{batch}-{n}", ("Putin", f"peace number {n} of {batch}"), ("Xi", "talks"))
        for n in range(100)
    ]


# Opening


def test_no_index_is_missing(tmp_path):
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match=f"{path}.*onrecord index"):
            open_index(path)


def test_file_is_not_an_index(tmp_path):
    (tmp_path / "file").write_text("text")
    with pytest.raises(IndexMissing):
        open_index(tmp_path / "file")


def test_other_format_is_outdated(index, path):
    (path / "onrecord-index").write_text("999\n")
    with pytest.raises(IndexOutdated, match=r"format 999, .*upgrade"):
        open_index(path)
    with pytest.raises(IndexOutdated):
        open_index(path, create=True)
    (path / "onrecord-index").write_text("1\n")
    with pytest.raises(IndexOutdated, match=r"onrecord export .*--from-export FILE"):
        open_index(path)


def test_lost_table_of_contents_is_corrupt(index, path):
    index.add(hundred("a"))
    for table in path.glob("*.toc"):
        table.unlink()
    with pytest.raises(IndexCorrupt, match=str(path)):
        open_index(path)


@pytest.mark.parametrize("pattern", ["*.toc", "*.trm", "*.pst", "*.row.col", "*.record.col"])
@pytest.mark.parametrize("damage", ["cut", "emptied", "overwritten", "lost"])
def test_damaged_file_is_corrupt(index, path, pattern, damage):
    index.add(hundred("a"))
    [file] = path.glob(pattern)
    content = file.read_bytes()
    if damage == "lost":
        file.unlink()
    else:
        file.write_bytes(
            {"cut": content[: len(content) // 2], "emptied": b"", "overwritten": b"\0" * 4095}[
                damage
            ]
        )
    with pytest.raises(IndexCorrupt, match=f"{path}.*index again"):
        open_index(path)


def test_folder_is_the_owners_only(index, path):
    assert path.stat().st_mode & 0o777 == 0o700


def test_creating_again_keeps_what_is_there(index, path):
    index.add(hundred("a"))
    assert open_index(path, create=True).snapshot().statistics().sources == 100


def test_folder_that_cannot_be_is_an_error(tmp_path):
    (tmp_path / "file").write_text("text")
    with pytest.raises(IndexUnavailable, match=f"{tmp_path}/file"):
        open_index(tmp_path / "file", create=True)
    with pytest.raises(IndexUnavailable, match="Not a directory"):
        open_index(tmp_path / "file" / "index", create=True)


def test_unfinished_creation_is_finished(index, path):
    (path / "onrecord-index").unlink()
    with pytest.raises(IndexMissing):
        open_index(path)
    assert open_index(path, create=True).snapshot().statistics().sources == 0


# Writing


def test_second_writer_gets_an_error_after_a_while(index, path):
    holder = open_index(path)
    with holder._folder.writing():
        for change in (lambda: index.add(hundred("a")), lambda: index.remove(["a"])):
            with pytest.raises(IndexBusy, match=str(path)):
                change()
    assert index.add(hundred("a")).added == 100


def test_second_writer_comes_after_the_first(index, path):
    def sources():
        second.start()
        time.sleep(0.2)
        yield from hundred("a")

    other = open_index(path)
    second = threading.Thread(target=lambda: other.remove(["a-1"]))
    index.add(sources())
    second.join()
    assert index.snapshot().statistics().sources == 99


def test_removed_statements_leave_the_files_in_the_end(index, path):
    for batch in range(6):
        index.add(hundred(batch))
        index.remove([f"{batch}-{n}" for n in range(99)])
    assert index.snapshot().statistics().sources == 6
    assert sum(file.stat().st_size for file in path.iterdir()) < 200_000


def test_withdrawal_killed_after_its_commit_is_finished_by_the_next(index, path):
    index.add(hundred("a"))
    files = {file: file.read_bytes() for file in path.glob("statements_*")}
    index.remove(["a-7"])
    for file, content in files.items():
        file.write_bytes(content)  # as if killed before cleaning up
    with pytest.raises(NotFound):
        index.remove(["a-7"])
    assert not any(b"number 7 of a" in file.read_bytes() for file in path.iterdir())
    assert index.snapshot().statistics().sources == 99


def test_segments_stay_few(index, path):
    for n in range(40):
        index.add([article(f"a{n}", ("Putin", f"peace {n}"))])
    assert len(list(path.glob("*.trm"))) <= 7
    assert index.snapshot().find(Query("peace")).total == 40


def test_nothing_unfinished_is_left(index, path):
    index.add(hundred("a"))
    index.add(hundred("b"))
    assert not list(path.glob("*unfinished-*")) and len(list(path.glob("_*"))) == 1


FULL = textwrap.dedent("""
    import resource, sys
    from pathlib import Path
    from service.errors import IndexUnavailable
    from service.index.whoosh import open_index
    from tests.index.articles import article

    index = open_index(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    try:
        index.add(article(f"b{n}", ("Putin", f"peace {n} " * 50)) for n in range(100))
    except IndexUnavailable as error:
        print(error)
""")


def test_full_disk_loses_nothing_and_is_an_error(index, path):
    index.add(hundred("a"))
    before = index.snapshot().generation
    files = sorted(path.iterdir())
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", FULL, path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"the index at {path} cannot be written to: File too large\n"
    assert done.stderr == ""
    assert sorted(path.iterdir()) == files
    assert (index.snapshot().generation, index.snapshot().statistics().sources) == (before, 100)
    assert index.add(hundred("b")).added == 100


# Killed writers


KILLED = textwrap.dedent("""
    import sys
    from pathlib import Path
    from service.index.whoosh import open_index
    from tests.index.articles import article

    index = open_index(Path(sys.argv[1]))
    print("ready", flush=True)
    for batch in range(10_000):
        index.add(
            article(f"{batch}-{n}", ("Putin", f"peace {n} of {batch}")) for n in range(50)
        )
        print(batch, flush=True)
""")


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.06, 0.1, 0.17])
def test_killed_writer_loses_nothing_committed_and_blocks_nobody(index, path, delay):
    index.add([article("first", ("Putin", "peace"))])
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED, path], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout.readline() == "ready\n"
    committed = int(writer.stdout.readline())
    time.sleep(delay)
    os.kill(writer.pid, signal.SIGKILL)
    rest, _ = writer.communicate()
    committed = max([committed, *map(int, rest.split())])

    after = open_index(path)
    sources = after.snapshot().statistics().sources
    assert sources in {1 + 50 * (committed + 1), 1 + 50 * (committed + 2)}
    assert (
        index.snapshot().find(Query("peace")).total
        == after.snapshot().find(Query("peace")).total
        == sources
    )
    assert after.add(hundred("after")).added == 100
    assert index.snapshot().statistics().sources == sources + 100
    assert not list(path.glob("*unfinished-*")) and len(list(path.glob("_*"))) == 1


# Many readers


def test_threads_get_the_answers_of_one_generation_each(index):
    index.add(hundred("a"))
    queries = [
        Query("peace number", limit=100),
        Query('"number 7"'),
        Query(speaker="Putin", sort=Sort.OLDEST, limit=100),
        Query("peace -7", facets=tuple(Facet)),
        Query("talks", speaker="Xi", limit=7),
    ]
    alone = [index.snapshot().find(query) for query in queries]

    def ask(number):
        query = number % len(queries)
        return index.snapshot().find(queries[query]) == alone[query]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(400)))


def test_reading_threads_see_whole_commits_only(index):
    def read(_):
        page = index.snapshot().find(Query("peace", limit=1, facets=(Facet.FORM,)))
        return page.total, sum(count.count for count in page.facets[Facet.FORM])

    with ThreadPoolExecutor(4) as pool:
        reading = pool.map(read, range(600))
        for batch in range(6):
            index.add(hundred(batch))
        seen = list(reading)
    assert all(total == counted and total % 100 == 0 for total, counted in seen)


READING = textwrap.dedent("""
    import sys
    from pathlib import Path
    from service.domain import Query
    from service.index.whoosh import open_index

    index = open_index(Path(sys.argv[1]))
    while True:
        print(index.snapshot().find(Query("peace", limit=1)).total, flush=True)
""")


def test_reading_process_sees_whole_commits_only(index, path):
    index.add(hundred("first"))
    reader = subprocess.Popen(
        [sys.executable, "-c", READING, path], stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout.readline() == "100\n"
    with ThreadPoolExecutor(1) as pool:
        # the last line may be cut by the kill
        seen = pool.submit(lambda: {line for line in reader.stdout if line.endswith("\n")})
        for batch in range(12):
            index.add(hundred(batch))
            index.remove([f"{batch}-{n}" for n in range(100)])
        assert reader.poll() is None
        reader.kill()
        assert seen.result() == {"100\n", "200\n"}
    reader.wait()
    reader.stdout.close()


def test_table_of_contents_names_what_this_format_has(index, path):
    """The table of contents names classes: if one moves, older indexes look damaged, so the version
    must be raised with it."""
    index.add(hundred("a"))
    [table] = path.glob("*.toc")
    named = set(re.findall(rb"service\.[\w.]+", table.read_bytes()))
    columns, postings = (
        b"service.index.whoosh.format.columns",
        b"service.index.whoosh.format.postings",
    )
    assert (FORMAT_VERSION, named) == (8, {columns, postings})
