"""Claimed quotations, drafts and clusters over HTTP."""

from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.domain import Extractor
from service.index.whoosh import open_index
from service.settings import Settings
from tests.index.articles import article

SAID = "Our relations are at a high level"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = f"<h1>A visit</h1><p>&ldquo;{SAID}, he&rsquo;s told,&rdquo; <b>Xi</b> said."


def test_facts_come_as_the_design_has_them(client: FlaskClient) -> None:
    answer = client.get("/verify", query_string={"quote": SAID, "speaker": "Putin"}).get_json()
    assert list(answer) == [
        *("quote", "speaker", "speakers", "verdict", "wording", "attribution", "did_you_mean"),
        *(
            "best",
            "in_text",
            "others",
            "pieces",
            "mentions",
            "independent_origins",
            "first_seen",
            "circulation",
        ),
        *("normalizations", "known_checks", "searched"),
    ]
    assert (answer["verdict"], answer["attribution"]) == ("verbatim", "as_claimed")
    assert [speaker["name"] for speaker in answer["speakers"]] == ["Vladimir Putin"]
    assert answer["best"]["diff"] == [{"op": "equal", "text": SAID}]
    assert answer["first_seen"]["source"]["published"] == "2022-02-03"
    searched = answer["searched"]
    assert {key: searched[key] for key in ("sources", "statements", "from", "to", "languages")} == {
        "sources": 2,
        "statements": 4,
        "from": "2022-02-03",
        "to": "2024-05-15",
        "languages": ["en"],
    }
    assert searched["queries"]


def test_posted_quotation_answers_as_one_that_is_asked_for(client: FlaskClient) -> None:
    claim = {"quote": SAID, "speaker": "Putin"}
    asked = client.get("/verify", query_string=claim).get_json()
    assert client.post("/verify", json=claim).get_json() == asked


def test_difference_is_shown_word_by_word(client: FlaskClient) -> None:
    answer = client.post("/verify", json={"quote": SAID.replace("high", "low")}).get_json()
    assert (answer["verdict"], answer["attribution"]) == ("altered", "not_claimed")
    (changed,) = [part for part in answer["best"]["diff"] if part["op"] != "equal"]
    assert changed == {"op": "replace", "claimed": "low ", "found": "high "}


def test_links_lead_to_statement_source_and_cluster(client: FlaskClient) -> None:
    links = client.post("/verify", json={"quote": SAID}).get_json()["best"]["statement"]["links"]
    for name in ("self", "source", "cluster"):
        assert client.get(links[name]).status_code == 200


def test_what_is_not_found_says_what_was_searched(client: FlaskClient) -> None:
    answer = client.post("/verify", json={"quote": "Elephants paint their houses"}).get_json()
    assert (answer["verdict"], answer["best"], answer["first_seen"]) == ("not_found", None, None)
    assert answer["searched"]["statements"] == 4


@pytest.mark.parametrize(
    ("claim", "parameter", "detail"),
    [
        ({}, "quote", "missing; required"),
        ({"quote": " "}, "quote", "empty"),
        ({"quote": "?!"}, "quote", "has no words in it"),
        ({"quote": 7}, "quote", "not a string"),
        ({"quote": "a" * 20_001}, "quote", "20001 characters; the limit is 20000"),
        ({"quote": SAID, "speaker": "?"}, "speaker", "contains no name"),
        ({"quote": SAID, "speker": "Putin"}, "speker", 'did you mean "speaker"?'),
    ],
)
def test_wrong_claim_is_named(
    client: FlaskClient, claim: dict, parameter: str, detail: str
) -> None:
    response = client.post("/verify", json=claim)
    assert response.status_code == 422
    (wrong,) = response.get_json(force=True)["errors"]
    assert wrong["parameter"] == parameter
    assert detail in wrong["detail"]


def test_long_quotation_is_posted(client: FlaskClient) -> None:
    response = client.get("/verify", query_string={"quote": "a" * 1001})
    assert response.status_code == 422
    assert client.post("/verify", json={"quote": "a" * 1001}).status_code == 200


def test_unknown_and_repeated_parameters_are_refused(client: FlaskClient) -> None:
    assert client.get("/verify?quote=a&q=b").status_code == 422
    assert client.get("/verify?quote=a&quote=b").status_code == 422
    assert client.post("/verify?quote=a", json={"quote": "a"}).status_code == 422


def test_draft_is_checked_at_its_places(client: FlaskClient) -> None:
    answer = client.post("/verify/document", data=DRAFT, content_type="text/html").get_json()
    assert answer["counts"] == {
        "verbatim": 0,
        "altered": 0,
        "pieced": 0,
        "misattributed": 1,
        "denied": 0,
        "not_found": 0,
        "too_short": 0,
        "not_a_quotation": 0,
    }
    (quotation,) = answer["quotations"]
    assert list(quotation) == [
        *("text", "form", "spans", "total_spans", "line", "column", "page", "paragraph"),
        *("speaker", "attribution", "verification", "cited"),
    ]
    (span,) = quotation["spans"]
    assert DRAFT[span["start"] : span["end"]].rstrip(",") == f"{SAID}, he&rsquo;s told"
    assert quotation["text"].rstrip(",") == f"{SAID}, he’s told"
    mention = quotation["attribution"]["mention"]
    assert DRAFT[mention["start"] : mention["end"]] == "Xi"
    assert (quotation["line"], quotation["column"]) == (1, DRAFT.index(SAID) + 1)
    assert quotation["verification"]["best"]["statement"]["speaker"]["name"] == "Vladimir Putin"


def test_draft_in_json_says_how_it_is_written(client: FlaskClient) -> None:
    posted = client.post("/verify/document", data=DRAFT.encode(), content_type="text/html")
    in_json = client.post("/verify/document", json={"text": DRAFT, "format": "html"})
    assert in_json.get_json() == posted.get_json()


@pytest.mark.parametrize("kind", ["text/plain", "text/markdown"])
def test_draft_is_read_as_its_type_says(client: FlaskClient, kind: str) -> None:
    text = f"“{SAID}”, Vladimir Putin said."
    response = client.post("/verify/document", data=text, content_type=f"{kind}; charset=utf-8")
    assert response.get_json()["counts"]["verbatim"] == 1


def test_draft_may_be_longer_than_a_text(client: FlaskClient) -> None:
    markup = f"<!-- {'a' * 1_500_000} -->{DRAFT}"
    response = client.post("/verify/document", data=markup, content_type="text/html")
    assert response.get_json()["counts"]["misattributed"] == 1


@pytest.mark.parametrize(
    ("body", "kind", "status", "detail"),
    [
        (b" \n", "text/plain", 422, "text: empty"),
        (b"<p></p>", "text/html", 422, "the draft has no visible words"),
        (b"a\n<b c", "text/html", 422, "line 2: the tag starting with <b c is never closed"),
        (b"\xff", "text/markdown", 422, "byte 0 of the body is not valid utf-8"),
        (b"{", "application/json", 422, "the body is not JSON"),
        (b"{}", "application/json", 422, "text: missing; required"),
        (
            b'{"text": "a", "format": "pdf"}',
            "application/json",
            422,
            "'pdf' is not one of text, html",
        ),
        (b'{"text": "a", "format": {}}', "application/json", 422, "'{}' is not one of text, html"),
        (b'{"text": "a", "from": "b"}', "application/json", 422, 'did you mean "format"?'),
        (
            b"%PDF-1.7",
            "application/pdf",
            422,
            "the body: the file is damaged or needs too much memory",
        ),
        (b"", "application/pdf", 422, "the body: not a PDF file"),
        (b"PK", WORD, 422, "the body: damaged, or not a .docx file"),
        (b"Hello", "message/rfc822", 422, "no From, Subject or Date header"),
        (b"{\\rtf1}", "application/rtf", 415, "application/pdf or application/vnd.openxml"),
        (b"%PDF" * 500_001, "application/pdf", 413, "longer than 2000000 bytes"),
        (b"a" * 2_000_001, "text/html", 413, "longer than 2000000 bytes"),
    ],
)
def test_draft_that_cannot_be_read_is_refused(
    client: FlaskClient, body: bytes, kind: str, status: int, detail: str
) -> None:
    response = client.post("/verify/document", data=body, content_type=kind)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert detail in response.get_json(force=True)["detail"]


def test_quotation_is_posted_as_json_only(client: FlaskClient) -> None:
    response = client.post("/verify", data=SAID, content_type="text/plain")
    assert response.status_code == 415
    assert "expected application/json" in response.get_json(force=True)["detail"]


def test_cluster_has_every_mention(client: FlaskClient) -> None:
    statement = client.get("/quotes?q=relations").get_json()["items"][0]
    cluster = client.get(statement["links"]["cluster"]).get_json()
    assert list(cluster) == [
        *("id", "speakers", "mentions", "total", "next", "variants", "independent_origins"),
        *("first_seen", "links"),
    ]
    assert [mention["id"] for mention in cluster["mentions"]] == [statement["id"]]
    assert cluster["speakers"] == [{"speaker": statement["speaker"], "mentions": 1}]
    assert cluster["links"] == {"self": f"/clusters/{statement['id']}"}


def test_quotation_of_many_tells_twenty_mentions_and_leads_to_the_rest(tmp_path: Path) -> None:
    with closing(open_index(tmp_path / "index", create=True)) as index:
        index.add(article(f"m{n:02}", ("Jane Doe", SAID), date="2020-01-01") for n in range(45))
    client = create_app(Settings(index=tmp_path / "index")).test_client()
    answer = client.post("/verify", json={"quote": SAID}).get_json()
    assert (answer["mentions"], len(answer["circulation"]["mentions"])) == (45, 20)
    seen, following = [], answer["first_seen"]["links"]["cluster"]
    while following:
        response = client.get(following)
        page = response.get_json()
        seen += page["mentions"]
        following = page["next"]
        assert page["total"] == 45
        assert response.headers.get("Link") == (following and f'<{following}>; rel="next"')
    assert [one["id"] for one in seen[:20]] == [
        one["id"] for one in answer["circulation"]["mentions"]
    ]
    assert len({one["id"] for one in seen}) == 45


def test_too_little_is_not_looked_up(client: FlaskClient) -> None:
    answer = client.get("/verify?quote=relations&speaker=Putin").get_json()
    assert (answer["verdict"], answer["wording"]) == ("too_short", "too_short")
    assert (answer["best"], answer["others"], answer["mentions"]) == (None, [], 0)
    assert answer["searched"]["queries"] == []


@pytest.fixture(scope="module")
def ruled(seeds_index: Path) -> FlaskClient:
    """A client of an application that reads drafts by the rules alone."""
    return create_app(Settings(index=seeds_index, extractor=Extractor.RULES)).test_client()


def test_draft_is_answered_in_brief(ruled: FlaskClient) -> None:
    """The findings take about 4 kB per quotation, whatever it is."""
    said = "close neighbors bound by centuries-old traditions of friendship and trust"
    honest = (
        f"“{said}”, Putin said. “No {{}} of ours was ever {{}},” Xi said. “Peace,” Xi said.\n\n"
    )
    draft = "".join(honest.format(f"w{n}", f"v{n}") for n in range(60))
    response = ruled.post("/verify/document", json={"text": draft})
    answer = response.get_json()
    counts = answer["counts"]
    assert (counts["verbatim"], counts["not_found"], counts["too_short"]) == (60, 60, 60)
    assert len(response.data) < 4_000 * 180
    verification = answer["quotations"][0]["verification"]
    assert list(verification) == [
        *(
            "verdict",
            "wording",
            "attribution",
            "did_you_mean",
            "best",
            "in_text",
            "others",
            "pieces",
            "total_pieces",
        ),
        *("mentions", "independent_origins", "first_seen", "normalizations"),
    ]
    assert answer["searched"]["statements"] == 73


def test_draft_of_too_many_quotations_is_refused(ruled: FlaskClient) -> None:
    draft = "".join(f"“We counted {n} swallows here,” Jane Doe said.\n\n" for n in range(1_001))
    response = ruled.post("/verify/document", json={"text": draft})
    assert response.status_code == 422
    assert "1001 quotations; the limit is 1000" in response.get_json(force=True)["detail"]


def test_unknown_cluster_is_not_found(client: FlaskClient) -> None:
    assert client.get("/clusters/s-000000000000").status_code == 404


def test_answers_are_tagged_by_the_index(client: FlaskClient) -> None:
    answer = client.get("/verify", query_string={"quote": SAID})
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/verify", query_string={"quote": SAID}, headers=tag).status_code == 304
    assert "ETag" not in client.post("/verify", json={"quote": SAID}).headers


@pytest.mark.parametrize("call", ["/verify", "/verify/document"])
def test_verification_needs_an_index(without_index: FlaskClient, call: str) -> None:
    body = {"quote": SAID} if call == "/verify" else {"text": SAID}
    assert without_index.post(call, json=body).status_code == 503
