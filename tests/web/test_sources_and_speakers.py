"""The page of a source shows its text, that of a speaker its counts."""

import re
from html import unescape

from flask.testing import FlaskClient

from service.domain import Act, Form
from tests.index.articles import article
from tests.web.conftest import Browse
from tests.web.pages import json_of, said

DOUBTFUL = {"sure": 0.4, "candidates": ("A B",)}


def parts(client: FlaskClient, path: str) -> list[str]:
    """The pages of a source's text, one by one."""
    pages: list[str] = []
    following: str | None = path
    while following is not None:
        page = client.get(following)
        assert (page.status_code, len(page.data) < 100_000) == (200, True)
        pages.append(page.text)
        after = re.search(r'rel="next" href="([^"]+)"', page.text)
        following = unescape(after[1]) if after else None
    return pages


def test_text_on_the_page_is_the_sources_own(seeds_browser: FlaskClient) -> None:
    for source in json_of(seeds_browser, "/sources")["items"]:
        text = seeds_browser.get(source["links"]["text"]).text
        assert said(seeds_browser.get(source["links"]["page"]).text, "text") == text


def test_every_statement_is_marked_and_leads_to_its_page(seeds_browser: FlaskClient) -> None:
    for source in json_of(seeds_browser, "/sources")["items"]:
        page = seeds_browser.get(source["links"]["page"]).text
        for kind in ("quotes", "claims"):
            asked = f"/{kind}?source={source['id']}&act=any&denied=any&limit=200"
            for statement in json_of(seeds_browser, asked)["items"]:
                assert f' id="{statement["id"]}"' in page
                assert f'href="/{kind}/{statement["id"]}"' in page


def test_long_text_is_shown_in_parts(browse: Browse) -> None:
    client = browse(
        article("long", *[("Xi", f"Number {n} " + "of words " * 20) for n in range(300)])
    )
    text = client.get("/sources/long/text").text
    assert len(text) > 50_000
    shown = parts(client, "/sources/long")
    assert len(shown) > 3
    assert "".join(said(page, "text") for page in shown) == text
    last = json_of(client, "/quotes?q=299")["items"][0]["id"]
    assert f' id="{last}"' not in shown[0]
    assert f' id="{last}"' in client.get(f"/sources/long?statement={last}").text
    assert f"/sources/long?statement={last}#{last}" in client.get(f"/quotes/{last}").text


def test_text_full_of_statements_or_signs_stays_small(browse: Browse) -> None:
    client = browse(
        article("dense", *[("Xi", f"A{n}") for n in range(2000)]),
        article("signs", ("Xi", "&<>\"'" * 8000)),
    )
    for name in ("dense", "signs"):
        text = client.get(f"/sources/{name}/text").text
        assert "".join(said(page, "text") for page in parts(client, f"/sources/{name}")) == text


def test_part_that_there_is_not_is_an_error(seeds_browser: FlaskClient) -> None:
    path = json_of(seeds_browser, "/sources")["items"][0]["links"]["page"]
    for asked in ("from=-1", "from=x", "part=2"):
        assert seeds_browser.get(f"{path}?{asked}").status_code == 422
    assert seeds_browser.get(f"{path}?statement=s-0").status_code == 404
    assert seeds_browser.get(f"{path}?from=1", headers={"Accept": "*/*"}).status_code == 422


def test_values_lead_to_where_they_were_read(seeds_browser: FlaskClient) -> None:
    for source in json_of(seeds_browser, "/sources")["items"]:
        page = seeds_browser.get(source["links"]["page"]).text
        for name in ("title", "publisher", "published", "place"):
            value = source[name]
            if value and value["span"]:
                assert f'<a href="#read-{name}">' in page and f'<span id="read-{name}">' in page
            elif value:
                assert "declared" in page


def test_denied_and_thought_statements_are_marked(browse: Browse) -> None:
    client = browse(
        article(
            "a",
            ("Vladimir Putin", "The port is for sale", {"denied": True}),
            ("Xi Jinping", "that it should stay", {"form": Form.INDIRECT, "act": Act.ATTITUDE}),
            (
                "Olaf Scholz",
                "We know",
                {"relayed_by": "Xi Jinping", "sure": 0.4, "candidates": ("A B",)},
            ),
        )
    )
    source = client.get("/sources/a").text
    assert 'class="direct denied"' in source and 'class="indirect attitude"' in source
    denied = client.get(json_of(client, "/quotes?denied=true")["items"][0]["links"]["self"]).text
    assert "Denied: the source says this was not said" in denied
    assert "who did not say it, according to the source" in said(denied, "copies")
    attitude = json_of(client, "/claims?act=attitude")["items"][0]["links"]["self"]
    assert "Thought, wanted or planned; not said" in client.get(attitude).text
    relayed = client.get(
        json_of(client, "/quotes?speaker=scholz")["items"][0]["links"]["self"]
    ).text
    assert "relayed by" in relayed and "Probably" in relayed
    assert "A B" in relayed and "Relayed by" in relayed


def test_timeline_and_table_have_the_counts(browse: Browse) -> None:
    client = browse(
        article(
            "a", ("Xi", "One thing"), ("Xi", "Two", {"form": Form.INDIRECT}), date="2022-02-03"
        ),
        article("b", ("Xi", "Three things"), ("Xi", "Four things"), date="2022-04-01"),
        article("c", ("Xi", "Five things"), date="--02-03"),
    )
    page = client.get("/speakers/xi").text
    table = said(page, "timeline", " ").partition("The same as a table")[2].split()
    assert " ".join(table) == "Month Quoted Reported February 2022 1 1 April 2022 2 0"
    titles = re.findall(r"<rect[^>]*><title>([^<]+)</title>", page)
    assert titles == [
        "February 2022: quoted 1",
        "February 2022: reported 1",
        "April 2022: quoted 2",
    ]
    assert "1 more without a known month" in page


def test_timeline_of_many_years_is_by_year(browse: Browse) -> None:
    years = range(1950, 2025, 5)
    client = browse(*[article(f"a{n}", ("Xi", f"In {n}"), date=f"{n}-05") for n in years])
    page = client.get("/speakers/xi").text
    table = said(page, "timeline", " ").partition("The same as a table")[2].split()
    assert table[:6] == ["Year", "Quoted", "Reported", "1965", "1", "0"]
    assert table[-3:] == ["2020", "1", "0"]


def test_speaker_of_a_surname_alone_may_be_others(browse: Browse) -> None:
    client = browse(
        article("a", ("Harry Reid", "One thing")),
        article(
            "b", (None, "x", {}), ("Reid", "Another thing"), date="2012-01-01", publisher="BBC"
        ),
    )
    others = json_of(client, "/speakers/reid")["may_also_be"]
    page = client.get("/speakers/reid").text
    assert [one["name"] for one in others] == ["Harry Reid"]
    assert 'It may also be <a href="/speakers/harry-reid">Harry Reid</a>' in page


def test_quotations_and_reported_speech_are_listed_apart(seeds_browser: FlaskClient) -> None:
    page = seeds_browser.get("/speakers/vladimir-putin").text
    quoted, _, reported = page.partition('<h2 id="reported">')
    assert 'class="statement indirect' not in quoted
    assert 'class="statement direct' not in reported and 'class="statement mixed' not in reported


def test_what_a_speaker_said_is_searched_from_the_page(seeds_browser: FlaskClient) -> None:
    page = seeds_browser.get("/speakers/vladimir-putin").text
    [form] = re.findall(r'<form class="question" action="/search".*?</form>', page, re.S)
    [speaker] = re.findall(r'type="hidden" name="speaker" value="([^"]*)"', form)
    found = json_of(seeds_browser, f"/search?q=friendship&speaker={speaker}")
    assert found["total"] > 0
    assert {one["speaker"]["id"] for one in found["items"]} == {"vladimir-putin"}
