"""gunicorn as the Procfile runs it, shared by tests after which it must still work."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.server.wire import Address, get

Serve = Callable[..., contextlib.AbstractContextManager[object]]

GUNICORN = (sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_settings")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's log."""
    return tmp_path_factory.mktemp("server") / "server.log"


@pytest.fixture(scope="module")
def address(
    serving: Serve, free_port: Callable[[], int], seeds_index: Path, log: Path
) -> Iterator[Address]:
    port = free_port()
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--log-level", "info"]
    with serving(command, port, log.parent, ONRECORD_INDEX=str(seeds_index)):
        yield "127.0.0.1", port
        assert get(("127.0.0.1", port)) == 200
    assert "Traceback" not in log.read_text()
