"""A cached answer is current, and in the requested form."""

from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.api.front.answer_cache import KEPT_BYTES, LARGEST, REMEMBERED, Answer, KeptAnswers
from service.app import create_app
from service.index.whoosh import open_index
from service.settings import Settings

LINKED = "application/ld+json"


@pytest.mark.parametrize("encoding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("path", ["/quotes?speaker=putin", "/sources/a-meeting/text", "/speakers"])
def test_answer_is_the_same_again(client: FlaskClient, path: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    _, first, again = (client.get(path, headers=headers) for _ in range(3))  # gzip has the time
    assert again.data == first.data
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    for answer in (first, again):
        del answer.headers["X-Request-ID"]
    assert list(again.headers) == list(first.headers)


def test_commit_makes_answers_old(index_path: Path) -> None:
    client = create_app(Settings(index=index_path)).test_client()
    assert [client.get("/quotes").get_json()["total"] for _ in range(3)] == [3, 3, 3]
    with closing(open_index(index_path)) as index:
        index.remove(["b-visit"])
    assert client.get("/quotes").get_json()["total"] == 2


def test_each_form_and_each_prefix_has_its_own(client: FlaskClient) -> None:
    path = client.get("/quotes").get_json()["items"][0]["links"]["self"]
    for _ in range(3):
        assert client.get(path).mimetype == "application/json"
        for prefix in ("", "/a", "/b/c"):
            linked = client.get(
                path, headers={"Accept": LINKED}, base_url=f"http://localhost{prefix}"
            )
            assert linked.mimetype == LINKED
            assert linked.get_json(force=True)["@id"] == f"http://localhost{prefix}{path}"
            page = client.get("/quotes", base_url=f"http://localhost{prefix}").get_json()
            assert page["items"][0]["links"]["self"] == f"{prefix}{path}"


def test_what_is_wrong_stays_wrong(client: FlaskClient) -> None:
    for _ in range(3):
        assert client.get("/quotes?speker=a").status_code == 422
        assert client.get("/quotes/s-0").status_code == 404
        assert client.post("/quotes").status_code == 405
        assert client.head("/quotes").data == b""


def keep(kept: KeptAnswers, generation: str, question: object, answer: Answer) -> None:
    """Responses that are cached after the second request."""
    for _ in range(2):
        kept.keep(generation, question, answer)


def test_what_is_asked_once_is_not_kept() -> None:
    kept, answer = KeptAnswers(), Answer("200 OK", [], b"x")
    kept.keep("1", "a", answer)
    assert kept.get("1", "a") is None
    for question in range(REMEMBERED):
        kept.keep("1", question, answer)
    kept.keep("1", "a", answer)
    assert kept.get("1", "a") is None
    kept.keep("1", "a", answer)
    assert kept.get("1", "a") is answer


def test_what_was_asked_for_last_is_kept() -> None:
    kept = KeptAnswers()
    answer = Answer("200 OK", [], b"x" * LARGEST)
    fitting = KEPT_BYTES // LARGEST
    for question in range(fitting):
        keep(kept, "1", question, answer)
    kept.get("1", 0)
    keep(kept, "1", fitting, answer)
    assert kept.get("1", 1) is None
    assert all(kept.get("1", question) for question in (0, 2, fitting))
    assert kept.get("2", 0) is None
    keep(kept, "2", "new", answer)
    assert kept.get("1", 0) is None and kept.get("2", "new") is answer
