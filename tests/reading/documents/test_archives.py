"""Archives: the records of a WARC file that are articles."""

import gzip
import resource
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import pytest

from service.domain import Source
from service.errors import UnreadableSource
from service.reading import read
from tests.reading.documents.contract import ARTICLE, AdapterContract, Article

PAGE = (
    "<html><head><title>{title}</title><meta name=author content='{authors}'>"
    "<meta name=date content={day}></head><body><nav><a href=/>Home</a></nav>"
    "<article><h1>{title}</h1>{body}</article></body></html>"
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE.paragraphs)
HOME_PAGE = "<html><body><nav><a href=/a>A headline</a></nav></body></html>"

Stored = tuple[str, str, bytes, tuple[tuple[str, str], ...]]


def page(body: str = BODY, url: str = "https://c.example/a") -> Stored:
    written = PAGE.format(
        title=ARTICLE.title,
        authors=", ".join(ARTICLE.authors),
        day=ARTICLE.published,
        body=body,
    )
    return url, "200 OK", written.encode(), (("Content-Type", "text/html; charset=utf-8"),)


def archive(path: Path, records: Iterable[Stored], packed: bool = True) -> Path:
    with path.open("wb") as stream:
        stream.write(stored("warcinfo", "", b"software: test", "application/warc-fields", packed))
        for url, status, content, headers in records:
            head = "".join(f"{name}: {value}\r\n" for name, value in headers)
            block = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + content
            kind = "application/http; msgtype=response"
            stream.write(stored("response", url, block, kind, packed))
    return path


def stored(kind: str, url: str, block: bytes, media_type: str, packed: bool) -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2024-02-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    record = head.encode() + block + b"\r\n\r\n"
    return gzip.compress(record) if packed else record


class TestWarc(AdapterContract):
    packed = False

    def written(self, article: Article, folder: Path) -> Path:
        suffix = ".warc.gz" if self.packed else ".warc"
        return archive(folder / f"crawl{suffix}", [page()], self.packed)

    def test_sidecar_wins(self, path: Path) -> None:
        """An archive's sidecar declares what is true of all its articles."""
        path.with_name(path.name + ".meta.json").write_text('{"publisher": "Another"}')
        (source,) = read(path)
        assert isinstance(source, Source)
        assert source.publisher is not None
        assert (source.publisher.value, source.publisher.field) == ("Another", "publisher")

    def test_file_beyond_the_limit_is_named(self, path: Path) -> None:
        """Anything after the last record is ignored; archives have no size limit."""
        with path.open("ab") as stream:
            stream.write(b"\n" * 20_000_001)
        assert isinstance(next(iter(read(path))), Source)


class TestPackedWarc(TestWarc):
    packed = True


def test_each_article_says_where_it_was_stored(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", [page(), page(url="https://c.example/b")])
    first, second = read(path)
    assert isinstance(first, Source) and isinstance(second, Source)
    assert first.url and (first.url.value, first.url.field) == (
        "https://c.example/a",
        "WARC-Target-URI",
    )
    record = first.metadata["record"]
    assert isinstance(record, dict)
    assert record["id"].startswith("<urn:uuid:")
    assert (record["url"], record["date"]) == ("https://c.example/a", "2024-02-01T00:00:00Z")
    assert first.origin == second.origin == str(path)


def test_address_of_the_page_itself_comes_first(tmp_path: Path) -> None:
    canonical = '<link rel="canonical" href="https://c.example/port">'
    (source,) = read(archive(tmp_path / "a.warc", [page(canonical + BODY)]))
    assert isinstance(source, Source) and source.url
    assert source.url.value == "https://c.example/port"


def test_texts_and_codings_are_read_as_they_were_shown(tmp_path: Path) -> None:
    url, status, content, headers = page()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(content), content)
    legacy = content.decode().replace("“", "«").replace("”", "»").encode("cp1251", "ignore")
    records = [
        (url + "1", status, gzip.compress(content), (*headers, ("Content-Encoding", "gzip"))),
        (
            url + "2",
            status,
            content,
            (*headers, ("Content-Encoding", "gzip")),
        ),  # decompressed already
        (url + "3", status, chunked, (*headers, ("Transfer-Encoding", "chunked"))),
        (url + "4", status, legacy, (("Content-Type", "text/html; charset=windows-1251"),)),
        (url + "5", status, b"Plain words.", (("Content-Type", "text/plain"),)),
    ]
    sources = list(read(archive(tmp_path / "a.warc.gz", records)))
    texts = [one.text for one in sources if isinstance(one, Source)]
    text = "\n\n".join(ARTICLE.paragraphs)
    assert texts[:3] == [text] * 3
    assert texts[3].startswith("«We will stay here")
    assert texts[4] == "Plain words."


def test_records_without_an_article_are_skipped_and_reported_once(tmp_path: Path) -> None:
    html = (("Content-Type", "text/html"),)
    records = [
        ("https://c.example/", "200 OK", HOME_PAGE.encode(), html),
        ("https://c.example/old", "301 Moved", b"", html),
        ("https://c.example/none", "404 Not Found", HOME_PAGE.encode(), html),
        ("https://c.example/a.png", "200 OK", b"\x89PNG", (("Content-Type", "image/png"),)),
        page(),
    ]
    path = archive(tmp_path / "a.warc.gz", records)
    source, error = read(path)
    assert isinstance(source, Source)
    assert str(error) == (
        f"{path}: 1 of its 2 pages have no article, the first https://c.example/; expected pages of"
        " articles"
    )


@pytest.mark.parametrize("packed", [True, False])
def test_archive_that_is_cut_off_keeps_what_it_has(tmp_path: Path, packed: bool) -> None:
    path = archive(tmp_path / "a.warc.gz", [page(), page()], packed)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - 300])
    source, error = read(path)
    assert isinstance(source, Source)
    assert isinstance(error, UnreadableSource)
    assert "truncated, or the archive is damaged here" in str(error)


def test_record_without_an_address_is_damage(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc", [page(), page()], packed=False)
    content = path.read_bytes()
    at = content.rindex(b"WARC-Target-URI")
    path.write_bytes(content[:at] + b"X" + content[at + 1 :])
    source, error = read(path)
    assert isinstance(source, Source)
    assert str(error).startswith(f"{path}: the file is damaged after record 2")


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(b"WARC/1.0\r\n" + b"a" * 200_000_000, 1),
        gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 10_000_000, 1),
    ],
    ids=["line", "head"],
)
def test_bomb_costs_one_line_and_no_memory(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (error,) = read(path)
    assert isinstance(error, UnreadableSource)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_packed_page_that_unpacks_to_too_much_is_named(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>" + b"a" * 200_000_000, 1)
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    path = archive(tmp_path / "a.warc", [("https://c.example/a", "200 OK", packed, headers)])
    error, *_ = read(path)
    assert str(error).startswith(f"{path}, record 2 (https://c.example/a): over 20 MB")
