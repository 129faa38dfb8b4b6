"""Statements of a text that is not stored."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.domain import Extractor
from service.settings import Settings

TEXT = (
    "“There will be no more talks,” Vladimir Putin told reporters. He said that trade would go on."
)


def test_statements_of_a_text_in_json(client: FlaskClient) -> None:
    response = client.post("/extract", json={"text": TEXT, "publisher": "TASS"})
    assert response.status_code == 200, response.text
    answer = response.get_json()
    assert list(answer) == ["source", "statements"]
    assert answer["source"]["publisher"]["provenance"] == "declared"
    quotation = answer["statements"][0]
    (span,) = quotation["spans"]
    assert TEXT[span["start"] : span["end"]] == quotation["text"]
    assert quotation["speaker"]["name"] == "Vladimir Putin"
    assert quotation["source"]["publisher"] == "TASS"


def test_plain_text_answers_as_json_does(client: FlaskClient) -> None:
    as_text = client.post("/extract", data=TEXT.encode(), content_type="text/plain")
    assert as_text.get_json() == client.post("/extract", json={"text": TEXT}).get_json()


def test_plain_text_is_read_in_its_charset(client: FlaskClient) -> None:
    text = "„Nein“, sagte Müller."
    latin = client.post(
        "/extract", data=text.encode("cp1252"), content_type="text/plain; charset=windows-1252"
    )
    unicode = client.post("/extract", data=text.encode(), content_type="text/plain")
    assert latin.get_json() == unicode.get_json()


@pytest.mark.parametrize(("asked", "found"), [("", [False]), ("?denied=true", [True])])
def test_denied_statements_are_answered_on_request(
    client: FlaskClient, asked: str, found: list[bool]
) -> None:
    text = "Ada Lund never said “the port is for sale”. “We stay,” she said."
    answer = client.post(f"/extract{asked}", json={"text": text}).get_json()
    assert [one["denied"] for one in answer["statements"]] == found
    everything = client.post("/extract?denied=any", data=text, content_type="text/plain").get_json()
    assert [one["denied"] for one in everything["statements"]] == [True, False]


def test_nothing_is_kept(client: FlaskClient) -> None:
    answer = client.post("/extract", json={"text": TEXT}).get_json()
    assert "links" not in answer["source"]
    assert "links" not in answer["statements"][0]
    assert client.get(f"/sources/{answer['source']['id']}").status_code == 404


@pytest.mark.parametrize(
    ("body", "parameter", "detail"),
    [
        ({}, "text", "missing; required"),
        ({"text": " \n"}, "text", "empty"),
        ({"text": 1}, "text", "not a string"),
        ({"text": "a", "titel": "b"}, "titel", 'did you mean "title"?'),
        ({"text": "a", "published": "soon"}, "published", "'soon' is not a date"),
        ({"text": "a", "url": "example.org"}, "url", "'example.org' is not a full URL"),
        ({"text": "a", "language": "English!"}, "language", "is not a language tag"),
    ],
)
def test_wrong_key_is_named(client: FlaskClient, body: dict, parameter: str, detail: str) -> None:
    response = client.post("/extract", json=body)
    assert response.status_code == 422
    (wrong,) = response.get_json(force=True)["errors"]
    assert wrong["parameter"] == parameter
    assert detail in wrong["detail"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "detail"),
    [
        (b'{"text": ', "application/json", 422, "the body is not JSON"),
        (b'{"text": "\xff"}', "application/json", 422, "the body is not JSON"),
        (b"[" * 100_000, "application/json", 422, "the body is not JSON"),
        (b'["text"]', "application/json", 422, "the body is JSON but not an object"),
        (b"a\xff", "text/plain", 422, "byte 1 of the body is not valid utf-8"),
        (b"a", "text/plain; charset=klingon", 415, "unknown charset klingon"),
        (b"a", "text/plain; charset=idna", 415, "unknown charset idna"),
        (b"text=a", "application/x-www-form-urlencoded", 415, "application/json or text/plain"),
        (b"a", None, 415, "a body of no type"),
        (b"a" * 1_000_001, "text/plain", 413, "longer than 1000000 bytes"),
    ],
)
def test_body_that_cannot_be_used_is_refused(
    client: FlaskClient, body: bytes, kind: str | None, status: int, detail: str
) -> None:
    response = client.post("/extract", data=body, content_type=kind)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert detail in response.get_json(force=True)["detail"]


def test_query_string_is_refused(client: FlaskClient) -> None:
    assert client.post("/extract?text=a", json={"text": TEXT}).status_code == 422


def test_extraction_needs_no_index(without_index: FlaskClient) -> None:
    assert without_index.post("/extract", json={"text": TEXT}).status_code == 200


LINES = "application/x-ndjson"
SAID = "“We will mend bridge {0:05} and road {0:05} before the winter,” said Mayor Jane Doe.\n\n"


def many(statements: int) -> bytes:
    return "".join(map(SAID.format, range(statements))).encode()


@pytest.fixture(scope="module")
def fast(seeds_index: Path) -> FlaskClient:
    return create_app(Settings(index=seeds_index, extractor=Extractor.RULES)).test_client()


def extracted(client: FlaskClient, text: bytes, accept: str = "*/*") -> TestResponse:
    return client.post("/extract", data=text, content_type="text/plain", headers={"Accept": accept})


def test_answer_of_more_than_two_megabytes_is_refused_and_says_what_to_ask_for(
    fast: FlaskClient,
) -> None:
    """A text of 1 MB may have 100 MB of statements."""
    largest = extracted(fast, many(1_500))
    assert largest.status_code == 200
    assert 1_500_000 < len(largest.data) <= 2_000_000
    refused = extracted(fast, many(3_000))
    assert refused.status_code == 413
    problem = refused.get_json(force=True)
    assert problem["type"] == "/docs#answer-too-large"
    assert "the text has 3000 statements" in problem["detail"]
    assert f"Accept: {LINES}" in problem["detail"]


def test_statements_come_one_a_line_from_any_text(client: FlaskClient, fast: FlaskClient) -> None:
    few = extracted(client, many(3), LINES)
    assert (few.mimetype, few.headers["Vary"]) == (LINES, "Accept, Accept-Encoding")
    lines = [json.loads(line) for line in few.text.splitlines()]
    assert lines == extracted(client, many(3)).get_json()["statements"]
    assert extracted(fast, many(3_000), LINES).text.count("\n") == 3_000
    assert extracted(client, b"Nobody spoke.", LINES).data == b""


def test_lines_are_compressed_as_they_are_sent(client: FlaskClient) -> None:
    headers = {"Accept": LINES, "Accept-Encoding": "br"}
    packed = client.post("/extract", data=many(90), content_type="text/plain", headers=headers)
    assert packed.headers["Content-Encoding"] == "br"
    assert 10 * len(packed.data) < len(extracted(client, many(90), LINES).data)
