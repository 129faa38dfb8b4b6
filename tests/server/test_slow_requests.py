"""Clients that send or read slowly, or not at all, delay nobody but themselves."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gunicorn.config import Config

from service.server.connection import Connection
from service.server.limits import BODY_SECONDS, HEAD_SECONDS, HELD_MAXIMUM
from tests.server.conftest import GUNICORN, Serve
from tests.server.wire import PATIENCE, Address, connect, get, receive

HEAD = b"POST /extract HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
MANY = 60
"""More clients than all workers have threads."""

HALVES = (
    b"",
    b"G",
    HEAD,
    HEAD + b"Content-Length: 100\r\n\r\nhalf",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe",
)


def test_clients_that_do_not_go_on_hold_up_nobody(address: Address) -> None:
    with contextlib.ExitStack() as stack:
        for half in HALVES * (MANY // len(HALVES)):
            stack.enter_context(connect(address)).sendall(half)
        for _ in range(20):
            assert get(address) == 200


def test_clients_that_do_not_read_hold_up_nobody(address: Address) -> None:
    asked = b"GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20
    with contextlib.ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(_with_little_room(address)).sendall(asked)
        for _ in range(20):
            assert get(address) == 200


def _with_little_room(address: Address) -> socket.socket:
    """A client whose kernel accepts almost nothing of an answer."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(address)
    return client


def test_answer_is_whole_for_a_slow_reader(address: Address) -> None:
    with _with_little_room(address) as client:
        client.sendall(b"GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.5)
        reply = receive(client)
    assert len(reply.body) == int(reply.headers["content-length"]) > 100_000


def test_half_a_head_ends_in_time_however_it_trickles(address: Address) -> None:
    with connect(address) as silent, connect(address) as trickling:
        begun = time.monotonic()
        client = trickling
        trickling.settimeout(0.5)
        client.sendall(b"GET / HTTP/1.1\r\n")
        reply = b""
        while not reply and time.monotonic() < begun + 4 * HEAD_SECONDS:
            client.sendall(b"X")
            with contextlib.suppress(TimeoutError):
                reply = client.recv(100)
        assert reply.startswith(b"HTTP/1.1 408 ")
        assert silent.recv(100) == b""  # closed, because it sent no request


@pytest.fixture(scope="module")
def small(
    serving: Serve,
    free_port: Callable[[], int],
    seeds_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Address]:
    """A server of one worker with room for few clients."""
    port, folder = free_port(), tmp_path_factory.mktemp("small")
    few = ("--workers", "1", "--worker-connections", str(MANY))
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", *few]
    with serving(command, port, folder, ONRECORD_INDEX=str(seeds_index)):
        yield "127.0.0.1", port


def test_who_has_waited_longest_makes_room(small: Address) -> None:
    with contextlib.ExitStack() as stack:
        silent = [stack.enter_context(connect(small)) for _ in range(2 * MANY)]
        assert get(small) == 200
        closed = [client for client in silent if _is_closed(client)]
    assert closed == silent[: len(closed)]
    assert len(closed) >= MANY


def test_halves_of_long_bodies_fill_no_memory(small: Address) -> None:
    half = HEAD + b"Content-Length: 2000000\r\n\r\n" + b"a" * 1_900_000
    fitting = HELD_MAXIMUM // len(half)
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(connect(small)) for _ in range(fitting + 10)]
        for client in clients:
            with contextlib.suppress(ConnectionError):  # dropped to make room
                client.sendall(half)
        until = time.monotonic() + PATIENCE
        while sum(map(_is_closed, clients)) < 8:  # the kernel may still hold the end of two
            assert time.monotonic() < until
            time.sleep(0.1)
        assert get(small) == 200


def _is_closed(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


@contextlib.contextmanager
def _connected() -> Iterator[tuple[Connection, socket.socket]]:
    """A worker's connection, and its client."""
    ours, client = socket.socketpair()
    with ours, client:
        yield Connection(ours, ("127.0.0.1", 1), ("127.0.0.1", 2), Config()), client


def test_time_of_a_body_begins_with_it_and_is_not_prolonged() -> None:
    with _connected() as (connection, _):
        assert not connection.take(HEAD)
        of_head = connection.deadline
        assert not connection.take(b"X-A: a\r\n")
        assert connection.deadline == of_head
        assert not connection.take(b"Content-Length: 10\r\n\r\n")
        of_body = connection.deadline
        assert abs(of_body - time.monotonic() - BODY_SECONDS) < HEAD_SECONDS
        assert not connection.take(b"abc")
        assert connection.deadline == of_body
        assert connection.take(b"defghij")
        assert connection.content == b"abcdefghij"
