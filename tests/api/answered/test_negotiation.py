"""The form of an answer depends on what the client accepts."""

import pytest
from flask.testing import FlaskClient

JSON, LINKED, PAGE = "application/json", "application/ld+json", "text/html"
CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accepted", "expected_type"),
    [
        ("*/*", JSON),
        ("", JSON),
        ("image/png", JSON),
        ("application/*", JSON),
        ("no media type", JSON),
        (CHROMIUM, PAGE),
        ("text/*;q=0.5, application/json;q=0.4", PAGE),
        ("text/html;q=0.5, application/json", JSON),
        ("text/html, application/json", JSON),
        ("text/html;q=0, */*;q=0.1", JSON),
    ],
)
def test_form_is_the_one_that_is_liked_best(
    client: FlaskClient, accepted: str, expected_type: str
) -> None:
    answer = client.get("/", headers={"Accept": accepted})
    assert (answer.status_code, answer.mimetype) == (200, expected_type)
    assert "Accept" in answer.headers["Vary"].split(", ")


@pytest.mark.parametrize("accepted", ["*/*", JSON, LINKED])
def test_every_form_has_a_tag_of_its_own(client: FlaskClient, accepted: str) -> None:
    path = client.get("/quotes").get_json()["items"][0]["links"]["self"]
    for _ in range(3):  # first from the index, then from the cache
        answer = client.get(path, headers={"Accept": accepted})
        assert answer.mimetype == (JSON if accepted == "*/*" else accepted)
    others = {
        client.get(path, headers={"Accept": other}).headers["ETag"]
        for other in (JSON, LINKED)
        if other != answer.mimetype
    }
    assert answer.headers["ETag"] not in others
    for tag in others:
        headers = {"Accept": accepted, "If-None-Match": tag}
        assert client.get(path, headers=headers).status_code == 200
    headers = {"Accept": accepted, "If-None-Match": answer.headers["ETag"]}
    unchanged = client.get(path, headers=headers)
    assert unchanged.status_code == 304
    assert "Accept" in unchanged.headers["Vary"].split(", ")


def test_refusal_varies_as_the_answer_would(client: FlaskClient) -> None:
    assert "Accept" in client.get("/quotes/s-0").headers["Vary"].split(", ")
