"""How fast pages are beside JSON: python -m bench.html [--statements 20000] [--index FOLDER]

Starts the service once (bench.http) and requests the same addresses in turns as a program and as a
browser, by Accept: pages of statements not requested before, and one again and again. Prints
requests per second, and the pages' share of JSON's in the same round; then the same for requests
per second of the workers' CPU time, which other work on the machine hardly changes.
"""

import argparse
import contextlib
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.http import Server, ask, pages, run, service_on

PAGE = "text/html"
ANYTHING = "*/*"


def measure(arguments: argparse.Namespace, folder: Path) -> None:
    paths = pages(folder)
    server = service_on(folder, arguments)
    with contextlib.ExitStack() as stack:
        stack.callback(server.stop)
        server.wait("/readyz")
        for name, some in {"uncached": paths, "repeated": paths[:1]}.items():
            rates: dict[str, list[tuple[float, float]]] = {ANYTHING: [], PAGE: []}
            for _ in range(arguments.rounds):
                for accept, several in rates.items():
                    several.append(_rates(server, some, arguments.seconds, accept))
            _report(name, rates)


def _rates(
    server: Server, paths: Sequence[str], seconds: float, accept: str
) -> tuple[float, float]:
    """Requests per second, and per CPU second of the workers."""
    before = server.processor_seconds()
    rate = ask(server, paths, seconds, accept)
    return rate, rate * seconds / (server.processor_seconds() - before)


def _report(name: str, rates: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    for second, number in (("second", 0), ("CPU second", 1)):
        json, page = ([one[number] for one in several] for several in rates.values())
        shares = [of_page / of_json for of_json, of_page in zip(json, page, strict=True)]
        print(
            f"{name:10} JSON {statistics.median(json):6.0f} a {second}, pages"
            f" {statistics.median(page):6.0f}: {statistics.median(shares):.2f}"
            f" (from {min(shares):.2f} to {max(shares):.2f})"
        )


if __name__ == "__main__":
    run(__doc__, measure, statements=20_000, rounds=5)
