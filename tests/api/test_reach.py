"""Who may ask, from where, and where links in answers lead."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from msgspec import structs

from service.app import create_app
from service.domain import Hit, Statement
from service.errors import MisconfiguredService
from service.rendering.prefix import prefixed_statement
from service.rendering.statement_json import STATEMENT_JSON
from service.settings import Settings
from tests.api.answered.test_problems import problem_of

SITE = "https://news.example"
OTHER = "https://elsewhere.example"
JSON_LD = {"Accept": "application/ld+json"}


def client_with(index_path: Path, **settings: str) -> FlaskClient:
    """``settings`` as ONRECORD_* has them."""
    environment = {f"ONRECORD_{name.upper()}": value for name, value in settings.items()}
    environment |= {"ONRECORD_INDEX": str(index_path), "ONRECORD_EXTRACTOR": "rules"}
    return create_app(Settings.from_environment(environment)).test_client()


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8000", "LOCALHOST.", "a.localhost", "127.0.0.1:80", "[::1]:8000"],
)
def test_this_machine_is_answered_under_its_names(client: FlaskClient, host: str) -> None:
    assert client.get("/quotes", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/quotes", "/", "/docs", "/static/docs.js", "/nowhere", "/readyz"]
)
@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.example",
        "localhost.elsewhere.example",
        "127.0.0.1.elsewhere.example:8000",
        "10.0.0.1",
        "0.0.0.0:8000",
        "localhost@elsewhere.example",
        "localhost:8000:1",
        "[::2]",
        "a b",
        "",
    ],
)
def test_stranger_that_points_here_is_not_answered(
    client: FlaskClient, host: str, path: str
) -> None:
    problem = problem_of(client.get(path, headers={"Host": host}), 421)
    assert problem["type"] == "/docs#unknown-host"
    assert "ONRECORD_HOSTS" in problem["detail"]


def test_stranger_gets_nothing_that_was_kept(client: FlaskClient) -> None:
    for _ in range(3):
        assert client.get("/quotes").status_code == 200
    assert client.get("/quotes", headers={"Host": "elsewhere.example"}).status_code == 421


@pytest.mark.parametrize(
    "settings",
    [
        {"hosts": "other.example, News.Example"},
        {"url": "https://news.example:8443/onrecord"},
        {"bind": "news.example:8000"},
    ],
)
def test_host_is_known_by_settings(index_path: Path, settings: dict[str, str]) -> None:
    client = client_with(index_path, **settings)
    assert client.get("/healthz", headers={"Host": "news.example:99"}).status_code == 200
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", headers={"Host": "elsewhere.example"}).status_code == 421


def test_listening_everywhere_names_no_host(index_path: Path) -> None:
    client = client_with(index_path, bind="0.0.0.0:8000")
    assert client.get("/healthz", headers={"Host": "0.0.0.0:8000"}).status_code == 421


READ = ["/quotes", "/quotes?speker=a", "/nowhere", "/docs", "/sources/a-meeting/text"]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("origin", [SITE, "null", "http://localhost"])
def test_no_other_page_reads_unless_it_is_listed(
    client: FlaskClient, path: str, origin: str
) -> None:
    for response in (
        client.get(path, headers={"Origin": origin}),
        client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "GET"}),
    ):
        names = [name for name, _ in response.headers]
        assert not [name for name in names if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", READ)
def test_listed_page_reads(index_path: Path, path: str) -> None:
    client = client_with(index_path, origins=f"{SITE} http://localhost:3000")
    for _ in range(3):
        headers = client.get(path, headers={"Origin": SITE}).headers
        assert headers["Access-Control-Allow-Origin"] == SITE
        assert headers["Access-Control-Expose-Headers"].startswith("ETag, Link, ")
        assert "Origin" in headers["Vary"]
        others = client.get(path, headers={"Origin": OTHER}).headers
        assert "Access-Control-Allow-Origin" not in others
        assert "Origin" in others["Vary"]
        assert others.get_all("Vary") == [others["Vary"]]


def test_listed_page_may_ask_what_it_may_send(index_path: Path) -> None:
    client = client_with(index_path, origins=SITE)
    asking = {"Access-Control-Request-Method": "POST"}
    response = client.options("/verify", headers={"Origin": SITE, **asking})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == SITE
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    refused = client.options("/verify", headers={"Origin": OTHER, **asking})
    assert "Access-Control-Allow-Origin" not in refused.headers
    posted = client.post("/extract", json={"text": "a"}, headers={"Origin": SITE})
    assert (posted.status_code, posted.headers["Access-Control-Allow-Origin"]) == (200, SITE)


FOREIGN = [
    {"Origin": OTHER},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    {"Origin": OTHER, "Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("path", ["/extract", "/verify", "/verify/document", "/quotes", "/nowhere"])
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_page_of_another_site_sends_nothing(
    client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    response = client.post(path, data="“We will stay,” said Jane Doe.", headers=headers)
    problem = problem_of(response, 403)
    assert problem["type"] == "/docs#foreign-origin"
    assert "ONRECORD_ORIGINS" in problem["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "https://localhost:443", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_own_page_and_program_send(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/extract", json={"text": "a"}, headers=headers).status_code == 200


def test_address_is_never_the_host_that_was_asked_for(client: FlaskClient) -> None:
    path = client.get("/quotes").get_json()["items"][0]["links"]["self"]
    for host in ("localhost", "any.localhost:99", "127.0.0.1:1"):
        linked = client.get(path, headers={**JSON_LD, "Host": host}).get_json(force=True)
        assert linked["@id"] == f"http://localhost{path}"


def test_address_is_that_of_the_settings(index_path: Path) -> None:
    client = client_with(index_path, url="https://news.example/onrecord/")
    path = client.get("/quotes").get_json()["items"][0]["links"]["self"]
    for host in ("news.example", "localhost:8000"):
        linked = client.get(path, headers={**JSON_LD, "Host": host}).get_json(force=True)
        assert linked["@id"] == f"https://news.example{path}"
        assert "- url: https://news.example/onrecord\n" in client.get("/openapi.yaml").text
        docs = client.get("/docs/statements", headers={"Host": host}).text
        assert 'curl \'<span class="service">https://news.example/onrecord</span>/quotes' in docs


@pytest.mark.parametrize("cut", [True, False])
def test_links_have_the_prefix(index_path: Path, cut: bool) -> None:
    """The prefix works whether or not the proxy strips it."""
    client = client_with(index_path, url="https://news.example/on/record")
    _check_prefix(client, "" if cut else "/on/record", "/on/record")


def test_trusted_proxy_sets_the_address_of_the_service(index_path: Path) -> None:
    client = client_with(index_path, trusted_proxies="127.0.0.0/8, ::1")
    client.environ_base["HTTP_X_FORWARDED_PREFIX"] = "/archive"
    _check_prefix(client, "", "/archive")


def _check_prefix(client: FlaskClient, mounted_at: str, prefix: str) -> None:
    for _ in range(3):  # first from the index, then from the cache
        page = client.get(f"{mounted_at}/quotes?limit=1")
        assert page.get_json()["next"].startswith(f"{prefix}/quotes?limit=1&cursor=")
        assert page.headers["Link"].startswith(f"<{prefix}/quotes?")
        assert _links(page.get_json(), prefix) == 4
        compressed = client.get(f"{mounted_at}/quotes?limit=1", headers={"Accept-Encoding": "zstd"})
        assert compressed.headers["Link"] == page.headers["Link"]
    paths = ("/", "/quotes/s-0", "/speakers", "/speakers/xi-jinping/claims", "/sources/a-meeting")
    for path in (*paths, "/verify?quote=our relations are at a high level"):
        _links(client.get(f"{mounted_at}{path}").get_json(), prefix)
    posted = {"text": "“Our relations are at a high level,” Putin said."}
    _links(client.post(f"{mounted_at}/verify/document", json=posted).get_json(), prefix)
    wrong = problem_of(client.get(f"{mounted_at}/quotes?speker=a"), 422)
    assert wrong["type"] == f"{prefix}/docs#invalid-parameter"
    assert wrong["instance"] == f"{prefix}/quotes"
    missing = problem_of(client.get(f"{mounted_at}/qoutes"), 404)
    assert missing["detail"] == f'there is no {prefix}/qoutes; did you mean "{prefix}/quotes"?'
    assert f"{prefix}\n" in client.get(f"{mounted_at}/openapi.yaml").text.split("servers:")[1][:99]
    for path in ("/", "/docs"):
        page = client.get(f"{mounted_at}{path}", headers={"Accept": "text/html"}).text
        leading = re.findall(r' (?:href|src|action|data-path)="(/[^"]*)"', page)
        assert len(leading) > 8
        assert [one for one in leading if not one.startswith(f"{prefix}/")] == []


def _links(content: object, prefix: str) -> int:
    """The number of links; all links to the service start with the prefix, once."""
    if isinstance(content, list):
        return sum(_links(one, prefix) for one in content)
    if not isinstance(content, dict):
        return 0
    links = dict(content.get("links", {}))
    if "original" in links:
        assert links.pop("original").startswith("https://example.org/meeting#:~:text=")
    for path in links.values():
        assert path.startswith(f"{prefix}/") and not path.startswith(2 * prefix), path
    return len(links) + sum(_links(one, prefix) for key, one in content.items() if key != "links")


FORWARDED = {
    "X-Forwarded-Prefix": "/archive",
    "X-Forwarded-Host": "elsewhere.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "10.0.0.1",
}


@pytest.mark.parametrize("settings", [{}, {"trusted_proxies": "10.0.0.0/8"}])
def test_nobody_else_says_it(index_path: Path, settings: dict[str, str]) -> None:
    client = client_with(index_path, **settings)
    page = client.get("/quotes", headers=FORWARDED)
    assert page.status_code == 200
    assert page.data == client.get("/quotes").data


def test_host_that_a_proxy_passes_on_is_checked(index_path: Path) -> None:
    client = client_with(index_path, trusted_proxies="127.0.0.1")
    assert client.get("/quotes", headers=FORWARDED).status_code == 421


@pytest.mark.parametrize("prefix", ["//elsewhere.example", "/a b", '/a"b', "a", "/<b>", "/"])
def test_prefix_that_is_not_a_path_is_ignored(index_path: Path, prefix: str) -> None:
    client = client_with(index_path, trusted_proxies="127.0.0.1")
    page = client.get("/quotes", headers={"X-Forwarded-Prefix": prefix})
    assert page.get_json()["items"][0]["links"]["self"].startswith("/quotes/s-")


def test_words_that_look_like_links_are_left_unchanged(quotation: Statement) -> None:
    said = '"links":{"self":"/a","source":"/b","page":"/c","cluster":"/d"}'
    written = STATEMENT_JSON(Hit(structs.replace(quotation, text=said)))
    put = json.loads(prefixed_statement(written, "/on"))
    assert put["links"]["self"] == f"/on/quotes/{quotation.id}"
    assert {**put, "links": None} == {**json.loads(written), "links": None}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "news.example"),
        ("url", "https://news.example/a?b"),
        ("url", "https://jane@news.example"),
        ("url", "https://news.example//a"),
        ("url", "https://News.example"),
        ("url", "https://[1.2]"),
        ("url", "https://news.example:99999/a"),
        ("hosts", "https://news.example"),
        ("hosts", "*"),
        ("origins", "*"),
        ("origins", "news.example"),
        ("origins", "https://news.example/"),
        ("origins", "https://[:]"),
        ("trusted_proxies", "proxy"),
        ("trusted_proxies", "10.0.0.1/8"),
    ],
)
def test_setting_that_is_wrong_is_named(name: str, value: str) -> None:
    with pytest.raises(MisconfiguredService) as raised:
        Settings.from_environment({f"ONRECORD_{name.upper()}": value})
    assert str(raised.value).startswith(f"ONRECORD_{name.upper()}: {value!r} is n")


def test_prefix_that_is_a_call_is_refused(index_path: Path) -> None:
    with pytest.raises(MisconfiguredService, match="/quotes is a path of the service itself"):
        client_with(index_path, url="https://news.example/quotes/on-record")


@pytest.mark.parametrize("path", ["/quotes", "/readyz", "/verify?quote=a", "/clusters/s-0"])
def test_what_is_unavailable_tells_no_path(tmp_path: Path, path: str) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "x").write_text("x")
    for folder in ("none", "broken"):
        response = client_with(tmp_path / folder).get(path)
        assert response.status_code == 503
        assert str(tmp_path) not in response.text
        assert "the operator" in response.text or "log" in response.text
