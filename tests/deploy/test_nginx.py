"""deploy/nginx.conf in a real nginx, except for TLS and the ports."""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.server.conftest import GUNICORN, Serve
from tests.server.test_through_nginx import NGINX, nginx

WRITTEN = Path(__file__).parents[2] / "deploy" / "nginx.conf"
HOST = "news.example"


@pytest.fixture(scope="module")
def port(
    serving: Serve,
    free_port: Callable[[], int],
    seeds_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[int]:
    if NGINX is None and "CI" not in os.environ:
        pytest.skip("nginx is missing: apt-get install nginx")
    service_port, nginx_port = free_port(), free_port()
    settings = {
        "ONRECORD_INDEX": str(seeds_index),
        "ONRECORD_URL": f"https://{HOST}/onrecord",
        "ONRECORD_TRUSTED_PROXIES": "127.0.0.1",
        "ONRECORD_RATE": "20/day",
    }
    server = re.sub(r" *ssl_certificate.*\n", "", WRITTEN.read_text())
    server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{nginx_port};")
    server = server.replace("127.0.0.1:8000", f"127.0.0.1:{service_port}")
    with ExitStack() as stack:
        command = [*GUNICORN, "--bind", f"127.0.0.1:{service_port}", "--workers", "1"]
        stack.enter_context(
            serving(command, service_port, tmp_path_factory.mktemp("log"), **settings)
        )
        stack.enter_context(nginx(tmp_path_factory.mktemp("nginx"), server, nginx_port))
        yield nginx_port


def ask(
    port: int, path: str, client: str = "127.0.0.1", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(client, 0))
    method = "GET" if body is None else "POST"
    connection.request(method, path, body, {"Host": HOST, **headers})
    with connection.getresponse() as response:
        lowered = {name.lower(): value for name, value in response.getheaders()}
        answer = response.status, lowered, response.read()
    connection.close()
    return answer


def test_links_lead_to_the_place_outside(port: int) -> None:
    status, headers, body = ask(port, "/onrecord/quotes?limit=1")
    assert status == 200
    assert json.loads(body)["next"].startswith("/onrecord/quotes?")
    assert headers["link"].startswith("</onrecord/quotes?")
    status, headers, _ = ask(port, "/onrecord")
    assert status == 308
    assert headers["location"].endswith("/onrecord/")


def test_draft_of_two_megabytes_passes_and_a_larger_one_does_not(port: int) -> None:
    sent = {"client": "127.0.0.3", "Content-Type": "text/plain"}
    for size, status in ((1_900_000, 200), (2_200_000, 413)):
        body = b"Nobody said anything at all here today." + b" " * size
        assert ask(port, "/onrecord/verify/document", body=body, **sent)[0] == status


def test_each_client_has_a_limit_of_its_own_whatever_it_says(port: int) -> None:
    made_up = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": "elsewhere.example"}
    statuses = [ask(port, "/onrecord/quotes", "127.0.0.2", **made_up)[0] for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert ask(port, "/onrecord/quotes", "127.0.0.4")[0] == 200
