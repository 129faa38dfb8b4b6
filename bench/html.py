"""How fast pages are beside JSON: python -m bench.html [--statements 20000] [--index FOLDER]

Starts the service once (bench.http) and asks the same addresses in turns as a program and as a
browser, by Accept: pages of statements that were not asked before, and one again and again.
Prints requests a second and the pages' as a share of JSON's in the same round.
"""

import argparse
import contextlib
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.http import ask, build, pages, service_on

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=20_000)
    parser.add_argument("--index", type=Path, help="one that is there (default: one is made)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--worker-class", default="sync")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    if arguments.index is not None:
        measure(arguments, arguments.index)
        return
    with tempfile.TemporaryDirectory(prefix="bench-html-") as folder:
        build(Path(folder, "index"), arguments.statements)
        measure(arguments, Path(folder, "index"))


if __name__ == "__main__":
    main()
