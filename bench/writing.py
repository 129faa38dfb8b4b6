"""What writing costs: python -m bench.writing [--statements 100000] [--index FOLDER]

Adds sources to an index of synthetic statements (bench/synthetic.py) and withdraws one of its
sources, by the API's calls, and adds a claim review to the highest number allowed. Prints CPU
seconds of each request, and how long it takes until withdrawn words have left the files. The exit
code is 1 if a request costs more than 2 s. An index given with --index is copied.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from flask.testing import FlaskClient

from bench.http import build
from service.app import create_app
from service.domain import Extractor
from service.index.whoosh import open_index
from service.reviews import ReviewStore, read_reviews
from service.reviews.store import REVIEWS_MAXIMUM
from service.settings import Settings

SECONDS = 2.0
TOKEN = "made-up-for-the-benchmark"
SOURCES = 200
PATIENCE = 600


def article(number: int) -> dict[str, str]:
    said = f"“We will stay for number {number},” Jane Doe said. He denied number {number}."
    return {"id": f"new-{number}", "text": said, "publisher": "TASS"}


def review(number: int) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "claimReviewed": f"The treaty number {number} was signed in Moscow",
        "url": f"https://facts.example/{number}",
        "author": {"@type": "Organization", "name": "Facts"},
    }


def requests(withdrawn: str) -> Iterator[tuple[str, str, str, object]]:
    yield "one source", "POST", "/sources", article(0)
    yield "another one", "POST", "/sources", article(1)
    yield f"{SOURCES} sources", "POST", "/sources", [article(2 + n) for n in range(SOURCES)]
    yield "one replaced", "POST", "/sources", {**article(0), "publisher": "Xinhua"}
    yield "one withdrawn", "DELETE", f"/sources/{withdrawn}", None
    yield "a review", "POST", "/claim-reviews", review(-1)
    yield (
        "a quotation beside the reviews",
        "GET",
        "/verify?quote=The+treaty+number+7+was+signed",
        None,
    )


def send(client: FlaskClient, method: str, path: str, body: object) -> int:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    if isinstance(body, list):
        lines = b"\n".join(map(_json, body))
        kind = {"content_type": "application/x-ndjson"}
        return client.open(path, method=method, data=lines, headers=headers, **kind).status_code
    return client.open(path, method=method, json=body, headers=headers).status_code


def _json(one: object) -> bytes:
    return orjson.dumps(one)


def measure(folder: Path) -> bool:
    settings = Settings(index=folder, extractor=Extractor.RULES, write_tokens=TOKEN)
    client = create_app(settings).test_client()
    client.get("/suggest?q=a")
    sources = client.get("/sources?limit=1").get_json()
    kept = True
    for name, method, path, body in requests(sources["items"][0]["id"]):
        started = time.process_time()
        status = send(client, method, path, body)
        taken = time.process_time() - started
        kept = kept and taken <= SECONDS and status < 400
        print(f"{name:32} {status} {taken:7.3f} s", flush=True)
    _wait_until_tidy(folder)
    return kept


def _wait_until_tidy(folder: Path) -> None:
    started = time.perf_counter()
    index = open_index(folder)
    while index.is_untidy():
        if time.perf_counter() - started > PATIENCE:
            sys.exit("the index is still untidy")
        time.sleep(0.2)
    print(f"words gone from the files after  {time.perf_counter() - started:11.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--index", type=Path, help="an existing index (default: create one)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-writing-") as made:
        folder = Path(made, "index")
        if arguments.index:
            shutil.copytree(arguments.index, folder)
        else:
            build(folder, arguments.statements)
        many = b"\n".join(_json(review(n)) for n in range(REVIEWS_MAXIMUM - 1))
        ReviewStore(folder).add(read_reviews(many, "the benchmark").reviews)
        sys.exit(0 if measure(folder) else 1)


if __name__ == "__main__":
    main()
