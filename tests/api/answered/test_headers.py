"""Headers of answers: how long they stay valid, and what a page may load."""

import gzip
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.index.whoosh import open_index
from service.settings import Settings

INDEXED = [
    "/quotes",
    "/claims",
    "/search?q=war",
    "/speakers",
    "/speakers/xi-jinping",
    "/sources",
    "/sources/a-meeting",
    "/sources/a-meeting/text",
    "/suggest?q=pu",
]


@pytest.mark.parametrize("path", INDEXED)
def test_unchanged_answer_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["ETag"].startswith('W/"')
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "identity"])
def test_tag_is_the_same_in_every_encoding(client: FlaskClient, encoding: str) -> None:
    uncompressed = client.get("/quotes")
    encoded = client.get("/quotes", headers={"Accept-Encoding": encoding})
    assert encoded.headers["ETag"] == uncompressed.headers["ETag"]
    assert "Accept-Encoding" in encoded.headers["Vary"]
    headers = {"Accept-Encoding": encoding, "If-None-Match": uncompressed.headers["ETag"]}
    assert client.get("/quotes", headers=headers).status_code == 304


def test_gzip_is_sent_where_it_is_accepted(client: FlaskClient) -> None:
    encoded = client.get("/quotes", headers={"Accept-Encoding": "gzip"})
    assert encoded.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(encoded.data) == client.get("/quotes").data


def test_each_question_has_its_own_tag(client: FlaskClient) -> None:
    paths = ["/quotes", "/quotes?limit=1", "/claims", "/speakers"]
    assert len({client.get(path).headers["ETag"] for path in paths}) == len(paths)


def test_tag_changes_with_the_index(index_path: Path) -> None:
    client = create_app(Settings(index=index_path)).test_client()
    before = client.get("/quotes").headers["ETag"]
    with closing(open_index(index_path)) as index:
        index.remove(["b-visit"])
    after = client.get("/quotes", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before
    assert after.get_json()["total"] == 2


def test_any_tag_does_not_hide_what_is_not_there(client: FlaskClient) -> None:
    headers = {"If-None-Match": "*"}
    assert client.get("/quotes/s-0", headers=headers).status_code == 404
    assert client.get("/quotes?speker=a", headers=headers).status_code == 422
    assert client.get("/quotes", headers=headers).status_code == 304


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.yaml", "/healthz", "/readyz", *INDEXED])
def test_head_has_the_headers_of_get(client: FlaskClient, path: str) -> None:
    head, got = client.head(path), client.get(path)
    assert (head.status_code, head.data) == (200, b"")
    for answer in (head, got):
        del answer.headers["X-Request-ID"]
    assert head.headers == got.headers


def test_options_need_no_index(without_index: FlaskClient) -> None:
    assert without_index.options("/quotes").status_code == 200


def test_pages_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    policy = client.get("/docs").headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert {"form-action 'self'", "connect-src 'self'", "script-src 'self'"} <= set(policy)
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize("path", ["/docs", "/", "/quotes", "/nowhere", "/static/docs.js"])
def test_answer_has_its_type_and_sends_no_referrer(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
