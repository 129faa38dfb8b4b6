"""The real server on a real index, tested by schemathesis with everything its OpenAPI document
allows."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

SETTINGS = ("--config", "python:service.gunicorn_settings")
SCHEMATHESIS = Path(sys.executable).with_name("st")
STRICTLY = ("--config-file", Path(__file__).with_name("schemathesis.toml"), "--no-color")
HOOKS = Path(__file__).with_name("schemathesis_hooks.py")
TOKEN = "write-write-write-1"
PATIENCE = 60
"""Seconds until the server must have started or answered: far more than it takes, also beside other
work, where schemathesis's own ten were once too few."""

SEED = os.environ.get("SEED", "18")
"""Of what schemathesis makes up: always the same, unless somebody wants another (make random)."""


@pytest.fixture(scope="module")
def address(seeds_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """HOST:PORT of gunicorn, run as the Procfile runs it, with writing switched on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    log = tmp_path_factory.mktemp("gunicorn") / "log"
    index = shutil.copytree(seeds_index, log.with_name("index"))
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *SETTINGS, "--bind", bind],
            env={
                **os.environ,
                "ONRECORD_INDEX": str(index),
                "ONRECORD_WRITE_TOKENS": TOKEN,
                "ONRECORD_CHECKS": str(log.with_name("checks")),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(bind, server, log)
        yield bind
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _wait_for(bind: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            if _get(bind, "/readyz") == 200:
                return
        except ConnectionError:
            time.sleep(0.1)
    pytest.fail(log.read_text())


def _get(bind: str, path: str) -> int:
    connection = HTTPConnection(bind, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_body_of_unknown_length_is_not_cut_but_refused(address: str) -> None:
    connection = HTTPConnection(address, timeout=PATIENCE)
    chunks = (b"a" * 10_000 for _ in range(101))
    connection.request(
        "POST", "/extract", chunks, {"Content-Type": "text/plain"}, encode_chunked=True
    )
    with connection.getresponse() as response:
        assert response.status == 413
    connection.close()


def test_service_keeps_to_its_own_document(address: str, tmp_path: Path) -> None:
    kept = _keep_a_check(address)
    run = subprocess.run(
        [
            *(SCHEMATHESIS, *STRICTLY, "run", f"http://{address}/openapi.yaml"),
            *("--header", f"Authorization: Bearer {TOKEN}"),
            *("--seed", SEED, "--request-timeout", str(PATIENCE)),
        ],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS), "CHECK": kept},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
    assert "No issues found" in run.stdout


def _keep_a_check(address: str) -> str:
    """The id of a source that no generated example has."""
    connection = HTTPConnection(address, timeout=PATIENCE)
    claim = json.dumps({"quote": "a new era of cooperation"})
    connection.request("POST", "/verify", claim, {"Content-Type": "application/json"})
    kept: str = json.loads(connection.getresponse().read())["check"]["id"]
    connection.close()
    return kept
