"""openapi.yaml, /openapi.yaml and /docs match what the service does."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from service.api.documented import examples
from service.app import create_app
from service.settings import Settings

WRITTEN = Path(__file__).parents[3] / "openapi.yaml"
PARAMETER, NAMED = re.compile("<(?:[^:>]*:)?([^>]*)>"), r"{\1}"
RESOURCES = re.compile(r'(?:src|href)="([^"]*)"')


@pytest.fixture(scope="session")
def specification(client: FlaskClient) -> dict[str, Any]:
    return yaml.safe_load(client.get("/openapi.yaml").text)


def operations_of(specification: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": {
            **operation,
            "parameters": operation.get("parameters", []) + methods.get("parameters", []),
        }
        for path, methods in specification["paths"].items()
        for method, operation in methods.items()
        if method != "parameters"
    }


def test_written_document_is_the_present_one(client: FlaskClient) -> None:
    served = client.get("/openapi.yaml")
    assert served.content_type == "application/yaml"
    assert WRITTEN.read_text("utf-8") == served.text, (
        "update it with: onrecord openapi > openapi.yaml"
    )


def test_every_route_is_in_it(client: FlaskClient, specification: dict[str, Any]) -> None:
    routes = {
        f"{method} {PARAMETER.sub(NAMED, rule.rule)}"
        for rule in client.application.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST", "DELETE"}
        if rule.endpoint != "static"
    }
    assert routes == set(operations_of(specification))


def test_every_call_and_parameter_is_described(specification: dict[str, Any]) -> None:
    for call, operation in operations_of(specification).items():
        assert operation["summary"], call
        for parameter in operation["parameters"]:
            assert parameter["description"], (call, parameter["name"])


def test_every_key_of_every_shape_is_described(specification: dict[str, Any]) -> None:
    for name, schema in specification["components"]["schemas"].items():
        assert schema["description"], name
        for key, described in schema["properties"].items():
            assert described.get("description"), (name, key)


def test_every_answer_has_a_schema(specification: dict[str, Any]) -> None:
    for response in specification["components"]["responses"].values():
        for media in response.get("content", {}).values():
            assert media["schema"]
    for call, operation in operations_of(specification).items():
        assert {"422", "500"} <= set(operation["responses"]), call
        good = operation["responses"].get("200") or operation["responses"]["204"]
        for media in good.get("content", {}).values():
            assert media["schema"], call


def test_every_json_answer_has_an_example(specification: dict[str, Any]) -> None:
    for call, operation in operations_of(specification).items():
        content = operation["responses"].get("200", {}).get("content", {})
        media = content.get("application/json")
        assert media is None or media["examples"], call


def test_examples_are_what_the_service_answers(seeds_index: Path, tmp_path: Path) -> None:
    index = shutil.copytree(seeds_index, tmp_path / "index")
    settings = Settings(index=index, checks=tmp_path, write_tokens=examples.TOKEN)
    answers = examples.collect(create_app(settings))
    assert examples.load() == answers, "write them anew: make examples"


def test_docs_show_every_call_and_every_kind_of_problem(
    client: FlaskClient, specification: dict[str, Any]
) -> None:
    overview = client.get("/docs").text
    for call, operation in operations_of(specification).items():
        method, _, path = call.partition(" ")
        [address] = re.findall(
            rf'<a href="([^"]*)"><span class="method {method.lower()}">{method}</span>'
            rf" <code>{re.escape(path)}</code>",
            overview,
        )
        page, _, anchor = address.partition("#")
        [shown] = re.findall(
            rf'<article id="{re.escape(anchor)}">.*?</article>', client.get(page).text, re.S
        )
        for parameter in operation["parameters"]:
            assert f"<td><code>{parameter['name']}</code>" in shown
            assert method != "GET" or f'name="{parameter["name"]}"' in shown
    wrong = client.get("/quotes?speker=Putin").get_json(force=True)["type"]
    assert f'id="{wrong.partition("#")[2]}"' in overview


def test_docs_show_every_shape(client: FlaskClient, specification: dict[str, Any]) -> None:
    for name, shape in specification["components"]["schemas"].items():
        page = client.get(f"/docs/shapes/{name}").text
        for key in shape["properties"]:
            assert f"<td><code>{key}</code>" in page


@pytest.mark.parametrize("path", ["/docs/nowhere", "/docs/shapes/Nothing"])
def test_page_that_docs_have_not_is_not_found(client: FlaskClient, path: str) -> None:
    refused = client.get(path)
    assert (refused.status_code, refused.mimetype) == (404, "application/problem+json")
    page = client.get(path, headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (404, "text/html")


@pytest.mark.parametrize("path", ["/docs", "/"])
def test_page_is_complete_without_the_rest_of_the_web(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.content_type == "text/html; charset=utf-8"
    for address in RESOURCES.findall(response.text):
        assert address.startswith(("/", "#", "data:")), address
    for address in re.findall(r'(?:src|stylesheet" href)="([^"]*)"', response.text):
        with client.get(address) as loaded:
            assert loaded.status_code == 200, address


def test_links_on_docs_lead_somewhere(client: FlaskClient) -> None:
    pages: dict[str, str] = {}
    wanted = {"/docs"}
    while wanted:
        path = wanted.pop()
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert len(answer.data) < 100_000 or answer.mimetype != "text/html", path
        pages[path] = answer.text
        if path.startswith("/docs"):
            linked = re.findall(r'href="([^"#]+)', answer.text)
            wanted |= {one for one in linked if not one.startswith("data:")} - pages.keys()
    assert len(pages) > 80
    for path, page in pages.items():
        for address, anchor in re.findall(r'href="([^"#]*)#([^"]*)"', page):
            assert not path.startswith("/docs") or f'id="{anchor}"' in pages[address or path]


def test_entrance_shows_calls_that_answer(client: FlaskClient) -> None:
    entrance = client.get("/").get_json()
    assert entrance["name"] == "On Record"
    assert entrance["index"]["quotes"] == 3
    for call in entrance["calls"]:
        assert client.get(call["call"].removeprefix("GET ")).status_code == 200


def test_entrance_is_json_unless_a_page_is_asked_for(client: FlaskClient) -> None:
    assert client.get("/").content_type == "application/json"
    page = client.get("/", headers={"Accept": "text/html"})
    assert page.content_type == "text/html; charset=utf-8"
    assert "Accept" in page.headers["Vary"]
    assert "3 quotations" in page.text
