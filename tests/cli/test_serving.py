"""onrecord serve and openapi, and the server of the Procfile."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def get(port: int, path: str) -> dict[str, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return json.load(answer)


def test_serve_answers_from_the_index_and_stops_on_a_signal(
    serving: Callable[..., object],
    free_port: Callable[[], int],
    tmp_path: Path,
    seeds_index: Path,
) -> None:
    port = free_port()
    command = [BIN / "onrecord", "serve", "--bind", f"127.0.0.1:{port}"]
    with serving(command, port, tmp_path, ONRECORD_INDEX=str(seeds_index)) as server:
        answers = [get(port, "/quotes?speaker=Putin") for _ in range(8)]
        assert answers[0]["total"] > 0
        assert all(answer == answers[0] for answer in answers)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) == 0


def test_procfile_runs_the_same_application_on_its_port(
    serving: Callable[..., object],
    free_port: Callable[[], int],
    tmp_path: Path,
    seeds_index: Path,
) -> None:
    port = free_port()
    name, _, command = (ROOT / "Procfile").read_text().strip().partition(": ")
    assert name == "web"
    shell = ["sh", "-c", f"exec {BIN}/{command}"]
    with serving(shell, port, tmp_path, ONRECORD_INDEX=str(seeds_index), PORT=str(port)):
        assert get(port, "/quotes?speaker=Putin")["total"] > 0


def test_new_sources_show_without_a_restart(
    serving: Callable[..., object],
    free_port: Callable[[], int],
    tmp_path: Path,
    seeds: Path,
    run: Run,
) -> None:
    first, *others = sorted(seeds.iterdir())
    run("index", first)
    port = free_port()
    command = [BIN / "onrecord", "serve", "--bind", f"127.0.0.1:{port}"]
    with serving(command, port, tmp_path):
        assert get(port, "/sources")["total"] == 1
        assert run("index", *others).returncode == 0
        deadline = time.monotonic() + 30  # a second is enough for a machine that is not busy
        totals = [1]
        while totals != [5] * 8 and time.monotonic() < deadline:
            totals = [get(port, "/sources")["total"] for _ in range(8)]
        assert totals == [5] * 8


def test_port_in_use_is_one_line_and_code_1(ask: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        done = ask("serve", ONRECORD_BIND=taken)
    assert done.returncode == 1
    assert done.stderr == (
        f"onrecord: cannot listen on {taken}: Address already in use; "
        "choose another address with --bind or ONRECORD_BIND\n"
    )


@pytest.mark.parametrize("bind", ["8000", "localhost:", "localhost:http", "localhost:99999", ":1"])
def test_wrong_bind_address_is_one_line(ask: Run, bind: str) -> None:
    done = ask("serve", "--bind", bind)
    assert done.returncode == 1
    assert re.fullmatch(r"onrecord: .*expected HOST:PORT.*\n", done.stderr)


def test_openapi_check_tells_drift(run: Run, tmp_path: Path) -> None:
    written = tmp_path / "openapi.yaml"
    written.write_text(run("openapi").stdout, encoding="utf-8")
    assert run("openapi", "--check", written).returncode == 0
    written.write_text(written.read_text("utf-8").replace("/quotes", "/quotations"), "utf-8")
    drifted = run("openapi", "--check", written)
    assert drifted.returncode == 1
    assert "onrecord openapi > " in drifted.stderr


def test_openapi_check_of_no_file_is_one_line(run: Run) -> None:
    done = run("openapi", "--check", "nowhere.yaml")
    assert done.returncode == 1
    assert "onrecord: nowhere.yaml: No such file or directory\n" in done.stderr
