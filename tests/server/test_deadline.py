"""The deadline ends work in progress, and the worker carries on."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.server.conftest import GUNICORN
from tests.server.wire import Address, get, say

SECONDS = 1
PATIENCE = 15
"""Seconds after which the answer would not come from the deadline; the work takes longer."""

QUOTATIONS = " ".join(f"“We will go to market {n} in the world,” he said." for n in range(900))


@pytest.fixture(scope="module")
def hurried(
    serving: Callable[..., contextlib.AbstractContextManager[object]],
    free_port: Callable[[], int],
    tmp_path_factory: pytest.TempPathFactory,
    seeds_index: Path,
) -> Iterator[Address]:
    port, folder = free_port(), tmp_path_factory.mktemp("hurried")
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    settings = {"ONRECORD_INDEX": str(seeds_index), "ONRECORD_DEADLINE": str(SECONDS)}
    with serving(command, port, folder, **settings):
        yield "127.0.0.1", port


def post(address: Address, path: str, kind: str, body: str) -> tuple[int, dict[str, object], float]:
    sent = body.encode()
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
    begun = time.monotonic()
    reply = say(address, f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)
    return reply.status, json.loads(reply.body), time.monotonic() - begun


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/extract", "text/plain", QUOTATIONS * 15),
        ("/verify/document", "text/plain", QUOTATIONS + " He said that he was there." * 40_000),
        ("/verify/document", "text/markdown", "[a](" * 400_000),
        ("/verify/document", "text/markdown", "|a" * 400_000 + "\n" + "|-" * 400_000),
        ("/verify/document", "text/html", "<q>" * 500_000 + "a"),
    ],
    ids=["text", "draft", "links", "table", "html"],
)
def test_work_that_has_begun_is_stopped(hurried: Address, path: str, kind: str, body: str) -> None:
    status, problem, taken = post(hurried, path, kind, body)
    assert (status, problem["type"]) == (503, "/docs#deadline-passed")
    assert SECONDS <= taken < PATIENCE
    assert get(hurried) == 200
