"""Others' checks: in the format of Google's API, and next to what /verify finds."""

import json
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.reviews import ReviewStore, read_reviews
from service.settings import Settings
from tests.reviews.test_reviews import REVIEW

SEARCH = "/v1alpha1/claims:search"
LEVEL = "Our relations are at a high level"


@pytest.fixture
def checked(index_path: Path) -> FlaskClient:
    add(index_path, {**REVIEW, "claimReviewed": f"Putin: “{LEVEL}”"})
    return create_app(Settings(index=index_path)).test_client()


def add(path: Path, *several: dict) -> None:
    ReviewStore(path).add(read_reviews(json.dumps(several).encode(), "r.json").reviews)


def search(client: FlaskClient, **asked: object) -> dict:
    answer = client.get(f"{SEARCH}?{urlencode(asked)}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_claim_is_what_google_would_give(checked: FlaskClient) -> None:
    assert search(checked, query="high level", key="AIza", alt="json") == {
        "claims": [
            {
                "text": f"Putin: “{LEVEL}”",
                "claimant": "Jane Doe",
                "claimDate": "2022-02-03T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "Facts", "site": "facts.example"},
                        "url": "https://www.facts.example/harvest",
                        "title": "No word of the harvest",
                        "reviewDate": "2022-02-05T00:00:00Z",
                        "textualRating": "False",
                        "languageCode": "en-GB",
                    }
                ],
            }
        ]
    }
    assert search(checked, query="nothing of the kind") == {}


def test_filters_narrow(checked: FlaskClient, index_path: Path) -> None:
    yesterday = (date.today() - timedelta(1)).isoformat()
    new = {**REVIEW, "claimReviewed": "A new claim", "datePublished": yesterday}
    add(index_path, {**new, "inLanguage": "fr", "url": "https://x.example/1", "author": "X"})
    for asked, texts in (
        ({"query": "claim", "maxAgeDays": 2}, ["A new claim"]),
        ({"reviewPublisherSiteFilter": "x.example"}, ["A new claim"]),
        ({"reviewPublisherSiteFilter": "https://www.facts.example/"}, [f"Putin: “{LEVEL}”"]),
        ({"query": "jane", "languageCode": "en-US"}, [f"Putin: “{LEVEL}”"]),
        ({"query": "jane"}, ["A new claim", f"Putin: “{LEVEL}”"]),
        ({"query": "jane", "offset": 1}, [f"Putin: “{LEVEL}”"]),
    ):
        assert [one["text"] for one in search(checked, **asked).get("claims", [])] == texts


def test_pages_lead_through_all_though_more_are_added(
    checked: FlaskClient, index_path: Path
) -> None:
    add(index_path, *({**REVIEW, "claimReviewed": f"Claim number {n}"} for n in range(5)))
    seen, token = [], {}
    for turn in range(6):
        page = search(checked, query="jane", pageSize=2, **token)
        seen += [one["text"] for one in page["claims"]]
        if "nextPageToken" not in page:
            break
        token = {"pageToken": page["nextPageToken"]}
        newer = {**REVIEW, "claimReviewed": f"Later {turn}", "datePublished": "2026-01-01"}
        add(index_path, newer)
    assert len(set(seen)) == len(seen) == 6


@pytest.mark.parametrize(
    "asked",
    [
        "", "query=", "q=level", "query=a&maxAgeDays=0", "query=a&maxAgeDays=x", "languageCode=en",
        "query=a&languageCode=english!", "query=a&pageSize=0", "query=a&pageSize=1000",
        "query=a&pageToken=abc", "query=a&offset=-1", "query=a&alt=media", "query=a&query=b",
        "reviewPublisherSiteFilter=a/b", "query=a&maxAgeDays=999999999",
    ],
)  # fmt: skip
def test_wrong_question_is_a_problem(checked: FlaskClient, asked: str) -> None:
    answer = checked.get(f"{SEARCH}?{asked}")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.get_json(force=True)["errors"][0]["parameter"] != "cursor"


def test_verification_shows_what_others_found(checked: FlaskClient, index_path: Path) -> None:
    path = f"/verify?{urlencode({'quote': LEVEL})}"
    before = checked.get(path)
    [known] = before.get_json()["known_checks"]
    assert (known["publisher"], known["site"], known["rating"]) == (
        "Facts", "facts.example", "False",
    )  # fmt: skip
    assert (known["claim"], known["url"]) == (f"Putin: “{LEVEL}”", REVIEW["url"])
    assert (known["reviewed"], known["claimed"]) == ("2022-02-05", "2022-02-03")
    posted = checked.post("/verify", json={"quote": LEVEL}).get_json()
    assert posted["known_checks"] == [known]
    other = checked.get("/verify?quote=trade+has+grown+between+them").get_json()
    assert other["known_checks"] == []


def test_what_is_known_is_shown_at_once_whoever_kept_the_answer(
    checked: FlaskClient, index_path: Path
) -> None:
    path = f"/verify?{urlencode({'quote': LEVEL})}"
    for _ in range(3):  # answers are cached from the second time on
        before = checked.get(path)
    tag = {"If-None-Match": before.headers["ETag"]}
    assert checked.get(path, headers=tag).status_code == 304
    ReviewStore(index_path).remove([REVIEW["url"]])
    assert checked.get(path).get_json()["known_checks"] == []
    assert checked.get(path, headers=tag).status_code == 200
    assert search(checked, query="level") == {}
