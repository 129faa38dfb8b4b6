"""Tokens for reading are checked before anything answers."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from tests.api.answered.test_problems import problem_of

READER, WRITER = "read-read-read-read", "write-write-write-1"
SITE = "https://news.example"


@pytest.fixture
def closed(index_path: Path) -> FlaskClient:
    settings = Settings(index=index_path, read_tokens=READER, write_tokens=WRITER, origins=(SITE,))
    return create_app(settings).test_client()


CLOSED = [
    *("/", "/quotes", "/quotes?speaker=Putin", "/search?q=trade", "/sources/a-meeting/text"),
    *("/verify?quote=a+b+c", "/metrics", "/nowhere", "/quotes?speker=a", "/quotes.csv"),
    *("/healthz/x", "/docs/", "/static", "/healthz%2f..%2fquotes"),
]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_nothing_is_answered_without_a_token(closed: FlaskClient, method: str) -> None:
    for path in CLOSED:
        _assert_closed(closed, path, method)


def _assert_closed(closed: FlaskClient, path: str, method: str) -> None:
    for _ in range(3):  # the third answer would come from the cache
        closed.open(path, method="GET", headers={"Authorization": f"Bearer {READER}"})
    answer = closed.open(path, method=method)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="On Record"'
    if method != "HEAD":
        assert problem_of(answer, 401)["type"] == "/docs#token-missing"
    wrong = closed.open(path, method=method, headers={"Authorization": f"Bearer {READER}x"})
    assert wrong.status_code == 401
    assert "invalid_token" in wrong.headers["WWW-Authenticate"]


@pytest.mark.parametrize("token", [READER, WRITER])
def test_who_has_a_token_reads(closed: FlaskClient, client: FlaskClient, token: str) -> None:
    for path in ("/quotes?speaker=Putin", "/sources/a-meeting", "/speakers"):
        for _ in range(3):
            answer = closed.get(path, headers={"Authorization": f"Bearer {token}"})
            assert answer.data == client.get(path).data
    posted = closed.post(
        "/extract", json={"text": "a"}, headers={"Authorization": f"Bearer {token}"}
    )
    assert posted.status_code == 200


def test_tag_that_is_still_right_opens_nothing(closed: FlaskClient, client: FlaskClient) -> None:
    tag = client.get("/quotes").headers["ETag"]
    assert closed.get("/quotes", headers={"If-None-Match": tag}).status_code == 401


def test_health_and_how_to_ask_stay_open(closed: FlaskClient) -> None:
    for path in (
        "/healthz",
        "/readyz",
        "/docs",
        "/docs/sources",
        "/openapi.yaml",
        "/static/docs.css",
    ):
        assert closed.get(path).status_code == 200, path


def test_listed_page_learns_that_it_wants_a_token(closed: FlaskClient) -> None:
    asking = {"Origin": SITE, "Access-Control-Request-Method": "GET"}
    preflight = closed.options("/quotes", headers=asking)
    assert preflight.status_code == 204
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    refused = closed.get("/quotes", headers={"Origin": SITE})
    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == SITE
    assert "WWW-Authenticate" in refused.headers["Access-Control-Expose-Headers"]


def test_stranger_is_refused_before_a_token_is_asked_for(closed: FlaskClient) -> None:
    assert closed.get("/quotes", headers={"Host": "elsewhere.example"}).status_code == 421
