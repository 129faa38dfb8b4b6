"""How fast the service answers: python -m bench.http [--statements 100000] [--index FOLDER]

Starts gunicorn twice, with the service on an index and with a bare Flask application that answers
as many bytes of JSON, and asks both in turns with wrk (apt-get install wrk). Prints requests per
second, also as shares of bare Flask's, and the workers' proportional memory. "uncached" asks for
more pages than a worker caches (service/api/front/answer_cache.py), in turn; "repeated" asks for
one page again and again. Bare Flask gets as many bytes of query as the service.
"""

import argparse
import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from flask import Flask, Response

from bench.synthetic import STATEMENTS_A_SOURCE, Writer
from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON

CONNECTIONS = 8
SPEAKERS = 500
SAME_PAGE = ("", "&limit=20", "&sort=-date", "&limit=20&sort=-date")
"""Ways to ask for one page that are different keys to a cache."""

BARE = "/hello"

SCRIPT = """
local paths, turn = {{ {paths} }}, 0
request = function()
  turn = turn + 1
  return wrk.format("GET", paths[turn % #paths + 1])
end
"""


def bare_flask(size: str) -> Flask:
    """An application that answers ``size`` bytes of JSON and does nothing else."""
    app = Flask("bare")
    body = b'{"hello":"' + b"x" * (int(size) - 12) + b'"}'

    @app.get(BARE)
    def hello() -> Response:
        return Response(body, mimetype="application/json")

    return app


class Server:
    """gunicorn on a free port, configured as the service except for what is measured."""

    def __init__(self, application: str, arguments: argparse.Namespace, *more: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        options = ["--bind", self.address, "--workers", str(arguments.workers)]
        options += ["--worker-class", arguments.worker_class, "--log-level", "error"]
        options += ["--threads", "1" if arguments.worker_class == "sync" else "4"]
        command = [sys.executable, "-m", "gunicorn", *options, *more, application]
        self.process = subprocess.Popen(command)

    def get(self, path: str) -> bytes:
        with urlopen(f"http://{self.address}{path}", timeout=60) as response:
            content: bytes = response.read()
        return content

    def wait(self, path: str) -> None:
        for _ in range(600):
            try:
                self.get(path)
            except OSError:
                if self.process.poll() is not None:
                    sys.exit("the server did not start")
                time.sleep(0.1)
            else:
                return
        sys.exit("the server does not answer")

    def memory(self) -> float:
        """Megabytes of the workers together, with shared memory counted once."""
        return sum(map(_proportional, self._workers()))

    def processor_seconds(self) -> float:
        """CPU seconds the workers have taken so far."""
        stats = (Path(f"/proc/{worker}/stat").read_text() for worker in self._workers())
        ticks = (map(int, stat.rpartition(")")[2].split()[11:13]) for stat in stats)
        return sum(map(sum, ticks)) / os.sysconf("SC_CLK_TCK")

    def _workers(self) -> list[str]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return found.read_text().split()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


def _proportional(process: str) -> float:
    sizes = Path(f"/proc/{process}/smaps_rollup").read_text()
    return sum(int(size) for size in re.findall(r"^Pss: +(\d+) kB", sizes, re.M)) / 1024


def ask(server: Server, paths: Sequence[str], seconds: float, accept: str = "*/*") -> float:
    """Requests per second; every answer must be good."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.format(paths=", ".join(f'"{path}"' for path in paths)))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script.name]
        command += ["-H", f"Accept: {accept}"]
        done = subprocess.run(
            [*command, f"http://{server.address}"], capture_output=True, text=True, check=True
        )
    if "Non-2xx" in done.stdout:
        sys.exit(done.stdout)
    rate = re.search(r"Requests/sec: +([\d.]+)", done.stdout)
    return float(rate[1]) if rate else 0.0


def pages(folder: Path) -> list[str]:
    """The first page of each of the busiest speakers, asked for in several ways."""
    with contextlib.closing(open_index(folder)) as index:
        speakers: list[str] = []
        cursor = None
        while len(speakers) < SPEAKERS:
            page = index.snapshot().speakers(limit=200, cursor=cursor)
            speakers += [one.speaker.id for one in page.items if one.quotes > 20]
            cursor = page.next
            if cursor is None:
                break
    return [f"/quotes?speaker={quote(one)}{way}" for way in SAME_PAGE for one in speakers]


def build(folder: Path, statements: int) -> None:
    writer = Writer()
    sources = (writer.source(number) for number in range(statements // STATEMENTS_A_SOURCE))
    with contextlib.closing(open_index(folder, create=True, rendering=STATEMENT_JSON)) as index:
        while batch := list(islice(sources, 25_000)):
            index.add(batch)


def service_on(folder: Path, arguments: argparse.Namespace) -> Server:
    settings = ("--config", "python:service.gunicorn_settings")
    settings += (f"--env=ONRECORD_INDEX={folder.resolve()}",)
    return Server("service.app:create_app()", arguments, *settings)


@contextlib.contextmanager
def serving(arguments: argparse.Namespace, folder: Path, page: str) -> Iterator[list[Server]]:
    """Starts the service and the bare application with answers as large as the one to ``page``."""
    servers = [service_on(folder, arguments)]
    try:
        servers[0].wait("/readyz")
        size = len(servers[0].get(page))
        print(f"a page has {size} bytes; {arguments.workers} {arguments.worker_class} workers")
        servers.append(Server(f"bench.http:bare_flask('{size}')", arguments))
        servers[1].wait(BARE)
        yield servers
    finally:
        for server in servers:
            server.stop()


def measure(arguments: argparse.Namespace, folder: Path) -> None:
    paths = pages(folder)
    with serving(arguments, folder, paths[0]) as (ours, bare):
        asked = {"uncached": (ours, paths), "repeated": (ours, paths[:1])}
        rates: dict[str, list[float]] = {name: [] for name in ("bare", *asked)}
        shares: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(arguments.rounds):
            for name, (server, some) in asked.items():
                asking = [f"{BARE}?{path.partition('?')[2]}" for path in some]
                rates["bare"].append(ask(bare, asking, arguments.seconds))
                rates[name].append(ask(server, some, arguments.seconds))
                shares[name].append(rates[name][-1] / rates["bare"][-1])
        for name, several in rates.items():
            share = statistics.median(shares.get(name, [1.0]))
            print(f"{name:10} {statistics.median(several):8.0f} a second  {share:5.2f} of bare")
        print(f"memory of the service's workers: {ours.memory():.0f} MB, bare {bare.memory():.0f}")


def run(
    description: str,
    measure: Callable[[argparse.Namespace, Path], None],
    statements: int,
    rounds: int,
) -> None:
    """Measures with the options of the command line, on the given index or a new one."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--statements", type=int, default=statements)
    parser.add_argument("--index", type=Path, help="an existing index (default: create one)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--worker-class", default="sync")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=rounds)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    if arguments.index is not None:
        measure(arguments, arguments.index)
        return
    with tempfile.TemporaryDirectory(prefix="bench-http-") as folder:
        build(Path(folder, "index"), arguments.statements)
        measure(arguments, Path(folder, "index"))


if __name__ == "__main__":
    run(__doc__, measure, statements=100_000, rounds=3)
