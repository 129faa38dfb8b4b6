"""Stopping and restarting lose no request: none being sent, waiting or being answered."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from service.gunicorn_settings import workers
from tests.server.conftest import GUNICORN, Serve
from tests.server.wire import Address, connect, get, receive

SAID = "“We will stay and fight for this town,” said Mayor Jane Doe on Monday.\n\n".encode()
LONG = SAID * 250
"""A text whose extraction takes a second or more."""

HEAD = b"POST /extract HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"


def posting(body: bytes) -> bytes:
    return HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body


@pytest.fixture
def command(free_port: Callable[[], int]) -> tuple[list[str], Address]:
    port = free_port()
    return [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--threads", "2"], ("127.0.0.1", port)


@pytest.mark.parametrize("received", [signal.SIGTERM, signal.SIGHUP])
def test_no_request_is_lost(
    serving: Serve,
    command: tuple[list[str], Address],
    seeds_index: Path,
    tmp_path: Path,
    received: signal.Signals,
) -> None:
    started, address = command
    settings = {"ONRECORD_INDEX": str(seeds_index), "ONRECORD_EXTRACTOR": "rules"}
    with serving(started, address[1], tmp_path, **settings) as server, ExitStack() as stack:
        clients = [stack.enter_context(connect(address)) for _ in range(14)]
        half, again, *busy = clients
        again.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert receive(again).status == 200
        half.sendall(posting(SAID)[:-10])
        for client in busy:  # three times as many as there are threads, so the rest wait
            client.sendall(posting(LONG))
        time.sleep(0.3)
        assert isinstance(server, subprocess.Popen)
        server.send_signal(received)
        again.sendall(posting(SAID))
        time.sleep(1)
        half.sendall(posting(SAID)[-10:])
        replies = [receive(client) for client in clients]
        assert [reply.status for reply in replies] == [200] * len(clients)
        assert all(b'"Jane Doe"' in reply.body for reply in replies)
        if received is signal.SIGTERM:
            assert server.wait(timeout=60) == 0
        else:
            assert get(address) == 200


def test_no_request_is_lost_while_the_server_restarts(
    serving: Serve, command: tuple[list[str], Address], seeds_index: Path, tmp_path: Path
) -> None:
    """Clients that keep asking, on new connections or on one kept open."""
    started, address = command
    with serving(started, address[1], tmp_path, ONRECORD_INDEX=str(seeds_index)) as server:
        assert isinstance(server, subprocess.Popen)
        stop = threading.Event()
        lost: list[str] = []
        asked = [0, 0]

        def ask(number: int, goes_on: bool) -> None:
            while not stop.is_set():
                try:
                    asked[number] += _ask(address, goes_on, stop)
                except OSError as error:
                    lost.append(repr(error))

        threads = [threading.Thread(target=ask, args=(n, bool(n))) for n in range(2)]
        for thread in threads:
            thread.start()
        for _ in range(2):
            time.sleep(0.5)
            server.send_signal(signal.SIGHUP)
        time.sleep(2)
        stop.set()
        for thread in threads:
            thread.join()
        assert lost == []
        assert all(count > 50 for count in asked)


def _ask(address: Address, goes_on: bool, stop: threading.Event) -> int:
    """How many requests were answered on one connection, until the server ends it."""
    answered = 0
    with connect(address) as client:
        while not stop.is_set():
            client.sendall(b"GET /quotes?limit=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            reply = receive(client)
            answered += reply.status == 200
            if not goes_on or reply.headers["connection"] == "close":
                break
    return answered


SLOW_FORK = """
import time
from service.gunicorn_settings import *

graceful_timeout = 3600

def post_fork(server, worker):
    with open({started!r}, "a") as started:
        started.write("started\\n")
    time.sleep(2)
"""


def test_a_worker_stops_that_has_only_just_been_forked(seeds_index: Path, tmp_path: Path) -> None:
    """It has no signal handlers yet. The server would wait an hour if the signal were lost."""
    started = tmp_path / "started"
    (tmp_path / "slow.py").write_text(SLOW_FORK.format(started=str(started)))
    command = [*GUNICORN[:-1], str(tmp_path / "slow.py"), "--bind", "127.0.0.1:0"]
    server = subprocess.Popen(command, env={**os.environ, "ONRECORD_INDEX": str(seeds_index)})
    try:
        while not (started.exists() and started.read_text().count("started") == workers):
            assert server.poll() is None
            time.sleep(0.05)
        server.terminate()
        assert server.wait(timeout=120) == 0
    finally:
        server.kill()
        server.wait()


def test_what_is_left_to_a_proxy_is_said(tmp_path: Path) -> None:
    (tmp_path / "key").touch()
    done = subprocess.run(
        [*GUNICORN, "--bind", "127.0.0.1:0", "--keyfile", str(tmp_path / "key")],
        env={**os.environ, "ONRECORD_INDEX": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "keyfile: this service leaves TLS to a proxy in front of it" in done.stderr
    assert "Traceback" not in done.stderr
