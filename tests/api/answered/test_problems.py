"""Every error is a problem that names what was given and what would be right."""

import io
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from service.app import create_app
from service.errors import InvalidParameter
from service.index.whoosh import open_index
from service.settings import Settings


def problem_of(response: TestResponse, status: int) -> dict:
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    problem = response.get_json(force=True)
    assert list(problem)[:5] == ["type", "title", "status", "detail", "instance"]
    assert problem["status"] == status
    return problem


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("speker=Putin", "speker", 'unknown parameter; did you mean "speaker"?'),
        ("zzz=1", "zzz", "unknown parameter; the parameters are speaker, q, form, act, "),
        ("speaker=Putin&speaker=Xi", "speaker", "given more than once; give it once"),
        ("speaker=", "speaker", "empty; give a value or omit it"),
        ("speaker=%20", "speaker", "empty; give a value or omit it"),
        ("q=", "q", "empty; give a value or omit it"),
        (f"speaker={'a' * 301}", "speaker", "301 characters; the limit is 300"),
        (
            "from=yesterday",
            "from",
            "'yesterday' is not a date; expected 2022-02-03, 2022-02 or 2022",
        ),
        ("from=2022-02-30", "from", "'2022-02-30' is not a date"),
        ("to=--02-03", "to", "'--02-03' is not a date"),
        ("to=0000", "to", "'0000' is not a date"),
        ("from=2024&to=2022", "from", "2024-01-01 is later than to, 2022-12-31; swap them"),
        (
            "form=indirect",
            "form",
            "'indirect' is not one of direct, mixed; did you mean \"direct\"?",
        ),
        ("sort=newest", "sort", "'newest' is not one of relevance, -date, date"),
        ("sort=relevance", "sort", "'relevance' needs q; without one use -date or date"),
        ("facet=publsher", "facet", 'did you mean "publisher"?'),
        (
            "facet=form,",
            "facet",
            "'' is not one of speaker, publisher, form, act, language, year, month, source_type",
        ),
        ("limit=0", "limit", "'0' is not a whole number from 1 to 200"),
        ("min_confidence=1.01", "min_confidence", "'1.01' is not a number from 0 to 1"),
        ("min_confidence=-0.1", "min_confidence", "'-0.1' is not a number from 0 to 1"),
        ("min_confidence=nan", "min_confidence", "'nan' is not a number from 0 to 1"),
        ("source_type=documents", "source_type", 'did you mean "document"?'),
        ("limit=201", "limit", "'201' is not a whole number from 1 to 200"),
        ("limit=1_0", "limit", "'1_0' is not a whole number from 1 to 200"),
        ("limit=ten", "limit", "'ten' is not a whole number from 1 to 200"),
    ],
)
def test_wrong_parameter_is_named(
    client: FlaskClient, query: str, parameter: str, detail: str
) -> None:
    problem = problem_of(client.get(f"/quotes?{query}"), 422)
    assert problem["type"] == "/docs#invalid-parameter"
    (wrong,) = problem["errors"]
    assert wrong["parameter"] == parameter
    assert detail in wrong["detail"]
    if wrong["detail"].startswith("unknown parameter;"):
        named = wrong["detail"].replace("parameter;", f'parameter "{parameter}";')
    else:
        named = f"{parameter}: {wrong['detail']}"
    assert problem["detail"] == named


@pytest.mark.parametrize("path", ["/quotes", "/speakers", "/sources"])
def test_cursor_that_was_not_issued_is_named(client: FlaskClient, path: str) -> None:
    problem = problem_of(client.get(f"{path}?cursor=elsewhere"), 422)
    assert [wrong["parameter"] for wrong in problem["errors"]] == ["cursor"]


def test_all_that_is_wrong_is_said_at_once(client: FlaskClient) -> None:
    problem = problem_of(client.get("/quotes?limit=0&speker=Putin&from=never"), 422)
    assert {wrong["parameter"] for wrong in problem["errors"]} == {"limit", "speker", "from"}


@pytest.mark.parametrize("path", ["/search", "/suggest"])
def test_missing_parameter_is_named(client: FlaskClient, path: str) -> None:
    problem = problem_of(client.get(path), 422)
    assert problem["errors"] == [{"parameter": "q", "detail": "missing; required"}]


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/readyz", "/openapi.yaml", "/docs", "/sources/a-meeting"]
)
def test_call_without_parameters_refuses_them(client: FlaskClient, path: str) -> None:
    problem = problem_of(client.get(f"{path}?speaker=Putin"), 422)
    assert problem["errors"][0]["detail"] == f"unknown parameter; {path} takes none"


def test_unknown_path_names_the_nearest(client: FlaskClient) -> None:
    problem = problem_of(client.get("/qoutes"), 404)
    assert problem["type"] == "about:blank"
    assert problem["detail"] == 'there is no /qoutes; did you mean "/quotes"?'


@pytest.mark.parametrize("path", ["/quotes/", "/sources//text", "/quotes/a/b", "/static/none.css"])
def test_path_is_taken_as_it_is_written(client: FlaskClient, path: str) -> None:
    problem_of(client.get(path), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/quotes/s-0",
        "/claims/s-0",
        "/speakers/nobody",
        "/speakers/nobody/quotes",
        "/speakers/nobody/claims",
        "/sources/none",
        "/sources/none/text",
        "/sources/none/quotes",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    problem = problem_of(client.get(path), 404)
    assert problem["type"] == "/docs#not-found"
    assert problem["instance"] == path


def test_instance_is_an_address(client: FlaskClient) -> None:
    problem = problem_of(client.get("/quotes/ä b"), 404)
    assert problem["instance"] == "/quotes/%C3%A4%20b"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_method_is_answered_with_those_allowed(client: FlaskClient, method: str) -> None:
    response = client.open("/quotes", method=method)
    problem = problem_of(response, 405)
    assert {name.strip() for name in response.headers["Allow"].split(",")} == {
        "GET",
        "HEAD",
        "OPTIONS",
    }
    assert problem["detail"] == f"/quotes takes GET, HEAD, OPTIONS, not {method}"


@pytest.mark.parametrize("path", ["/extract", "/verify/document"])
@pytest.mark.parametrize("terminated", [True, False])
def test_half_a_body_is_refused_whatever_server_passes_it_on(
    client: FlaskClient, path: str, terminated: bool
) -> None:
    environ = {"CONTENT_LENGTH": "100", "wsgi.input_terminated": terminated}
    half = {"input_stream": io.BytesIO(b"half a draft"), "environ_overrides": environ}
    problem_of(client.post(path, content_type="text/plain", **half), 400)


def test_failure_is_logged_and_not_shown(
    index_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("secret")

    app = create_app(Settings(index=index_path))
    app.add_url_rule("/fail", view_func=fail)
    problem = problem_of(app.test_client().get("/fail"), 500)
    assert "secret" not in str(problem)
    assert "RuntimeError: secret" in caplog.text


NAMES = ["speaker", "q", "form", "publisher", "source", "from", "to", "language", "sort", "facet"]


@given(st.dictionaries(st.sampled_from([*NAMES, "limit", "cursor"]) | st.text(), st.text()))
def test_any_query_is_answered_or_refused(client: FlaskClient, query: dict[str, str]) -> None:
    response = client.get("/quotes", query_string=query)
    if response.status_code != 200:
        wrong = problem_of(response, 422)["errors"]
        shown = {InvalidParameter(name, "").parameter for name in query}  # cut where it is long
        assert {one["parameter"] for one in wrong} <= shown


DATA = ["/quotes", "/quotes/s-0", "/claims", "/search?q=war", "/speakers", "/sources"]


@pytest.mark.parametrize("path", [*DATA, "/readyz"])
def test_without_an_index_data_are_unavailable(without_index: FlaskClient, path: str) -> None:
    response = without_index.get(path)
    problem = problem_of(response, 503)
    assert problem["type"] == "/docs#index-missing"
    assert "onrecord index" in problem["detail"]
    assert response.headers["Retry-After"]


@pytest.mark.parametrize("path", ["/", "/healthz", "/docs", "/openapi.yaml"])
def test_without_an_index_the_rest_works(without_index: FlaskClient, path: str) -> None:
    assert without_index.get(path).status_code == 200


def test_corrupt_index_is_unavailable(index_path: Path) -> None:
    for path in index_path.rglob("*"):
        if path.is_file():
            path.write_bytes(b"\0" * 16)
    app = create_app(Settings(index=index_path))
    problem = problem_of(app.test_client().get("/quotes"), 503)
    assert problem["type"].startswith("/docs#index-")


def test_service_recovers_when_an_index_appears(tmp_path: Path) -> None:
    client = create_app(Settings(index=tmp_path / "late")).test_client()
    assert client.get("/readyz").status_code == 503
    with closing(open_index(tmp_path / "late", create=True)) as index:
        index.add([])
    assert client.get("/readyz").status_code == 200
    assert client.get("/quotes").get_json()["total"] == 0


def test_twenty_errors_are_listed_and_the_rest_counted(client: FlaskClient) -> None:
    unknown = "&".join(f"x{number}=1" for number in range(1_300))
    for path in ("/quotes", "/readyz"):
        response = client.get(f"{path}?{unknown}")
        problem = problem_of(response, 422)
        assert (len(problem["errors"]), problem["errors_total"]) == (20, 1_300)
        assert problem["detail"].endswith("; and 1280 more")
        assert len(response.data) < 10_000


def test_what_somebody_made_up_is_not_answered_at_length(client: FlaskClient) -> None:
    body = {f"{letter}{'x' * 50_000}": 1 for letter in "abcdefghij"}
    response = client.post("/extract", json={"text": "“a”", **body})
    assert problem_of(response, 422)["errors_total"] == 10
    assert len(response.data) < 10_000
