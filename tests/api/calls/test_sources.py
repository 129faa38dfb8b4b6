"""Sources with the provenance of every value, and speakers over all sources."""

import hashlib
from contextlib import closing
from pathlib import Path

from flask.testing import FlaskClient

from service.app import create_app
from service.domain import Extractor, PartialDate
from service.extraction import annotate
from service.index.whoosh import open_index
from service.reading import Declaration, source_from_text
from service.settings import Settings

MEETING = "/sources/a-meeting"


def test_source_tells_where_every_value_comes_from(client: FlaskClient) -> None:
    source = client.get(MEETING).get_json()
    text = client.get(f"{MEETING}/text").text
    title = {"value": "Leaders meet", "provenance": "declared", "span": None, "field": None}
    assert source["title"] == title
    publisher = source["publisher"]
    assert publisher["provenance"] == "inferred"
    assert text[publisher["span"]["start"] : publisher["span"]["end"]] == "TASS"
    assert source["published"]["value"] == "2022-02-03"
    assert (source["authors"], source["editors"], source["urls"]) == ([], [], [])


def test_source_keeps_declared_values_nobody_knows(client: FlaskClient) -> None:
    assert client.get(MEETING).get_json()["metadata"] == {"section": "World"}


def test_reprints_are_linked_to_the_earliest(tmp_path: Path) -> None:
    story = " ".join(f"Sentence {number} of the report is long enough." for number in range(20))
    with closing(open_index(tmp_path, create=True)) as index:
        index.add(
            annotate(
                source_from_text(
                    f"{story} {byline}",
                    origin=name,
                    declared=Declaration(id=name, published=PartialDate(2024, 1, day)),
                ),
                extractor=Extractor.RULES,
            )
            for name, day, byline in (("wire", 3, ""), ("paper", 4, "A paper."), ("late", 5, "x"))
        )
    client = create_app(Settings(index=tmp_path)).test_client()
    answers = {name: client.get(f"/sources/{name}").get_json() for name in ("wire", "paper")}
    assert answers["wire"]["reprint_of"] is None
    assert [one["id"] for one in answers["wire"]["reprints"]] == ["paper", "late"]
    assert answers["paper"]["reprint_of"]["id"] == "wire"
    assert [one["id"] for one in answers["paper"]["reprints"]] == ["wire", "late"]


def test_source_without_reprints_says_so(client: FlaskClient) -> None:
    source = client.get(MEETING).get_json()
    assert (source["reprint_of"], source["reprints"]) == (None, [])


def test_source_counts_and_links(client: FlaskClient) -> None:
    source = client.get(MEETING).get_json()
    assert source["counts"] == {"quotes": 2, "claims": 1, "attitudes": 0}
    assert source["links"]["self"] == MEETING
    for call, kind in (("quotes", "quotes"), ("claims", "claims")):
        answer = client.get(source["links"][call]).get_json()
        assert answer["total"] == source["counts"][kind]


def test_text_is_the_source_and_spans_are_in_it(client: FlaskClient) -> None:
    response = client.get(f"{MEETING}/text")
    assert response.content_type == "text/plain; charset=utf-8"
    digest = hashlib.sha256(response.data).hexdigest()
    assert response.headers["ETag"] == f'W/"{digest}"'
    assert client.get(MEETING).get_json()["sha256"] == digest
    for quotation in client.get(f"{MEETING}/quotes").get_json()["items"]:
        (span,) = quotation["spans"]
        assert response.text[span["start"] : span["end"]] == quotation["text"]


def test_sources_are_listed_newest_first(client: FlaskClient) -> None:
    answer = client.get("/sources").get_json()
    assert list(answer) == ["items", "total", "next"]
    assert [source["id"] for source in answer["items"]] == ["b-visit", "a-meeting"]
    assert client.get("/sources?publisher=TASS").get_json()["total"] == 1


def test_sources_page_after_page(client: FlaskClient) -> None:
    first = client.get("/sources?limit=1").get_json()
    second = client.get(first["next"]).get_json()
    assert [first["items"][0]["id"], second["items"][0]["id"]] == ["b-visit", "a-meeting"]
    assert second["next"] is None


def test_speaker_has_names_counts_dates_and_links(client: FlaskClient) -> None:
    speaker = client.get("/speakers/xi-jinping").get_json()
    assert list(speaker) == [
        "id", "name", "kind", "aliases", "descriptions", "wikidata", "may_also_be", "counts",
        "first", "last", "links",
    ]  # fmt: skip
    assert speaker["name"] == "Xi Jinping"
    assert speaker["counts"]["claims"] == 1
    assert speaker["first"] == speaker["last"] == "2022-02-03"


def test_speakers_are_found_by_part_of_a_name(client: FlaskClient) -> None:
    found = client.get("/speakers?q=jinping").get_json()["items"]
    assert "xi-jinping" in [speaker["id"] for speaker in found]
    assert "vladimir-putin" not in [speaker["id"] for speaker in found]


def test_speakers_own_lists_hold_what_their_counts_say(client: FlaskClient) -> None:
    for speaker in client.get("/speakers").get_json()["items"]:
        for kind in ("quotes", "claims"):
            answer = client.get(speaker["links"][kind]).get_json()
            assert answer["total"] == speaker["counts"][kind]


def test_speakers_own_list_pages_under_its_own_path(client: FlaskClient) -> None:
    following = client.get("/speakers/vladimir-putin/quotes?limit=1").get_json()["next"]
    assert following.startswith("/speakers/vladimir-putin/quotes?limit=1&cursor=")
    assert client.get(following).status_code == 200


def test_suggestions_begin_like_what_was_typed(client: FlaskClient) -> None:
    (speaker,) = client.get("/suggest?q=vlad").get_json()["items"]
    assert (speaker["text"], speaker["kind"], speaker["id"]) == (
        "Vladimir Putin",
        "speaker",
        "vladimir-putin",
    )
    words = client.get("/suggest?q=relat").get_json()["items"]
    assert [(word["kind"], "id" in word) for word in words] == [("word", False)]
