"""What requests cost: python -m bench.costs [--statements 130000] [--index FOLDER]

Asks an index of synthetic and hostile statements (bench/synthetic.py, bench/hostile.py) the most
expensive legal requests that are known (bench/dearest.py, bench/dearest_doors.py), each once, and
prints CPU seconds and megabytes of each. The exit code is 1 if one costs more than 2 s or 2 MB. A
text or a draft may cost more: 40 ms per kB and 15 ms per quotation, and an answer about a draft 4
kB per quotation. A whole list may be of any size and may take 0.5 ms per row.
"""

import argparse
import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench import dearest, dearest_doors, hostile
from bench.dearest import LINES, Request
from bench.dearest_doors import TOKEN, fill_reviews
from bench.synthetic import Writer
from service.api.context.parts import prepare_index
from service.app import create_app
from service.domain import Extractor
from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON
from service.settings import Settings

SECONDS, BYTES = 2.0, 2_000_000
A_QUOTATION, A_KILOBYTE, ANSWER = 0.015, 0.040, 4_000
"""Seconds and bytes that a text or a draft may cost, if that is more."""

A_ROW = 0.0005
"""Seconds that each row of a whole list may cost."""

ROWS = {"csv": b"\r\n", "jsonl": b"\n", "atom": b"<entry>"}
"""Occurs once in each row, and once more at most."""

TEXTS = ("/extract", "/verify/document", "/sources")
"""Calls whose body may be a text."""

PATIENCE = 600
"""Seconds for each request, so that none times out because other work runs."""

WHOLE = ("/text", LINES)
"""Answers of any size: a text, and what is streamed."""


def measure(client: FlaskClient, request: Request) -> bool:
    """Prints what the request costs; returns whether it is within bounds."""
    method = request.method or ("GET" if request.body is None else "POST")
    body: dict[str, Any] = {"data" if isinstance(request.body, str) else "json": request.body}
    started = time.process_time()
    response = client.open(request.path, method=method, headers=dict(request.headers), **body)
    size = len(response.data)
    taken = time.process_time() - started
    seconds, most = _bounds(request, response)
    kept = taken <= seconds and size <= most and response.status_code < 500
    line = f"{request.name:44} {response.status_code} {taken:8.3f} s of {seconds:5.1f}"
    print(
        f"{line} {size / 1e6:8.3f} MB of {most / 1e6:4.1f}{'' if kept else '  TOO MUCH'}",
        flush=True,
    )
    return kept


def _bounds(request: Request, response: TestResponse) -> tuple[float, float]:
    """Seconds and bytes that the request may cost."""
    path = request.path.partition("?")[0]
    suffix = path.rpartition(".")[2]
    if suffix in ROWS:
        return max(SECONDS, A_ROW * response.data.count(ROWS[suffix])), float("inf")
    seconds, most = SECONDS, float(BYTES)
    quotations = request.quotations or _quotations(response)
    if path in TEXTS and request.body is not None:
        seconds = max(seconds, A_QUOTATION * quotations + A_KILOBYTE * request.size / 1_000)
    if path == "/verify/document" or request.quotations:
        most = max(most, ANSWER * quotations)
    if path.endswith(WHOLE) or request.headers.get("Accept") in WHOLE:
        most = float("inf")
    return seconds, most


def _quotations(response: TestResponse) -> int:
    if response.mimetype == LINES:
        return response.data.count(b"\n")
    answer = response.get_json(silent=True) or {}
    return answer.get("statements_total") or len(
        answer.get("quotations", answer.get("statements", []))
    )


def build(folder: Path, statements: int, writer: Writer) -> None:
    index = open_index(folder, create=True, rendering=STATEMENT_JSON)
    index.add(chain(writer.sources(statements - 13_204), hostile.sources(writer)))
    index.close()


def clients(folder: Path, checks: Path) -> Mapping[Extractor, FlaskClient]:
    """Clients of applications that are warm, as a server is after its first answers."""
    made = {}
    for extractor in Extractor:
        settings = Settings(
            index=folder,
            extractor=extractor,
            deadline=PATIENCE,
            write_tokens=TOKEN,
            checks=checks,
        )
        app = create_app(settings)
        with app.app_context():
            prepare_index()
        made[extractor] = app.test_client()
        made[extractor].get("/suggest?q=a")
        made[extractor].post("/extract", json={"text": "“We will stay,” John said."})
    gc.collect()
    gc.freeze()  # with prepare_index, what service/gunicorn_settings.py does before it serves
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=130_000)
    parser.add_argument(
        "--index",
        type=Path,
        help="created if missing (default: a temporary one); the benchmark writes to it",
    )
    parser.add_argument("--only", default="", help="only requests whose name contains this")
    arguments = parser.parse_args()
    writer = Writer()
    beside = Path(tempfile.mkdtemp(prefix="bench-costs-"))
    folder = arguments.index or beside / "index"
    try:
        if not folder.exists():
            build(folder, arguments.statements, writer)
        fill_reviews(folder, writer)
        made = clients(folder, beside / "checks")
        first = made[Extractor.RULES]
        asked = chain(dearest.requests(first, writer), dearest_doors.requests(first, writer))
        chosen = [request for request in asked if arguments.only in request.name]
        kept = [measure(made[request.extractor], request) for request in chosen]
    finally:
        shutil.rmtree(beside)
    print(f"{sum(kept)} of {len(kept)} within bounds")
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
