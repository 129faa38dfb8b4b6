"""A thousand random requests to each call: all are answered, or refused with a problem."""

import json
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings

INPUTS = 1_000

CALLS = {
    "GET /quotes.csv": ("speaker", "q", "form", "from", "to", "sort", "limit", "cursor", "facet"),
    "GET /claims.jsonl": ("speaker", "q", "act", "denied", "min_confidence", "limit"),
    "GET /search.atom": ("q", "limit", "cursor", "publisher", "language"),
    "GET /speakers.csv": ("q", "limit", "cursor"),
    "GET /sources.atom": ("publisher", "limit", "cursor"),
    "GET /speakers/vladimir-putin/quotes.jsonl": ("q", "speaker", "sort", "source_type"),
    "GET /sources/a-meeting/quotes.csv": ("q", "source", "speaker"),
    "GET /v1alpha1/claims:search": (
        "query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize",
        "pageToken", "offset", "key", "alt",
    ),
    "GET /reconcile": ("queries", "query", "extend"),
    "POST /reconcile": ("queries", "query", "extend"),
    "GET /reconcile/suggest/entity": ("prefix", "type", "type_strict", "cursor"),
    "GET /reconcile/preview": ("id", "callback"),
    "GET /reconcile/flyout": ("id", "callback"),
    "GET /clusters/{}.csv": ("limit", "cursor"),
    "GET /docs/{}": ("q",),
    "GET /docs/shapes/{}": ("q",),
    "GET /checks/{}": ("key",),
    "DELETE /checks/{}": ("key",),
}  # fmt: skip

VALUES = (
    "", " ", "0", "-1", "1", "5", "999999999", "1e9", "NaN", "Putin", "relations", '"', '"a', "-a",
    "a OR", "OR", "()", "*", "%", "\x00", "\ufeff", "\udcff", "é" * 400, "a" * 5_000, "2022-02-03",
    "2022-13", "--02-30", "true", "null", "[]", "{}", "{", "direct", "relevance", "any", "person",
    "en-US", "../../etc/passwd", "https://example.org", "<script>", "' OR 1=1 --", "=1+1",
    "WzEsIjc0NjFkNDE3MmJmZiJd", "\N{GRINNING FACE}", "a\r\nX: y", "١٢",
    "statements", "Statement", "s-5f0c2a9be1d4", "c-" + "0" * 32,
)  # fmt: skip

ACCEPTED = ("*/*", "text/csv", "application/atom+xml", "text/html", "a/b;q=x", "", "*")


def batch(random: Random) -> str:
    """Queries, some of them valid."""
    query: dict[str, object] = {"query": random.choice(VALUES)}
    for key in ("type", "limit", "type_strict", "properties", random.choice(VALUES)):
        if random.random() < 0.4:
            query[key] = random.choice(
                (random.choice(VALUES), [random.choice(VALUES)], random.randint(-9, 99), None, {})
            )
    body = json.dumps({random.choice(VALUES): query})
    return body if random.random() < 0.8 else body[: random.randrange(len(body))]


def asked(random: Random, names: tuple[str, ...]) -> list[tuple[str, str]]:
    chosen = random.choices((*names, random.choice(VALUES)), k=random.randint(0, 4))
    return [
        (name, batch(random) if name == "queries" else random.choice(VALUES)) for name in chosen
    ]


def encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(
        f"{quote(name, safe='', errors='surrogateescape')}"
        f"={quote(value, safe='', errors='surrogateescape')}"
        for name, value in pairs
    )


@pytest.fixture
def client(index_path: Path, tmp_path: Path) -> FlaskClient:
    """Of a service that keeps checks, too."""
    return create_app(Settings(index=index_path, checks=tmp_path / "checks")).test_client()


@pytest.mark.parametrize("call", CALLS)
def test_every_input_is_answered_or_a_problem(client: FlaskClient, call: str) -> None:
    method, _, path = call.partition(" ")
    random, statuses = Random(call), set()
    for _ in range(INPUTS):
        query = encoded(asked(random, CALLS[call]))
        form = {"data": query, "content_type": "application/x-www-form-urlencoded"}
        options = form if method == "POST" else {"query_string": query}
        headers = {"Accept": random.choice(ACCEPTED)}
        place = path.format(quote(random.choice(VALUES), safe="", errors="surrogateescape"))
        with client.open(place, method=method, headers=headers, **options) as answer:
            seen = (place[:300], query[:300], answer.status)
            assert answer.status_code in range(200, 500), seen
            if answer.status_code >= 400 and answer.mimetype == "text/html":
                assert headers["Accept"] == "text/html" or place.startswith("/docs"), seen
            elif answer.status_code >= 400:
                assert answer.mimetype == "application/problem+json", seen
                assert answer.get_json(force=True)["status"] == answer.status_code
            else:
                answer.get_data()
            statuses.add(answer.status_code)
    assert {200, 422} <= statuses or path.endswith(("preview", "flyout", "}", "}.csv"))
