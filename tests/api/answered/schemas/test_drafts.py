"""The findings on a draft's quotation take at most 4 kB, however the quotation is written."""

from contextlib import closing
from random import Random

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.domain import Extractor
from service.index.whoosh import open_index
from service.settings import Settings
from tests.index.articles import article

LARGEST = 4_000
WORDS = [f"{first}{last}" for first in ("har", "vil", "tre", "bor") for last in "abcdefghijklm"]
SPEECH = " ".join(Random(1).choices(WORDS, k=2_500))
ALTERED = " ".join("other" if k % 4 == 0 else word for k, word in enumerate(SPEECH.split()))
PARAGRAPHS = "\n\n".join(f"“{SPEECH[k : k + 20].strip()}" for k in range(0, 6_000, 20))
PIECES = "”, Jane Doe said, “".join(SPEECH[k : k + 40].strip() for k in range(0, 2_400, 40))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("brief") / "index"
    title = "A title that goes on " * 90
    with closing(open_index(folder, create=True)) as index:
        index.add(
            article(f"s{n}", ("Jane Doe", SPEECH), title=title, publisher=title) for n in range(3)
        )
    return create_app(Settings(index=folder, extractor=Extractor.RULES)).test_client()


@pytest.mark.parametrize(
    "draft",
    [
        f"“{SPEECH}”, Jane Doe said.",
        f"“{ALTERED}”, Jane Doe said.",
        f"{PARAGRAPHS}”, Jane Doe said.",
        f"“{PIECES}”, Jane Doe said.",
    ],
    ids=["long", "altered", "paragraphs", "pieces"],
)
def test_quotation_of_a_draft_takes_four_kilobytes(client: FlaskClient, draft: str) -> None:
    response = client.post("/verify/document", json={"text": draft})
    quotations = response.get_json()["quotations"]
    assert quotations
    assert len(response.data) < LARGEST * len(quotations) + 500
    for one in quotations:
        assert one["total_spans"] >= len(one["spans"])


def test_what_is_left_out_is_counted_and_reported(client: FlaskClient) -> None:
    draft = f"{PARAGRAPHS}”, Jane Doe said."
    [one] = client.post("/verify/document", json={"text": draft}).get_json()["quotations"]
    assert (len(one["spans"]), one["total_spans"], one["is_cut"]) == (10, 300, True)
    assert one["text"] == one["text"][:600] + "…"
    start = one["spans"][0]["start"]
    assert one["text"].startswith(draft[start : one["spans"][0]["end"]])


def test_diff_ends_early_and_says_so(client: FlaskClient) -> None:
    draft = {"text": f"“{ALTERED}”, Jane Doe said."}
    [one] = client.post("/verify/document", json=draft).get_json()["quotations"]
    best = one["verification"]["best"]
    assert (len(best["diff"]), best["is_cut"], best["total_spans"]) == (12, True, 1)
    assert len(best["statement"]["source"]["title"]) == 201
    whole = client.post("/verify", json={"quote": ALTERED[:20_000]}).get_json()["best"]["diff"]
    assert [part["op"] for part in best["diff"]] == [part["op"] for part in whole[:12]]


def test_what_fits_is_whole(client: FlaskClient) -> None:
    quotation = SPEECH[:500].rpartition(" ")[0]
    draft = {"text": f"“{quotation}”, Jane Doe said."}
    [one] = client.post("/verify/document", json=draft).get_json()["quotations"]
    assert (one["text"], "is_cut" in one, one["total_spans"]) == (quotation, False, 1)
    assert "is_cut" not in one["verification"]["best"]
