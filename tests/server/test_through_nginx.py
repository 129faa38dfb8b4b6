"""A real nginx in front, the service under /onrecord/: every link works."""

import json
import os
import re
import shutil
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest

from tests.server.conftest import GUNICORN, Serve
from tests.server.wire import Address, Reply, connect, say

PREFIX = "/onrecord"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")

CONFIGURATION = """
daemon off;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path body;
    client_body_buffer_size 4m;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    proxy_set_header Host $http_host;
    {servers}
}}
"""

SERVER = """
    server {{
        listen 127.0.0.1:{port};
        location {prefix}/ {{ proxy_pass http://127.0.0.1:{running}{cut}; {more} }}
    }}
"""

FORWARDED = f"""
    proxy_set_header X-Forwarded-Prefix {PREFIX};
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $remote_addr;
"""

WAYS = ("setting, cut off", "setting, left on", "header")


@pytest.fixture(scope="module")
def proxies(
    serving: Serve,
    free_port: Callable[[], int],
    seeds_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Address]]:
    """nginx's address for each way of telling the service where it is."""
    if NGINX is None and "CI" not in os.environ:
        pytest.skip("nginx is missing: apt-get install nginx")
    assert NGINX is not None
    cut, left, header = (free_port() for _ in WAYS)
    set_up = (
        {"ONRECORD_URL": f"http://127.0.0.1:{cut}{PREFIX}"},
        {"ONRECORD_TRUSTED_PROXIES": "127.0.0.1"},
    )
    running = []
    with ExitStack() as stack:
        for settings in set_up:
            port, folder = free_port(), tmp_path_factory.mktemp("behind")
            command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
            environment = {"ONRECORD_INDEX": str(seeds_index), **settings}
            stack.enter_context(serving(command, port, folder, **environment))
            running.append(port)
        servers = (
            SERVER.format(port=cut, prefix=PREFIX, running=running[0], cut="/", more=""),
            SERVER.format(port=left, prefix=PREFIX, running=running[0], cut="", more=""),
            SERVER.format(port=header, prefix=PREFIX, running=running[1], cut="/", more=FORWARDED),
        )
        stack.enter_context(nginx(tmp_path_factory.mktemp("nginx"), "".join(servers), cut))
        yield dict(zip(WAYS, [("127.0.0.1", port) for port in (cut, left, header)], strict=True))


@contextmanager
def nginx(folder: Path, servers: str, port: int) -> Iterator[None]:
    written = folder / "nginx.conf"
    written.write_text(CONFIGURATION.format(servers=servers))
    command = [str(NGINX), "-p", str(folder), "-c", str(written), "-e", str(folder / "error.log")]
    server = subprocess.Popen(command)
    try:
        for _ in range(600):
            try:
                connect(("127.0.0.1", port)).close()
                break
            except ConnectionError:
                assert server.poll() is None, (folder / "error.log").read_text()
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture(params=WAYS)
def proxy(proxies: dict[str, Address], request: pytest.FixtureRequest) -> Address:
    return proxies[request.param]


def ask(proxy: Address, path: str, accept: str = "*/*") -> Reply:
    host = f"{proxy[0]}:{proxy[1]}"
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
    return say(proxy, head.encode())


def leads(reply: Reply) -> list[str]:
    """Where an answer's links lead: in a page's markup, or in JSON."""
    text = reply.body.decode()
    if reply.headers["content-type"].startswith("text/html"):
        found = re.findall(r'\s(?:href|src|action)="([^"#][^"]*)"', text)
        return [unescape(path) for path in found if "{" not in path and path != "data:,"]
    if reply.headers["content-type"] != "application/json":
        return []
    return list(_named(json.loads(text)))


def _named(content: object) -> Iterator[str]:
    if isinstance(content, list):
        for one in content:
            yield from _named(one)
    elif isinstance(content, dict):
        yield from content.get("links", {}).values()
        yield from [content["next"]] if content.get("next") else []
        yield from [content["call"].split(" ")[1]] if "call" in content else []
        for one in content.values():
            yield from _named(one)


def test_every_link_leads_on(proxy: Address) -> None:
    waiting = deque([(f"{PREFIX}/", "text/html"), (f"{PREFIX}/", "*/*")])
    kinds: dict[str, int] = {}
    seen = set(waiting)
    while waiting:
        path, accept = waiting.popleft()
        reply = ask(proxy, path, accept)
        needs_more = reply.status in (405, 422)  # a template to fill in, such as /search?q=
        assert reply.status == 200 or needs_more, (path, reply)
        for found in leads(reply):
            assert found.startswith(f"{PREFIX}/"), (path, found)
            kind = "/".join(urlsplit(found).path.split("/")[:3])
            one = (urldefrag(found).url, "text/html" if found.endswith("/docs") else "*/*")
            if one not in seen and kinds.get(kind, 0) < 6:
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(one)
                waiting.append(one)
    assert {f"{PREFIX}/static", f"{PREFIX}/docs", f"{PREFIX}/clusters"} <= set(kinds)
    assert {f"{PREFIX}/quotes", f"{PREFIX}/speakers", f"{PREFIX}/sources"} <= set(kinds)


def test_next_page_and_its_header_lead_on(proxy: Address) -> None:
    path, seen = f"{PREFIX}/quotes?speaker=Putin&limit=5", []
    while path:
        reply = ask(proxy, path)
        page = json.loads(reply.body)
        seen += [one["id"] for one in page["items"]]
        path = page["next"]
        assert reply.headers.get("link") == (f'<{path}>; rel="next"' if path else None)
    assert len(seen) == len(set(seen)) == page["total"] > 5


def test_problem_and_specification_name_the_place(proxy: Address) -> None:
    problem = ask(proxy, f"{PREFIX}/quotes?speker=a").problem()
    assert problem["instance"] == f"{PREFIX}/quotes"
    page, _, anchor = str(problem["type"]).partition("#")
    assert f'id="{anchor}"'.encode() in ask(proxy, page, "text/html").body
    specification = ask(proxy, f"{PREFIX}/openapi.yaml").body.decode()
    (server,) = re.findall(r"^servers:\n- url: (\S+)$", specification, re.M)
    assert urlsplit(server).path == PREFIX


def test_whole_address_is_the_one_outside(proxy: Address, proxies: dict[str, Address]) -> None:
    quotes = json.loads(ask(proxy, f"{PREFIX}/quotes?limit=1").body)
    path = quotes["items"][0]["links"]["self"]
    linked = json.loads(ask(proxy, path, "application/ld+json").body)
    outside = {proxy[1], proxies[WAYS[0]][1]}
    assert linked["@id"] in {f"http://127.0.0.1:{port}{path}" for port in outside}


def test_draft_is_posted_through_the_proxy(proxy: Address) -> None:
    body = "“We will stay,” said Mayor Jane Doe.".encode()
    for origin, status in ((f"http://127.0.0.1:{proxy[1]}", 200), ("http://127.0.0.1:1", 403)):
        head = (
            f"POST {PREFIX}/extract HTTP/1.1\r\nHost: 127.0.0.1:{proxy[1]}\r\nOrigin: {origin}\r\n"
            f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        assert say(proxy, head.encode() + body).status == status
