"""How fast pages are beside JSON: python -m bench.html [--statements 20000] [--index FOLDER]

Starts the service once (bench.http) and asks the same addresses in turns as a program and as a
browser, by Accept: pages of statements that were not asked before, and one again and again.
Prints requests a second and the pages' as a share of JSON's in the same round.
"""

import argparse
import contextlib
import statistics
from pathlib import Path

from bench.http import ask, pages, run, service_on

PAGE = "text/html"
ANYTHING = "*/*"


def measure(arguments: argparse.Namespace, folder: Path) -> None:
    paths = pages(folder)
    server = service_on(folder, arguments)
    with contextlib.ExitStack() as stack:
        stack.callback(server.stop)
        server.wait("/readyz")
        for name, some in {"uncached": paths, "repeated": paths[:1]}.items():
            rates: dict[str, list[float]] = {ANYTHING: [], PAGE: []}
            for _ in range(arguments.rounds):
                for accept, several in rates.items():
                    several.append(ask(server, some, arguments.seconds, accept))
            shares = [page / json for json, page in zip(*rates.values(), strict=True)]
            json, page = map(statistics.median, rates.values())
            print(
                f"{name:10} JSON {json:6.0f} a second, pages {page:6.0f}:"
                f" {statistics.median(shares):.2f} (from {min(shares):.2f} to {max(shares):.2f})"
            )


if __name__ == "__main__":
    run(__doc__, measure, statements=20_000, rounds=5)
