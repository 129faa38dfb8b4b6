"""onrecord index and stats."""

import contextlib
import json
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from service.domain import AnnotatedSource
from service.index.whoosh import open_index

Run = Callable[..., subprocess.CompletedProcess[str]]

ARTICLE = "Leaders meet\n\nMOSCOW, May 3. /TASS/. “{},” President Jane Doe said on Friday.\n"


def counts(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in done.stdout.splitlines())


def written(folder: Path) -> dict[str, int]:
    """Modification times of the files of an index, except the lock."""
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.name != "lock"}


def test_indexes_all_seeds_and_counts_them(run: Run, seeds: Path) -> None:
    done = run("index", seeds)
    assert done.returncode == 0
    assert done.stderr == ""
    counted = counts(done)
    assert int(counted.pop("statements")) > 0
    assert counted == {
        "added": "5",
        "replaced": "0",
        "unchanged": "0",
        "removed": "0",
        "unreadable": "0",
    }


def test_indexing_twice_changes_nothing(run: Run, tmp_path: Path, seeds: Path) -> None:
    run("index", seeds)
    before = run("stats").stdout
    files = written(tmp_path / "index")
    again = counts(run("index", seeds))
    assert (again["unchanged"], again["added"], again["statements"]) == ("5", "0", "0")
    assert written(tmp_path / "index") == files
    assert run("stats").stdout == before


def test_changed_file_replaces_its_statements(run: Run, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE.format("We will never leave this house"), encoding="utf-8")
    run("index", article)
    article.write_text(ARTICLE.format("We will build another bridge"), encoding="utf-8")
    assert run("index", article).returncode == 0
    assert "house" not in run("search", "never", "leave").stdout
    assert "“We will build another bridge" in run("search", "bridge").stdout
    assert counts(run("stats"))["sources"] == "1"


def test_bad_file_is_named_counted_and_skipped(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text(ARTICLE.format("We will stay here"), encoding="utf-8")
    done = run("index", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: ")
    assert "empty.txt" in done.stderr
    assert done.stderr.count("\n") == 1
    assert (counts(done)["added"], counts(done)["unreadable"]) == ("1", "1")


def test_missing_path_is_one_line_and_makes_no_index(run: Run, tmp_path: Path) -> None:
    done = run("index", "nowhere.txt")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "onrecord: nowhere.txt: no such file or folder\n"
    assert not (tmp_path / "index").exists()


def test_other_paths_are_indexed_all_the_same(run: Run, seeds: Path) -> None:
    done = run("index", "nowhere.txt", seeds)
    assert done.returncode == 1
    assert (counts(done)["added"], counts(done)["unreadable"]) == ("5", "1")


def test_same_file_named_twice_is_one_source(run: Run, seeds: Path) -> None:
    assert counts(run("index", seeds, seeds))["added"] == "5"


def test_standard_input_is_a_source(run: Run) -> None:
    done = run("index", "-", stdin=ARTICLE.format("We will stay here").encode())
    assert counts(done)["added"] == "1"
    assert "“We will stay here" in run("search", "stay").stdout


def test_option_wins_over_setting(run: Run, tmp_path: Path, seeds: Path) -> None:
    run("index", seeds, "--index", "chosen", ONRECORD_INDEX="set")
    assert (tmp_path / "chosen").is_dir()
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize("command", [("stats",), ("index", "article.txt"), ("serve",)])
def test_folder_without_an_index_is_one_line(
    run: Run, tmp_path: Path, seeds: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE.format("We will stay here"), encoding="utf-8")
    run("index", seeds)
    for file in (tmp_path / "index").iterdir():
        if file.is_file():
            file.write_bytes(b"this is no index")
    done = run(*command)
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: ")
    assert done.stderr.count("\n") == 1


def test_stats_say_what_the_index_holds(ask: Run) -> None:
    counted = counts(ask("stats"))
    assert counted["sources"] == "5"
    assert counted["languages"] == "en"
    assert counted["latest"].startswith("2024-05")


def test_nobody_else_writes_while_files_are_read(run: Run, tmp_path: Path, seeds: Path) -> None:
    run("index", seeds)
    busy = []

    def sources() -> Iterator[AnnotatedSource]:
        busy.append(run("index", seeds))
        yield from ()

    with closing(open_index(tmp_path / "index")) as opened:
        opened.add(sources())
    assert busy[0].returncode == 1
    assert busy[0].stderr.startswith("onrecord: another process is writing")
    assert run("index", seeds).returncode == 0


def many(folder: Path, count: int = 90) -> Path:
    """A file with enough articles for several groups."""
    lines = [
        json.dumps({"id": f"a{n}", "text": ARTICLE.format(f"We will build {n} bridges"), "n": n})
        for n in range(count)
    ]
    file = folder / "articles.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_any_number_of_jobs_gives_the_same_index(run: Run, tmp_path: Path) -> None:
    file = many(tmp_path)
    answers = set()
    for jobs in ("1", "2", "3"):
        done = run("index", file, "--index", jobs, "--jobs", jobs, ONRECORD_EXTRACTOR="rules")
        assert (counts(done)["added"], done.stderr) == ("90", "")
        found = run("search", "bridges", "--limit", "200", "--format", "jsonl", "--index", jobs)
        assert found.stdout.count("\n") == 90
        answers.add(found.stdout)
    assert len(answers) == 1


def test_workers_use_the_model_too(run: Run, tmp_path: Path) -> None:
    assert counts(run("index", many(tmp_path, 40), "--jobs", "2"))["added"] == "40"
    assert counts(run("index", tmp_path / "articles.jsonl", "--jobs", "1"))["unchanged"] == "40"


@pytest.fixture
def indexing(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """The command in a separate process, after reading 90 articles and waiting for more."""
    command = [Path(sys.executable).with_name("onrecord"), "index", "--extractor", "rules"]
    process = subprocess.Popen(
        [*command, "--jobs", "2", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(many(tmp_path).read_text() + "\n")
    process.stdin.flush()
    while len(workers(process)) < 2:
        time.sleep(0.05)
    yield process
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        with contextlib.suppress(BrokenPipeError):
            stream.close()


def workers(process: "subprocess.Popen[str]") -> set[str]:
    """The worker processes, without the one that only tracks resources."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {one for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()}


def test_interrupt_leaves_a_good_index_and_says_what_to_do(
    run: Run, tmp_path: Path, indexing: "subprocess.Popen[str]"
) -> None:
    indexing.send_signal(signal.SIGINT)
    _, complaint = indexing.communicate(timeout=60)
    assert indexing.returncode == 130
    assert complaint.startswith("onrecord: interrupted; ")
    assert complaint.count("\n") == 1
    assert run("stats").returncode == 0
    assert counts(run("index", tmp_path / "articles.jsonl", "--jobs", "1"))["added"] == "90"


def test_workers_end_with_a_killed_command(
    run: Run, tmp_path: Path, indexing: "subprocess.Popen[str]"
) -> None:
    left = workers(indexing)
    indexing.kill()
    deadline = time.monotonic() + 60
    while any(is_running(worker) for worker in left) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(is_running(worker) for worker in left)
    assert run("index", tmp_path / "articles.jsonl", "--jobs", "1").returncode == 0


def is_running(process: str) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_group_shares_the_index(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("MOSCOW (Reuters) - “We will stay,” said Mayor Jane Doe.")
    for shared, mode in (([], 0o700), (["--group"], 0o2770), ([], 0o2770)):
        done = run("index", *shared, "--extractor", "rules", "a.txt")
        assert done.returncode == 0, done.stderr
        assert stat.S_IMODE((tmp_path / "index").stat().st_mode) == mode
