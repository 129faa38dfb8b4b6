"""Stored checks over HTTP: what was answered, what was searched, and when."""

import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.domain import Extractor
from service.errors import MisconfiguredService
from service.permalinks import Permalinks
from service.reviews import ReviewStore, read_reviews
from service.settings import Settings
from tests.reviews.test_reviews import REVIEW

CLAIM = {"quote": "close neighbors bound by traditions of friendship", "speaker": "Xi Jinping"}
DRAFT = "Russia and China are “close neighbors bound by ancient traditions”, Putin said."


@pytest.fixture
def keeping(seeds_index: Path, tmp_path: Path) -> FlaskClient:
    """A client of a service that stores checks."""
    settings = Settings(
        index=seeds_index,
        extractor=Extractor.RULES,
        checks=tmp_path / "checks",
        checks_days=7,
        url="https://news.example/onrecord",
    )
    return create_app(settings).test_client()


def test_nothing_is_stored_unless_configured(client: FlaskClient) -> None:
    assert "check" not in client.post("/verify", json=CLAIM).get_json()
    assert "check" not in client.post("/verify/document", json={"text": DRAFT}).get_json()
    response = client.get("/checks/c-" + "0" * 32)
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    assert "a folder with ONRECORD_CHECKS" in response.get_json(force=True)["detail"]


def test_check_is_as_it_was_answered_with_what_was_searched_and_when(keeping: FlaskClient) -> None:
    answer = keeping.post("/verify", json=CLAIM).get_json()
    check = answer.pop("check")
    response = keeping.get(f"/checks/{check['id']}")
    kept = response.get_json()
    assert list(kept) == [
        *("id", "checked", "expires", "searched", "sha256", "verification", "document", "links"),
    ]
    assert (kept["verification"], kept["document"], kept["sha256"]) == (answer, None, None)
    assert kept["searched"]["generation"] == answer["searched"]["generation"]
    assert kept["searched"]["sources"] == 5 and "queries" not in kept["searched"]
    assert kept["expires"] == check["expires"]
    lasting = datetime.fromisoformat(kept["expires"]) - datetime.fromisoformat(kept["checked"])
    assert lasting == timedelta(days=7)
    address = f"/onrecord/checks/{check['id']}"
    assert kept["links"] == check["links"] == {"self": address, "page": address}
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert check["key"] not in response.text


PAGE = {"Accept": "text/html"}


def test_check_has_a_page_for_people(keeping: FlaskClient) -> None:
    check = keeping.post("/verify", json=CLAIM).get_json()["check"]
    page = keeping.get(f"/checks/{check['id']}", headers=PAGE)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert check["key"] not in page.text
    for finding in (
        "Another speaker",
        "Attributed there to Vladimir Putin, not to Xi Jinping.",
        "Check: words are omitted.",
        "centuries-old",
        'href="/onrecord/quotes/s-339d0ed7ac92"',
        "73 statements of 5 sources",
        'href="/onrecord/verify?quote=close+neighbors',
    ):
        assert finding in page.text
    gone = keeping.get("/checks/c-" + "0" * 32, headers=PAGE)
    assert (gone.status_code, gone.mimetype) == (404, "text/html")


def test_page_of_a_drafts_check_stays_small(keeping: FlaskClient) -> None:
    wrong = "“We shall never ever leave this land number {} of ours <b>,” Putin said."
    right = "“We highly appreciate that Russian-Chinese relations,” Vladimir Putin said."
    draft = "\n\n".join([*map(wrong.format, range(200)), DRAFT, *[right] * 200])
    check = keeping.post("/verify/document", json={"text": draft}).get_json()["check"]
    page = keeping.get(f"/checks/{check['id']}", headers=PAGE)
    assert len(page.data) < 100_000
    assert "181 more quotations are not shown" in page.text
    assert "200 quotations in order" in page.text
    assert hashlib.sha256(draft.encode()).hexdigest() in page.text


def test_check_of_a_form_is_kept_and_its_page_says_the_same(keeping: FlaskClient) -> None:
    for path, fields in (("/verify", CLAIM), ("/verify/document", {"text": DRAFT})):
        answer = keeping.post(path, data=fields, headers=PAGE).text
        [address] = re.findall(r'href="/onrecord(/checks/c-[0-9a-f]{32})"', answer)
        page = keeping.get(address, headers=PAGE).text
        verdict = re.compile(r'<article class="verdict (\w+)"')
        assert verdict.findall(page) == verdict.findall(answer)
        finding = re.compile(r"<li>(Attributed[^<]*|Check[^<]*|The source[^<]*)</li>")
        assert finding.findall(page) == finding.findall(answer) != []


def test_form_shows_the_key_that_withdraws_the_check(keeping: FlaskClient) -> None:
    for path, fields in (("/verify", CLAIM), ("/verify/document", {"text": DRAFT})):
        answer = keeping.post(path, data=fields, headers=PAGE).text
        [command] = re.findall("curl -X DELETE '([^']+)'", answer)
        assert command.startswith("https://news.example/onrecord/checks/c-")
        address = command.removeprefix("https://news.example/onrecord")
        [key] = re.findall('<code class="key">([^<]+)</code>', answer)
        assert address.endswith(f"?key={key}")
        assert key not in keeping.get(address.partition("?")[0], headers=PAGE).text
        assert keeping.delete(address).status_code == 200
        assert keeping.get(address.partition("?")[0]).status_code == 404


def test_page_of_a_check_has_what_others_found(index_path: Path, tmp_path: Path) -> None:
    claimed = {**REVIEW, "claimReviewed": CLAIM["quote"]}
    ReviewStore(index_path).add(read_reviews(json.dumps(claimed).encode(), "r.json").reviews)
    client = create_app(Settings(index=index_path, checks=tmp_path / "checks")).test_client()
    check = client.post("/verify", json=CLAIM).get_json()["check"]
    page = client.get(f"/checks/{check['id']}", headers=PAGE).text
    assert "What other checkers found about this claim" in page
    assert f'<a href="{REVIEW["url"]}" rel="noreferrer">Facts</a>, 5 February 2022: False' in page


def test_of_a_draft_the_check_is_kept_and_not_the_draft(
    keeping: FlaskClient, tmp_path: Path
) -> None:
    draft = f"{DRAFT} Nobody else may read that zebras were seen."
    answer = keeping.post("/verify/document", json={"text": draft}).get_json()
    check = answer.pop("check")
    kept = keeping.get(f"/checks/{check['id']}").get_json()
    assert (kept["document"], kept["verification"]) == (answer, None)
    assert kept["sha256"] == hashlib.sha256(draft.encode()).hexdigest()
    assert "zebras" not in json.dumps(kept)


def test_check_does_not_change_with_the_index(keeping: FlaskClient, tmp_path: Path) -> None:
    check = keeping.post("/verify", json=CLAIM).get_json()["check"]
    before = keeping.get(f"/checks/{check['id']}").data
    without = create_app(Settings(index=tmp_path / "none", checks=tmp_path / "checks"))
    assert without.test_client().get("/readyz").status_code == 503
    after = without.test_client().get(f"/checks/{check['id']}").data
    assert after == before.replace(b'"/onrecord/', b'"/')


def test_whoever_has_the_key_withdraws_it(keeping: FlaskClient) -> None:
    check = keeping.post("/verify", json=CLAIM).get_json()["check"]
    path = f"/checks/{check['id']}"
    assert keeping.delete(path).status_code == 422
    assert keeping.delete(path, query_string={"key": "guessed"}).status_code == 404
    assert keeping.get(path).status_code == 200
    gone = keeping.delete(path, query_string={"key": check["key"]}).get_json()
    assert gone["id"] == check["id"]
    response = keeping.get(path)
    assert response.status_code == 404
    assert f"there is no check {check['id']}" in response.get_json(force=True)["detail"]


LINKED = {"Accept": "application/ld+json"}


def test_claim_review_is_drafted_of_a_quotation_asked_for_posted_or_kept(
    keeping: FlaskClient,
) -> None:
    asked = keeping.get("/verify", query_string=CLAIM, headers=LINKED)
    assert asked.content_type == "application/ld+json"
    assert "ETag" not in asked.headers and asked.headers["Cache-Control"] == "no-store"
    review = asked.get_json()
    assert (review["@type"], review["creativeWorkStatus"]) == ("ClaimReview", "Draft")
    assert review["claimReviewed"] == CLAIM["quote"]
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Xi Jinping"}
    assert review["reviewRating"]["alternateName"] == "another speaker"
    assert "Searched: 73 statements from 5 sources" in review["reviewBody"]
    assert keeping.post("/verify", json=CLAIM, headers=LINKED).get_json() == review
    check = keeping.post("/verify", json=CLAIM).get_json()["check"]
    kept = keeping.get(f"/checks/{check['id']}", headers=LINKED)
    assert (kept.content_type, kept.get_json()) == ("application/ld+json", review)
    assert "Accept" in kept.headers["Vary"] and kept.headers["X-Robots-Tag"] == "noindex"


def test_claim_reviews_are_drafted_of_what_is_judged_in_a_draft(keeping: FlaskClient) -> None:
    body = {"text": f"{DRAFT} That is what he calls “peace”."}
    check = keeping.post("/verify/document", json=body).get_json()["check"]
    kept = keeping.get(f"/checks/{check['id']}", headers=LINKED).get_json()
    assert kept == keeping.post("/verify/document", json=body, headers=LINKED).get_json()
    (review,) = kept["@graph"]
    assert review["reviewRating"]["alternateName"] == "words differ"
    assert review["itemReviewed"]["appearance"][0]["publisher"]["name"]


def test_page_of_another_site_withdraws_nothing(keeping: FlaskClient) -> None:
    check = keeping.post("/verify", json=CLAIM).get_json()["check"]
    response = keeping.delete(
        f"/checks/{check['id']}",
        query_string={"key": check["key"]},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert response.status_code == 403


def test_what_finds_no_room_is_answered_and_says_so(seeds_index: Path, tmp_path: Path) -> None:
    settings = Settings(index=seeds_index, checks=tmp_path, checks_megabytes=1)
    client = create_app(settings).test_client()
    keeper = Permalinks(tmp_path, 30, 1)
    for size in (100_000, 1_000):
        while keeper.keep(random.randbytes(size)):
            pass
    answer = client.post("/verify", json=CLAIM).get_json()
    assert (answer["check"], answer["verdict"]) == (None, "misattributed")


def test_damaged_check_is_a_problem_that_names_no_folder(
    keeping: FlaskClient, tmp_path: Path
) -> None:
    check = keeping.post("/verify", json=CLAIM).get_json()["check"]
    (tmp_path / "checks" / "checks.sqlite").unlink()
    response = keeping.get(f"/checks/{check['id']}")
    assert (response.status_code, response.content_type) == (503, "application/problem+json")
    assert str(tmp_path) not in response.text
    assert keeping.post("/verify", json=CLAIM).get_json()["check"] is None


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("CHECKS_DAYS", "0", "'0' is not a whole number from 1 to 3650"),
        ("CHECKS_DAYS", "1e3", "'1e3' is not a whole number"),
        ("CHECKS_MEGABYTES", "1000001", "from 1 to 1000000"),
        ("CHECKS_MEGABYTES", "9" * 5000, "is not a whole number"),
    ],
)
def test_wrong_setting_is_named(name: str, value: str, wanted: str) -> None:
    with pytest.raises(MisconfiguredService, match=f"ONRECORD_{name}: .*{wanted}"):
        Settings.from_environment({f"ONRECORD_{name}": value})


@pytest.fixture
def address(
    seeds_index: Path,
    tmp_path: Path,
    free_port: Callable[[], int],
    serving: Callable[..., Any],
) -> Iterator[str]:
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_settings"]
    command = [*gunicorn, "--workers", "3", "--bind", f"127.0.0.1:{port}"]
    environment = {"ONRECORD_INDEX": str(seeds_index), "ONRECORD_CHECKS": str(tmp_path / "checks")}
    with serving(command, port, tmp_path, **environment):
        yield f"127.0.0.1:{port}"


def test_every_worker_finds_what_any_of_them_kept(address: str) -> None:
    def ask(method: str, path: str, body: object = None) -> dict[str, Any]:
        connection = HTTPConnection(address, timeout=60)
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, sent, {"Content-Type": "application/json"})
        content = json.loads(connection.getresponse().read())
        connection.close()
        return content

    checks = [ask("POST", "/verify", CLAIM)["check"] for _ in range(8)]
    for check in checks * 2:
        assert ask("GET", check["links"]["self"])["id"] == check["id"]
