"""Candidate speakers for names, by the Reconciliation API 0.2 and as OpenRefine requests them."""

import gzip
import json
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import jsonschema
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.domain import SpeakerKind
from service.index.whoosh import open_index
from service.settings import Settings
from tests.index.articles import article, group, person

REFINE = "http://127.0.0.1:3333"

# After the schemas that the specification publishes, as far as this service needs them.
STRING = {"type": "string"}
TYPED = {"type": "object", "properties": {"id": STRING, "name": STRING}, "required": ["id"]}
TYPES = {"type": "array", "items": {"oneOf": [TYPED, STRING]}}
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": STRING, "contains": {"enum": ["0.2"]}},
        "name": STRING,
        "identifierSpace": STRING,
        "schemaSpace": STRING,
        "documentation": STRING,
        "view": {"type": "object", "properties": {"url": TEMPLATE}, "required": ["url"]},
        "defaultTypes": {"type": "array", "items": TYPED, "uniqueItems": True},
        "preview": {
            "type": "object",
            "properties": {
                "url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"},
            },
            "required": ["url", "width", "height"],
        },
        "suggest": {
            "type": "object",
            "properties": {
                "entity": {
                    "type": "object",
                    "properties": {
                        "service_url": STRING,
                        "service_path": STRING,
                        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
                    },
                }
            },
        },
    },
}  # fmt: skip
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "score"],
                    "properties": {
                        "id": STRING,
                        "name": STRING,
                        "description": STRING,
                        "score": {"type": "number"},
                        "match": {"type": "boolean"},
                        "type": TYPES,
                    },
                },
            }
        },
    },
}
ENTITIES = {
    "type": "object",
    "required": ["result"],
    "properties": {
        "result": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {
                    "id": STRING, "name": STRING, "description": STRING, "notable": TYPES,
                },
            },
        }
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("reconcile")
    path = folder / "index"
    known = folder / "speakers.toml"
    known.write_text('[[speaker]]\nname = "Vladimir Putin"\nwikidata = "Q7747"\n')
    russia = person("Russia", SpeakerKind.ORGANISATION)
    both = group("Putin and Xi", "Vladimir Putin", "Xi Jinping")
    with closing(open_index(path, create=True)) as index:
        index.add(
            [
                article("a", ("Vladimir Putin", "One"), ("Xi Jinping", "Two"), (russia, "Three")),
                article("b", ("Harry Reid", "Four"), ("Joy Reid", "Five"), (both, "Six")),
                article("c", ("Vladimir Putin", "Seven"), ("Ángela Pérez", "Eight")),
            ]
        )
    settings = Settings(index=path, speakers=known, origins=(REFINE,))
    return create_app(settings).test_client()


def by_form(client: FlaskClient, queries: object) -> TestResponse:
    """Queries in the form in which OpenRefine sends them."""
    return client.post("/reconcile", data={"queries": json.dumps(queries)})


def ask(client: FlaskClient, **query: object) -> list[dict]:
    batch = {"q0": query}
    posted = by_form(client, batch)
    assert posted.status_code == 200, posted.text
    got = client.get(f"/reconcile?{urlencode({'queries': json.dumps(batch)})}")
    assert got.get_json() == posted.get_json()
    jsonschema.validate(posted.get_json(), RESULTS)
    found: list[dict] = posted.get_json()["q0"]["result"]
    return found


def test_manifest_says_what_there_is_and_all_of_it_is_there(refine: FlaskClient) -> None:
    answer = refine.get("/reconcile")
    manifest = answer.get_json()
    jsonschema.validate(manifest, MANIFEST)
    view = manifest["view"]["url"].replace("{{id}}", "vladimir-putin")
    assert refine.get(view.removeprefix("http://localhost")).get_json()["name"] == "Vladimir Putin"
    preview = manifest["preview"]["url"].replace("{{id}}", "vladimir-putin")
    assert refine.get(preview.removeprefix("http://localhost")).mimetype == "text/html"
    entity = manifest["suggest"]["entity"]
    path = (entity["service_url"] + entity["service_path"]).removeprefix("http://localhost")
    assert refine.get(f"{path}?prefix=Put").status_code == 200
    assert {one["id"] for one in manifest["defaultTypes"]} == set(SpeakerKind)


def test_whole_name_of_one_speaker_is_a_match(refine: FlaskClient) -> None:
    [putin] = ask(refine, query="Vladimir Putin")
    assert putin == {
        "id": "vladimir-putin",
        "name": "Vladimir Putin",
        "description": putin["description"],
        "type": [{"id": "person", "name": "Person"}],
        "score": 100.0,
        "match": True,
    }
    assert putin["description"].startswith("3 quotations, 0 claims")
    for same in ("VLADIMIR PUTIN", "Putin, Vladimir", "Angela Perez", "Russia"):
        [found] = ask(refine, query=same)
        assert (found["score"], found["match"]) == (100.0, True)


def test_part_of_a_name_is_candidates_not_a_match(refine: FlaskClient) -> None:
    found = ask(refine, query="Reid")
    assert {one["name"] for one in found} == {"Harry Reid", "Joy Reid"}
    assert not any(one["match"] for one in found)
    [putin] = ask(refine, query="Putin", type="person")
    assert not putin["match"] and putin["score"] < 100
    assert len(ask(refine, query="Reid", limit=1)) == 1
    assert ask(refine, query="Nobody Whatever") == ask(refine, query="") == []


def test_kinds_narrow_or_order(refine: FlaskClient) -> None:
    assert ask(refine, query="Russia", type="person", type_strict="any") == []
    assert ask(refine, query="Russia", type=["person", "organisation"], type_strict="all")
    [russia] = ask(refine, query="Russia", type="person")
    assert (russia["score"], russia["match"]) == (90.0, False)


def test_wikidata_tells_namesakes_apart(refine: FlaskClient) -> None:
    def with_id(value: object) -> list[dict]:
        return ask(refine, query="Putin", properties=[{"pid": "wikidata", "v": value}])

    [putin] = with_id("Q7747")
    assert (putin["score"], putin["match"]) == (100.0, True)
    assert with_id({"id": "Q7747", "name": "Putin"}) == with_id(["Q7747"]) == [putin]
    assert with_id("Q1") == []


def test_batch_is_answered_by_its_own_names(refine: FlaskClient) -> None:
    names = ["Putin", "Xi", "Reid"]
    batch = {f"row {n} “é”": {"query": name} for n, name in enumerate(names)}
    answer = by_form(refine, batch).get_json()
    jsonschema.validate(answer, RESULTS)
    assert list(answer) == list(batch)
    assert [len(one["result"]) for one in answer.values()] == [1, 1, 2]
    assert by_form(refine, {}).get_json() == {}


def test_speakers_are_suggested_while_somebody_types(refine: FlaskClient) -> None:
    answer = refine.get("/reconcile/suggest/entity?prefix=re").get_json()
    jsonschema.validate(answer, ENTITIES)
    assert {one["name"] for one in answer["result"]} == {"Harry Reid", "Joy Reid"}
    assert answer["result"][0]["notable"] == [{"id": "person", "name": "Person"}]
    rest = refine.get("/reconcile/suggest/entity?prefix=re&cursor=1").get_json()["result"]
    assert rest == answer["result"][1:]
    path = "/reconcile/suggest/entity?prefix=r&type=organisation"
    assert [one["name"] for one in refine.get(path).get_json()["result"]] == ["Russia"]
    several = refine.get(f"{path}&type_strict=should").get_json()["result"]
    assert several[0]["name"] == "Russia"
    assert len(several) > 1


def test_preview_may_be_framed_by_whom_the_service_lists(refine: FlaskClient) -> None:
    page = refine.get("/reconcile/preview?id=vladimir-putin")
    assert "<h1>Vladimir Putin</h1>" in page.text
    assert f"frame-ancestors 'self' {REFINE}" in page.headers["Content-Security-Policy"]
    assert 'href="http://localhost/speakers/vladimir-putin"' in page.text
    assert refine.get("/reconcile/preview?id=nobody").status_code == 404
    other = refine.get("/docs").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in other


def test_browser_of_openrefine_may_read_it(refine: FlaskClient) -> None:
    for path in ("/reconcile", "/reconcile/suggest/entity?prefix=re"):
        answer = refine.get(path, headers={"Origin": REFINE})
        assert answer.headers["Access-Control-Allow-Origin"] == REFINE
        stranger = refine.get(path, headers={"Origin": "https://elsewhere.example"})
        assert "Access-Control-Allow-Origin" not in stranger.headers


def test_openrefine_adds_the_service(refine: FlaskClient) -> None:
    accepted = "application/json, text/javascript, */*; q=0.01"
    answer = refine.get("/reconcile", headers={"Origin": REFINE, "Accept": accepted})
    assert answer.headers["Access-Control-Allow-Origin"] == REFINE
    jsonschema.validate(answer.get_json(), MANIFEST)
    # Where it may not read that, it asks for a script, and pages of others must not read it so.
    script = refine.get("/reconcile?callback=jQuery3600017580282694740768_17957&_=1795779343929")
    assert (script.status_code, script.mimetype) == (422, "application/problem+json")


@pytest.mark.parametrize(
    ("posted", "matched"),
    [
        (  # to find out the types, of the first rows
            '{"q1":{"query":"Putin","limit":3},"q2":{"query":"Xi, Jinping","limit":3},'
            '"q0":{"query":"Vladimir Putin","limit":3}}',
            {"q0": True, "q1": False, "q2": False},
        ),
        (
            '{"q0":{"query":"Vladimir Putin","type":"person","type_strict":"should"},'
            '"q1":{"query":"Russia","type":"organisation","type_strict":"should"}}',
            {"q0": True, "q1": True},
        ),
        (
            '{"q0":{"query":"Putin","type_strict":"should",'
            '"properties":[{"pid":"wikidata","v":"Q7747"}]}}',
            {"q0": True},
        ),
    ],
)
def test_openrefine_reconciles_a_column(
    refine: FlaskClient, posted: str, matched: dict[str, bool]
) -> None:
    answer = refine.post(
        "/reconcile",
        data=urlencode({"queries": posted}),
        content_type=f"{FORM}; charset=UTF-8",
        headers={"User-Agent": "OpenRefine/3.6.2 [62de008]", "Accept-Encoding": "gzip, x-gzip"},
    )
    body = answer.data
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    results = json.loads(body)
    jsonschema.validate(results, RESULTS)
    assert {name: one["result"][0]["match"] for name, one in results.items()} == matched


def test_openrefine_searches_for_a_match(refine: FlaskClient) -> None:
    asked = "prefix=Put&spell=always&exact=false&prefixed=true"
    answer = refine.get(f"/reconcile/suggest/entity?{asked}", headers={"Origin": REFINE})
    assert answer.headers["Access-Control-Allow-Origin"] == REFINE
    jsonschema.validate(answer.get_json(), ENTITIES)
    assert "vladimir-putin" in [one["id"] for one in answer.get_json()["result"]]


def test_flyout_has_a_part_of_a_page(refine: FlaskClient) -> None:
    path = refine.get("/reconcile").get_json()["suggest"]["entity"]["flyout_service_path"]
    answer = refine.get(path.replace("${id}", "vladimir-putin"), headers={"Origin": REFINE})
    assert answer.headers["Access-Control-Allow-Origin"] == REFINE
    shown = answer.get_json()
    assert shown["id"] == "vladimir-putin"
    assert shown["html"].startswith("<h1>Vladimir Putin</h1>")
    assert refine.get(path.replace("${id}", "nobody")).status_code == 404


def test_names_in_a_flyout_are_escaped(tmp_path: Path) -> None:
    with closing(open_index(tmp_path / "index", create=True)) as index:
        index.add([article("a", ("<script>alert(1)</script>", "One"))])
    client = create_app(Settings(index=tmp_path / "index")).test_client()
    [speaker] = client.get("/speakers").get_json()["items"]
    shown = client.get("/reconcile/flyout", query_string={"id": speaker["id"]}).get_json()["html"]
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_addresses_of_the_manifest_lead_to_something(refine: FlaskClient) -> None:
    manifest = refine.get("/reconcile").get_json()
    for name in ("identifierSpace", "schemaSpace", "documentation"):
        assert refine.get(urlsplit(manifest[name]).path.rstrip("/")).status_code == 200, name
    view = manifest["view"]["url"].replace("{{id}}", "vladimir-putin")
    assert refine.get(urlsplit(view).path).status_code == 200


LARGE = {f"q{n}": {"query": "a"} for n in range(51)}


@pytest.mark.parametrize(
    "queries",
    [
        [], "x", 1, None, {"q0": "Putin"}, {"q0": {}}, {"q0": {"query": 1}},
        {"q0": {"query": "a", "type": "king"}}, {"q0": {"query": "a", "type": 1}},
        {"q0": {"query": "a", "limit": 0}}, {"q0": {"query": "a", "limit": "3"}},
        {"q0": {"query": "a", "other": 1}}, {"q0": {"query": "a" * 301}},
        {"q0": {"query": "a", "type_strict": "maybe"}},
        {"q0": {"query": "a", "properties": [{"pid": "P31", "v": "x"}]}},
        {"q0": {"query": "a", "properties": [{"pid": "wikidata", "v": {}}]}},
        {"q0": {"query": "a", "properties": [{"pid": "wikidata"}]}}, LARGE,
    ],
)  # fmt: skip
def test_wrong_batch_is_a_problem(refine: FlaskClient, queries: object) -> None:
    answer = by_form(refine, queries)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.get_json(force=True)["errors"][0]["parameter"] == "queries"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reconcile?query=Putin", 422),
        ("/reconcile?queries=", 422),
        ("/reconcile?queries={", 422),
        ("/reconcile/suggest/entity", 422),
        ("/reconcile/suggest/entity?prefix=a&type=king", 422),
        ("/reconcile/preview", 422),
        ("/reconcile/suggest", 404),
    ],
)
def test_wrong_call_is_a_problem(refine: FlaskClient, path: str, status: int) -> None:
    answer = refine.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_form_is_wanted_and_each_field_once(refine: FlaskClient) -> None:
    for options, status in (
        ({"json": {"queries": "{}"}}, 415),
        ({"data": "queries={}&queries={}", "content_type": FORM}, 422),
        ({"data": "queries={}&extend={}", "content_type": FORM}, 422),
        ({"data": "", "content_type": FORM}, 422),
        ({"data": {"queries": "x" * 2_000_000}}, 413),
    ):
        answer = refine.post("/reconcile", **options)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


FORM = "application/x-www-form-urlencoded"


def test_service_under_a_path_says_so(tmp_path: Path) -> None:
    with closing(open_index(tmp_path / "index", create=True)) as index:
        index.add([article("a", ("Jane Doe", "One"))])
    settings = Settings(index=tmp_path / "index", url="https://news.example/onrecord")
    manifest = create_app(settings).test_client().get("/reconcile").get_json()
    jsonschema.validate(manifest, MANIFEST)
    root = "https://news.example/onrecord"
    assert manifest["view"]["url"] == f"{root}/speakers/{{{{id}}}}"
    assert manifest["suggest"]["entity"]["service_url"] == root
