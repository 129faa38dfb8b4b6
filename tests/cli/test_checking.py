"""onrecord check-index."""

import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_whole_index_is_counted(ask: Run) -> None:
    done = ask("check-index")
    assert (done.returncode, done.stderr) == (0, "")
    counts = dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines())
    assert (counts["sources"], counts["damages"], counts["left behind"]) == ("5", "0", "0")


def test_damage_is_named_with_what_to_do(run: Run, tmp_path: Path, seeds: Path) -> None:
    run("index", seeds, "--extractor", "rules")
    [file] = (tmp_path / "index").glob("*.record.col")
    content = bytearray(file.read_bytes())
    content[1000] ^= 1
    file.write_bytes(content)
    done = run("check-index")
    assert done.returncode == 1
    damage, conclusion = done.stderr.splitlines()
    assert damage.startswith("onrecord: segment ") and file.name in damage
    assert conclusion.endswith("index again into a new folder (--index FOLDER)")


def test_no_index_is_one_line(run: Run) -> None:
    done = run("check-index")
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: there is no index at index")
    assert done.stderr.count("\n") == 1
