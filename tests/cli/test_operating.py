"""A running server as its operator sees it: log, metrics, readiness."""

import json
import os
import re
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

SECRET = "nobody+may+read+this"


class Server:
    def __init__(self, port: int, process: object, folder: Path) -> None:
        self.port = port
        self.process = process
        self.folder = folder

    def get(self, path: str, method: str = "GET") -> tuple[int, str, str]:
        """Status, body, and request id."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode(), answer.headers["X-Request-ID"]
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), error.headers["X-Request-ID"]

    def count(self, **labels: str) -> float:
        """The number of requests with these labels."""
        wanted = [f'{name}="{value}"' for name, value in labels.items()]
        lines = [
            line
            for line in self.get("/metrics")[1].splitlines()
            if line.startswith("onrecord_requests_total{") and all(one in line for one in wanted)
        ]
        return sum(float(line.rpartition(" ")[2]) for line in lines)

    def workers(self) -> set[int]:
        pid = self.process.pid  # type: ignore[attr-defined]
        return {
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        }


@pytest.fixture(scope="module")
def server(
    serving: Callable[..., object],
    free_port: Callable[[], int],
    tmp_path_factory: pytest.TempPathFactory,
    seeds_index: Path,
) -> Iterator[Server]:
    """onrecord serve with three workers and an access log, on an index that may be moved."""
    folder = tmp_path_factory.mktemp("operated")
    (folder / "index").mkdir(mode=0o700)
    for file in seeds_index.iterdir():
        (folder / "index" / file.name).write_bytes(file.read_bytes())
    port = free_port()
    command = [BIN / "onrecord", "serve", "--bind", f"127.0.0.1:{port}"]
    asked = "--workers 3 --access-logfile access.jsonl --bind 127.0.0.1:1"
    with serving(
        command, port, folder, GUNICORN_CMD_ARGS=asked, ONRECORD_EXTRACTOR="rules"
    ) as process:
        running = Server(port, process, folder)
        deadline = time.monotonic() + 60
        while len(running.workers()) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        yield running


def test_what_gunicorn_is_asked_for_holds_but_options_go_before(server: Server) -> None:
    assert len(server.workers()) == 3
    assert (server.folder / "access.jsonl").exists()


def test_access_log_has_one_json_line_per_request_without_article_text(server: Server) -> None:
    ids = {}
    for path in (
        "/quotes?speaker=Putin",
        "/quotes?speaker=Putin",
        "/quotes?speaker=Putin",
        f"/verify?quote={SECRET}",
        f"/search?q={SECRET}&{SECRET}",
        f"/nowhere/{SECRET}",
        f"/speakers/{SECRET}",
        "/speakers/vladimir-putin",
    ):
        status, body, request_id = server.get(path)
        ids[request_id] = (status, len(body.encode()))
    time.sleep(0.2)
    written = (server.folder / "access.jsonl").read_text()
    assert SECRET not in written and "nobody" not in written
    lines = {line["id"]: line for line in map(json.loads, written.splitlines())}
    assert set(ids) <= set(lines)
    for request_id, (status, size) in ids.items():
        line = lines[request_id]
        assert (line["method"], line["status"], line["bytes"]) == ("GET", status, size)
        assert line["milliseconds"] >= 0
        assert re.fullmatch(r"\d+-[0-9a-f]{8}", line["generation"])
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])
    logged = [(line["route"], line["path"], line["parameters"]) for line in lines.values()]
    assert ("/quotes", "/quotes", ["speaker"]) in logged
    assert ("/search", "/search", ["other", "q"]) in logged
    assert (None, None, []) in logged
    assert ("/speakers/{id}", None, []) in logged
    assert ("/speakers/{id}", "/speakers/vladimir-putin", []) in logged


def test_metrics_count_the_requests_of_all_workers(server: Server) -> None:
    before = server.count(route="/claims")
    for _ in range(40):
        assert server.get("/claims?limit=1")[0] == 200
    assert server.count(route="/claims") == before + 40
    for _ in range(20):
        server.get(f"/none/{SECRET}/{_}", method="BREW")
    assert server.count(route="other", method="other") == 20
    metrics = server.get("/metrics")[1]
    assert SECRET not in metrics
    assert 'onrecord_request_seconds_bucket{le="+Inf",route="/claims"} 4' in metrics
    assert "onrecord_index_sources 5.0\n" in metrics
    [age] = re.findall(r"^onrecord_index_age_seconds (.*)$", metrics, re.MULTILINE)
    assert 0 < float(age) < 3600
    [generation] = re.findall(r"^onrecord_index_generation (.*)$", metrics, re.MULTILINE)
    assert float(generation) == 1
    statements = re.findall(r"^onrecord_index_statements\{.*\} (.*)$", metrics, re.MULTILINE)
    assert sum(map(float, statements)) == 73


def test_broken_request_is_counted_and_logged_too(server: Server) -> None:
    before = server.count(route="other", method="other", status="400")
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"GET /{SECRET} HTTP/1.1\r\nno header\r\n\r\n".encode())
        assert client.recv(12) == b"HTTP/1.1 400"
    assert server.count(route="other", method="other", status="400") == before + 1
    written = (server.folder / "access.jsonl").read_text()
    assert '"id":null,"method":"other","route":null,"path":null' in written
    assert SECRET not in written


def test_counts_outlive_their_worker(server: Server) -> None:
    for _ in range(12):
        server.get("/suggest?q=Pu")
    before = server.count(route="/suggest")
    former = server.workers()
    for worker in former:
        os.kill(worker, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while (len(server.workers()) < 3 or server.workers() & former) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert server.count(route="/suggest") == before == 12
    server.get("/suggest?q=Pu")
    assert server.count(route="/suggest") == 13


def removed(index: Path) -> None:
    index.rename(index.with_name("elsewhere"))


def of_another_format(index: Path) -> None:
    (index / "onrecord-index").write_text("999\n")


def without_a_table_of_contents(index: Path) -> None:
    [table] = index.glob("*.toc")
    table.unlink()


def with_a_damaged_table_of_contents(index: Path) -> None:
    [table] = index.glob("*.toc")
    table.write_bytes(b"\0" * 100)


def without_a_file(index: Path) -> None:
    next(index.glob("*.pst")).unlink()


def with_a_cut_file(index: Path) -> None:
    file = next(index.glob("*.trm"))
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[:100])


@pytest.mark.parametrize(
    "damage",
    [
        removed,
        of_another_format,
        without_a_table_of_contents,
        with_a_damaged_table_of_contents,
        without_a_file,
        with_a_cut_file,
    ],
)
def test_readiness_tells_what_happened_to_the_index(
    server: Server, damage: Callable[[Path], None]
) -> None:
    index = server.folder / "index"
    content = {file.name: file.read_bytes() for file in index.iterdir()}
    assert server.get("/readyz")[0] == 200
    try:
        damage(index)
        for _ in range(6):
            status, body, _ = server.get("/readyz")
            assert (status, json.loads(body)["status"]) == (503, 503)
        assert server.get("/quotes?limit=2")[0] == 200  # from the open index
        assert server.get("/healthz")[0] == 200
    finally:
        index.mkdir(exist_ok=True, mode=0o700)
        for name, bytes_ in content.items():
            (index / name).unlink(missing_ok=True)
            (index / name).write_bytes(bytes_)
    assert server.get("/readyz")[0] == 200


def test_nothing_is_written_but_the_log(server: Server) -> None:
    assert {path.name for path in server.folder.iterdir()} <= {
        *("index", "elsewhere", "access.jsonl", "server.log")
    }


def test_server_of_the_procfile_counts_too(
    serving: Callable[..., object],
    free_port: Callable[[], int],
    tmp_path: Path,
    seeds_index: Path,
) -> None:
    port = free_port()
    command = (ROOT / "Procfile").read_text().strip().removeprefix("web: ")
    settings = {"ONRECORD_INDEX": str(seeds_index), "PORT": str(port)}
    shell = ["sh", "-c", f"exec {BIN}/{command}"]
    with serving(shell, port, tmp_path, ONRECORD_EXTRACTOR="rules", **settings) as process:
        server = Server(port, process, tmp_path)
        for _ in range(20):
            server.get("/quotes?limit=3")
        assert server.count(route="/quotes", status="200") == 20


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("--frobnicate", "--frobnicate is not a gunicorn setting"),
        ("--workers many", "argument -w/--workers: invalid int value: 'many'"),
        ("--workers -3", "Value must be positive: -3"),
        ("other.app:app", "other.app:app is not a gunicorn setting"),
        ("'--bind", "No closing quotation"),
    ],
)
def test_wrong_arguments_for_gunicorn_are_one_line(
    ask: Callable[..., object], arguments: str, complaint: str
) -> None:
    done = ask("serve", GUNICORN_CMD_ARGS=arguments)
    assert done.returncode == 1  # type: ignore[attr-defined]
    assert done.stderr == f"onrecord: GUNICORN_CMD_ARGS: {complaint}\n"  # type: ignore[attr-defined]
