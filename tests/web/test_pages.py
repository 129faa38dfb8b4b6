"""Every page: its content, its links, and that all of it is the service's own."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from msgspec import structs

from service.bounds import VALUE_MAXIMUM
from service.domain import Attested, Form, Provenance
from tests.index.articles import article
from tests.web.conftest import Browse, browser
from tests.web.pages import addresses, json_of, leading, links

HOSTILE = "\"><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*7 }}'`&amp;"


def test_every_page_is_one_for_people(seeds_browser: FlaskClient) -> None:
    for path in addresses(seeds_browser):
        for _ in range(3):  # first from the index, then from the cache
            page = seeds_browser.get(path)
            assert page.mimetype == "text/html", path
            assert page.status_code in (200, 404, 422)
            assert len(page.data) < 100_000
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            assert "Accept" in page.headers["Vary"]
            assert page.headers["Referrer-Policy"] == "same-origin"
            assert not re.search(r"<script(?! src=)| on[a-z]+=|style=|<style", page.text), path


def test_every_link_leads_to_something(seeds_browser: FlaskClient) -> None:
    known: dict[str, int] = {}
    for path in addresses(seeds_browser):
        for address in links(seeds_browser.get(path).text):
            if address.startswith("/"):
                asked = address.partition("#")[0]
                known[asked] = known.get(asked) or seeds_browser.get(asked).status_code
    assert len(known) > 60
    assert {address: status for address, status in known.items() if status not in (200, 303)} == {}


def test_link_to_a_page_of_every_statement_leads_to_its_place(seeds_browser: FlaskClient) -> None:
    for statement in json_of(seeds_browser, "/search?q=relations&limit=200")["items"]:
        path, _, place = statement["links"]["page"].partition("#")
        assert f' id="{place}"' in seeds_browser.get(path).text


def test_programs_get_json_at_the_same_addresses(seeds_browser: FlaskClient) -> None:
    for path in addresses(seeds_browser):
        for accepted in ("*/*", "application/json"):
            types = [seeds_browser.get(path).mimetype]
            types += [seeds_browser.get(path, headers={"Accept": accepted}).mimetype]
            assert types[0] == "text/html"
            form = types[1].removeprefix("application/")
            assert form in ("json", "problem+json") or path.startswith("/docs")


def test_page_and_json_have_tags_of_their_own(seeds_browser: FlaskClient) -> None:
    for path in ("/quotes", "/speakers", "/search?q=relations"):
        tags = [
            seeds_browser.get(path, headers={"Accept": form}).headers["ETag"]
            for form in ("text/html", "application/json", "*/*")
        ]
        assert tags[0] != tags[1] == tags[2]
        unchanged = seeds_browser.get(path, headers={"If-None-Match": tags[0]})
        assert (unchanged.status_code, unchanged.data) == (304, b"")
        assert seeds_browser.get(path, headers={"If-None-Match": tags[1]}).status_code == 200


@pytest.mark.parametrize("cut", [True, False])
def test_every_address_has_the_prefix(seeds_index: Path, cut: bool) -> None:
    client = browser(seeds_index, url="https://news.example/on/record")
    prefix = "" if cut else "/on/record"
    unprefixed = browser(seeds_index)
    for path in [*addresses(unprefixed), "/quotes?limit=1&facet=year", "/sources?limit=1"]:
        page = client.get(prefix + path).text
        leading_here = [one for one in leading(page) if not one.startswith(("data:", "http", "#"))]
        assert len(leading_here) > 8, path
        wrong = [one for one in leading_here if not re.match(r"/on/record(?!/on/)(/|\?|$)", one)]
        assert wrong == [], path


def test_prefix_of_a_trusted_proxy(seeds_index: Path) -> None:
    client = browser(seeds_index, trusted_proxies="127.0.0.0/8")
    for prefix in ("/a", "/b/c"):
        page = client.get("/quotes", headers={"X-Forwarded-Prefix": prefix}).text
        assert f'href="{prefix}/static/pages.css"' in page
        moved = client.get("/quotes?q=", headers={"X-Forwarded-Prefix": prefix})
        assert moved.headers["Location"] == f"{prefix}/quotes"


def test_hostile_words_are_words(browse: Browse) -> None:
    client = browse(
        article(
            "hostile<b>",
            (f"Putin {HOSTILE}", f"Words {HOSTILE} said", {"title": HOSTILE, "mention": HOSTILE}),
            (f"Putin {HOSTILE}", f"Claims {HOSTILE}", {"form": Form.INDIRECT, "denied": True}),
            ("Xi", f"More {HOSTILE}", {"form": Form.INDIRECT, "candidates": (HOSTILE,)}),
            title=HOSTILE,
            publisher=HOSTILE,
        )
    )
    asked = [
        *addresses(client),
        f"/search?q={'<script>alert(2)</script>'}",
        "/claims?denied=any",
        "/quotes?speaker=%22%3E%3Cscript%3E&publisher=%22%3E%3Cimg+onerror%3E",
        "/%22%3E%3Cscript%3E",
        "/quotes/%22%3E%3Cscript%3E",
        "/verify?quote=%22%3E%3Cscript%3Ealert(2)%3C/script%3E+words+said&speaker=%22%3E%3Cimg%3E",
    ]
    asked += [
        one["links"]["self"] for one in json_of(client, "/search?q=claims&denied=any")["items"]
    ]
    for path in asked:
        page = client.get(path).text
        assert "<img" not in page and "<script>" not in page and ">49<" not in page, path
        if not path.startswith("/docs"):
            assert page.count("<script") == 1, path


def test_page_of_long_values_stays_small(browse: Browse) -> None:
    """By years and months; every value shown in full."""
    long = ("Long & <wordy> “values” of 'many' signs, 长 " * 60)[: VALUE_MAXIMUM - 10]
    said = [
        ("Xi Jinping", f"{long} number {n}", {"title": long, "mention": f"{long} {n}"})
        for n in range(25)
    ]
    reported = [("Xi Jinping", f"{long} number {n}", {"form": Form.INDIRECT}) for n in range(25)]
    client = browse(
        *(
            article(
                f"a{n}",
                *said,
                *reported,
                date=f"{1950 + n}-05",
                title=long,
                publisher=f"{long} {n}",
            )
            for n in range(70)
        )
    )
    asked = ["/search?q=number&limit=100", "/quotes?limit=100&facet=publisher,speaker,year"]
    quote = urlencode({"quote": long[:900], "speaker": "Xi " * 80})
    for path in [*addresses(client), *asked, f"/verify?{quote}"]:
        assert len(client.get(path).data) < 100_000, path
    for path, fields in (
        ("/verify", {"quote": long * 5, "speaker": "Xi"}),
        ("/verify/document", {"text": "\n\n".join(f"“{long}{n},” Xi said." for n in range(40))}),
    ):
        assert len(client.post(path, data=fields).data) < 100_000, path


def test_no_link_runs_anything(browse: Browse) -> None:
    ordinary = article("a", ("Vladimir Putin", "We will go there tomorrow"))
    url = Attested("javascript:alert(1)", Provenance.DECLARED)
    source = replace(ordinary.source, url=url)
    statements = (structs.replace(ordinary.statements[0], source=source.reference()),)
    client = browse(replace(ordinary, source=source, statements=statements))
    places = json_of(client, "/quotes")["items"][0]["links"]
    asked = ["/quotes", places["self"], places["source"], places["cluster"]]
    for path in (*asked, "/verify?quote=We+will+go+there+tomorrow"):
        page = client.get(path)
        assert page.status_code == 200
        assert not [one for one in leading(page.text) if one.startswith("javascript")]
    assert "javascript:alert(1)" in client.get(places["source"]).text
