"""Reading ahead: several processes give the same result as one."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cli.already_read import AlreadyRead
from service.cli.command import Failure
from service.cli.reading_ahead import FEWEST, ReadAhead
from service.reading import read

SAID = "“We will stay here for as long as the sea does,” Mayor Jane Doe said on Monday in Dover."


@pytest.fixture
def files(tmp_path: Path) -> Iterator[list[str]]:
    made = []
    for number in range(FEWEST + 12):
        path = tmp_path / f"{number:03d}.html"
        path.write_text(f"<article><h1>Article {number}</h1><p>{SAID}</p><p>{SAID}</p></article>")
        made.append(str(path))
        if number % 7 == 0:
            path = tmp_path / f"{number:03d}.txt"
            path.write_text(f"Article {number}\n\n{SAID}")
            made.append(str(path))
    Path(made[5]).write_text("")
    Path(made[6]).unlink()
    yield made


@pytest.fixture
def already(tmp_path: Path) -> Iterator[AlreadyRead]:
    """For an index that is still empty."""
    with AlreadyRead(tmp_path, {}.get, "") as known:
        yield known


def test_outcomes_are_those_of_one_process_in_order(files: list[str], already: AlreadyRead) -> None:
    with ReadAhead(files, 2, already) as ahead:
        outcomes = [list(map(str, ahead.read(file))) for file in files]
    assert outcomes == [list(map(str, read(Path(file)))) for file in files]


def test_who_stops_early_waits_for_nothing(files: list[str], already: AlreadyRead) -> None:
    with ReadAhead(files, 2, already) as ahead:
        assert len(list(ahead.read(files[0]))) == 1


@pytest.mark.parametrize("pause", [0.0, 1.0])
def test_process_that_dies_is_a_failure_with_its_files(
    files: list[str], already: AlreadyRead, pause: float
) -> None:
    with ReadAhead(files, 2, already) as ahead:
        list(ahead.read(files[0]))
        time.sleep(pause)  # what was read by then is not a failure
        for process in _children():
            os.kill(process, signal.SIGKILL)
        while pause and _children():
            time.sleep(0.01)
        with pytest.raises(Failure, match="a process that reads files died"):
            for file in files[1:]:
                list(ahead.read(file))


def _children() -> list[int]:
    """The processes that this one started for reading."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = path.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            command = path.joinpath("cmdline").read_bytes()
        except OSError:
            continue
        if int(parent) == os.getpid() and b"spawn_main" in command:
            found.append(int(path.name))
    return found


@pytest.mark.parametrize("jobs", [1, 2])
def test_few_files_start_no_process(files: list[str], already: AlreadyRead, jobs: int) -> None:
    chosen = files if jobs == 1 else files[:8]
    with ReadAhead(chosen, jobs, already) as ahead:
        for file in chosen:
            list(ahead.read(file))
        assert _children() == []
