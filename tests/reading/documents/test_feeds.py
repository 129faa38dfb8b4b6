"""Feeds and sitemaps: entries with their full text are articles, addresses are files."""

import html
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest

from service.domain import Source
from service.errors import UnreadableSource
from service.reading import find_files, read
from tests.reading.documents.contract import ARTICLE, AdapterContract, Article

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Chronicle</title>'
    "<link>https://chronicle.example</link><language>en-GB</language>"
)
MARKUP = "".join(f"<p>{html.escape(one)}</p>" for one in ARTICLE.paragraphs)
SENT = format_datetime(datetime(2024, 1, 3, 23, 30, tzinfo=timezone(timedelta(hours=-5))))


def item(title: str = ARTICLE.title, content: str = MARKUP, more: str = "") -> str:
    return (
        f"<item><title>{html.escape(title)}</title>"
        f"<link>https://chronicle.example/{title[0]}</link><pubDate>{SENT}</pubDate>"
        "<dc:creator>Jane Doe</dc:creator><dc:creator>John Roe</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>{more}</item>"
    )


def feed(folder: Path, items: str, name: str = "feed.xml") -> Path:
    path = folder / name
    path.write_text(f"{HEAD}{items}</channel></rss>", "utf-8")
    return path


class TestRss(AdapterContract):
    def written(self, article: Article, folder: Path) -> Path:
        return feed(folder, item())

    def test_sidecar_wins(self, path: Path) -> None:
        """The sidecar of a file of several articles declares what is true of all."""
        path.with_name(path.name + ".meta.json").write_text('{"publisher": "Another"}')
        (source,) = read(path)
        assert isinstance(source, Source)
        assert source.publisher is not None
        assert (source.publisher.value, source.publisher.field) == ("Another", "publisher")


def test_values_are_the_entrys_or_the_feeds(tmp_path: Path) -> None:
    (source,) = read(feed(tmp_path, item()))
    assert isinstance(source, Source)
    assert source.url and source.url.value == "https://chronicle.example/D"
    assert source.publisher and (source.publisher.value, source.publisher.field) == (
        "The Chronicle",
        "feed title",
    )
    assert source.language and source.language.value == "en-gb"


def test_atom_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Chronicle</title><entry>'
        f"<title>Port stays</title><author><name>Jane Doe</name></author>"
        '<link rel="alternate" href="https://chronicle.example/a"/><id>urn:x:1</id>'
        "<published>2024-01-03T23:30:00-05:00</published><updated>2024-01-05T00:00:00Z</updated>"
        f'<content type="html">{html.escape(MARKUP)}</content></entry></feed>',
        "utf-8",
    )
    (source,) = read(path)
    assert isinstance(source, Source)
    assert source.text == "\n\n".join(ARTICLE.paragraphs)
    assert source.published and str(source.published.value) == "2024-01-03"
    assert [author.value for author in source.authors] == ["Jane Doe"]
    assert source.url and source.url.value == "https://chronicle.example/a"


def test_teasers_are_not_articles_and_are_reported_once(tmp_path: Path) -> None:
    teaser = "<item><title>{}</title><description>The port stays.</description></item>"
    path = feed(tmp_path, teaser.format("Short") + item() + teaser.format("Shorter"))
    source, error = read(path)
    assert isinstance(source, Source)
    assert str(error) == (
        f"{path}: 2 of 3 entries have a summary but no text, the first 'Short'; save"
        " their pages and index those"
    )


@pytest.mark.parametrize(
    ("description", "is_article"),
    [(MARKUP * 3, True), (MARKUP, False), (MARKUP * 3 + "<p>Continue reading…</p>", False)],
)
def test_summary_is_an_article_where_it_is_whole(
    tmp_path: Path, description: str, is_article: bool
) -> None:
    entry = f"<item><title>Port</title><description>{html.escape(description)}</description></item>"
    (outcome,) = read(feed(tmp_path, entry))
    assert isinstance(outcome, Source) is is_article


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("<html><body><p>Words.</p></body></html>", "not a feed; expected RSS, Atom or a sitemap"),
        (f"{HEAD}</channel></rss>", "the feed has no entries"),
        (
            '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0">&b;</rss>',
            "a feed must not declare its own entities",
        ),
        (
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0">&x;</rss>',
            "a feed must not declare its own entities",
        ),
    ],
)
def test_file_that_is_not_a_feed_is_named(tmp_path: Path, written: str, complaint: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(written)
    (error,) = read(path)
    assert isinstance(error, UnreadableSource)
    assert str(error).startswith(f"{path}: {complaint}")


def sitemap(folder: Path, *locations: str, root: str = "urlset", name: str = "sitemap.xml") -> Path:
    path = folder / name
    entries = "".join(f"<url><loc>{html.escape(one)}</loc></url>" for one in locations)
    path.write_text(
        f'<?xml version="1.0"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{entries}</{root}>"
    )
    return path


@pytest.mark.parametrize(
    "written",
    [
        HEAD + "<item><title>&#xD800;</title><b></item>",  # half a character
        "<channel<item<link</item></link>",
    ],
)
def test_feed_that_ends_its_parser_is_named(tmp_path: Path, written: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(written)
    (error,) = read(path)
    assert isinstance(error, UnreadableSource)
    assert f"{path}: not a well-formed feed" in str(error)


def test_sitemap_is_a_list_of_the_files_beside_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    files = ["2024/port.html", "c.example/a/index.html", "plain.txt"]
    for name in files:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("Words.")
    (tmp_path / "secret.html").write_text("Words.")
    (site / "link.html").symlink_to(tmp_path / "secret.html")
    sitemap(site, "https://c.example/plain.txt", name="more.xml")
    path = sitemap(
        site,
        "https://c.example/2024/port",
        "https://c.example/a/",
        "https://c.example/gone?a=1&b=2",
        "https://c.example/../secret.html",
        "https://c.example/%2e%2e/secret.html",
        "https://../secret.html",
        "https://c.example/link.html",
        "https://c.example/more.xml",
        "file:///etc/hosts.txt",
    )
    *found, error = find_files([str(path)])
    assert found == [site / name for name in files]
    assert str(error) == (
        f"{path}: of 6 of its 10 addresses there is no file beside it, the first"
        " https://c.example/gone?a=1&b=2; nothing is fetched"
    )


def test_sitemap_in_a_folder_says_nothing(tmp_path: Path) -> None:
    """The files it lists are found without it."""
    sitemap(tmp_path, "https://c.example/a")
    (path,) = find_files([str(tmp_path)])
    assert isinstance(path, Path)
    assert list(read(path)) == []
