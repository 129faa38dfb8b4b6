"""Complete lists: CSV, one JSON object per line, Atom; by suffix and by Accept."""

import csv
import io
import json
import re
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from service.api.answered.streams import AT_ONCE
from service.app import create_app
from service.domain import Attested, Form, Provenance, SourceType
from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON
from service.settings import Settings
from tests.index.articles import article

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
FORMS = {"csv": "text/csv", "jsonl": "application/x-ndjson", "atom": "application/atom+xml"}

LISTS = (
    "/quotes", "/claims", "/search?q=trade OR relations OR war", "/speakers", "/sources",
    "/speakers/vladimir-putin/quotes", "/speakers/xi-jinping/claims", "/sources/a-meeting/quotes",
    "/quotes?speaker=Putin&sort=date", "/sources?publisher=TASS", "/speakers?q=Putin",
)  # fmt: skip


def whole(client: FlaskClient, path: str, suffix: str) -> TestResponse:
    before, mark, query = path.partition("?")
    answer = client.get(f"{before}.{suffix}{mark}{query}")
    assert (answer.status_code, answer.mimetype) == (200, FORMS[suffix]), answer.text
    return answer


def rows(answer: TestResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def entries(answer: TestResponse) -> list[etree._Element]:
    return etree.fromstring(answer.data).findall(f"{ATOM}entry")


def links(element: etree._Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize("path", LISTS)
def test_whole_list_has_what_its_pages_have_in_their_order(client: FlaskClient, path: str) -> None:
    listed = client.get(path).get_json()["items"]
    assert listed
    written = [json.loads(line) for line in whole(client, path, "jsonl").text.splitlines()]
    assert written == listed
    ids = [one["id"] for one in listed]
    assert [row["id"] for row in rows(whole(client, path, "csv"))] == ids
    exported = entries(whole(client, path, "atom"))
    addresses = [urlsplit(links(entry)["alternate"]).path for entry in exported]
    order = sorted if path.startswith("/search") else list  # a feed is newest first
    assert order(addresses) == order(one["links"]["self"] for one in listed)


@pytest.mark.parametrize("suffix", FORMS)
def test_accept_gives_what_the_suffix_gives(client: FlaskClient, suffix: str) -> None:
    asked = client.get("/quotes?speaker=Putin", headers={"Accept": FORMS[suffix]})
    named = client.get(f"/quotes.{suffix}?speaker=Putin", headers={"Accept": "application/json"})
    assert (asked.mimetype, named.mimetype) == (FORMS[suffix],) * 2
    assert asked.data.replace(b"/quotes?", f"/quotes.{suffix}?".encode()) == named.data.replace(
        b'"alternate" href="http://localhost/quotes?',
        f'"alternate" href="http://localhost/quotes.{suffix}?'.encode(),
    )
    assert "Accept" in asked.vary
    for header in ("*/*", "application/json", f"{FORMS[suffix]};q=0.1, application/json"):
        assert client.get("/quotes", headers={"Accept": header}).is_json


def test_csv_holds_form_act_words_context_and_metadata(client: FlaskClient) -> None:
    answer = whole(client, "/quotes", "csv")
    assert answer.data.startswith(b"\xef\xbb\xbfid,form,act,text,quoted,")
    assert answer.headers["Content-Disposition"] == "attachment; filename=quotes.csv"
    by_text = {row["text"]: row for row in rows(answer)}
    mixed = by_text["the visit was “very useful” to both sides"]
    assert (mixed["form"], mixed["act"], mixed["quoted"]) == ("mixed", "speech", "very useful")
    said = by_text["Our relations are at a high level,"]
    assert (said["speaker"], said["speaker_kind"]) == ("Vladimir Putin", "person")
    assert said["context_before"] == "MOSCOW, February 3. /TASS/. “"
    assert said["context_after"].startswith("” Putin said. Xi sai")
    assert (said["title"], said["publisher"], said["published"], said["url"]) == (
        "Leaders meet", "TASS", "2022-02-03", "https://example.org/meeting",
    )  # fmt: skip
    assert (said["start"], said["end"], said["is_cut"]) == ("29", "63", "false")
    assert client.get(said["link"]).get_json()["text"] == said["text"]


def test_tables_of_sources_and_speakers_say_where_values_are_from(client: FlaskClient) -> None:
    meeting = next(row for row in rows(whole(client, "/sources", "csv")) if row["title"])
    assert (meeting["declared"], meeting["inferred"]) == (
        "title published url language",
        "publisher place",
    )
    assert json.loads(meeting["metadata"]) == {"section": "World"}
    by_id = {row["id"]: row for row in rows(whole(client, "/speakers", "csv"))}
    putin = by_id["vladimir-putin"]
    assert (putin["name"], putin["quotes"], putin["last"]) == ("Vladimir Putin", "2", "2022-02-03")
    assert "Putin" in putin["aliases"].split("; ")


Indexed = Callable[..., FlaskClient]


@pytest.fixture
def indexed(tmp_path: Path) -> Indexed:
    def made(*sources, rendering=STATEMENT_JSON, **settings) -> FlaskClient:
        path = tmp_path / "index"
        with closing(open_index(path, create=True, rendering=rendering)) as index:
            index.add(sources)
        return create_app(Settings(index=path, **settings)).test_client()

    return made


FORMULA = "=cmd|' /C calc'!A0"


def test_no_cell_starts_a_formula(indexed: Indexed) -> None:
    odd = article(
        "@a",
        ("+1 234", FORMULA, {"title": "-2+3", "source_type": SourceType.NAMED_PERSON}),
        ("Jane Doe", f"\t{FORMULA} \r\n said", {"form": Form.INDIRECT}),
        date="--02-03",
        publisher="@SUM(1+1)",
        title='=HYPERLINK("https://example.org","more")',
    )
    named = Attested("=1+1", Provenance.DECLARED)
    client = indexed(replace(odd, source=replace(odd.source, authors=(named,), place=named)))
    for path in ("/quotes", "/claims", "/speakers", "/sources"):
        for row in rows(whole(client, path, "csv")):
            assert not [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t")]
    assert rows(whole(client, "/quotes", "csv"))[0]["text"] == f"'{FORMULA}"
    assert f"\t{FORMULA} \r\n said" in rows(whole(client, "/claims", "csv"))[0]["text"]


def test_speech_of_a_book_is_cut_as_in_the_list(indexed: Indexed) -> None:
    client = indexed(article("book", ("Jane Doe", "é" * 50_000)))
    [row] = rows(whole(client, "/quotes", "csv"))
    assert (row["is_cut"], row["text"]) == ("true", "é" * 20_000 + "…")
    assert max(map(len, row.values())) < 32_767  # what Excel has room for
    [line] = whole(client, "/quotes", "jsonl").text.splitlines()
    assert json.loads(line) == client.get("/quotes").get_json()["items"][0]


def test_searched_lines_have_their_highlights(client: FlaskClient) -> None:
    [line] = whole(client, "/search?q=trade", "jsonl").text.splitlines()
    found = json.loads(line)
    assert [found["text"][one["start"] : one["end"]] for one in found["highlights"]] == ["trade"]


def many(count: int) -> Iterator:
    for n in range(count):
        words = f"Statement {n} of peace “and” trade " + "word " * 40
        yield article(f"s{n:05}", (f"Speaker {n % 7}", words), date=f"2022-01-{n % 28 + 1:02}")


@pytest.mark.parametrize("rendering", [STATEMENT_JSON, None], ids=["ready-made", "rendered"])
def test_all_of_many_are_there_once(indexed: Indexed, rendering: object) -> None:
    client = indexed(*many(450), rendering=rendering)
    for path in ("/quotes", "/search?q=peace", "/quotes?speaker=Speaker+3"):
        total = client.get(path).get_json()["total"]
        for suffix in FORMS:
            answer = whole(client, path, suffix)
            ids = {
                "csv": lambda answer: [row["id"] for row in rows(answer)],
                "jsonl": lambda answer: [json.loads(x)["id"] for x in answer.text.splitlines()],
                "atom": lambda answer: [entry.findtext(f"{ATOM}id") for entry in entries(answer)],
            }[suffix](answer)
            assert len(set(ids)) == len(ids) == total
    assert len(rows(whole(client, "/sources", "csv"))) == 450


def test_an_export_takes_little_memory(indexed: Indexed) -> None:
    """Exporting a million statements needs no more memory than exporting a thousand."""
    client = indexed(*many(2_000))
    for suffix in FORMS:
        client.get(f"/quotes.{suffix}").close()
        tracemalloc.start()
        size = sum(map(len, client.get(f"/quotes.{suffix}").iter_encoded()))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > 1_000_000
        assert peak < 600_000, suffix


def test_all_of_it_is_one_generation_and_no_deadline_ends_it(
    indexed: Indexed, tmp_path: Path
) -> None:
    client = indexed(*many(300), deadline=2.0)
    with client.get("/quotes.jsonl") as answer:
        pieces = answer.iter_encoded()
        first = next(pieces)
        with closing(open_index(tmp_path / "index", rendering=STATEMENT_JSON)) as index:
            index.add([article("late", ("Jane Doe", "Peace at last"), date="2021")])
            index.remove(["s00027"])
        sleep(2.1)
        lines = b"".join([first, *pieces]).splitlines()
    assert len(lines) == 300
    assert sum(b"s00027" in line for line in lines) == 1


def test_few_are_sent_at_once_and_whoever_goes_makes_room(indexed: Indexed) -> None:
    client = indexed(*many(300))
    begun = [client.get("/quotes.csv") for _ in range(AT_ONCE)]
    refused = client.get("/quotes.jsonl")
    assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/quotes").status_code == client.head("/quotes.csv").status_code == 200
    begun.pop().close()
    assert len(client.get("/quotes.jsonl").text.splitlines()) == 300
    begun.clear()
    for _ in range(2 * AT_ONCE):
        assert client.get("/quotes.csv").status_code == 200


@pytest.mark.parametrize(("place", "suffix"), [("record.col", "csv"), ("ready", "jsonl")])
def test_damage_is_a_problem_or_cuts_the_list_off(
    indexed: Indexed, tmp_path: Path, caplog: pytest.LogCaptureFixture, place: str, suffix: str
) -> None:
    """A list that is cut off never looks complete."""
    client = indexed(*many(600))
    right = client.get(f"/quotes.{suffix}").data
    [file] = (tmp_path / "index").glob(f"*.{place}")
    content = file.read_bytes()
    listed = re.findall(rb"Statement \d+ of", right)
    file.write_bytes(content.replace(listed[0], listed[0].upper()))
    refused = client.get(f"/quotes.{suffix}")
    assert (refused.status_code, refused.get_json()["type"]) == (503, "/docs#index-corrupt")
    file.write_bytes(content.replace(listed[-1], listed[-1].upper()))
    with pytest.raises(ConnectionAbortedError):
        b"".join(client.get(f"/quotes.{suffix}", buffered=False).iter_encoded())
    assert "a list is cut off: the index" in caplog.text
    file.write_bytes(content)
    assert client.get(f"/quotes.{suffix}").data == right
    for _ in range(2 * AT_ONCE):
        assert client.get("/quotes.csv").status_code == 200


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
@pytest.mark.parametrize("wrong", ["limit=5", "cursor=abc"])
def test_a_complete_list_has_no_pages(client: FlaskClient, suffix: str, wrong: str) -> None:
    asked = client.get(f"/quotes?{wrong}", headers={"Accept": FORMS[suffix]})
    for answer in (asked, client.get(f"/speakers.{suffix}?{wrong}")):
        assert answer.status_code == 422
        [error] = answer.get_json(force=True)["errors"]
        assert error["parameter"] == wrong.partition("=")[0]
        assert "complete" in error["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/quotes.csv?speker=Putin", 422),
        ("/quotes.atom?facet=form", 422),
        ("/search.csv", 422),
        ("/quotes.csv?q=%22peace", 422),
        ("/quotes.atom?cursor=abc", 422),
        ("/quotes.atom?limit=1000", 422),
        ("/speakers/nobody/quotes.csv", 404),
        ("/sources/nothing/quotes.jsonl", 404),
        ("/quotes.xlsx", 404),
        ("/suggest.csv?q=a", 404),
    ],
)
def test_wrong_question_is_a_problem(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_unchanged_export_is_not_sent_again(client: FlaskClient) -> None:
    tags = set()
    for suffix in FORMS:
        tag = client.get(f"/quotes.{suffix}").headers["ETag"]
        again = client.get(f"/quotes.{suffix}", headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        asked = {"Accept": FORMS[suffix]}
        tags |= {tag, client.get("/quotes", headers=asked).headers["ETag"]}
    assert len(tags) == 6


# Atom, RFC 4287 and RFC 5005


def check_feed(feed: etree._Element) -> None:
    """The rules of RFC 4287, section 4, that this service needs."""
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [found] = element.findall(f"{ATOM}{name}")
            assert found.text
        assert element.findtext(f"{ATOM}updated")[10:] in ("T00:00:00Z", *moments(element))
        relations = [(one.get("rel"), one.get("type")) for one in element.findall(f"{ATOM}link")]
        assert len(set(relations)) == len(relations)
        assert all(
            urlsplit(address).scheme in ("http", "https") for address in links(element).values()
        )
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert links(feed)["self"]
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for category in feed.iter(f"{ATOM}category"):
        assert category.get("term")


def moments(element: etree._Element) -> list[str]:
    return [element.findtext(f"{ATOM}updated")[10:]] if element.tag == f"{ATOM}feed" else []


@pytest.mark.parametrize("path", LISTS)
def test_feed_is_valid_and_says_that_it_is_complete(client: FlaskClient, path: str) -> None:
    feed = etree.fromstring(whole(client, path, "atom").data)
    check_feed(feed)
    assert feed.find(f"{HISTORY}complete") is not None
    assert "next" not in links(feed)


def test_entry_says_who_said_it_where_and_when(client: FlaskClient) -> None:
    feed = etree.fromstring(whole(client, "/quotes", "atom").data)
    entry = next(
        one for one in feed.findall(f"{ATOM}entry") if "relations" in one.findtext(f"{ATOM}title")
    )
    assert entry.findtext(f"{ATOM}content") == "“Our relations are at a high level,”"
    assert entry.findtext(f"{ATOM}summary") == "Vladimir Putin, TASS, 2022-02-03, Leaders meet"
    assert entry.findtext(f"{ATOM}published") == "2022-02-03T00:00:00Z"
    terms = {one.get("term"): one.get("label") for one in entry.findall(f"{ATOM}category")}
    assert terms == {"direct": "direct speech", "vladimir-putin": "Vladimir Putin"}
    dates = [one.text for one in feed.iter(f"{ATOM}updated")][1:]
    assert dates == sorted(dates, reverse=True)


def test_feed_in_pages_leads_through_all_of_them(client: FlaskClient) -> None:
    address, seen, first = "/quotes.atom?limit=1", [], None
    while address:
        feed = etree.fromstring(client.get(address).data)
        check_feed(feed)
        assert feed.find(f"{HISTORY}complete") is None
        first = first or feed.findtext(f"{ATOM}id")
        assert feed.findtext(f"{ATOM}id") == first == links(feed)["first"]
        [entry] = feed.findall(f"{ATOM}entry")
        seen.append(entry.findtext(f"{ATOM}id"))
        address = links(feed).get("next", "").removeprefix("http://localhost")
    all_of_them = entries(whole(client, "/quotes", "atom"))
    assert seen == [entry.findtext(f"{ATOM}id") for entry in all_of_them]


def test_whatever_an_article_says_the_feed_is_xml(indexed: Indexed) -> None:
    odd = "]]> <b>&amp; \x00\x0b\ufffe \r\n “quoted” \U0001f600"
    made = article("x y/é<", ("Jane <Doe> & \x1f", odd), date=None, title=odd, publisher="A & B")
    url = Attested("https://example.org/a b?<x>", Provenance.DECLARED)
    client = indexed(replace(made, source=replace(made.source, url=url)))
    for path in ("/quotes", "/speakers", "/sources"):
        feed = etree.fromstring(whole(client, path, "atom").data)
        check_feed(feed)
    [entry] = entries(whole(client, "/quotes", "atom"))
    words = entry.findtext(f"{ATOM}content")
    assert words == f"“{odd}”".translate(dict.fromkeys((0, 0xB, 0xFFFE), "\ufffd"))
    assert entry.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert entry.find(f"{ATOM}published") is None


def test_feed_knows_the_address_of_the_service(indexed: Indexed) -> None:
    client = indexed(*many(3), url="https://news.example/onrecord")
    feed = etree.fromstring(client.get("/onrecord/quotes.atom?limit=2").data)
    check_feed(feed)
    for address in (*links(feed).values(), feed.findtext(f"{ATOM}id")):
        assert address.startswith("https://news.example/onrecord/quotes")
    [line, *_] = client.get("/quotes.jsonl").text.splitlines()
    assert json.loads(line)["links"]["self"].startswith("/onrecord/quotes/")
    [source, *_] = client.get("/sources.jsonl").text.splitlines()
    assert json.loads(source)["links"]["self"].startswith("/onrecord/sources/")
    [row, *_] = rows(client.get("/quotes.csv"))
    assert row["link"].startswith("https://news.example/onrecord/quotes/s-")
