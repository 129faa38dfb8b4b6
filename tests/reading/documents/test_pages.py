"""HTML: the article of a page, and what the page declares about it."""

import json
from pathlib import Path

import pytest

from service.domain import Provenance, Source
from service.errors import UnreadableSource
from service.extraction import annotate
from service.reading import read
from service.reading.documents.credits import authors_of
from tests.reading.documents.contract import AdapterContract, Article

PROSE = (
    "The port has lost money for years, and its owner had told the council in November that the"
    " ferries might have to leave for another harbour down the coast."
)


class TestPages(AdapterContract):
    def written(self, article: Article, folder: Path) -> Path:
        path = folder / "article.html"
        about = {
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": article.published + "T08:00:00+01:00",
            "author": [{"@type": "Person", "name": name} for name in article.authors],
        }
        body = "".join(f"<p>{paragraph}</p>" for paragraph in article.paragraphs)
        path.write_text(
            f"<!doctype html><html lang=en><title>{article.title} | The Chronicle</title>"
            f'<script type="application/ld+json">{json.dumps(about)}</script>'
            f"<nav><a href=/>Home</a></nav><article><h1>{article.title}</h1>{body}</article>"
            "<footer>All rights reserved</footer></html>",
            "utf-8",
        )
        return path


def page(folder: Path, body: str, head: str = "", name: str = "a.html") -> Source:
    path = folder / name
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", "utf-8")
    (source,) = read(path)
    assert isinstance(source, Source), source
    return source


def article(*inner: str) -> str:
    return f"<article><p>{PROSE}</p>{''.join(inner)}<p>{PROSE[::-1]}.</p></article>"


def ld(**values: object) -> str:
    about = {"@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(about)}</script>'


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="newsletter-signup"><p>Mornings with us, free.</p></div>',
        "<figure><img src=a><figcaption>Jane Doe said “no” (AFP)</figcaption></figure>",
        '<aside class="pull-quote"><p>“We will stay”</p></aside>',
        '<blockquote class="pullquote"><p>We will stay</p></blockquote>',
        "<p>Sign up for our free newsletter and never miss a story.</p>",
        "<p><strong>Read more: <a href=b>“We are happy,” says owner</a></strong></p>",
        '<div id="cookie-consent"><p>We use cookies to know you better.</p></div>',
        "<p>Advertisement</p>",
        "<p hidden>The old version said “never”.</p>",
        "<p>Follow us on Facebook for more.</p>",
    ],
)
def test_furniture_is_not_text(tmp_path: Path, furniture: str) -> None:
    assert page(tmp_path, article(furniture)).text == page(tmp_path, article(), name="b.html").text


def test_most_of_a_page_is_not_furniture(tmp_path: Path) -> None:
    assert PROSE in page(tmp_path, f'<div class="related-story">{article()}</div>').text


@pytest.mark.parametrize(
    "around",
    [
        "<form id=aspnetForm>{}</form>",
        "<div hidden>{}</div>",
        "<div style='display: none'>{}</div>",
    ],
)
def test_most_of_a_page_is_its_article_whatever_its_tags(tmp_path: Path, around: str) -> None:
    assert (
        page(tmp_path, around.format(article())).text
        == page(tmp_path, article(), name="b.html").text
    )


def test_menu_of_a_page_without_paragraphs_is_not_text(tmp_path: Path) -> None:
    body = "".join(f"<div>{PROSE} It is number {number}.</div>" for number in range(8))
    menu = "".join(
        f"<li><a href=/{number}>Section number {number}</a></li>" for number in range(40)
    )
    text = page(tmp_path, f"<nav><ul>{menu}</ul></nav><article>{body}</article>").text
    assert "Section number" not in text
    assert "It is number 7." in text


def test_block_quotation_is_its_own_paragraph_and_signed(tmp_path: Path) -> None:
    quotation = (
        "<p>In a letter to the council she wrote about the port.</p><figure><blockquote>"
        "<p>It was a great day for all of us.</p><p>We shall do it again.</p></blockquote>"
        "<figcaption>— Mary Major, owner</figcaption></figure>"
    )
    source = page(tmp_path, article(quotation))
    assert (
        "\n\n“It was a great day for all of us.\n\n“We shall do it again.” — Mary Major, owner\n\n"
    ) in source.text
    (statement,) = (one for one in annotate(source).statements if "great day" in one.text)
    assert statement.text.endswith("We shall do it again.")
    assert statement.speaker is not None
    assert statement.speaker.name == "Mary Major"


def test_inline_quotation_has_its_marks(tmp_path: Path) -> None:
    body = "<p>The owner called it <q>a <i>very</i> bad idea</q>, and left the hall at once.</p>"
    assert "called it “a very bad idea”, and" in page(tmp_path, article(body)).text


def test_embedded_post_is_set_apart_with_its_author(tmp_path: Path) -> None:
    post = (
        '<blockquote class="twitter-tweet"><p>We will win this vote, whatever they say!</p>&mdash;'
        " Jane Roe (@janeroe) <a href=https://x.example/1>January 3, 2024</a></blockquote>"
    )
    text = page(tmp_path, article(post)).text
    assert "\n\n“We will win this vote, whatever they say!” — Jane Roe\n\n" in text


def test_two_line_breaks_end_a_paragraph(tmp_path: Path) -> None:
    body = "<p>The first half of it is long enough.<br><br>So is the second half.</p>"
    assert "long enough.\n\nSo is the second half." in page(tmp_path, article(body)).text


@pytest.mark.parametrize(
    ("head", "heading", "title", "field"),
    [
        ("<title>Mill opens in Dover - The Chronicle</title>", "Mill opens in Dover", None, "h1"),
        (
            '<meta property="og:title" content="Mill opens in Dover | Chronicle">',
            "",
            "Mill opens in Dover",
            "meta og:title",
        ),
        (ld(headline="Mill &amp; shop open in Dover"), "News", "Mill & shop open in Dover", None),
        (ld(headline="Dover: mill opens at last"), "The mill opens in Dover", None, "h1"),
        (
            '<meta property="og:site_name" content="The Chronicle">'
            "<title>Mill opens in Dover – Business – The Chronicle</title>",
            "",
            "Mill opens in Dover – Business",
            "title",
        ),
    ],
)
def test_title_is_the_heading_that_others_agree_with(
    tmp_path: Path, head: str, heading: str, title: str | None, field: str | None
) -> None:
    found = page(tmp_path, f"<h1>{heading}</h1>{article()}", head).title
    assert found is not None
    assert found.value == (title or heading)
    assert found.provenance is Provenance.DECLARED
    assert field is None or found.field == field


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (ld(author={"@type": "Person", "name": "By Jane Doe"}), "", ["Jane Doe"]),
        (ld(author="Jane Doe and John Roe"), "", ["Jane Doe", "John Roe"]),
        (
            ld(author=[{"name": "Jane Doe"}, {"@type": "Organization", "name": "Dover"}]),
            "",
            ["Jane Doe"],
        ),
        (ld(author={"name": "Reuters"}), "", []),
        (ld(author={"name": "The Chronicle"}, publisher={"name": "The Chronicle"}), "", []),
        ('<meta name="author" content="Jane Doe, Political Editor">', "", ["Jane Doe"]),
        ('<meta property="article:author" content="https://www.facebook.com/jane.doe">', "", []),
        ("", "<p class=byline>By <a rel=author href=d>JANE DOE</a> in Paris</p>", ["JANE DOE"]),
        ("", "<div class=byline__name>Jane Doe BBC News</div>", ["Jane Doe"]),
        (
            "",
            "<div class=card><h3>Another story</h3><p class=byline>By John Roe</p></div>",
            [],
        ),
        ("", "<div class=byline>By Jane Doe<br>Updated Wed June 5, 2024</div>", ["Jane Doe"]),
        (
            ld(author="Jane Doe") + "<meta name=author content='Jane Doe, John Roe'>",
            "",
            ["Jane Doe", "John Roe"],
        ),
    ],
)
def test_authors_are_names_alone(tmp_path: Path, head: str, body: str, authors: list[str]) -> None:
    source = page(tmp_path, body + article(), head)
    assert [author.value for author in source.authors] == authors


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            '<meta property="og:title" content="Mill opens in Dover">',
            "<h1><span>Exclusive</span> <span>Mill opens in Dover</span></h1>",
            "Mill opens in Dover",
        ),
        (
            ld(headline="Another story of the day") + ld(headline="Mill opens in Dover"),
            "<h1>Mill opens in Dover</h1>",
            "Mill opens in Dover",
        ),
        (
            '<title>The Chronicle: Mill opens in Dover</title><meta property="og:site_name"'
            ' content="The Chronicle">',
            "",
            "Mill opens in Dover",
        ),
        ('<meta property="og:title" content="Dover&amp;#8217;s mill">', "", "Dover’s mill"),
        ("<title>Mill opens in Dover - THE GAZETTE</title>", "", "Mill opens in Dover"),
        (
            '<meta property="og:title" content="Mill opens in Dover">',
            "<h1>Mill opens in Dover <span>Premium</span></h1>",
            "Mill opens in Dover",
        ),
        (
            '<meta property="og:title" content="Mill opens in Dover">',
            "<h1>Mill opens in Dover<small>Ten years late</small></h1>",
            "Mill opens in Dover",
        ),
        (
            '<meta property="og:title" content="🦀 Mill opens in Dover">',
            "<h1>Mill opens in Dover</h1>",
            "Mill opens in Dover",
        ),
        (
            '<meta property="og:title" content="Opinion | Mill opens in Dover">',
            "<h1>Opinion: Mill opens in Dover</h1>",
            "Opinion: Mill opens in Dover",
        ),
        (
            '<meta property="og:title" content="Why flour costs less now">',
            "<h1>Mill opens at last in Dover</h1>",
            "Mill opens at last in Dover",
        ),
        (
            '<meta property="og:title" content="Why flour costs less now">',
            "<h1>Food and Drink</h1>",
            "Why flour costs less now",
        ),
        (
            ld(headline="Dover Flour | The mill that stayed"),
            "<h1>Dover Flour | The mill that stayed</h1>",
            "Dover Flour | The mill that stayed",
        ),
        (
            '<title>Mill opens in Dover :: The Gazette</title><meta property="og:site_name"'
            ' content="The Gazette">',
            "<h1>The Gazette</h1>",
            "Mill opens in Dover",
        ),
    ],
)
def test_title_is_the_articles_own(tmp_path: Path, head: str, body: str, title: str) -> None:
    found = page(tmp_path, body + article(), head).title
    assert found is not None
    assert found.value == title


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (
            "<div class=meta><span>By Jane Doe</span><span>Published May 3</span></div>",
            ["Jane Doe"],
        ),
        ("<div class=author><a>Jane Doe</a><a>Follow</a><a>Email</a></div>", ["Jane Doe"]),
        ("<div class=byline>Written by Jane Doe<br>Reviewed by John Roe</div>", ["Jane Doe"]),
        ("<div class=comment><span class=author>John Roe</span></div>", []),
        ("<div>Words <a href=/profile/jane-doe>Jane Doe</a> in Dover</div>", ["Jane Doe"]),
        ("<p>Reporting by Jane Doe; Editing by John Roe</p>", ["Jane Doe"]),
    ],
)
def test_byline_is_separated_from_the_text_beside_it(
    tmp_path: Path, body: str, names: list[str]
) -> None:
    source = page(tmp_path, f"<h1>Mill</h1>{body}{article()}")
    assert [author.value for author in source.authors] == names


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("Jane Doe, Special to The Post", ["Jane Doe"]),
        ("Story by Jane Doe, CNN; video by John Roe", ["Jane Doe"]),
        ("By Europe correspondent Jane Doe and John Roe in Brussels", ["Jane Doe", "John Roe"]),
        (
            "By JANE DOE, JOHN ROE and ANN LEE The Associated Press",
            ["JANE DOE", "JOHN ROE", "ANN LEE"],
        ),
        ("Jane Doe Political correspondent, BBC News @janedoe", ["Jane Doe"]),
        ("Seung Min Park, John A. Roe Jr.", ["Seung Min Park", "John A. Roe Jr."]),
        ("Jane Doe · CBC News · Posted: Jan 03, 2024 4:00 AM EST", ["Jane Doe"]),
        ("Von Jana Müller und Peter von der Heide", ["Jana Müller", "Peter von der Heide"]),
        ("Juan Pérez y María López", ["Juan Pérez", "María López"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Автор: Мария Иванова", ["Мария Иванова"]),
        ("記者陳小明／台北報導", ["陳小明"]),
        ("Guardian staff and agencies", []),
        ("PA Media", []),
        ("<a href='/jane'>Jane Doe</a>", ["Jane Doe"]),
        ("Our Correspondent", []),
        ("By Jane Doe and John Roe, New Delhi", ["Jane Doe", "John Roe"]),
        ("Jane Doe, Home Affairs Editor", ["Jane Doe"]),
        ("Jane Doe, Middle East correspondent, Jerusalem", ["Jane Doe"]),
        ("Chief Political Correspondent Jane Doe", ["Jane Doe"]),
        ("Jane Doe Special to The Post", ["Jane Doe"]),
        ("JANE DOE Dove Creek Journal", ["JANE DOE"]),
        ("Jane Doe, Dove Creek Journal", ["Jane Doe"]),
        ("BY JANE DOE\nThe Journal", ["JANE DOE"]),
        ("Jane DoeStaff Reporter", ["Jane Doe"]),
        ("Jane Doe, CNN's John Roe and Ann Lee", ["Jane Doe", "John Roe", "Ann Lee"]),
        ("By JANE DOE FOR DAILYMAIL.COM", ["JANE DOE"]),
        ("Perspective by Jane Doe", ["Jane Doe"]),
        ("As told to Jane Doe", ["Jane Doe"]),
        ("Jane Doe; additional reporting by Ann Lee", ["Jane Doe"]),
        ("Jane Doe, Stanford University", ["Jane Doe"]),
        ("Emily Post", ["Emily Post"]),
        ("Jane Doe, Ann Lee (foto)", ["Jane Doe"]),
        ("KFF Health News", []),
        ("CTW Regina Staff", []),
        ("European Commission", []),
        ("IANS", []),
        ("Jane Doe, BBC News, North Yorkshire", ["Jane Doe"]),
        ("Jane Doe, CNN, and John Roe, CNN", ["Jane Doe", "John Roe"]),
        ("Jane Doe, Copyright © 2024", ["Jane Doe"]),
    ],
)
def test_credit_is_its_names(credit: str, names: list[str]) -> None:
    assert list(authors_of([credit])) == names


@pytest.mark.parametrize(
    ("credit", "publisher", "names"),
    [
        ("Jane Doe Dove Creek Journal", "Dove Creek Journal", ["Jane Doe"]),
        ("CBC Manitoba", "CBC News", []),
        ("NPR Staff", "NPR", []),
        ("JD Vance", "The Post", ["JD Vance"]),
        ("Courier", "Courier International", []),
        ("Jane Doe, Dover Mail, Kent", "Dover Mail", ["Jane Doe"]),
        ("Fortnight US", "Fortnight", []),
    ],
)
def test_publisher_is_not_an_author(credit: str, publisher: str, names: list[str]) -> None:
    assert list(authors_of([credit], publisher)) == names


@pytest.mark.parametrize(
    ("head", "byline", "names"),
    [
        (
            ld(author={"@type": "Person", "name": "Jane Doe"}),
            '<div class="meta"><h4 class="author-name">Jane Doe, John Roe</h4></div>',
            ["Jane Doe", "John Roe"],
        ),
        (
            '<meta name="author" content="Jane Doe">',
            '<p><b class="author-name"></b>'
            '<i class="byline"><a>JANE DOE</a> | <a>Ann Lee</a></i></p>',
            ["Jane Doe", "Ann Lee"],
        ),
        (
            ld(author={"@type": "Organization", "name": "Science Wire staff"})
            + '<meta name="author" content="Science Wire">',
            '<p class="byline">by Jane Doe, University of Dover</p>',
            ["Jane Doe"],
        ),
        ('<meta name="author" content="nell brady-hughes">', "", ["nell brady-hughes"]),
        (
            '<meta name="author" content="jane doe">',
            '<p class="byline">By Jane Doe</p>',
            ["Jane Doe"],
        ),
        ('<meta name="author" content="web desk">', "", []),
        # a pseudonym of the publisher, which no other field has
        (
            ld(author={"@type": "Person", "name": "Dover Coastwatch"})
            + '<meta name="author" content="Jane Doe">',
            '<p class="byline">by Jane Doe</p>',
            ["Jane Doe"],
        ),
        (
            ld(author={"@type": "Organization", "name": "Jane Doe", "url": "/author/jane-doe"}),
            "",
            ["Jane Doe"],
        ),
        # a place beside a byline
        (
            ld(author={"@type": "Person", "name": "Jane Doe"}),
            '<p><span class="byline__author">Jane Doe</span><span class="byline__place">Dover'
            "</span></p>",
            ["Jane Doe"],
        ),
        ('<meta name="author" content="Coastal Research Centre">', "", []),
        (
            "",
            "</header><div><div><h3><a href=/b>What we know about the port</a></h3>"
            '<span class="author">Ann Lee</span></div></div><header>',
            [],
        ),
    ],
)
def test_authors_are_those_whom_a_reader_would_name(
    tmp_path: Path, head: str, byline: str, names: list[str]
) -> None:
    found = page(tmp_path, f"<header><h1>Mill opens</h1>{byline}</header>{article()}", head)
    assert [author.value for author in found.authors] == names


CARD = (
    '<div class="card"><a href=/{0}><h3>Other story {0} about a port</h3></a>'
    "<p>A line that says what the other story {0} says.</p></div>"
)


@pytest.mark.parametrize(
    "box",
    [
        "".join(map(CARD.format, range(3))),
        "<div><h4>Read next</h4><p>A story about another port, and what it lost.</p></div>",
        "<div><h4>The Tide</h4><p>Every week, the sea.</p><form>Sign up<input></form></div>",
        "<p>If you buy something from a link, we may earn a commission.</p>",
        "<p>Join the Chronicle’s WhatsApp channel</p>",
        "<p>Open this photo in gallery:</p>",
        '<div class="KeyPoints"><h2>In short:</h2><p>The port, which lost money, may go.</p></div>',
        '<div class="chronicle-ad-box"><p>Eighteen pillows, tried by us for you.</p></div>',
        "<p>Contact reporter Jane Doe at jane@chronicle.example</p>",
        "<p>Suscríbete a nuestra newsletter</p>",
        "<p>See a spelling or grammar error in this story? Report it to our team HERE.</p>",
        "<p>The Mill is a reader-supported publication. Consider becoming a subscriber.</p>",
        "<p>You can reach her at 555-0100-0199 or jane@dover.example.</p>",
        '<div class="subscription-widget"><p>Mornings with us, free.</p></div>',
        "<p>Then $75 per month. Cancel anytime during your trial.</p>",
    ],
)
def test_box_is_not_text(tmp_path: Path, box: str) -> None:
    assert page(tmp_path, article(box)).text == page(tmp_path, article(), name="b.html").text


def test_paragraphs_of_a_paywall_are_text(tmp_path: Path) -> None:
    paid = "".join(f'<p class="paywall">{number} {PROSE}</p>' for number in range(3))
    first = f'<p class="has-dropcap paywall">First {PROSE}</p>'
    text = page(tmp_path, article(first, paid)).text
    assert f"First {PROSE}" in text
    assert f"1 {PROSE}" in text


@pytest.mark.parametrize(
    "when", ["10 aprile 2024 (modifica il 10 aprile 2024 | 09:40)", "9 de aprile de 2025 | 14:05"]
)
def test_date_line_is_not_text(tmp_path: Path, when: str) -> None:
    assert "aprile" not in page(tmp_path, article(f"<p>{when}</p>")).text


def test_article_is_read_from_blocks_with_data_of_their_own(tmp_path: Path) -> None:
    blocks = [{"type": "paragraph", "data": {"text": f"{number}. {PROSE}"}} for number in range(5)]
    state = json.dumps({"props": {"pageProps": {"article": {"blocks": blocks}}}})
    body = f'<div>Loading</div><script type="application/json">{state}</script>'
    assert page(tmp_path, body).text.split("\n\n") == [f"{number}. {PROSE}" for number in range(5)]


def test_article_is_read_from_pieces_within_pieces(tmp_path: Path) -> None:
    """In the structure of Bloomberg's pages."""
    pieces = [
        {"type": "paragraph", "content": [{"type": "text", "value": f"{number} {PROSE}"}]}
        for number in range(4)
    ]
    state = json.dumps({"story": {"body": {"content": pieces}}})
    found = page(tmp_path, f'<h1>Mill opens</h1><script type="application/json">{state}</script>')
    assert [f"{number} {PROSE}" in found.text for number in range(4)] == [True] * 4


def test_title_has_ordinary_spaces(tmp_path: Path) -> None:
    head = '<meta property="og:title" content="Eau\xa0: le plan du\u202fgouvernement">'
    found = page(tmp_path, "<h1>Eau\xa0: le plan du\u202fgouvernement</h1>" + article(), head).title
    assert found is not None
    assert found.value == "Eau : le plan du gouvernement"


def test_author_by_reference_is_followed(tmp_path: Path) -> None:
    graph = {
        "@graph": [
            {"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
            {"@type": ["Article"], "headline": "Mill opens", "author": {"@id": "#jane"}},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert [one.value for one in page(tmp_path, article(), head).authors] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("head", "provenance", "field"),
    [
        (ld(datePublished="2024-01-03T23:30:00-05:00"), "declared", "JSON-LD datePublished"),
        (
            '<meta property="article:published_time" content="2024-01-03T08:00:00Z">',
            "declared",
            "meta article:published_time",
        ),
        (
            ld(datePublished="1970-01-01") + '<meta name="date" content="20240103">',
            "declared",
            "meta date",
        ),
        (
            ld(datePublished="2024-01-04T04:30:00Z")
            + '<meta property="article:published_time" content="2024-01-03T23:30:00-05:00">',
            "declared",
            "meta article:published_time",
        ),
        (
            ld(datePublished="2024-01-03T08:30:00Z")
            + '<meta property="article:published_time" content="2024-01-04T23:30:00-05:00">',
            "declared",
            "JSON-LD datePublished",
        ),
        ('<link rel=canonical href="https://dover.example/2024/01/03/mill">', "inferred", None),
    ],
)
def test_day_is_as_the_page_gives_it(
    tmp_path: Path, head: str, provenance: str, field: str | None
) -> None:
    found = page(tmp_path, article(), head).published
    assert found is not None
    assert (str(found.value), found.provenance, found.field) == ("2024-01-03", provenance, field)


def test_time_of_the_article_is_its_day(tmp_path: Path) -> None:
    card = "<aside><time datetime=2023-01-01>last year</time></aside>"
    body = f"{card}<article><time datetime=2024-01-03T09:00>3 Jan</time>{article()}</article>"
    found = page(tmp_path, body).published
    assert found is not None
    assert (str(found.value), found.field) == ("2024-01-03", "time datetime")


def test_whole_day_comes_before_one_without_its_year(tmp_path: Path) -> None:
    dated = article("<p>DOVER, Nov. 6 (Reuters) - The mill will open soon, its owner said.</p>")
    body = f"<p>Published January 3, 2024</p>{dated}"
    found = page(tmp_path, body).published
    assert found is not None
    assert str(found.value) == "2024-01-03"


def test_address_of_the_home_page_belongs_to_no_article(tmp_path: Path) -> None:
    head = '<link rel=canonical href="https://dover.example/">'
    first = page(tmp_path, article("<p>One story is about the mill.</p>"), head)
    second = page(tmp_path, article("<p>Another story is about ferries.</p>"), head)
    assert first.url is None
    assert first.id != second.id


def test_page_in_another_encoding_is_read_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        f'<meta charset="windows-1251"><article><p>{PROSE}</p><p>Он сказал.</p></article>'.encode(
            "cp1251"
        )
    )
    (source,) = read(path)
    assert isinstance(source, Source)
    assert "Он сказал." in source.text


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 50_000 + "deep",
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><p>&b;&b;</p>",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<b>" * 250_000,
        "<blockquote>" * 3_000 + "<q>" * 3_000,
        "<p>" + "<br>" * 30_000,
        "<div " + " ".join(f"a{number}=x" for number in range(300_000)) + "><p>deep</p>",
        "<p>" + " " * 2_000_000 + "x",
    ],
    ids=["deep", "entities", "json", "elements", "quotations", "breaks", "attributes", "spaces"],
)
def test_bomb_costs_one_line_at_most(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "bomb.html"
    path.write_text(bomb)
    (outcome,) = read(path)
    assert isinstance(outcome, Source | UnreadableSource)


BODY = [f"{PROSE} This is paragraph number {number} of them." for number in range(6)]


@pytest.mark.parametrize(
    "head",
    [
        ld(headline="Mill opens", articleBody="\n\n".join(BODY)),
        '<script id="__NEXT_DATA__" type="application/json">'
        + json.dumps({"props": {"article": {"body": "".join(f"<p>{one}</p>" for one in BODY)}}})
        + "</script>",
        "<script>Fusion.globalContent="
        + json.dumps({"content_elements": [{"type": "text", "content": one} for one in BODY]})
        + ";Fusion.x=1</script>",
    ],
    ids=["json-ld", "next", "fusion"],
)
def test_article_that_a_script_draws_is_read(tmp_path: Path, head: str) -> None:
    cards = "".join(f"<div><h3><a href={n}>Another headline {n}</a></h3></div>" for n in range(20))
    assert page(tmp_path, f"<div id=app></div>{cards}", head).text == "\n\n".join(BODY)


def test_paragraph_between_others_is_not_lost(tmp_path: Path) -> None:
    first, second, *rest = (f"<p>{one}</p>" for one in BODY)
    body = f"<div>{first}</div><div class=teaser-content>{second}</div><div>{''.join(rest)}</div>"
    source = page(tmp_path, f"<main><article>{body}</article></main>")
    assert source.text == "\n\n".join(BODY)


def test_beginning_of_an_article_is_not_lost_before_a_box(tmp_path: Path) -> None:
    """trafilatura takes the second part alone, as the first is called a list of links."""
    first = [f"Number {number}. {PROSE}" for number in range(1, 5)]
    body = (
        "<article><header><h1>The port</h1></header><section><div class='text iconLinks'>"
        + "".join(f"<p>{one}</p>" for one in first)
        + f"</div><div class=text><p>{PROSE}</p><p>{PROSE[::-1]}.</p></div></section></article>"
    )
    source = page(tmp_path, body)
    assert [one in source.text for one in first] == [True] * 4


@pytest.mark.parametrize(
    "box",
    [
        "<section><header><h3>Más información</h3></header><a href=b><h4>Never, she says</h4></a>"
        "</section>",
        "<div><h3>Sobre la firma</h3><p>She has written of never since 2019.</p></div>",
        "<div><span>Leggi anche</span><h3><a href=b>Never, she says</a></h3></div>",
    ],
)
def test_box_is_known_by_the_label_before_its_heading(tmp_path: Path, box: str) -> None:
    assert "ever" not in page(tmp_path, article(box)).text.replace("every", "")


@pytest.mark.parametrize(
    ("body", "authors"),
    [
        ("<p>Interview by Jane Doe | Photography by John Roe</p>", ["Jane Doe"]),
        ("<p class=image--author>Foto: PAP/John Roe</p><p class=author>Jane Doe</p>", ["Jane Doe"]),
        (
            "<div class=author-wrap><div class=a1>Jane Doe</div><div class=author-title>Head of"
            " Research</div></div>",
            ["Jane Doe"],
        ),
        (
            "<ul class=byline><li><span>Leonie Brandts</span><p>redacteur Binnenland</p></li></ul>",
            ["Leonie Brandts"],
        ),
    ],
)
def test_author_is_the_name_without_what_is_beside_it(
    tmp_path: Path, body: str, authors: list[str]
) -> None:
    source = page(tmp_path, f"<h1>The port stays</h1>{body}{article()}")
    assert [author.value for author in source.authors] == authors


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Reporting by Jane Doe; Editing by John Roe", "Jane Doe"),
        ("(Japanese original by Kenji Noro, Tokushima Bureau)", "Kenji Noro"),
        ("Автор: Марина Лебедева", "Марина Лебедева"),
    ],
)
def test_author_may_be_named_below_the_text(tmp_path: Path, line: str, author: str) -> None:
    source = page(tmp_path, f"<h1>The port stays</h1>{article()}<p>{line}</p>")
    assert [one.value for one in source.authors] == [author]


def test_day_of_publication_is_not_that_of_a_change(tmp_path: Path) -> None:
    line = "<p>Updated: March 5, 2024 9:12 pm | Published: March 4, 2024 6:40 pm</p>"
    source = page(tmp_path, f"<h1>The port stays</h1>{line}{article()}")
    assert source.published is not None
    assert str(source.published.value) == "2024-03-04"


def test_section_next_to_a_title_is_not_part_of_it(tmp_path: Path) -> None:
    heading = "<h1><span>Opinion</span><span>The old port will stay</span></h1>"
    head = ld(headline="Opinion | The old port will stay")
    source = page(tmp_path, f"{heading}{article()}", head)
    assert source.title is not None
    assert source.title.value == "The old port will stay"


def test_page_without_an_article_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><nav><a href=/>Home</a></nav></body></html>")
    (error,) = read(path)
    assert (
        str(error) == f"{path}: no article found on this page; expected the web page of an article"
    )
