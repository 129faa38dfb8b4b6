"""No answer exceeds 2 MB; the rest is on later pages, or in the source."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.domain import Extractor
from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON
from service.settings import Settings
from tests.index.articles import article

LARGEST = 2_000_000
SPEECHES, LONG = 120, "harvest of every village " + "é" * 30_000
LARGE = {"archive": "x" * 200_000}


@pytest.fixture(scope="module", params=[True, False], ids=["ready-made", "rendered"])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of an index of speeches as long as books, each by a different John."""
    folder = tmp_path_factory.mktemp("large") / "index"
    made = [
        article(f"s{n:03}", (f"John Q{n:03} Doe{n:03}", f"{LONG} {n}"), title=f"Speech {n}")
        for n in range(SPEECHES)
    ]
    rendering = STATEMENT_JSON if request.param else None
    with closing(open_index(folder, create=True, rendering=rendering)) as index:
        index.add(
            replace(one, source=replace(one.source, metadata=LARGE)) if n < 20 else one
            for n, one in enumerate(made)
        )
    settings = Settings(index=folder, extractor=Extractor.RULES)
    return create_app(settings).test_client()


def walk(client: FlaskClient, path: str) -> Iterator[dict]:
    """All items, page by page."""
    while path:
        response = client.get(path)
        assert len(response.data) < LARGEST
        page = response.get_json()
        assert page["items"]
        yield from page["items"]
        path = page["next"]


@pytest.mark.parametrize("path", ["/quotes?limit=200", "/search?limit=200&q=harvest"])
def test_pages_of_long_statements_end_early_and_lose_nothing(
    client: FlaskClient, path: str
) -> None:
    found = list(walk(client, path))
    assert len({one["id"] for one in found}) == len(found) == SPEECHES
    assert {(len(one["text"]), one["is_cut"]) for one in found} == {(20_001, True)}
    span = found[0]["spans"][0]
    text = client.get(found[0]["links"]["source"] + "/text").text
    assert text[span["start"] : span["end"]].startswith(found[0]["text"].removesuffix("…"))


def test_pages_of_sources_with_much_beside_them_end_early(client: FlaskClient) -> None:
    found = [one["id"] for one in walk(client, "/sources?limit=200")]
    assert len(set(found)) == len(found) == SPEECHES


def test_name_that_means_many_names_a_hundred(client: FlaskClient) -> None:
    page = client.get("/quotes?speaker=John&limit=1").get_json()
    assert (page["total"], len(page["speakers"])) == (SPEECHES, 100)
    assert client.get("/speakers?q=John&limit=1").get_json()["total"] == SPEECHES


@pytest.mark.parametrize("accept", ["application/json", "application/ld+json"])
def test_one_long_statement_is_cut(client: FlaskClient, accept: str) -> None:
    path = client.get("/quotes?limit=1").get_json()["items"][0]["links"]["self"]
    response = client.get(path, headers={"Accept": accept})
    assert len(response.get_json(force=True)["text"]) == 20_001
    assert len(response.data) < 100_000


def test_verification_of_long_statements_is_short(client: FlaskClient) -> None:
    response = client.post("/verify", json={"quote": "harvest of every village", "speaker": "John"})
    answer = response.get_json()
    assert (answer["mentions"], len(answer["speakers"])) == (SPEECHES, 100)
    assert len(response.data) < LARGEST


def test_statement_of_usual_length_is_whole(client: FlaskClient) -> None:
    (found,) = client.post("/extract", json={"text": f"“{LONG},” Jane Doe said."}).get_json()[
        "statements"
    ]
    assert len(found["text"]) == len(LONG)


def test_walk_of_more_speakers_than_come_first_is_whole(tmp_path: Path) -> None:
    """This list has the longest cursors."""
    names = [f"John Q{n:03} {'Longname' * 30}{n:03}" for n in range(450)]
    folder = tmp_path / "index"
    with closing(open_index(folder, create=True)) as index:
        index.add(article(f"s{n:03}", (name, f"harvest {n}")) for n, name in enumerate(names))
    client = create_app(Settings(index=folder, extractor=Extractor.RULES)).test_client()
    assert sorted(one["name"] for one in walk(client, "/speakers?limit=90")) == names
