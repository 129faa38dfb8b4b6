"""Speech and attitudes are kept apart over HTTP."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.domain import Act, Form
from service.index.whoosh import open_index
from service.settings import Settings
from tests.index.articles import article

WANTED = {"form": Form.INDIRECT, "act": Act.ATTITUDE}


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path: Path = tmp_path_factory.mktemp("acts") / "index"
    said = [
        ("Ann Bell", "the bridge is safe"),
        ("Ann Bell", "the bridge was built in a year", {"form": Form.INDIRECT}),
        ("Ann Bell", "to close the bridge", WANTED),
        ("Ann Bell", "a bridge too far", {"act": Act.ATTITUDE}),
    ]
    index = open_index(path, create=True)
    index.add([article("a", *said)])
    index.close()
    return create_app(Settings(index=path)).test_client()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/quotes", ["the bridge is safe"]),
        ("/quotes?act=attitude", ["a bridge too far"]),
        ("/quotes?act=any", ["the bridge is safe", "a bridge too far"]),
        ("/claims", ["the bridge was built in a year"]),
        ("/claims?act=attitude", ["to close the bridge"]),
        ("/search?q=bridge+close", []),
        ("/search?q=bridge+close&act=any", ["to close the bridge"]),
        ("/speakers/ann-bell/claims", ["the bridge was built in a year"]),
        ("/speakers/ann-bell/quotes?act=attitude", ["a bridge too far"]),
        ("/sources/a/quotes", ["the bridge is safe"]),
    ],
)
def test_lists_give_speech_unless_another_act_is_asked_for(
    acts: FlaskClient, path: str, found: list[str]
) -> None:
    answer = acts.get(path).get_json()
    assert [one["text"] for one in answer["items"]] == found
    assert answer["total"] == len(found)


def test_act_is_in_each_statement_and_is_a_facet(acts: FlaskClient) -> None:
    answer = acts.get("/search?q=bridge&act=any&facet=act").get_json()
    acts_by_text = {one["text"]: one["act"] for one in answer["items"]}
    assert acts_by_text["to close the bridge"] == "attitude"
    assert acts_by_text["the bridge is safe"] == "speech"
    assert answer["facets"]["act"] == [
        {"value": "attitude", "count": 2},
        {"value": "speech", "count": 2},
    ]


def test_counts_tell_attitudes_apart(acts: FlaskClient) -> None:
    counts = {"quotes": 1, "claims": 1, "attitudes": 2}
    assert acts.get("/speakers/ann-bell").get_json()["counts"] == counts
    assert acts.get("/sources/a").get_json()["counts"] == counts
    ready = acts.get("/readyz").get_json()["index"]
    assert {kind: ready[kind] for kind in counts} == counts


@pytest.mark.parametrize("path", ["/quotes", "/claims", "/search?q=x", "/speakers/ann-bell/quotes"])
def test_unknown_act_is_refused(acts: FlaskClient, path: str) -> None:
    answer = acts.get(path + ("&" if "?" in path else "?") + "act=thought")
    assert answer.status_code == 422
    (error,) = answer.get_json()["errors"]
    assert error["parameter"] == "act"
    assert "'thought' is not one of speech, attitude, any" in error["detail"]


def test_single_statement_of_either_act_is_answered(acts: FlaskClient) -> None:
    (wanted,) = acts.get("/claims?act=attitude").get_json()["items"]
    assert acts.get(wanted["links"]["self"]).get_json()["act"] == "attitude"


def test_words_of_an_attitude_are_found_where_they_are_claimed(acts: FlaskClient) -> None:
    found = acts.get("/verify?quote=a+bridge+too+far&speaker=Ann+Bell").get_json()
    assert found["verdict"] == "verbatim"
    assert found["best"]["statement"]["act"] == "attitude"
    assert found["searched"]["statements"] == 4
