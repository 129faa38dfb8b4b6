"""What all commands share: help, errors, streams."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from service.settings import Settings
from tests.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]

ONRECORD = Path(sys.executable).with_name("onrecord")
COMMANDS = (
    *("index", "serve", "search", "quotes", "verify", "check", "extract", "stats", "check-index"),
    *("openapi", "remove", "export", "confirm", "speakers", "alerts", "watch"),
    *("claim-reviews", "mcp"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"  onrecord {command}" in done.stdout
    assert command in run("--help").stdout


def test_no_command_has_no_help(run: Run) -> None:
    listed = run("--help").stdout.partition("\nCommands:\n")[2]
    assert sorted(line.split()[0] for line in listed.splitlines()) == sorted(COMMANDS)


def test_every_setting_is_in_the_help_and_in_the_readme(run: Run) -> None:
    help_text, readme = run("--help").stdout, (ROOT / "README.md").read_text(encoding="utf-8")
    for name in Settings.__dataclass_fields__:
        assert f"\n  ONRECORD_{name.upper()}" in help_text
        assert f"\n| `ONRECORD_{name.upper()}` |" in readme


def test_wrong_command_suggests_the_nearest(run: Run) -> None:
    done = run("serch", "peace")
    assert done.returncode == 2
    assert "'search'" in done.stderr


def test_wrong_option_suggests_the_nearest(run: Run) -> None:
    done = run("quotes", "Putin", "--publsher", "TASS")
    assert done.returncode == 2
    assert "--publisher" in done.stderr


def test_unknown_setting_is_one_line_and_code_1(run: Run) -> None:
    done = run("stats", ONRECORD_INDEKS="here")
    assert done.returncode == 1
    known = ", ".join(f"ONRECORD_{name.upper()}" for name in Settings.__dataclass_fields__)
    assert done.stderr == f"onrecord: unknown setting ONRECORD_INDEKS; the settings are {known}\n"


@pytest.mark.parametrize("value", ["0", "-1", "soon", "nan", "3601"])
def test_wrong_deadline_is_one_line_and_code_1(run: Run, value: str) -> None:
    done = run("stats", ONRECORD_DEADLINE=value)
    assert done.returncode == 1
    assert done.stderr == (
        f"onrecord: ONRECORD_DEADLINE: {value!r} is not a number of seconds above 0 up to 3600\n"
    )


@pytest.mark.parametrize(
    "arguments", [("stats",), ("quotes", "Putin"), ("search", "peace"), ("serve",)]
)
def test_missing_index_is_one_line_and_code_1(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("onrecord: ")
    assert "onrecord index" in done.stderr
    assert done.stderr.count("\n") == 1


def test_output_is_utf8_whatever_the_locale(ask: Run) -> None:
    done = ask("quotes", "Putin", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "“" in done.stdout


def in_a_shell(line: str, index: Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", line, ONRECORD],
        capture_output=True,
        env={**os.environ, "ONRECORD_INDEX": str(index)},
        cwd=folder,
        check=False,
    )


@pytest.mark.parametrize("form", ["text", "jsonl", "csv"])
def test_reader_that_stops_early_is_not_an_error(
    seeds_index: Path, tmp_path: Path, form: str
) -> None:
    done = in_a_shell(f'"$0" quotes Putin --format {form} | true', seeds_index, tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("form", ["text", "jsonl", "csv"])
def test_output_that_cannot_be_written_is_one_line(
    seeds_index: Path, tmp_path: Path, form: str
) -> None:
    line = f'ulimit -f 0; "$0" quotes Putin --format {form} > out'
    done = in_a_shell(line, seeds_index, tmp_path)
    assert (done.returncode, done.stderr) == (1, b"onrecord: the output: File too large\n")


def test_colours_in_a_terminal_only(seeds_index: Path, ask: Run) -> None:
    assert "\x1b" not in ask("quotes", "Putin").stdout
    assert "\x1b[" in _in_a_terminal(seeds_index)
    assert "\x1b[1m" in _in_a_terminal(seeds_index)
    assert "\x1b[33m" not in _in_a_terminal(seeds_index, NO_COLOR="1")


def _in_a_terminal(index: Path, **settings: str) -> str:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "ONRECORD_INDEX": str(index), **settings}
    with subprocess.Popen(
        [ONRECORD, "search", "Russia"], stdin=theirs, stdout=theirs, env=environment
    ) as command:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # what Linux reports once the other end of the terminal is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    assert command.returncode == 0
    return shown.decode()


def shell(line: str, folder: Path, index: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", line.replace("onrecord", f"'{ONRECORD}'")],
        cwd=folder,
        env={**os.environ, "ONRECORD_INDEX": str(index), "ONRECORD_EXTRACTOR": "rules"},
        capture_output=True,
        text=True,
        check=False,
    )


WRITING = ("--help", "--version", "stats --help", "stats", "export", "search era --format csv")


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize(
    ("stream", "problem"),
    [("> /dev/full", "No space left on device"), (">&-", "Bad file descriptor")],
)
def test_stream_that_takes_nothing_is_one_line_and_code_1(
    tmp_path: Path, seeds_index: Path, command: str, stream: str, problem: str
) -> None:
    done = shell(f"onrecord {command} {stream}", tmp_path, seeds_index)
    assert (done.returncode, done.stderr) == (1, f"onrecord: the output: {problem}\n")


def test_closed_streams_give_no_number_to_the_index(tmp_path: Path, seeds: Path) -> None:
    """Error messages would otherwise be written into a file of the index."""
    command = f"onrecord index '{seeds}' nowhere <&- >&- 2>&-; onrecord check-index"
    done = shell(command, tmp_path, tmp_path / "index")
    assert (done.returncode, done.stderr) == (0, "")
    done = shell("onrecord index - <&-", tmp_path, tmp_path / "index")
    assert done.returncode == 1
    assert done.stderr == "onrecord: standard input: empty file; expected text\n"
