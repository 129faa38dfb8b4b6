"""onrecord watch: an index that follows its folder."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

import pytest

from tests.conftest import ONRECORD

SAID = "“We will stay here for as long as the sea does,” Mayor Jane Doe said on Monday in Dover."
PATIENCE = 60
"""Seconds; a change takes two."""


NOTHING = dict.fromkeys(("added", "replaced", "removed", "unreadable", "statements"), 0)


class Watching:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def next_counts(self) -> dict[str, int]:
        """The next line's counts by name."""
        assert self.process.stdout is not None
        with DefaultSelector() as selector:
            selector.register(self.process.stdout, EVENT_READ)
            assert selector.select(PATIENCE), "nothing was told"
        counts = self.process.stdout.readline().split(maxsplit=1)[1].strip().split(", ")
        return {name: int(number) for number, name in (one.split(" ") for one in counts)}

    def ends(self, number: int) -> str:
        """Stops it, expecting exit code 0; returns its error output."""
        self.process.send_signal(number)
        _, complaints = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, complaints
        return complaints


@contextmanager
def watching(index: Path, *arguments: object) -> Iterator[Watching]:
    command = [ONRECORD, "watch", "--extractor", "rules", "--jobs", "1", "--index", index]
    process = subprocess.Popen(
        [*map(str, command), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    try:
        yield Watching(process)
    finally:
        process.kill()
        process.communicate()


def found(index: Path) -> set[str]:
    """The titles and files of all statements in the index."""
    command = [ONRECORD, "search", "stay", "--format", "jsonl", "--index", str(index)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {json.loads(line)["source"]["title"] for line in done.stdout.splitlines()}


def write(path: Path, title: str, said: str = SAID) -> None:
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(f".{path.name}")
    fresh.write_text(f"{title}\n\n{said}", "utf-8")
    clock = next(_CLOCK)  # polling distinguishes versions by the second
    os.utime(fresh, (clock, clock))
    fresh.replace(path)


_CLOCK = count(1_700_000_000)


@pytest.mark.parametrize("polling", [(), ("--poll", "0.3")], ids=["told", "polling"])
def test_index_follows_what_comes_changes_and_goes(tmp_path: Path, polling: tuple[str]) -> None:
    folder, index = tmp_path / "news", tmp_path / "index"
    write(folder / "a.txt", "The first article")
    with watching(index, *polling, folder) as watch:
        assert watch.next_counts() == {**NOTHING, "added": 1, "statements": 1}
        write(folder / "b.txt", "The second article")
        assert watch.next_counts()["added"] == 1
        write(folder / "b.txt", "Another second article", f"{SAID} It rained.")
        assert watch.next_counts() == {**NOTHING, "added": 1, "removed": 1, "statements": 1}
        assert found(index) == {"The first article", "Another second article"}
        (folder / "a.txt").unlink()
        assert watch.next_counts()["removed"] == 1
        (folder / "c.pdf").write_text("no PDF file")
        assert watch.next_counts()["unreadable"] == 1
        write(folder / "d.txt", "The third article")
        assert watch.next_counts()["added"] == 1
        assert found(index) == {"Another second article", "The third article"}
        complaints = watch.ends(signal.SIGTERM)
    assert f"onrecord: {folder}/c.pdf: not a PDF file; " in complaints
    assert f"onrecord: {folder}/a.txt is gone; 1 source withdrawn\n" in complaints


def test_folder_that_comes_whole_and_a_sidecar_are_seen(tmp_path: Path) -> None:
    folder, index = tmp_path / "news", tmp_path / "index"
    write(folder / "a.txt", "The first article")
    write(tmp_path / "inner" / "b.txt", "The second article")
    with watching(index, folder) as watch:
        assert watch.next_counts()["added"] == 1
        (tmp_path / "inner").rename(folder / "inner")
        assert watch.next_counts()["added"] == 1
        (folder / "a.meta.json").write_text('{"title": "What the sidecar says"}')
        assert watch.next_counts()["replaced"] == 1
        assert found(index) == {"What the sidecar says", "The second article"}
        watch.ends(signal.SIGINT)


def test_stop_comes_after_the_commit_that_it_is_at(tmp_path: Path) -> None:
    """What was read before the stop is indexed, the rest next time."""
    folder, index = tmp_path / "news", tmp_path / "index"
    for number in range(150):
        write(folder / f"{number}.txt", f"Article number {number}")
    with watching(index, folder) as watch:
        while not index.exists():
            assert watch.process.poll() is None
        watch.ends(signal.SIGTERM)
    checked = subprocess.run(
        [ONRECORD, "check-index", "--index", str(index)], capture_output=True, check=False
    )
    assert checked.returncode == 0
    with watching(index, folder) as watch:
        watch.next_counts()
        watch.ends(signal.SIGTERM)
    assert len(found_all(index)) == 150


def found_all(index: Path) -> list[str]:
    command = [ONRECORD, "export", "--index", str(index)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[1:]


@pytest.mark.parametrize("path", ["-", "missing", "*.txt"])
def test_what_cannot_be_watched_is_wrong_use(tmp_path: Path, path: str) -> None:
    done = subprocess.run(
        [ONRECORD, "watch", "--index", "index", path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert not (tmp_path / "index").exists()
