"""Examples: real answers about the articles of seeds/, for openapi.yaml and /docs.

They are stored in examples.json; a test fails if the service answers differently, and ``make
examples`` rewrites them.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient

KEPT = Path(__file__).with_name("examples.json")
"""By operation ("GET /quotes") or refusal: the requested path and its answer."""

GENERATION = "1-5f0c2a9b"
"""Replaces the generation, which differs each time an index is made."""

CHECK = {
    "id": "c-5f0c2a9be1d45f0c2a9be1d45f0c2a9b",
    "key": "0c2a9be1d45f0c2a9be1d45f0c2a9b5f",
    "checked": "2026-02-03T12:00:00+00:00",
    "expires": "2026-03-05T12:00:00+00:00",
    "withdrawn": "2026-02-04T12:00:00+00:00",
}
"""Replaces the values that differ for every stored check."""

TEXT = {
    "text": "“There will be no more talks,” Vladimir Putin told reporters. He said that trade "
    "would go on.",
    "publisher": "TASS",
    "published": "2022-02-03",
}

CLAIM = {"quote": "close neighbors bound by traditions of friendship", "speaker": "Xi Jinping"}

DRAFT = {
    "text": "<p>Russia and China, Putin said, are &ldquo;close neighbors bound by <b>centuries-old"
    "</b> traditions of friendship and distrust&rdquo;.</p>",
    "format": "html",
}

REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "Russia and China signed a treaty in Moscow",
    "url": "https://facts.example/treaty",
    "author": {"@type": "Organization", "name": "Facts"},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
}

BODIES: dict[str, dict[str, Any]] = {
    "POST /extract": TEXT,
    "POST /verify": CLAIM,
    "POST /verify/document": DRAFT,
    "POST /sources": {"id": "a-talks", **TEXT},
    "POST /claim-reviews": REVIEW,
}

FORMS = {"POST /reconcile": {"queries": '{"q0": {"query": "Putin", "type": "person"}}'}}
"""Bodies that are forms."""

TOKEN = "made-up-for-the-examples"
"""The writing token; the application must accept it."""

SHOWN = {"Authorization": f"Bearer {TOKEN}"}


def load() -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = json.loads(KEPT.read_text("utf-8"))
    return kept


def collect(app: Flask) -> dict[str, dict[str, Any]]:
    """The examples as ``app`` answers now.

    ``app`` needs an index of seeds/ alone, to which one source is added for a moment, must store
    checks and must accept TOKEN.
    """
    client = app.test_client()
    answers = {
        operation: {"call": _shortened(call), "answer": _ask(client, operation, call)}
        for operation, call in _calls(client)
    }
    client.delete(f"/sources/{BODIES['POST /sources']['id']}", headers=SHOWN)
    return answers


def write(app: Flask) -> None:
    KEPT.write_text(json.dumps(collect(app), ensure_ascii=False, indent=1) + "\n", "utf-8")


def put_into(spec: dict[str, Any]) -> dict[str, Any]:
    """``spec`` with the examples at the places OpenAPI defines."""
    for name, example in load().items():
        shown = {"examples": {"example": {"summary": example["call"], "value": example["answer"]}}}
        for media in _media_of(spec, name):
            media.update(shown)
        _show_id(spec, name, example["call"])
    _show_ids_of_whole_lists(spec["paths"])
    for name, body in BODIES.items():
        path = name.partition(" ")[2]
        content = spec["paths"][path]["post"]["requestBody"]["content"]
        content["application/json"]["example"] = body
    return spec


def _show_id(spec: dict[str, Any], name: str, call: str) -> None:
    """Makes the id in ``call`` the example of the path parameter."""
    path = name.partition(" ")[2]
    if "{id}" in path:
        place = path.split("/").index("{id}")
        spec["paths"][path]["parameters"][0]["example"] = call.partition("?")[0].split("/")[place]


def _show_ids_of_whole_lists(paths: dict[str, Any]) -> None:
    """Copies the example ids of the paged lists to the complete lists."""
    for path, whole in paths.items():
        listed = paths.get(path.removesuffix(".{suffix}"), whole)
        if listed is whole or "{id}" not in path:
            continue
        for parameter in whole["parameters"]:
            if parameter["name"] == "id":
                parameter["example"] = listed["parameters"][0]["example"]


def _media_of(spec: dict[str, Any], name: str) -> Iterable[dict[str, Any]]:
    method, _, path = name.partition(" ")
    if not path:
        content: dict[str, Any] = spec["components"]["responses"][name]["content"]
        return content.values()
    responses = spec["paths"][path][method.lower()]["responses"]
    good = [responses[status]["content"] for status in ("200", "201") if status in responses]
    return [content["application/json"] for content in good if "application/json" in content]


def _ask(client: FlaskClient, operation: str, call: str) -> Any:
    method = operation.partition(" ")[0] if " " in operation else "GET"
    body: dict[str, Any] = {"json": BODIES.get(operation)}
    if operation in FORMS:
        body = {"data": FORMS[operation]}
    asked = client.open(call, method=method, headers=SHOWN, **body)
    return _lasting(asked.get_json())


def _lasting(answer: Any) -> Any:
    """Replaces the values that differ each time."""
    if isinstance(answer, list):
        return [_lasting(one) for one in answer]
    if not isinstance(answer, dict):
        return _shortened(answer) if isinstance(answer, str) else answer
    lasting = {key: _lasting(value) for key, value in answer.items()}
    fixed = {"generation": GENERATION, **{key: CHECK[key] for key in _MOMENTS}}
    return {**lasting, **{key: value for key, value in fixed.items() if key in lasting}}


_MOMENTS = ("checked", "expires", "withdrawn")


def _shortened(text: str) -> str:
    """Replaces the check's id and key by those of the example."""
    shown = re.sub(r"\bc-[0-9a-f]{32}\b", CHECK["id"], text)
    return re.sub(r"(?<!-)\b[0-9a-f]{32}\b", CHECK["key"], shown)


def _calls(client: FlaskClient) -> Iterator[tuple[str, str]]:
    quotation = _first(client, "/quotes?speaker=Putin&sort=date")
    claim = _first(client, "/claims?speaker=Putin&sort=date")
    speaker = f"/speakers/{quotation['speaker']['id']}"
    source = quotation["links"]["source"]
    yield "GET /", "/"
    yield "GET /quotes", "/quotes?speaker=Putin&facet=publisher,form&limit=1"
    yield "GET /quotes/{id}", quotation["links"]["self"]
    yield "GET /claims", "/claims?speaker=Putin&limit=1"
    yield "GET /claims/{id}", claim["links"]["self"]
    yield "GET /search", "/search?q=nuclear&limit=1"
    yield "GET /speakers", "/speakers?q=Putin&limit=1"
    yield "GET /speakers/{id}", speaker
    yield "GET /speakers/{id}/quotes", f"{speaker}/quotes?sort=date&limit=1"
    yield "GET /speakers/{id}/claims", f"{speaker}/claims?sort=date&limit=1"
    yield "GET /sources", "/sources?limit=1"
    yield "GET /sources/{id}", source
    yield "GET /sources/{id}/quotes", f"{source}/quotes?limit=1"
    yield "GET /suggest", "/suggest?q=Put"
    yield "GET /verify", f"/verify?{urlencode(CLAIM)}"
    yield "POST /verify", "/verify"
    yield "POST /verify/document", "/verify/document"
    kept = client.post("/verify", json=CLAIM).get_json()["check"]
    yield "GET /checks/{id}", kept["links"]["self"]
    yield "DELETE /checks/{id}", f"{kept['links']['self']}?key={kept['key']}"
    yield "GET /v1alpha1/claims:search", "/v1alpha1/claims:search?query=friendship"
    yield "GET /reconcile", "/reconcile"
    yield "POST /reconcile", "/reconcile"
    yield "GET /reconcile/suggest/entity", "/reconcile/suggest/entity?prefix=Put"
    yield "GET /reconcile/flyout", "/reconcile/flyout?id=vladimir-putin"
    yield "GET /clusters/{id}", quotation["links"]["cluster"]
    yield "POST /extract", "/extract"
    yield "GET /healthz", "/healthz"
    yield "GET /readyz", "/readyz"
    yield "NotFound", "/quotes/s-000000000000"
    yield "WrongInput", "/quotes?speker=Putin"
    yield "POST /sources", "/sources"  # last, so that the other examples do not include it
    yield "POST /claim-reviews", "/claim-reviews"


def _first(client: FlaskClient, path: str) -> dict[str, Any]:
    return cast(dict[str, Any], client.get(path).get_json()["items"][0])
