"""Requests are counted by route, method and status; unknown values share one counter."""

import os
from threading import Thread

import pytest
from flask.testing import FlaskClient

from service.api.context.counting import OTHER, SLOTS, RequestCounts
from service.api.documented.routes import route_finder, routes_of


def test_requests_are_counted_by_method_route_and_status() -> None:
    counts = RequestCounts(["/a", "/b/{id}"])
    for method, route, status in [("GET", "/a", 200)] * 3 + [("POST", "/b/{id}", 422)]:
        counts.count(method, route, status, 0.003)
    assert list(counts.requests()) == [
        ("GET", "/a", 200, 3),
        ("POST", "/b/{id}", 422, 1),
    ]


def test_what_is_not_known_is_one_thing() -> None:
    counts = RequestCounts(["/a"])
    for number in range(600):
        counts.count(f"METHOD{number}", f"/{number}", 600 + number, 0.1)
    assert list(counts.requests()) == [(OTHER, OTHER, 0, 600)]
    assert [route for route, _, _ in counts.durations()] == [OTHER]


def test_durations_are_cumulated_and_summed() -> None:
    counts = RequestCounts(["/a"])
    for seconds in (0.0005, 0.001, 0.0011, 40.0):
        counts.count("GET", "/a", 200, seconds)
    [(route, cumulated, total)] = counts.durations()
    assert (route, cumulated[:2], cumulated[-2:]) == ("/a", [2, 3], [3, 4])
    assert total == pytest.approx(40.0026)


def test_processes_count_together_and_a_slot_goes_on() -> None:
    counts = RequestCounts(["/a"])
    for slot in (0, 1, 2, 1, SLOTS + 7):
        counts.take(slot)
        if (child := os.fork()) == 0:
            counts.count("GET", "/a", 200, 0.5)
            os._exit(0)
        os.waitpid(child, 0)
    assert list(counts.requests()) == [("GET", "/a", 200, 5)]
    assert [total for _, _, total in counts.durations()] == [2.5]


def test_threads_lose_no_count() -> None:
    counts = RequestCounts(["/a"])

    def count() -> None:
        for _ in range(20_000):
            counts.count("GET", "/a", 200, 0.5)

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(counts.requests()) == [("GET", "/a", 200, 80_000)]


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/quotes", "/quotes"),
        ("/", "/"),
        ("/quotes/s-5f0c2a9be1d4", "/quotes/{id}"),
        ("/speakers/vladimir-putin/quotes", "/speakers/{id}/quotes"),
        ("/static/docs.css", "/static/{filename}"),
        ("/metrics", "/metrics"),
        ("/quotes/a/b", None),
        ("/quotes/", None),
        ("/wp-login.php", None),
        ("", None),
    ],
)
def test_path_is_of_one_route_or_none(client: FlaskClient, path: str, route: str | None) -> None:
    assert route_finder(client.application)(path) == route
    assert route is None or route in routes_of(client.application)
