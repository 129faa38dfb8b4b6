"""Does a server that is stopped lose a request? python -m bench.stops [--times 50]

Starts gunicorn as the Procfile does on an index of a few sources, lets clients ask it as fast as
they can, each time on a new connection, and stops it (TERM) meanwhile. Clients that could not
connect were refused; those that connected and got no answer were lost. The exit code is 1 if any
was lost.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from bench.synthetic import Writer
from service.index.whoosh import open_index

ASKED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
OK = "answered"
REFUSED = "refused"
LOST = "lost"
PATIENCE = 30
UNDER_WAY = 0.4
"""Seconds until all clients are asking."""


def ask(port: int) -> str:
    with socket.socket() as client:
        client.settimeout(PATIENCE)
        try:
            client.connect(("127.0.0.1", port))
        except OSError:
            return REFUSED
        try:
            client.sendall(ASKED)
            answer = b"".join(iter(lambda: client.recv(1 << 16), b""))
        except OSError:
            return LOST
    return OK if answer.startswith(b"HTTP/1.1 200 ") else LOST


def ask_until_refused(port: int) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    while not outcomes[REFUSED]:
        outcomes[ask(port)] += 1
    return outcomes


def stop_once(index: Path, clients: int) -> tuple[Counter[str], float]:
    """Outcomes of the clients' requests, and the seconds that stopping took."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_settings"]
    settings = {"ONRECORD_INDEX": str(index), "ONRECORD_EXTRACTOR": "rules"}
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        env={**os.environ, **settings},
    )
    while ask(port) != OK:
        if server.poll() is not None:
            sys.exit("the server did not start")
        time.sleep(0.1)
    with ThreadPoolExecutor(clients) as threads:
        asking = [threads.submit(ask_until_refused, port) for _ in range(clients)]
        time.sleep(UNDER_WAY)
        stopped = time.perf_counter()
        server.terminate()
        server.wait(60)
        taken = time.perf_counter() - stopped
    return sum((one.result() for one in asking), Counter()), taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--clients", type=int, default=16)
    arguments = parser.parse_args()
    outcomes: Counter[str] = Counter()
    stops_that_lost, longest = 0, 0.0
    with tempfile.TemporaryDirectory(prefix="bench-stops-") as folder:
        index = Path(folder, "index")
        with closing(open_index(index, create=True)) as opened:
            opened.add(Writer().sources(50))
        for _ in range(arguments.times):
            found, taken = stop_once(index, arguments.clients)
            outcomes += found
            stops_that_lost += bool(found[LOST])
            longest = max(longest, taken)
    print(
        f"{arguments.times} stops, the longest {longest:.1f} s: {outcomes[OK]} answered,", end=" "
    )
    print(f"{outcomes[REFUSED]} refused, {outcomes[LOST]} lost in {stops_that_lost} of the stops")
    sys.exit(1 if outcomes[LOST] else 0)


if __name__ == "__main__":
    main()
