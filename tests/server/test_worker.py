"""The addresses the server listens on, and the names it answers to there."""

import socket
from collections.abc import Callable
from pathlib import Path

from service.cli.serving import _Server
from service.domain import Extractor
from service.settings import Settings
from tests.server.conftest import GUNICORN, Serve
from tests.server.wire import get, receive


def test_unix_socket_is_asked_under_the_names_of_this_machine(
    serving: Serve, free_port: Callable[[], int], seeds_index: Path, tmp_path: Path
) -> None:
    port, file = free_port(), tmp_path / "socket"
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--bind", f"unix:{file}"]
    with serving(command, port, tmp_path, ONRECORD_INDEX=str(seeds_index)):
        assert get(("127.0.0.1", port)) == 200  # workers start once all sockets are bound
        for host, status in (("localhost", 200), ("10.0.0.1", 421), ("elsewhere.example", 421)):
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(file))
                client.sendall(f"GET /quotes HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                assert receive(client).status == status


def test_name_that_is_bound_to_is_answered(seeds_index: Path) -> None:
    settings = Settings(index=seeds_index, extractor=Extractor.RULES)
    client = _Server(settings, {"bind": "news.example:8000"}).load().test_client()
    assert client.get("/healthz", headers={"Host": "news.example"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "elsewhere.example"}).status_code == 421
