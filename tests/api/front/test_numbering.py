"""Every answer has a request id: a trusted proxy's, or one of its own."""

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings

PROXY = "10.0.0.1"


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of an application that trusts PROXY; it needs no index."""
    path = tmp_path_factory.mktemp("nothing") / "index"
    return create_app(Settings(index=path, trusted_proxies=(PROXY,))).test_client()


def id_of(client: FlaskClient, address: str = PROXY, proposed: str = "") -> str:
    headers = {"X-Request-ID": proposed} if proposed else {}
    answered = client.get("/quotes", headers=headers, environ_base={"REMOTE_ADDR": address})
    [request_id] = answered.headers.getlist("X-Request-ID")
    return request_id


@pytest.mark.parametrize("path", ["/quotes", "/nowhere", "/docs", "/quotes?speker=a", "/healthz"])
def test_every_answer_has_an_id_of_its_own(client: FlaskClient, path: str) -> None:
    answers = [client.get(path) for _ in range(5)]
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 5


def test_id_of_a_trusted_proxy_is_taken(proxied: FlaskClient) -> None:
    request_id = "0af7651916cd43dd-8448.eb211c80319c="
    assert id_of(proxied, proposed=request_id) == request_id
    assert id_of(proxied) != request_id


def test_id_of_anybody_else_is_not(proxied: FlaskClient) -> None:
    assert id_of(proxied, address="10.0.0.2", proposed="mine") != "mine"


@pytest.mark.parametrize("request_id", ["two words", "x" * 129, '"quoted"', "ümlaut", "{}"])
def test_what_would_spoil_a_log_is_not_taken(proxied: FlaskClient, request_id: str) -> None:
    assert id_of(proxied, proposed=request_id) != request_id
