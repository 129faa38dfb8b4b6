"""Limits on how often one client may ask."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.api.front.rate import network_of
from service.api.front.shared_counters import GROUPS, ROWS, SharedCounters
from service.app import create_app
from service.domain import Extractor
from service.errors import MisconfiguredService
from service.settings import Settings
from tests.api.answered.test_problems import problem_of

TOKEN = "read-read-read-read"


def client_with(index_path: Path, **settings: object) -> FlaskClient:
    values = {"index": index_path, "extractor": Extractor.RULES, "rate": "5/minute", **settings}
    return create_app(Settings(**values)).test_client()  # type: ignore[arg-type]


def asked_by(client: FlaskClient, address: str, **headers: str) -> int:
    environ = {"REMOTE_ADDR": address}
    return client.get("/quotes", environ_overrides=environ, headers=headers).status_code


def test_limit_is_said_and_kept(index_path: Path) -> None:
    """Answers from the cache, from in front of the application, and from the application."""
    client = client_with(index_path)
    paths = ("/quotes", "/quotes", "/quotes", "/speakers", "/quotes?speker=a")
    for left, path in zip((4, 3, 2, 1, 0), paths, strict=True):
        answer = client.get(path)
        assert answer.status_code in (200, 422)
        assert answer.headers["RateLimit-Policy"] == '"minute";q=5;w=60'
        assert re.fullmatch(rf'"minute";r={left};t=(60|59)', answer.headers["RateLimit"])
    for path in ("/quotes", "/speakers", "/nowhere"):
        answer = client.get(path)
        assert "5 requests per minute" in problem_of(answer, 429)["detail"]
        assert 0 < int(answer.headers["Retry-After"]) <= 60
        assert answer.headers["RateLimit"].startswith('"minute";r=0;t=')


def test_several_limits_hold_together(index_path: Path) -> None:
    client = client_with(index_path, rate="3/second, 4/day")
    answer = client.get("/quotes")
    assert answer.headers["RateLimit-Policy"] == '"second";q=3;w=1, "day";q=4;w=86400'
    assert len(answer.headers["RateLimit"].split(", ")) == 2
    statuses = [client.get("/quotes").status_code for _ in range(4)]
    assert statuses[-1] == 429


def test_nothing_is_said_without_a_limit(client: FlaskClient) -> None:
    headers = client.get("/quotes").headers
    assert not [name for name, _ in headers if name.startswith("RateLimit")]


def test_watching_is_not_limited(index_path: Path) -> None:
    client = client_with(index_path)
    assert {client.get(path).status_code for path in ("/healthz", "/readyz") * 10} == {200}
    assert client.get("/quotes").headers["RateLimit"].startswith('"minute";r=4;')


def test_clients_are_distinguished_by_address(index_path: Path) -> None:
    client = client_with(index_path)
    assert [asked_by(client, "10.0.0.1") for _ in range(6)] == [200] * 5 + [429]
    assert asked_by(client, "10.0.0.2") == 200
    assert asked_by(client, "10.0.0.2", **{"X-Forwarded-For": "10.0.0.1"}) == 200
    house = [asked_by(client, f"2001:db8::{number:x}") for number in range(6)]
    assert house == [200] * 5 + [429]
    assert asked_by(client, "2001:db8:0:1::1") == 200


def test_clients_of_a_trusted_proxy_are_distinguished(index_path: Path) -> None:
    client = client_with(index_path, trusted_proxies=("10.0.0.0/8",))
    for number in range(12):
        headers = {
            "X-Forwarded-For": f"1.2.3.4, 192.0.2.{number % 3}"
        }  # the first token is made up
        assert asked_by(client, "10.0.0.1", **headers) == 200
    for _ in range(2):
        last = asked_by(client, "10.0.0.1", **{"X-Forwarded-For": "192.0.2.0"})
    assert last == 429


def test_clients_are_distinguished_by_token_and_guessing_is_limited(
    index_path: Path,
) -> None:
    client = client_with(index_path, read_tokens=TOKEN)
    right = {"Authorization": f"Bearer {TOKEN}"}
    guesses = [asked_by(client, "10.0.0.1", Authorization=f"Bearer {TOKEN}{n}") for n in range(6)]
    assert guesses == [401] * 5 + [429]
    assert [asked_by(client, f"10.0.0.{n}", **right) for n in range(6)] == [200] * 5 + [429]


@pytest.mark.parametrize("rate", ["5", "5/minutes", "0/minute", "-1/day", "5/min", "1/day 2/day"])
def test_wrong_limit_is_named(index_path: Path, rate: str) -> None:
    with pytest.raises(MisconfiguredService, match="ONRECORD_RATE: "):
        client_with(index_path, rate=rate)


def test_more_clients_than_there_is_room_for_are_counted_as_far_as_there_is() -> None:
    counters = SharedCounters()
    clients = 2 * ROWS * GROUPS
    for number in range(clients):
        assert counters.incr(f"client {number}", 60) == 1
    assert counters.get(f"client {clients - 1}") == 1
    assert counters.incr(f"client {clients - 1}", 60) == 2


def test_counter_restarts_when_its_period_ends() -> None:
    counters = SharedCounters()
    assert counters.incr("a", 60, 3) == 3
    assert counters.incr("b", 0) == counters.incr("b", 0) == 1
    assert (counters.get("a"), counters.get("b")) == (3, 0)
    counters.clear("a")
    assert counters.incr("a", 60) == 1
    counters.reset()
    assert counters.get("a") == 0


def test_addresses_of_all_kinds_name_somebody() -> None:
    assert network_of("") == ""
    assert network_of("::ffff:10.0.0.1") == "10.0.0.1"
    assert network_of("fe80::1%eth0") == network_of("fe80::2%eth0")
