"""What requests cost: python -m bench.costs [--statements 130000] [--index FOLDER]

Asks an index of synthetic and hostile statements (bench/synthetic.py, bench/hostile.py) the
dearest legal questions that are known (bench/dearest.py), each once, and prints CPU seconds and
megabytes of each. The exit code is 1 where one costs more than 2 s or 2 MB. A text or a draft may
cost more: 40 ms a kB and 15 ms a quotation, and an answer about a draft 4 kB a quotation.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench import hostile
from bench.dearest import LINES, Request, requests
from bench.synthetic import Writer
from service.app import create_app
from service.domain import Extractor
from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON
from service.settings import Settings

SECONDS, BYTES = 2.0, 2_000_000
A_QUOTATION, A_KILOBYTE, ANSWER = 0.015, 0.040, 4_000
"""Seconds and bytes that a text or a draft may cost, if that is more."""

PATIENCE = 600
"""Seconds for each, so that none is given up because other work runs."""

WHOLE = ("/text", LINES)
"""What an answer is that may be as large as it is: a text, and what is streamed."""


def measure(client: FlaskClient, request: Request) -> bool:
    """Prints what it costs; whether that is within bounds."""
    method = request.method or ("GET" if request.body is None else "POST")
    started = time.process_time()
    response = client.open(
        request.path, method=method, json=request.body, headers=dict(request.headers)
    )
    size = len(response.data)
    taken = time.process_time() - started
    seconds, most = SECONDS, float(BYTES)
    if request.path in ("/extract", "/verify/document"):
        quotations = _quotations(response)
        seconds = max(seconds, A_QUOTATION * quotations + A_KILOBYTE * request.size / 1_000)
        if request.path == "/verify/document":
            most = max(most, ANSWER * quotations)
    if request.path.endswith(WHOLE) or request.headers.get("Accept") in WHOLE:
        most = float("inf")
    kept = taken <= seconds and size <= most and response.status_code != 500
    line = f"{request.name:44} {response.status_code} {taken:8.3f} s of {seconds:5.1f}"
    print(
        f"{line} {size / 1e6:8.3f} MB of {most / 1e6:4.1f}{'' if kept else '  TOO MUCH'}",
        flush=True,
    )
    return kept


def _quotations(response: TestResponse) -> int:
    if response.mimetype == LINES:
        return response.data.count(b"\n")
    answer = response.get_json(silent=True) or {}
    return len(answer.get("quotations", answer.get("statements", [])))


def build(folder: Path, statements: int, writer: Writer) -> None:
    index = open_index(folder, create=True, rendering=STATEMENT_JSON)
    index.add(chain(writer.sources(statements - 13_204), hostile.sources(writer)))
    index.close()


def clients(folder: Path) -> Mapping[Extractor, FlaskClient]:
    """Ready, as a server is that has answered before."""
    made = {}
    for extractor in Extractor:
        settings = Settings(index=folder, extractor=extractor, deadline=PATIENCE)
        made[extractor] = create_app(settings).test_client()
        made[extractor].get("/readyz")
        made[extractor].get("/suggest?q=a")
        made[extractor].post("/extract", json={"text": "“We will stay,” John said."})
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=130_000)
    parser.add_argument("--index", type=Path, help="made if it is not there (default: not kept)")
    parser.add_argument("--only", default="", help="requests with this in their name")
    arguments = parser.parse_args()
    writer = Writer()
    folder = arguments.index or Path(tempfile.mkdtemp(prefix="bench-costs-")) / "index"
    try:
        if not folder.exists():
            build(folder, arguments.statements, writer)
        made = clients(folder)
        chosen = [r for r in requests(made[Extractor.RULES], writer) if arguments.only in r.name]
        kept = [measure(made[request.extractor], request) for request in chosen]
    finally:
        if arguments.index is None:
            shutil.rmtree(folder.parent)
    print(f"{sum(kept)} of {len(kept)} within bounds")
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
