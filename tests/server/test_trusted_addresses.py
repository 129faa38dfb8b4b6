"""Headers that gunicorn is told to trust from some addresses are ignored from all others."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.conftest import GUNICORN, Serve
from tests.server.wire import say

ELSEWHERE = b"GET /elsewhere/readyz HTTP/1.1\r\nHost: localhost\r\nSCRIPT_NAME: /elsewhere\r\n\r\n"


@pytest.mark.parametrize(("trusted", "status"), [("127.0.0.1", 200), ("192.0.2.1", 404)])
def test_only_a_trusted_address_says_the_prefix(
    serving: Serve,
    free_port: Callable[[], int],
    seeds_index: Path,
    tmp_path: Path,
    trusted: str,
    status: int,
) -> None:
    port = free_port()
    taken = ["--forwarder-headers", "SCRIPT_NAME", "--forwarded-allow-ips", trusted]
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", *taken]
    with serving(command, port, tmp_path, ONRECORD_INDEX=str(seeds_index)):
        assert say(("127.0.0.1", port), ELSEWHERE).status == status
