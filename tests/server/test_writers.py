"""Concurrent writes through all workers of a real server, while others read."""

import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any

import pytest

TOKEN = "write-write-write-1"
PATIENCE = 60
WORKERS = 3
WRITERS = 4
EACH = 5


@pytest.fixture
def port(
    serving: Callable[..., Any], free_port: Callable[[], int], seeds_index: Path, tmp_path: Path
) -> Iterator[int]:
    shutil.copytree(seeds_index, tmp_path / "index")
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_settings"]
    listening = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    settings = {
        "ONRECORD_INDEX": str(tmp_path / "index"),
        "ONRECORD_WRITE_TOKENS": TOKEN,
        "ONRECORD_EXTRACTOR": "rules",
    }
    with serving([*command, *listening], port, tmp_path, **settings):
        yield port


def ask(port: int, method: str, path: str, content: object = None) -> tuple[int, Any]:
    """On a new connection, so that any worker may answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
    connection.request(method, path, None if content is None else json.dumps(content), headers)
    with connection.getresponse() as response:
        body = response.read()
    connection.close()
    return response.status, json.loads(body) if body else None


def test_what_was_written_is_there_for_every_worker_and_nothing_is_lost(port: int) -> None:
    read: list[tuple[str, int, int]] = []
    done = Event()

    def write(writer: int) -> None:
        for number in range(EACH):
            source_id = f"w{writer}-{number}"
            text = f"“We will stay {source_id},” Mayor Jane Doe said. “No,” John Roe said."
            assert ask(port, "POST", "/sources", {"id": source_id, "text": text})[0] == 201
            for _ in range(2 * WORKERS):
                assert ask(port, "GET", f"/sources/{source_id}/quotes")[1]["total"] == 2
        assert ask(port, "DELETE", f"/sources/w{writer}-0")[0] == 204
        for _ in range(2 * WORKERS):
            assert ask(port, "GET", f"/sources/w{writer}-0")[0] == 404

    def read_on() -> None:
        while not done.is_set():
            status, readiness = ask(port, "GET", "/readyz")
            assert status == 200
            held = readiness["index"]
            read.append((held["generation"], held["sources"], held["quotes"] + held["claims"]))

    before = ask(port, "GET", "/readyz")[1]["index"]["sources"]
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        reading = [pool.submit(read_on) for _ in range(2)]
        try:
            list(pool.map(write, range(WRITERS)))
        finally:
            done.set()
        for one in reading:
            one.result()
    after = ask(port, "GET", "/readyz")[1]["index"]
    assert after["sources"] == before + WRITERS * (EACH - 1)
    assert len({generation for generation, *_ in read}) > WRITERS
    assert max(Counter(generation for generation, *_ in set(read)).values()) == 1
