"""What is answered in front of the application is identical to the application's answer."""

from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from service.api.context.parts import ReopeningIndex
from service.api.front.answer_cache import reusing
from service.api.front.plain_lists import LISTS, shortcut
from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON

NAMES = ["speaker", "q", "form", "publisher", "source", "from", "to", "language", "sort"]
NAMES += ["facet", "limit", "cursor", "speker"]
VALUES = ["Putin", "xi", "visit", '"no more"', "-war", "direct", "indirect", "tass", "a-meeting"]
VALUES += ["2022", "2022-02", "2024-06-01", "de", "-date", "date", "relevance", "form,year", "1"]
VALUES += ["2", "0", "", " ", "é", "a&b=c", "%ff"]

queries = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=3)


@pytest.fixture(scope="session")
def application(client: FlaskClient) -> Client:
    """The application with nothing in front of it."""
    return Client(partial(Flask.wsgi_app, client.application))


@pytest.fixture
def shortcut_client(seeds_index: Path) -> Client:
    """Only what is in front: the application behind it answers nothing."""
    return _shortcut_alone(seeds_index)


def _shortcut_alone(path: Path) -> Client:
    index = ReopeningIndex(partial(open_index, path, rendering=STATEMENT_JSON))
    return Client(reusing(_silent, index, shortcut, 30))


def _silent(environ, start_response):
    start_response("204 No Content", [])
    return [b""]


def sent(answer: TestResponse) -> list[tuple[str, str]]:
    """A response's headers without the request id, which every answer has."""
    return [(name, value) for name, value in answer.headers if name != "X-Request-ID"]


@given(st.sampled_from(sorted(LISTS)), queries, st.sampled_from(["", "&", "&limit", "=", "é", "%"]))
@settings(max_examples=200, deadline=None)
def test_answer_is_that_of_the_application(
    client: FlaskClient, application: Client, path: str, asked: list[tuple[str, str]], odd: str
) -> None:
    query = urlencode(asked) + odd
    answers = [one.get(path, query_string=query) for one in (client, application)]
    assert answers[0].status == answers[1].status
    assert sent(answers[0]) == list(answers[1].headers)
    assert answers[0].data == answers[1].data


def test_pages_follow_one_another_as_in_the_application(
    client: FlaskClient, application: Client
) -> None:
    following = "/quotes?limit=1&sort=date&facet=form,year"
    pages = 0
    while following is not None:
        answers = [one.get(following) for one in (client, application)]
        assert answers[0].data == answers[1].data
        following = answers[0].json["next"]
        pages += 1
    assert pages == 3


@pytest.mark.parametrize(
    "path", ["/quotes", "/quotes?speaker=Putin&limit=3&sort=-date", "/claims", "/search?q=era"]
)
def test_simple_question_is_answered_before_the_application(
    shortcut_client: Client, path: str
) -> None:
    assert shortcut_client.get(path).json["total"] > 0
    assert shortcut_client.get(path, headers={"Accept": "*/*"}).status_code == 200


@pytest.mark.parametrize("path", ["/quotes?limit=0", "/quotes?speker=a", "/search", "/speakers"])
def test_wrong_and_other_questions_are_the_applications(shortcut_client: Client, path: str) -> None:
    assert shortcut_client.get(path).status_code == 204


@pytest.mark.parametrize(
    "header",
    [("Accept", "application/json"), ("Accept-Encoding", "gzip"), ("If-None-Match", '"a"')],
)
def test_other_forms_are_the_applications(shortcut_client: Client, header: tuple[str, str]) -> None:
    assert shortcut_client.get("/quotes", headers=[header]).status_code == 204


def test_other_methods_are_the_applications(shortcut_client: Client) -> None:
    assert shortcut_client.head("/quotes").status_code == 204
    assert shortcut_client.post("/quotes").status_code == 204


def test_index_that_is_missing_is_the_applications(tmp_path: Path) -> None:
    assert _shortcut_alone(tmp_path).get("/quotes").status_code == 204
