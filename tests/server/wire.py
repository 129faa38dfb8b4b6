"""The service at the level of bytes on a socket."""

import json
import socket
from contextlib import closing, suppress
from http.client import HTTPResponse
from typing import NamedTuple

Address = tuple[str, int]
PATIENCE = 60


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def problem(self) -> dict[str, object]:
        assert self.headers["content-type"] == "application/problem+json", self
        fields: dict[str, object] = json.loads(self.body)
        assert fields["status"] == self.status
        return fields


def connect(address: Address) -> socket.socket:
    return socket.create_connection(address, timeout=PATIENCE)


def receive(client: socket.socket, method: str = "GET") -> Reply:
    """The next answer; the connection stays open."""
    with closing(HTTPResponse(client, method=method)) as response:
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, headers, response.read())


def say(address: Address, sent: bytes, *, end: bool = False) -> Reply:
    """The answer to these bytes, after which the client sends nothing or (``end``) closes."""
    with connect(address) as client:
        with suppress(OSError):  # refused before all of it was read
            client.sendall(sent)
        if end:
            client.shutdown(socket.SHUT_WR)
        return receive(client)


def get(address: Address, path: str = "/healthz") -> int:
    return say(address, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()).status
