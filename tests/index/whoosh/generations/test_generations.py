"""A watching index: commits appear soon, no call waits for them, and old files are closed."""

import gc
import time
from pathlib import Path

import pytest

from service.domain import Query
from service.index.whoosh import open_index
from tests.index.articles import article


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def writer(path):
    return open_index(path, create=True)


@pytest.fixture
def watching(writer, path):
    index = open_index(path)
    index.watch()
    yield index
    index.close()


def eventually(holds):
    deadline = time.monotonic() + 30
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds()


def test_commit_of_another_is_seen(watching, writer):
    writer.add([article("a", ("Putin", "peace"))])
    assert eventually(lambda: watching.snapshot().find(Query("peace")).total == 1)
    writer.remove(["a"])
    assert eventually(lambda: watching.snapshot().find(Query("peace")).total == 0)


def test_own_commit_is_seen_at_once(watching):
    watching.add([article("a", ("Putin", "peace"))])
    assert watching.snapshot().find(Query("peace")).total == 1
    watching.remove(["a"])
    assert watching.snapshot().statistics().sources == 0


def test_last_good_generation_is_served_where_the_next_is_damaged(watching, writer, path, caplog):
    writer.add([article("a", ("Putin", "peace"))])
    assert eventually(lambda: watching.snapshot().find(Query("peace")).total == 1)
    generation = watching.snapshot().generation
    number = int(generation.partition("-")[0]) + 1
    (path / f"_statements_{number}.toc").write_bytes(b"this is no table of contents")
    assert eventually(lambda: caplog.messages)
    assert "the last generation" in caplog.text and str(path) in caplog.text
    assert (watching.snapshot().generation, watching.snapshot().find(Query("peace")).total) == (
        generation,
        1,
    )
    (path / f"_statements_{number}.toc").unlink()
    writer.add([article("b", ("Putin", "peace"))])
    assert eventually(lambda: watching.snapshot().find(Query("peace")).total == 2)


def test_what_is_not_used_is_not_watched(writer, path):
    index = open_index(path)
    index.watch()
    del index
    gc.collect()
    assert eventually(lambda: not held(path))


def held(folder: Path) -> list[str]:
    """Files of the folder that this process has open or mapped, deleted ones too."""
    descriptors = []
    for one in Path("/proc/self/fd").iterdir():
        try:
            descriptors.append(str(one.readlink()))
        except FileNotFoundError:
            continue  # the descriptor of the listing itself
    maps = Path("/proc/self/maps").read_text().splitlines()
    return [line for line in (*descriptors, *maps) if str(folder) in line]


def test_old_generations_are_let_go(writer, path):
    reader = open_index(path)
    counts = []
    for n in range(64):
        writer.add(article(f"{n}-{one}", ("Putin", f"peace {one}")) for one in range(5))
        if n % 3 == 2:
            writer.remove([f"{n}-0"])
        for index in (reader, writer):
            index.snapshot().find(Query("peace", speaker="Putin"))
            index.snapshot().suggest("pea")
            index.snapshot().statistics()
        counts.append(len(held(path)))
    # one per segment, each with five files and two readers
    assert max(counts[32:]) <= max(counts[:32]) + 40
    assert not [line for line in held(path) if "(deleted)" in line]
