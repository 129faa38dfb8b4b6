"""A server whose index is damaged says so and keeps running; once the index is repaired it
answers."""

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON
from tests.index.articles import article

CALLS = ["/quotes?speaker=Putin", "/search?q=%22peace+number%22", "/speakers", "/sources/a7/text"]

Answer = tuple[int, bytes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(open_index(tmp_path / "index", create=True, rendering=STATEMENT_JSON)) as index:
        index.add(
            article(f"a{n}", ("Vladimir Putin", f"peace number {n}"), ("Xi", f"talks {n}"))
            for n in range(300)
        )
    return tmp_path / "index"


@pytest.fixture
def ask(
    path: Path, tmp_path: Path, free_port: Callable[[], int], serving: Callable[..., Any]
) -> Iterator[Callable[[str], Answer]]:
    """Queries a real server, two gunicorn workers, that watches the index."""
    port = free_port()
    command = [Path(sys.executable).parent / "onrecord", "serve", "--bind", f"127.0.0.1:{port}"]
    settings = {"ONRECORD_INDEX": str(path), "ONRECORD_EXTRACTOR": "rules"}

    def answer(call: str) -> Answer:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{call}", timeout=30) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    with serving(command, port, tmp_path, **settings):
        yield answer
    log = (tmp_path / "server.log").read_text()
    assert "SIGBUS" not in log and "was sent" not in log and "Traceback" not in log


def eventually(holds: Callable[[], bool]) -> bool:
    """One success is enough: the other worker may be a second behind."""
    deadline = time.monotonic() + 30
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return held


def test_truncated_file_is_reported_and_kills_no_worker(
    ask: Callable[[str], Answer], path: Path
) -> None:
    right = [ask(call) for call in CALLS]
    assert [status for status, _ in right] == [200] * len(CALLS)
    for pattern in ("*.pst", "*.trm", "*.record.col"):
        [file] = path.glob(pattern)
        content = file.read_bytes()
        with file.open("r+b") as cut:
            cut.truncate(len(content) // 3)
        for call, answer in zip(CALLS, right, strict=True):
            status, body = ask(call)
            assert (status, body) == answer or (status == 503 and b"check-index" in body)
        assert eventually(lambda: all(ask(call)[0] == 503 for call in CALLS))
        assert eventually(lambda: json.loads(ask(CALLS[0])[1]).get("type") == "/docs#index-corrupt")
        with file.open("r+b") as mended:
            mended.write(content)
        assert eventually(lambda: [ask(call) for call in CALLS] == right)
