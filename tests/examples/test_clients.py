"""The clients in examples/ and the notebook, run as people run them, against a real server."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.server.conftest import GUNICORN, Serve

EXAMPLES = Path(__file__).parents[2] / "examples"
SPEAKER, QUOTE = "Vladimir Putin", "close neighbors bound by traditions of friendship"
TOKEN = "read-read-read-read"
QUOTATIONS = 17

COMMANDS = {"client.py": sys.executable, "client.sh": "bash", "client.mjs": "node"}


@pytest.fixture(scope="module")
def address(
    serving: Serve,
    free_port: Callable[[], int],
    seeds_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    port = free_port()
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    settings = {"ONRECORD_INDEX": str(seeds_index), "ONRECORD_READ_TOKENS": TOKEN}
    with serving(command, port, tmp_path_factory.mktemp("log"), **settings):
        yield f"http://127.0.0.1:{port}"


def run(command: list[str | Path], **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )


def missing(command: str) -> bool:
    return shutil.which(command) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_client_lists_and_verifies(address: str, name: str) -> None:
    if missing(COMMANDS[name]) or (name == "client.sh" and missing("curl")):
        pytest.skip(f"{COMMANDS[name]} or curl is not installed")
    command = [COMMANDS[name], EXAMPLES / name, address, SPEAKER, QUOTE]
    done = run(command, ONRECORD_TOKEN=TOKEN)
    assert done.returncode == 0, done.stderr
    first, *others, verdict = done.stdout.splitlines()
    assert (first, verdict) == (f"{QUOTATIONS} quotations", "altered")
    assert len(others) in (0, QUOTATIONS)
    refused = run(command)
    assert refused.returncode != 0
    assert "altered" not in refused.stdout


@pytest.mark.parametrize("name", [*COMMANDS, "client.R"])
def test_client_without_arguments_says_how_it_is_used(name: str) -> None:
    command = COMMANDS.get(name, "Rscript")
    if missing(command):
        pytest.skip(f"{command} is not installed")
    done = run([command, EXAMPLES / name])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"usage: {name} SERVICE SPEAKER")


@pytest.mark.skipif(missing("Rscript"), reason="R is not installed")
def test_client_in_r_counts_by_month(address: str) -> None:
    command = ["Rscript", "--vanilla", EXAMPLES / "client.R", address, SPEAKER]
    done = run(command, ONRECORD_TOKEN=TOKEN, LC_ALL="C.UTF-8")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == f"{QUOTATIONS} quotations"
    assert len([line for line in lines if line.count("\t") == 2]) == QUOTATIONS
    counts = map(int, lines[-1].split())
    assert sum(counts) == QUOTATIONS
    assert run(command).returncode != 0


def test_notebook_counts_a_speakers_words_by_month(
    serving: Serve, free_port: Callable[[], int], seeds_index: Path, tmp_path: Path
) -> None:
    notebook = json.loads((EXAMPLES / "words_by_month.ipynb").read_text("utf-8"))
    assert all(cell.get("outputs", []) == [] for cell in notebook["cells"])
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    port = free_port()
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with serving(command, port, tmp_path, ONRECORD_INDEX=str(seeds_index)):
        script = [sys.executable, "-c", "\n".join(cells)]
        done = run(script, SERVICE=f"http://127.0.0.1:{port}", SPEAKER="Vladimir Putin")
    assert done.returncode == 0, done.stderr
    counted = dict(re.findall(r"^(\S+) +(\d+ +\d+)$", done.stdout, re.M))
    assert set(counted) == {"2024-05", "unknown"}
    quotations, words = zip(*(map(int, one.split()) for one in counted.values()), strict=True)
    assert sum(quotations) == QUOTATIONS
    assert sum(words) > 5 * QUOTATIONS
