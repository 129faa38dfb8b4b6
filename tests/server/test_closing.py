"""A closing socket: clients that have connected are accepted, nobody else connects."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service.server.closing import LastingSocket
from tests.server.conftest import GUNICORN, Serve
from tests.server.wire import connect, get, receive

SHORTLY = 0.2


@pytest.fixture(params=["127.0.0.1", "::1", "unix"])
def listening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[socket.socket]:
    if request.param == "unix":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(tmp_path / "socket"))
            made.listen()
            yield made
    else:
        family = socket.AF_INET6 if ":" in request.param else socket.AF_INET
        with socket.create_server((request.param, 0), family=family) as made:
            yield made


def connects(listening: socket.socket) -> socket.socket:
    client = socket.socket(listening.family)
    client.settimeout(SHORTLY)
    try:
        client.connect(listening.getsockname())
    except OSError:
        client.close()
        raise
    return client


def test_who_has_connected_is_accepted_and_nobody_else(listening: socket.socket) -> None:
    with listening.dup() as worker, connects(listening) as early:
        lasting = LastingSocket(listening, shared=lambda: False)
        lasting.close()
        lasting.close()
        with pytest.raises(OSError):
            connects(worker).close()
        accepted, _ = worker.accept()
        with accepted:
            early.sendall(b"still here")
            assert accepted.recv(100) == b"still here"
        worker.settimeout(SHORTLY)
        with pytest.raises(OSError):
            worker.accept()


def test_place_that_others_go_on_with_takes_newcomers(listening: socket.socket) -> None:
    with listening.dup() as other:
        LastingSocket(listening, shared=lambda: True).close()
        with connects(other):
            other.accept()[0].close()


def test_who_comes_while_the_server_stops_is_refused_and_not_cut_off(
    serving: Serve, free_port: Callable[[], int], seeds_index: Path, tmp_path: Path
) -> None:
    port = free_port()
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with serving(command, port, tmp_path, ONRECORD_INDEX=str(seeds_index)) as server:
        assert isinstance(server, subprocess.Popen)
        assert get(("127.0.0.1", port)) == 200
        worker = int(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text())
        os.kill(worker, signal.SIGSTOP)
        with connect(("127.0.0.1", port)) as early:
            early.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            server.terminate()
            time.sleep(0.5)
            with socket.socket() as late:
                late.settimeout(SHORTLY)
                with pytest.raises(TimeoutError):
                    late.connect(("127.0.0.1", port))
            os.kill(worker, signal.SIGCONT)
            assert receive(early).status == 200
        with socket.socket() as later, pytest.raises(ConnectionRefusedError):
            later.settimeout(10)
            later.connect(("127.0.0.1", port))
        assert server.wait(60) == 0
