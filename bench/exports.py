"""What an export takes: python -m bench.exports [--statements 1000000] [--index FOLDER]

Starts gunicorn with one worker on an index of synthetic statements (bench/synthetic.py) and reads
all of them as CSV, JSON lines and Atom, one after the other. Prints rows per second, megabytes, and
the worker's peak memory: its own and what it shares with its parent (RSS). The exit code is 1 if
that is more than 200 MB.
"""

import argparse
import contextlib
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

from bench.http import build

MEGABYTES = 200
ROWS = {"csv": b"\r\n", "jsonl": b"\n", "atom": b"<entry>"}
"""Occurs once in each row, and once more at most."""

ANY = "act=any&denied=any"


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int]]:
    """Yields the port, and the process id of the only worker."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_settings"]
    command += ["--workers", "1", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    command += [f"--env=ONRECORD_INDEX={folder.resolve()}"]
    server = subprocess.Popen(command)
    try:
        _wait(port, server)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
        yield port, int(children.split()[0])
    finally:
        server.terminate()
        server.wait(60)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        if server.poll() is not None:
            sys.exit("the server did not start")
        with contextlib.suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    sys.exit("the server does not answer")


def read(port: int, suffix: str) -> tuple[int, int]:
    """Rows and bytes of all statements, quotations and claims."""
    rows = size = 0
    for name in ("quotes", "claims"):
        connection = HTTPConnection("127.0.0.1", port, timeout=600)
        connection.request("GET", f"/{name}.{suffix}?{ANY}")
        with contextlib.closing(connection.getresponse()) as answer:
            before = b""
            while piece := answer.read(1 << 16):
                size += len(piece)
                mark = ROWS[suffix]
                rows += (before + piece).count(mark)
                before = piece[-(len(mark) - 1) :] if len(mark) > 1 else b""
        rows -= suffix == "csv"  # its heading
    return rows, size


def highest(worker: int) -> float:
    """Peak memory in megabytes."""
    status = Path(f"/proc/{worker}/status").read_text()
    [kilobytes] = re.findall(r"^VmHWM:\s+(\d+) kB", status, re.M)
    return int(kilobytes) / 1024


def measure(folder: Path) -> float:
    with serving(folder) as (port, worker):
        print(f"before                {highest(worker):6.0f} MB of memory")
        for suffix in ROWS:
            started = time.perf_counter()
            rows, size = read(port, suffix)
            rate = rows / (time.perf_counter() - started)
            print(f"{suffix:6} {rows:9} rows {rate:8.0f} a second {size / 1e6:7.0f} MB", end="")
            print(f" {highest(worker):6.0f} MB of memory", flush=True)
        return highest(worker)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--index", type=Path, help="created if missing (default: a temporary one)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-exports-") as made:
        folder = arguments.index or Path(made, "index")
        if not folder.exists():
            build(folder, arguments.statements)
        sys.exit(0 if measure(folder) <= MEGABYTES else 1)


if __name__ == "__main__":
    main()
