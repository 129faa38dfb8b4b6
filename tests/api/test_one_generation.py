"""Every answer is of one generation, whatever is committed while it is made."""

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client

from service.api.context.parts import EXTENSION
from service.api.front.answer_cache import reusing
from service.api.front.plain_lists import shortcut
from service.app import create_app
from service.domain import Extractor
from service.index.whoosh import open_index
from service.settings import Settings
from tests.index.articles import article

Answers: TypeAlias = Iterator[tuple[str, object]]

HARVEST = "The farmers of this valley brought in the best harvest that anybody remembers"
DRAFT = f"“{HARVEST},” Jane Doe said. “{HARVEST} at all,” John Roe said."

COMMITTING = textwrap.dedent("""
    import sys
    from pathlib import Path
    from service.index.whoosh import open_index
    from tests.api.test_one_generation import turn

    index = open_index(Path(sys.argv[1]))
    print("begun", flush=True)
    number = 1
    while True:
        turn(index, number)
        number += 1
""")


def turn(index: Any, number: int) -> None:
    """In even generations the index holds the harvest only; in odd ones it holds two other
    statements."""
    said = [("Jane Doe", HARVEST)] if number % 2 == 0 else [("Jane Doe", "No"), ("John Roe", "Yes")]
    index.add([article("a", *said, version=number)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(open_index(tmp_path / "index", create=True)) as index:
        turn(index, 0)
    return tmp_path / "index"


@pytest.fixture
def client(path: Path) -> FlaskClient:
    return create_app(Settings(index=path, extractor=Extractor.RULES)).test_client()


@contextmanager
def committing(path: Path) -> Iterator[None]:
    """Another process keeps committing."""
    command = [sys.executable, "-c", COMMITTING, path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
        try:
            yield
            assert writer.poll() is None
        finally:
            writer.kill()


def asked(path: Path, ask: Callable[[], Answers]) -> list[tuple[str, object]]:
    """What three threads are answered while another process commits, as pairs of generation and
    content, until answers of eight generations have been seen."""
    answers: list[tuple[str, object]] = []
    deadline = time.monotonic() + 60
    with committing(path), ThreadPoolExecutor(3) as pool:
        while len({name for name, _ in answers}) < 8 and time.monotonic() < deadline:
            answers += chain.from_iterable(pool.map(lambda _: list(ask()), range(12)))
    return answers


def test_what_was_searched_is_what_was_answered_from(client: FlaskClient, path: Path) -> None:
    def ask() -> Answers:
        checked = client.post("/verify", json={"quote": HARVEST, "speaker": "Doe"}).get_json()
        searched = checked["searched"]
        yield searched["generation"], (checked["verdict"] == "verbatim", searched["statements"])

    answers = asked(path, ask)
    assert {answer for _, answer in answers} == {(True, 1), (False, 2)}


def test_quotations_of_a_draft_are_searched_in_one(client: FlaskClient, path: Path) -> None:
    def ask() -> Answers:
        checked = client.post("/verify/document", json={"text": DRAFT}).get_json()
        verifications = [one["verification"] for one in checked["quotations"]]
        found = [one["verdict"] != "not_found" for one in verifications]
        searched = checked["searched"]
        yield searched["generation"], (*found, searched["statements"])

    answers = asked(path, ask)
    assert {answer for _, answer in answers} == {(True, True, 1), (False, False, 2)}


@pytest.mark.parametrize(
    "call",
    [
        "/quotes?facet=speaker",
        "/search?q=harwest",
        "/speakers",
        "/sources",
        "/speakers/jane-doe/quotes",
    ],
)
def test_tag_is_that_of_the_answer(client: FlaskClient, path: Path, call: str) -> None:
    """In front of the application, for plain lists, and in it, for the others."""

    def ask() -> Answers:
        for headers in ({}, {"Accept": "application/json"}):
            answer = client.get(call, headers=headers)
            yield answer.headers["ETag"], answer.data

    answers = asked(path, ask)
    assert len({body for _, body in answers}) == 2
    assert len(set(answers)) == len({tag for tag, _ in answers})


def test_what_was_committed_after_a_request_began_is_not_in_its_answer(
    client: FlaskClient, path: Path
) -> None:
    app, numbers = client.application, count(1)
    application = partial(Flask.wsgi_app, app)

    def commit_first(environ: Any, start_response: Any) -> Any:
        with closing(open_index(path)) as index:
            turn(index, next(numbers))
        return application(environ, start_response)

    accept = {"Accept": "application/json"}  # so that the application answers
    late = Client(reusing(commit_first, app.extensions[EXTENSION].index, shortcut, 30))
    for call in ("/quotes", "/speakers", "/sources", "/speakers/jane-doe/quotes", "/readyz"):
        before = client.get(call, headers=accept)
        during = late.get(call, headers=accept)
        assert (during.data, during.headers.get("ETag")) == (
            before.data,
            before.headers.get("ETag"),
        )
        assert client.get(call, headers=accept).data != before.data
