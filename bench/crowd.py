"""Does a crowd get whole answers while an index is written? python -m bench.crowd [--seconds 60]

Starts gunicorn as the Procfile does; 200 clients ask it as fast as they can, each on a connection
of its own, while another process commits all the time. Each commit changes all statements, and each
statement names its commit: an answer with statements of two commits is mixed. Prints the numbers of
answers and commits; the exit code is 1 if anybody got an error or a mixed answer.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count, cycle
from pathlib import Path

from service.domain import AnnotatedSource, Extractor
from service.extraction import annotate
from service.index.whoosh import open_index
from service.reading import declaration_of, source_from_text
from service.rendering.statement_json import STATEMENT_JSON

CLIENTS = 200
STATEMENTS = 30
PATIENCE = 60
PAUSE = 0.05
"""Seconds between two commits, so that others get to compute too."""

PATHS = (
    "/quotes?limit=100",
    "/quotes?limit=100&facet=speaker,form",
    "/search?q=promise&limit=100",
    "/speakers/jane-doe/quotes?limit=100",
    "/sources/crowd/quotes?limit=100&sort=date",
)
"""Cached answers, those in front of Flask, and those of Flask; whole lists are sent four at
once.
"""

_TURN = re.compile(rb'"text":"I promise turn(\d+) ')

WHOLE, MIXED, FAILED = "whole", "mixed", "failed"


def turn(number: int) -> AnnotatedSource:
    """The article as of this commit."""
    said = (f"“I promise turn{number} number {n},” Jane Doe said." for n in range(STATEMENTS))
    declared = declaration_of({"id": "crowd"}, where="the crowd")
    source = source_from_text("\n\n".join(said), origin="crowd.txt", declared=declared)
    return annotate(source, extractor=Extractor.RULES)


def write(folder: Path) -> None:
    """Commits until it is killed, and prints the number of each commit."""
    with closing(open_index(folder, rendering=STATEMENT_JSON)) as index:
        for number in count(1):
            index.add([turn(number)])
            print(number, flush=True)
            time.sleep(PAUSE)


def kind_of(status: int, body: bytes) -> str:
    """The kind of an answer: whole, mixed or failed."""
    turns = _TURN.findall(body)
    if status != 200 or len(turns) != STATEMENTS:
        return FAILED
    return WHOLE if len(set(turns)) == 1 else MIXED


def ask(port: int, paths: Sequence[str], until: float) -> Counter[str]:
    """Numbers of answers of each kind that one client got."""
    answers_by_kind: Counter[str] = Counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for path in cycle(paths):
        if time.monotonic() > until:
            break
        try:
            connection.request("GET", path)
            with connection.getresponse() as response:
                answers_by_kind[kind_of(response.status, response.read())] += 1
        except (OSError, HTTPException) as error:
            answers_by_kind[f"{FAILED}: {type(error).__name__}"] += 1
            connection.close()
    connection.close()
    return answers_by_kind


@contextmanager
def serving(index: Path, port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_settings"]
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        env={**os.environ, "ONRECORD_INDEX": str(index), "ONRECORD_EXTRACTOR": "rules"},
    )
    try:
        while WHOLE not in ask(port, PATHS, time.monotonic() + 0.1):
            if server.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


@contextmanager
def committing(index: Path) -> Iterator[list[str]]:
    """Commits in another process; the list holds its output at the end."""
    lines: list[str] = []
    command = [sys.executable, "-m", "bench.crowd", "--write", index]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            yield lines
            if writer.poll() is not None:
                sys.exit("the indexer ended")
        finally:
            writer.kill()
            lines += writer.stdout.read().splitlines()


def crowd(folder: Path, clients: int, seconds: float) -> tuple[Counter[str], int]:
    """Numbers of answers of each kind, and of commits."""
    index = folder / "index"
    with closing(open_index(index, create=True, rendering=STATEMENT_JSON)) as opened:
        opened.add([turn(0)])
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    by_kind: Counter[str] = Counter()
    with (
        serving(index, port),
        committing(index) as commits,
        ThreadPoolExecutor(clients) as threads,
    ):
        until = time.monotonic() + seconds
        orders = (PATHS[n % len(PATHS) :] + PATHS[: n % len(PATHS)] for n in range(clients))
        for answers in threads.map(lambda paths: ask(port, paths, until), orders):
            by_kind += answers
    return by_kind, len(commits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        write(arguments.write)
    with tempfile.TemporaryDirectory(prefix="bench-crowd-") as folder:
        by_kind, commits = crowd(Path(folder), arguments.clients, arguments.seconds)
    others = {kind: number for kind, number in by_kind.items() if kind != WHOLE}
    print(
        f"{arguments.clients} clients, {commits} commits: {by_kind[WHOLE]} whole answers,", end=" "
    )
    print(", ".join(f"{number} {kind}" for kind, number in others.items()) or "no others")
    sys.exit(1 if others else 0)


if __name__ == "__main__":
    main()
