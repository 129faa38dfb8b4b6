"""Forms: a browser's request is redirected to the address that a program would use."""

import random
import re
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from tests.api.test_files_as_drafts import SENTENCES, mail, pdf, word
from tests.index.articles import article
from tests.web.conftest import Browse
from tests.web.pages import json_of

NARROWING = (
    r'name="narrow" value="([^"]+)" class="as-link">[^<]*</button> '
    r'<span class="count">(\d+)'
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/search?q=war&speaker=&from=", "/search?q=war"),
        ("/search?q=&speaker=", "/search"),
        ("/search?q=&speaker=Putin&form=", "/search?speaker=Putin"),
        ("/search?speaker=Putin", "/quotes?speaker=Putin"),
        ("/quotes?q=war&publisher=TASS&without=publisher", "/quotes?q=war"),
        ("/quotes?narrow=year%3A2022", "/quotes?from=2022&to=2022"),
        ("/quotes?speaker=Putin&narrow=speaker%3Axi-jinping", "/quotes?speaker=xi-jinping"),
        ("/claims?narrow=publisher%3AA%3A+B%26C", "/claims?publisher=A%3A+B%26C"),
        ("/verify?quote=&speaker=", "/verify"),
    ],
)
def test_form_leads_to_the_address_without_empty_fields(
    seeds_browser: FlaskClient, asked: str, address: str
) -> None:
    for _ in range(3):
        moved = seeds_browser.get(asked)
        assert (moved.status_code, moved.headers["Location"]) == (303, address)


def test_program_gets_an_error_where_a_form_drops_a_field(seeds_browser: FlaskClient) -> None:
    for asked in ("/search?q=war&speaker=", "/quotes?without=q", "/search?q="):
        assert seeds_browser.get(asked, headers={"Accept": "*/*"}).status_code == 422


def test_every_button_of_the_counts_finds_as_many(seeds_browser: FlaskClient) -> None:
    page = seeds_browser.get("/search?q=relations").text
    buttons = re.findall(NARROWING, page)
    names = {value.partition(":")[0] for value, _ in buttons}
    assert names == {"speaker", "publisher", "form", "year"}
    for value, count in buttons:
        moved = seeds_browser.get(
            "/search", query_string={"q": "relations", "narrow": unescape(value)}
        )
        found = json_of(seeds_browser, moved.headers["Location"])
        assert found["total"] == int(count), value
        assert "Without" in seeds_browser.get(moved.headers["Location"]).text


def test_what_was_asked_is_in_the_form(seeds_browser: FlaskClient) -> None:
    page = seeds_browser.get("/quotes?q=%22trade%22&speaker=Putin&act=any&sort=date&from=2022").text
    for field in ('value="&#34;trade&#34;"', 'value="Putin"', 'value="2022"'):
        assert field in page
    assert '<option value="any" selected>Both' in page
    assert '<option value="date" selected>' in page
    assert "<details open>" in page
    assert "<details open>" not in seeds_browser.get("/quotes?q=trade").text


def test_pages_of_a_list_have_every_statement_once(seeds_browser: FlaskClient) -> None:
    path, found = "/claims?limit=7", []
    while path:
        page = seeds_browser.get(path).text
        found += re.findall(r'<p id="w-(s-[0-9a-f]+)">', page)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = after and unescape(after[1])
    listed = json_of(seeds_browser, "/claims?limit=200")
    assert found == [one["id"] for one in listed["items"]]
    assert len(found) == listed["total"] > 30


def test_page_shows_twenty_and_leads_on(browse: Browse) -> None:
    many = [("Xi", f"Number {n} of the words") for n in range(120)]
    client = browse(article("a", *many))
    page = client.get("/quotes?limit=200")
    assert page.text.count('<li class="statement') == 20
    assert "120 quotations" in page.text
    assert page.headers["Link"].endswith('rel="next"')


def test_words_that_were_found_are_marked(seeds_browser: FlaskClient) -> None:
    page = seeds_browser.get("/search?q=%22bilateral+relations%22").text
    assert "<mark>bilateral</mark> <mark>relations</mark>" in page or (
        "<mark>bilateral relations</mark>" in page
    )


def test_quoted_words_are_distinguished_from_the_reporters(seeds_browser: FlaskClient) -> None:
    page = seeds_browser.get("/quotes?form=mixed&q=friendship").text
    quoted = "close neighbors bound by centuries-old traditions of "
    assert f"that Russia and China are &quot;<b>{quoted}</b><mark><b>friendship</b></mark>" in page


def test_respelt_words_are_one_press_away(seeds_browser: FlaskClient) -> None:
    page = seeds_browser.get("/quotes?q=freindship").text
    [offered] = re.findall(r'name="narrow" value="(q:[^"]+)"', page)
    moved = seeds_browser.get("/quotes", query_string={"q": "freindship", "narrow": offered})
    assert json_of(seeds_browser, moved.headers["Location"])["total"] > 0


def test_pasted_quotation_is_verified(seeds_browser: FlaskClient) -> None:
    claim = "distant neighbors bound by centuries-old traditions of friendship and trust"
    page = seeds_browser.post("/verify", data={"quote": claim, "speaker": ""})
    assert page.status_code == 200
    assert '<article class="verdict red"' in page.text
    assert re.search(r"<del>.*distant.*</del>", page.text)
    assert re.search(r"<ins>.*close.*</ins>", page.text)
    assert "What was searched" in page.text and "73 statements of 5 sources" in page.text
    address = re.search(r'href="(/verify\?[^"]+)">Link to this question', page.text)
    assert address
    assert '<article class="verdict red"' in seeds_browser.get(unescape(address[1])).text


def test_pasted_draft_is_verified(seeds_browser: FlaskClient) -> None:
    draft = (
        "Russia and China are “close neighbors bound by centuries-old traditions of friendship"
        " and trust”, Vladimir Putin said.\r\n\r\n“We shall never ever leave this land,” Putin"
        " said.\r\n"
    )
    page = seeds_browser.post("/verify/document", data={"text": draft, "format": "text"}).text
    assert "2 quotations in the draft" in page
    assert "1 to correct or confirm" in re.sub(r"<[^>]+>", "", page)
    assert "line 3" in page and "Not found" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("draft.pdf", pdf()),
        ("Draft.DOCX", word()),
        ("draft.eml", mail()),
        ("draft.txt", "\n\n".join(SENTENCES).encode("utf-8-sig")),
        ("draft.md", "\n\n".join(SENTENCES).encode()),
        ("draft.htm", "".join(f"<p>{one}</p>" for one in SENTENCES).encode()),
    ],
)
def test_file_is_verified(seeds_browser: FlaskClient, name: str, content: bytes) -> None:
    page = seeds_browser.post("/verify/document", data={"file": (BytesIO(content), name)})
    assert page.status_code == 200
    assert "2 quotations in the draft" in page.text
    assert re.search(r"<del>.*never.*</del>", page.text)


@pytest.mark.parametrize(
    ("fields", "status", "message"),
    [
        ({"file": (BytesIO(b"a"), "draft.rtf")}, 422, "expected a name in .pdf, .docx, .eml"),
        ({"file": (BytesIO(b""), "")}, 422, "choose one file"),
        ({"other": (BytesIO(b"a"), "a.txt")}, 422, "other</code>"),
        ({"file": [(BytesIO(b"a"), "a.txt"), (BytesIO(b"b"), "b.txt")]}, 422, "choose one file"),
        ({"file": (BytesIO(b"a"), "a.txt"), "speker": "x"}, 422, "speker</code>"),
        ({"file": (BytesIO(b"\xff"), "a.txt")}, 422, "byte 0 of"),
        ({"file": (BytesIO(b"no pdf"), "a.pdf")}, 422, "not a PDF"),
        ({"file": (BytesIO(b"no word file"), "a.docx")}, 422, "the body"),
    ],
)
def test_wrong_file_gets_the_error(
    seeds_browser: FlaskClient, fields: dict[str, object], status: int, message: str
) -> None:
    page = seeds_browser.post("/verify/document", data=fields)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert message in page.text


@pytest.mark.parametrize("size", [2_000_001, 2_100_000])
def test_file_may_not_be_longer_than_a_draft(seeds_browser: FlaskClient, size: int) -> None:
    heading = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    page = seeds_browser.post(
        "/verify/document",
        data=heading + b"x" * size + b"\r\n--b--\r\n",
        content_type="multipart/form-data; boundary=b",
    )
    assert (page.status_code, page.mimetype) == (413, "text/html")
    assert "longer than 20" in page.text


def test_thousand_broken_uploads_are_answered_with_pages(seeds_browser: FlaskClient) -> None:
    whole = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nwords\r\n"
        b'--b\r\nContent-Disposition: form-data; name="format"\r\n\r\ntext\r\n--b--\r\n'
    )
    chance = random.Random(18)
    for _ in range(1_000):
        start, end = sorted(chance.choices(range(len(whole)), k=2))
        changed = chance.choice([b"", b"\r\n", b"\xff", whole[start:end], chance.randbytes(3)])
        body = whole[:start] + changed + whole[chance.choice([start, end]) :]
        kind = f"multipart/form-data; boundary={chance.choice(['b', 'c', '', 'b' * 300])}"
        page = seeds_browser.post("/verify/document", data=body, content_type=kind)
        assert page.mimetype == "text/html"
        assert page.status_code in (200, 400, 413, 415, 422), body


def test_page_of_a_large_draft_stays_small(seeds_browser: FlaskClient) -> None:
    draft = "\n\n".join(
        f"“We shall never ever leave this land number {n} of ours,” Putin said." for n in range(150)
    )
    page = seeds_browser.post("/verify/document", data={"text": draft})
    assert page.status_code == 200
    assert len(page.data) < 100_000
    assert "150 quotations in the draft" in page.text
    assert "130 more are not shown" in page.text


@pytest.mark.parametrize("path", ["/verify", "/verify/document"])
def test_page_of_another_site_posts_nothing(seeds_browser: FlaskClient, path: str) -> None:
    fields = {"quote": "we will stay", "text": "“We will stay,” Putin said."}
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        refused = seeds_browser.post(path, data=fields, headers=headers)
        assert (refused.status_code, refused.mimetype) == (403, "text/html")


@pytest.mark.parametrize(
    ("path", "fields", "message"),
    [
        ("/verify", {"quote": ""}, "quote</code>: missing; required"),
        ("/verify", {"quote": "we will", "speker": "a"}, "speker</code>"),
        ("/verify", {"quote": "x" * 20_001}, "20001 characters"),
        ("/verify/document", {"text": "a", "format": "rtf"}, "format</code>"),
        ("/verify/document", {"text": " "}, "text</code>: missing; required"),
    ],
)
def test_wrong_form_gets_the_error(
    seeds_browser: FlaskClient, path: str, fields: dict[str, str], message: str
) -> None:
    page = seeds_browser.post(path, data=fields)
    assert (page.status_code, page.mimetype) == (422, "text/html")
    assert message in page.text


def test_program_that_sends_a_form_gets_the_media_types_read(seeds_browser: FlaskClient) -> None:
    answer = seeds_browser.post("/verify", data={"quote": "we"}, headers={"Accept": "*/*"})
    assert answer.status_code == 415


def test_broken_form_is_refused(seeds_browser: FlaskClient) -> None:
    for body in (b"quote=%ff", b"\xff\xfe", b"&".join([b"a=b"] * 200)):
        assert seeds_browser.post("/verify", data=body, headers=FORM).status_code in (400, 422)


@pytest.mark.parametrize("path", ["/suggest", "/quotes.csv?speker=a", "/reconcile?queries=a"])
def test_what_has_no_page_has_no_page_of_errors(seeds_browser: FlaskClient, path: str) -> None:
    refused = seeds_browser.get(path)
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
