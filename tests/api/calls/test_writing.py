"""Adding and withdrawing sources: who may, what is accepted, and that it is all or nothing."""

import hashlib
import json
import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.domain import Extractor
from service.errors import MisconfiguredService
from service.index.whoosh import open_index
from service.index.whoosh.format.folder import IndexFolder
from service.settings import Settings
from tests.api.answered.test_problems import problem_of

TOKEN, OTHER, READER = "write-write-write-1", "write-write-write-2", "read-read-read-read"
MAY = {"Authorization": f"Bearer {TOKEN}"}
LINES = "application/x-ndjson"
SAID = "“We will stay here,” Mayor Jane Doe said."


@pytest.fixture
def client(index_path: Path) -> FlaskClient:
    return _client(index_path, f"{TOKEN}, {OTHER}", READER)


def _client(index_path: Path, write_tokens: str = "", read_tokens: str = "") -> FlaskClient:
    settings = Settings(
        index=index_path,
        extractor=Extractor.RULES,
        write_tokens=write_tokens,
        read_tokens=read_tokens,
    )
    return create_app(settings).test_client()


def reading(client: FlaskClient, path: str) -> TestResponse:
    return client.get(path, headers={"Authorization": f"Bearer {READER}"})


def total(client: FlaskClient) -> int:
    found: int = reading(client, "/sources").get_json()["total"]
    return found


def test_article_is_found_as_soon_as_it_is_taken_in(client: FlaskClient) -> None:
    article = {"id": "new", "text": SAID, "title": "Stay", "authors": ["Ann Lee"], "desk": "City"}
    answer = client.post("/sources", json=article, headers=MAY)
    written = answer.get_json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/sources/new"
    assert (written["added"], written["replaced"], written["unchanged"]) == (1, 0, 0)
    (source,) = written["sources"]
    kept = reading(client, "/sources/new").get_json()
    assert source == {key: kept[key] for key in source}  # only there are reprints listed
    assert (source["title"]["provenance"], source["metadata"]) == ("declared", {"desk": "City"})
    (statement,) = written["statements"]
    assert statement["speaker"]["name"] == "Jane Doe"
    assert written["statements_total"] == 1
    assert reading(client, "/readyz").get_json()["index"]["generation"] == written["generation"]
    assert reading(client, "/search?q=stay").get_json()["items"][0]["id"] == statement["id"]


def test_same_article_again_changes_nothing_and_another_one_replaces_it(
    client: FlaskClient,
) -> None:
    first = client.post("/sources", json={"id": "new", "text": SAID}, headers=MAY)
    again = client.post("/sources", json={"id": "new", "text": SAID}, headers=MAY)
    assert (again.status_code, again.get_json()["unchanged"]) == (200, 1)
    assert again.get_json()["generation"] == first.get_json()["generation"]
    text = SAID.replace("stay here", "leave")
    other = client.post("/sources", json={"id": "new", "text": text}, headers=MAY)
    assert (other.status_code, other.get_json()["replaced"]) == (200, 1)
    assert reading(client, "/search?q=stay").get_json()["total"] == 0


def test_plain_text_has_its_metadata_in_parameters(client: FlaskClient) -> None:
    answer = client.post(
        "/sources?id=b&title=Stay&publisher=TASS&published=2022-02-03&authors=Ann+Lee&language=en",
        data=SAID.encode("utf-16"),
        content_type="text/plain; charset=utf-16",
        headers=MAY,
    )
    (source,) = answer.get_json()["sources"]
    assert answer.status_code == 201
    assert reading(client, "/sources/b/text").get_data(as_text=True) == SAID
    assert [source[key]["value"] for key in ("title", "publisher", "published", "language")] == [
        *("Stay", "TASS", "2022-02-03", "en")
    ]
    assert [author["value"] for author in source["authors"]] == ["Ann Lee"]


def test_parameters_win_over_what_lines_say(client: FlaskClient) -> None:
    lines = [{"text": f"{SAID} {n}", **({"publisher": "Own"} if n else {})} for n in range(2)]
    response = client.post(
        "/sources?publisher=TASS&published=2022",
        data="\n".join(map(json.dumps, lines)),
        content_type=LINES,
        headers=MAY,
    ).get_json()
    assert [one["publisher"]["value"] for one in response["sources"]] == ["TASS", "TASS"]
    assert {one["published"]["value"] for one in response["sources"]} == {"2022"}


def test_lines_are_taken_in_together(client: FlaskClient) -> None:
    lines = [json.dumps({"id": f"l{n}", "text": SAID.replace("Doe", f"Doe{n}")}) for n in range(9)]
    answer = client.post("/sources", data="\n".join(lines), content_type=LINES, headers=MAY)
    written = answer.get_json()
    assert (answer.status_code, written["added"]) == (201, 9)
    assert [source["id"] for source in written["sources"]] == [f"l{n}" for n in range(9)]
    assert written["generation"].partition("-")[0] == "2"
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ([{"text": "a"}, {"tex": "b"}, {"text": ""}], ["the body:2: ", "the body:3: "]),
        ([{"text": "a", "id": "x"}, {"text": "b", "id": "x"}], ["two sources", "'x'"]),
        ([{"text": f"a {n}"} for n in range(201)], ["201", "200"]),
        ([], ["0 sources"]),
        ([{"text": "a", "published": "soon"}], ["the body:1: ", "published"]),
    ],
)
def test_of_lines_that_cannot_be_used_none_is_taken(
    client: FlaskClient, lines: list[Any], named: list[str]
) -> None:
    body = "\n".join(map(json.dumps, lines))
    answer = client.post("/sources", data=body, content_type=LINES, headers=MAY)
    detail = problem_of(answer, 422)["detail"]
    assert all(one in detail for one in named), detail
    assert total(client) == 2


def test_answer_has_no_more_than_it_may_and_says_how_much_there_is(client: FlaskClient) -> None:
    text = "\n".join(f"“We will stay here {n} days,” Jane Doe said." for n in range(300))
    written = client.post("/sources", json={"text": text}, headers=MAY).get_json()
    assert written["statements_total"] == 300
    assert len(written["statements"]) == 200


def test_withdrawn_source_is_gone_from_answers_and_from_the_folder(
    client: FlaskClient, index_path: Path
) -> None:
    client.post(
        "/sources", json={"id": "new", "text": "“Unutterable,” Jane Doe said."}, headers=MAY
    )
    answer = client.delete("/sources/new", headers=MAY)
    assert (answer.status_code, answer.data) == (204, b"")
    assert reading(client, "/sources/new").status_code == 404
    assert reading(client, "/search?q=unutterable").get_json()["total"] == 0
    assert not [one for one in index_path.iterdir() if b"nutterable" in one.read_bytes()]
    problem_of(client.delete("/sources/new", headers=MAY), 404)


def test_first_article_makes_the_index(tmp_path: Path) -> None:
    client = _client(tmp_path / "index", TOKEN)
    assert client.get("/quotes").status_code == 503
    assert client.delete("/sources/a", headers=MAY).status_code == 503
    assert client.post("/sources", json={"text": SAID}, headers=MAY).status_code == 201
    assert client.get("/quotes").get_json()["total"] == 1


WRITING = [("POST", "/sources"), ("POST", "/claim-reviews"), ("DELETE", "/sources/a-meeting")]


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_writing_is_off_without_tokens(index_path: Path, method: str, path: str) -> None:
    off = _client(index_path)
    for headers in ({}, MAY):
        problem = problem_of(off.open(path, method=method, headers=headers), 403)
        assert "ONRECORD_WRITE_TOKENS" in problem["detail"]
        assert problem["type"] == "/docs#writing-off"
    assert off.get("/sources/a-meeting").status_code == 200


@pytest.mark.parametrize(("method", "path"), WRITING)
@pytest.mark.parametrize(
    ("authorization", "status", "challenge"),
    [
        (None, 401, 'Bearer realm="On Record"'),
        (f"Basic {TOKEN}", 401, 'Bearer realm="On Record"'),
        (TOKEN, 401, 'Bearer realm="On Record"'),
        (f"Bearer {TOKEN}, Bearer {TOKEN}", 401, 'Bearer realm="On Record"'),
        (f"Bearer {TOKEN}1", 401, 'Bearer realm="On Record", error="invalid_token"'),
        (f"Bearer {TOKEN.upper()}", 401, 'Bearer realm="On Record", error="invalid_token"'),
        (f"Bearer {READER}", 403, 'Bearer realm="On Record", error="insufficient_scope"'),
    ],
)
def test_who_has_no_token_for_it_writes_nothing(
    client: FlaskClient,
    method: str,
    path: str,
    authorization: str | None,
    status: int,
    challenge: str,
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = client.open(path, method=method, headers=headers, json={"text": SAID})
    assert TOKEN not in problem_of(answer, status)["detail"]
    assert answer.headers["WWW-Authenticate"] == challenge
    assert total(client) == 2


def test_any_of_several_tokens_will_do_and_the_scheme_in_any_case(client: FlaskClient) -> None:
    for number, authorization in enumerate(
        (f"Bearer {TOKEN}", f"bearer {OTHER}", f"BEARER  {OTHER} ")
    ):
        body = {"id": f"n{number}", "text": SAID}
        answer = client.post("/sources", json=body, headers={"Authorization": authorization})
        assert answer.status_code == 201, authorization


def test_tokens_may_be_in_a_file_or_be_checksums(index_path: Path, tmp_path: Path) -> None:
    written = tmp_path / "tokens"
    checksum = hashlib.sha256(OTHER.encode()).hexdigest()
    written.write_text(f"# the CMS\n{TOKEN}  # since May\n\nsha256:{checksum}\n")
    client = _client(index_path, f"@{written}")
    for number, token in enumerate((TOKEN, OTHER)):
        answer = client.post(
            "/sources",
            json={"id": f"n{number}", "text": SAID},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 201


@pytest.mark.parametrize("tokens", ["short", "a b", "sha256:12", "@/nowhere/tokens", ",", "ä" * 20])
def test_tokens_that_cannot_be_used_are_named_by_number_alone(
    index_path: Path, tokens: str
) -> None:
    with pytest.raises(MisconfiguredService, match="ONRECORD_WRITE_TOKENS: ") as raised:
        _client(index_path, tokens)
    assert tokens == "," or tokens.startswith("@") or tokens not in str(raised.value)


def test_settings_show_no_token() -> None:
    assert TOKEN not in repr(Settings(write_tokens=TOKEN, read_tokens=TOKEN))


def test_request_during_indexing_has_a_time_to_retry(client: FlaskClient, index_path: Path) -> None:
    with IndexFolder(index_path).writing():
        answer = client.post("/sources", json={"text": SAID}, headers=MAY)
    assert problem_of(answer, 503)["type"] == "/docs#index-busy"
    assert int(answer.headers["Retry-After"]) > 0
    assert total(client) == 2


def test_foreign_page_writes_nothing_though_it_has_a_token(client: FlaskClient) -> None:
    headers = {**MAY, "Origin": "https://elsewhere.example"}
    problem_of(client.post("/sources", json={"text": SAID}, headers=headers), 403)
    assert total(client) == 2


@pytest.mark.parametrize("path", ["/sources", "/claim-reviews"])
def test_media_type_that_is_not_read_is_named(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data=b"a,b", content_type="text/csv", headers=MAY)
    assert "text/csv; expected " in problem_of(answer, 415)["detail"]


def test_thousand_bad_bodies_are_refused_as_problems(client: FlaskClient) -> None:
    chance = random.Random(18)
    for _ in range(1000):
        media, body = _bad_body(chance)
        answer = client.post("/sources", data=body, content_type=media, headers=MAY)
        assert answer.status_code in (400, 415, 422), (media, body)
        problem_of(answer, answer.status_code)
    assert total(client) == 2


def test_thousand_bad_ids_are_refused_as_problems(client: FlaskClient) -> None:
    chance = random.Random(18)
    for _ in range(1000):
        path = "/sources/" + "".join(
            chance.choices("ab-%/?#.\\~é\0\x7f💬 ", k=chance.randint(1, 40))
        )
        answer = client.delete(path, headers=MAY)
        assert 400 <= answer.status_code < 500, path
        problem_of(answer, answer.status_code)
    assert total(client) == 2


KEYS = ["id", "title", "publisher", "url", "published", "authors", "language", "x"]
NO_TEXTS: list[Any] = [
    None,
    True,
    0,
    -1.5,
    "",
    " ",
    "\n\t",
    "\ud800",
    [],
    {},
    ["a"],
    {"a": 1},
]
VALUES = [*NO_TEXTS, 1e308, "a", "💬", "2022-02-30", "ftp://a", "a" * 3000, [["a"] * 50] * 50]
MEDIA = [
    *("application/json", LINES, "text/html", "", "application/json; charset=latin-1"),
    *("multipart/form-data; boundary=x", "application/x-www-form-urlencoded"),
]


def _bad_body(chance: random.Random) -> tuple[str, bytes]:
    """A body without text: an incomplete object, or text that is none."""
    if chance.random() < 0.2:
        charset = chance.choice(["utf-8", "utf-7", "koi8", "ascii", "", "é"])
        return f"text/plain; charset={charset}", chance.choice([b"", b" \n", b"\xff\xfe\xff"])
    fields = {chance.choice(KEYS): chance.choice(VALUES) for _ in range(chance.randint(0, 4))}
    fields[chance.choice(["text", "body"])] = chance.choice(NO_TEXTS)
    body = json.dumps(fields).encode()
    if chance.random() < 0.4:
        body = body[: chance.randrange(len(body))]
    return chance.choice(MEDIA), body * chance.choice([1, 1, 1, 2])


def test_index_that_another_one_opens_is_whole(client: FlaskClient, index_path: Path) -> None:
    client.post("/sources", json={"text": SAID}, headers=MAY)
    with closing(open_index(index_path)) as opened:
        assert opened.snapshot().statistics().sources == 3


REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "Our relations are at a high level",
    "url": "https://facts.example/level",
    "author": {"@type": "Organization", "name": "Facts"},
}


def test_checks_of_others_are_shown_as_soon_as_they_are_taken_in(client: FlaskClient) -> None:
    answer = client.post("/claim-reviews", json=[REVIEW], headers=MAY)
    assert (answer.status_code, answer.get_json()["added"]) == (201, 1)
    again = client.post(
        "/claim-reviews",
        data=json.dumps(REVIEW),
        content_type="application/ld+json; charset=utf-8",
        headers=MAY,
    )
    assert (again.status_code, again.get_json()["unchanged"]) == (200, 1)
    assert again.get_json()["ids"] == answer.get_json()["ids"]
    found = reading(client, "/v1alpha1/claims:search?query=relations").get_json()
    assert [one["text"] for one in found["claims"]] == [REVIEW["claimReviewed"]]


def test_of_checks_that_are_wrong_none_is_taken(client: FlaskClient) -> None:
    lines = [REVIEW, {**REVIEW, "url": "no address"}, {"@type": "ClaimReview"}]
    body = "\n".join(map(json.dumps, lines))
    for media, sent in ((LINES, body), ("application/json", json.dumps(lines))):
        answer = client.post("/claim-reviews", data=sent, content_type=media, headers=MAY)
        detail = problem_of(answer, 422)["detail"]
        assert "claim review 2" in detail
        assert "claim review 3" in detail
    assert not reading(client, "/v1alpha1/claims:search?query=relations").get_json().get("claims")


NO_CLAIMS: list[Any] = [None, "", " ", "\n\t", [], {}]


def test_thousand_bad_checks_are_refused_as_problems(client: FlaskClient) -> None:
    chance = random.Random(18)
    for _ in range(1000):
        fields = {chance.choice([*REVIEW, "itemReviewed"]): chance.choice(NO_TEXTS)}
        body = json.dumps({**REVIEW, **fields, "claimReviewed": chance.choice(NO_CLAIMS)}).encode()
        if chance.random() < 0.3:
            body = body[: chance.randrange(len(body))]
        media = chance.choice(["application/json", "application/ld+json", LINES, "text/html", ""])
        answer = client.post("/claim-reviews", data=body, content_type=media, headers=MAY)
        assert answer.status_code in (415, 422), (media, body)
        problem_of(answer, answer.status_code)
