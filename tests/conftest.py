"""The command as users run it, a real index of seeds/, a real server."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from service.cli import main

ROOT = Path(__file__).parents[1]


Run = Callable[..., subprocess.CompletedProcess[str]]

ONRECORD = Path(sys.executable).with_name("onrecord")

WITHOUT_PRIVILEGE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Prepended to a command if run by root, who may read anything."""


def forget_the_shell() -> None:
    """Keeps the caller's settings and ignored signals away from tests and the processes they start:
    an exported ONRECORD_INDEX is somebody's index, and children inherit an ignored SIGINT."""
    decided_here = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "GUNICORN_CMD_ARGS", "PYTHONUNBUFFERED"}
    for name in list(os.environ):
        if (
            name.startswith("ONRECORD_")
            or name in decided_here
            or name.lower().endswith(
                "_proxy"
            )  # it would receive requests meant for a test's server
        ):
            del os.environ[name]
    os.environ["TERM"] = "xterm-256color"  # on a dumb terminal colours could not be tested
    signal.signal(signal.SIGINT, signal.default_int_handler)


forget_the_shell()

# Before any test is read, since each takes the profile of that moment: no test is timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def environment_with(settings: dict[str, str]) -> dict[str, str]:
    return {**os.environ, **settings}


def run_in(folder: Path, **always: str) -> Run:
    """Runs ``onrecord`` in the folder; ``settings`` are ONRECORD_* and other variables."""

    def run(
        *arguments: str | Path, stdin: bytes = b"", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        argv = [str(argument) for argument in arguments]
        with contextlib.chdir(folder):
            done = CliRunner(catch_exceptions=False).invoke(
                main,
                argv,
                prog_name="onrecord",
                input=stdin,
                env={**always, **settings},
            )
        return subprocess.CompletedProcess(argv, done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A read-only index of seeds/."""
    folder = tmp_path_factory.mktemp("seeds")
    done = run_in(folder)("index", seeds)
    assert done.returncode == 0, done.stderr
    return folder / "index"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """In an empty folder, without settings."""
    return run_in(tmp_path)


@pytest.fixture
def ask(tmp_path: Path, seeds_index: Path) -> Run:
    """On the index of seeds/."""
    return run_in(tmp_path, ONRECORD_INDEX=str(seeds_index))


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    def found() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return found


@pytest.fixture(scope="session")
def serving() -> Callable[..., object]:
    """A context in which a server command runs, answers at HOST:PORT and stops cleanly."""
    return _serving


@contextlib.contextmanager
def _serving(
    command: list[str | Path],
    port: int,
    folder: Path,
    before: Callable[[], None] | None = None,
    **settings: str,
) -> Iterator[subprocess.Popen[bytes]]:
    """``before`` runs in the new process before it becomes the server."""
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command,
            env=environment_with(settings),
            cwd=folder,
            stdout=log,
            stderr=log,
            preexec_fn=before,
        )
        try:
            _wait_until_listening(server, port, folder / "server.log")
            yield server
        finally:
            server.terminate()
            server.wait(timeout=60)
    assert b"SIGABRT" not in (folder / "server.log").read_bytes()


def _wait_until_listening(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"the server does not listen: {log.read_text()}")
