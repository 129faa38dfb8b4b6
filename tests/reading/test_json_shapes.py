"""JSON in the formats in which others deliver articles."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.domain import Provenance, Source
from service.errors import UnreadableSource
from service.reading import find_files, read
from tests.reading.documents.contract import ARTICLE, AdapterContract, Article

TEXT = "\n\n".join(ARTICLE.paragraphs)
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE.paragraphs)
URL = "https://chronicle.example/2024/jan/03/port"


class TestJson(AdapterContract):
    def written(self, article: Article, folder: Path) -> Path:
        path = folder / "article.json"
        path.write_text(
            json.dumps(
                {
                    "title": article.title,
                    "authors": article.authors,
                    "published": article.published,
                    "text": "\n\n".join(article.paragraphs),
                }
            ),
            "utf-8",
        )
        return path


GUARDIAN = {
    "id": "uk-news/2024/jan/03/port",
    "type": "article",
    "sectionId": "uk-news",
    "webPublicationDate": "2024-01-03T18:30:12Z",
    "webTitle": "Dover's port will stay open, mayor says",
    "webUrl": URL,
    "fields": {
        "headline": ARTICLE.title,
        "byline": "Jane Doe and John Roe in Dover",
        "body": MARKUP + '<aside class="element element-rich-link"><p>Related: x</p></aside>',
        "bodyText": " ".join(ARTICLE.paragraphs),
        "publication": "The Chronicle",
        "wordcount": "88",
    },
}
NEWSAPI = {
    "source": {"id": "chronicle", "name": "The Chronicle"},
    "author": "Jane Doe, John Roe",
    "title": ARTICLE.title,
    "description": "The port stays.",
    "url": URL,
    "urlToImage": None,
    "publishedAt": "2024-01-03T18:30:12Z",
    "content": TEXT,
}
NEWS_PLEASE = {
    "authors": ["Jane Doe", "John Roe"],
    "date_download": "2024-02-01 00:00:00",
    "date_modify": None,
    "date_publish": "2024-01-03 18:30:12",
    "filename": "https%3A%2F%2Fchronicle.example.json",
    "language": "en",
    "source_domain": "The Chronicle",
    "maintext": TEXT,
    "title": ARTICLE.title,
    "url": URL,
}
CC_NEWS = {
    "title": ARTICLE.title,
    "text": TEXT,
    "domain": "The Chronicle",
    "date": "2024-01-03 18:30:12",
    "description": "",
    "url": URL,
    "image_url": "https://chronicle.example/a.jpg",
}
TRAFILATURA = {
    "title": ARTICLE.title,
    "author": "Jane Doe; John Roe",
    "hostname": "chronicle.example",
    "date": "2024-01-03",
    "fingerprint": "581dc33fe350f206",
    "id": None,
    "comments": "",
    "raw_text": " ".join(ARTICLE.paragraphs),
    "text": TEXT,
    "language": "en",
    "source": URL,
    "source-hostname": "The Chronicle",
    "categories": "",
}
FUNDUS = {
    "title": ARTICLE.title,
    "authors": ["Jane Doe", "John Roe"],
    "publishing_date": "2024-01-03 18:30:12+00:00",
    "publisher": "The Chronicle",
    "topics": ["Ports"],
    "free_access": True,
    "lang": "en",
    "body": {
        "summary": [],
        "sections": [
            {"headline": [], "paragraphs": list(ARTICLE.paragraphs[:2])},
            {"headline": [], "paragraphs": list(ARTICLE.paragraphs[2:])},
        ],
    },
    "html": {"requested_url": URL, "responded_url": URL, "content": "<html>"},
}
SCHEMA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": ARTICLE.title,
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}],
    "publisher": {"name": "The Chronicle"},
    "datePublished": "2024-01-03T18:30:12Z",
    "url": URL,
    "articleBody": TEXT,
}
WORDPRESS = {
    "id": 7,
    "date": "2024-01-03T18:30:12",
    "link": URL,
    "title": {"rendered": "Dover&#8217;s port will stay open".replace("&#8217;", "&#39;")},
    "content": {"rendered": MARKUP, "protected": False},
    "yoast_head_json": {"og_site_name": "The Chronicle", "author": "Jane Doe and John Roe"},
}
JSON_FEED = {
    "id": "7",
    "url": URL,
    "title": ARTICLE.title,
    "content_html": MARKUP,
    "date_published": "2024-01-03T18:30:12Z",
    "authors": [{"name": "Jane Doe"}, {"name": "John Roe"}],
}

FIELDS = {
    "guardian": (GUARDIAN, "fields.headline", "fields.byline", "webPublicationDate", "webUrl"),
    "newsapi": (NEWSAPI, "title", "author", "publishedAt", "url"),
    "news-please": (NEWS_PLEASE, "title", "authors", "date_publish", "url"),
    "cc-news": (CC_NEWS, "title", "", "date", "url"),
    "trafilatura": (TRAFILATURA, "title", "author", "date", "source"),
    "fundus": (FUNDUS, "title", "authors", "publishing_date", "html.responded_url"),
    "schema.org": (SCHEMA, "headline", "author.name", "datePublished", "url"),
    "wordpress": (WORDPRESS, "title.rendered", "yoast_head_json.author", "date", "link"),
    "json-feed": (JSON_FEED, "title", "authors.name", "date_published", "url"),
}


@pytest.mark.parametrize(("entries", *"tapu"), FIELDS.values(), ids=FIELDS)
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_each_shape_is_known_by_its_fields(
    tmp_path: Path, suffix: str, entries: dict[str, Any], t: str, a: str, p: str, u: str
) -> None:
    source = only(tmp_path, entries, suffix)
    assert source.text == TEXT
    assert source.title and (source.title.value, source.title.field) == (ARTICLE.title, t)
    assert source.published and (str(source.published.value), source.published.field) == (
        ARTICLE.published,
        p,
    )
    assert source.url and (source.url.value, source.url.field) == (URL, u)
    authors = [(author.value, author.field) for author in source.authors]
    assert authors == [("Jane Doe", a), ("John Roe", a)][: 2 if a else 0]
    assert source.title.provenance is Provenance.DECLARED
    if entries is not JSON_FEED:
        assert source.publisher and source.publisher.value == "The Chronicle"


def only(folder: Path, value: object, suffix: str = ".json") -> Source:
    path = folder / f"given{suffix}"
    path.write_text(json.dumps(value), "utf-8")
    (source,) = read(path)
    assert isinstance(source, Source), source
    return source


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "ok", "totalResults": 2, "articles": [NEWSAPI, {**NEWSAPI, "url": URL + "2"}]},
        {"response": {"status": "ok", "results": [GUARDIAN, {**GUARDIAN, "webUrl": URL + "2"}]}},
        [NEWS_PLEASE, {**NEWS_PLEASE, "url": URL + "2"}],
        {"version": "https://jsonfeed.org/version/1.1", "items": [JSON_FEED, JSON_FEED]},
    ],
)
def test_answer_is_its_articles(tmp_path: Path, answer: object) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer), "utf-8")
    assert [one.text for one in read(path) if isinstance(one, Source)] == [TEXT, TEXT]


def test_single_item_of_the_guardian_is_its_article(tmp_path: Path) -> None:
    assert only(tmp_path, {"response": {"status": "ok", "content": GUARDIAN}}).text == TEXT


def test_what_nothing_was_made_of_is_kept(tmp_path: Path) -> None:
    metadata = only(tmp_path, GUARDIAN).metadata
    assert metadata == {
        "recognised_as": "Guardian Open Platform",
        "record": {"id": GUARDIAN["id"], "type": "article", "sectionId": "uk-news"}
        | {"webTitle": GUARDIAN["webTitle"]},
    }


def test_cut_text_says_how_much_is_missing(tmp_path: Path) -> None:
    source = only(tmp_path, {**NEWSAPI, "content": "“We will stay,” said Doe, who… [+1234 chars]"})
    assert source.text == "“We will stay,” said Doe, who"
    assert source.metadata["is_excerpt"] is True
    assert source.metadata["missing_characters"] == 1234


def test_quotation_graph_gives_each_quotation_between_its_words(tmp_path: Path) -> None:
    quotes = [
        {"pre": "On Monday Mayor Jane Doe said", "quote": "We will stay here.", "post": "in Dover."}
    ]
    record = {"date": "2024-01-03T00:15:00Z", "url": URL, "title": "Port", "lang": "ENGLISH"}
    source = only(tmp_path, {**record, "quotes": quotes}, ".jsonl")
    assert source.text == "On Monday Mayor Jane Doe said “We will stay here.” in Dover."
    assert source.metadata["is_excerpt"] is True


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (
            {"articles": [{"url": URL, "title": "x", "seendate": "20240103T101500Z"}]},
            ", article 1: an article of GDELT list of articles without its text, which lists"
            " addresses only; expected one with its text",
        ),
        (
            {**NEWSAPI, "content": None},
            ": an article of NewsAPI without its text (content is empty); expected one with its"
            " text",
        ),
        ([], ": the list of articles is empty"),
        (
            {"@type": "ClaimReview", "claimReviewed": "x", "url": URL},
            ": a ClaimReview is a check of a claim, not an article; to store it beside the index: "
            "onrecord claim-reviews add",
        ),
        ([TEXT], ', article 1: not a JSON object; expected one such as {"text": "..."}'),
        ("text", ": no object in it"),
        (None, ": only null"),
        ({"name": "package"}, ': no text; expected either "text" or "body"'),
    ],
)
def test_what_has_no_text_says_so(tmp_path: Path, value: object, complaint: str) -> None:
    path = tmp_path / "given.json"
    path.write_text(json.dumps(value), "utf-8")
    (error,) = read(path)
    assert isinstance(error, UnreadableSource)
    assert str(error).startswith(f"{path}{complaint}")


def test_value_that_cannot_be_used_costs_no_article(tmp_path: Path) -> None:
    source = only(tmp_path, {**CC_NEWS, "date": "yesterday", "url": "chronicle"})
    assert source.published is None
    assert source.url is None
    assert source.metadata["record"] == {
        "date": "yesterday",
        "url": "chronicle",
        "image_url": CC_NEWS["image_url"],
    }


def test_lines_of_json_under_the_other_name_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lines.json"
    path.write_text(f"{json.dumps(CC_NEWS)}\n{json.dumps({**CC_NEWS, 'url': URL + '2'})}\n")
    assert [type(one) for one in read(path)] == [Source, Source]


def test_sidecar_of_many_may_not_say_what_is_one_articles(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps([CC_NEWS]))
    sidecar = tmp_path / "many.meta.json"
    sidecar.write_text('{"publisher": "The Dover Wire"}')
    (source,) = read(path)
    assert isinstance(source, Source)
    assert source.publisher and source.publisher.value == "The Dover Wire"
    sidecar.write_text('{"title": "One"}')
    (error,) = read(path)
    assert str(error).startswith(f"{path}: its sidecar declares title, which would be that of each")


def test_sidecars_are_not_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "a.meta.json").write_text("{}")
    (tmp_path / "b.json").write_text("[]")
    assert list(find_files([str(tmp_path)])) == [tmp_path / "a.txt", tmp_path / "b.json"]


def test_title_of_newsapi_has_no_publisher_after_it(tmp_path: Path) -> None:
    one = {"source": {"name": "The Day"}, "title": "Port - stays - The Day", "url": URL}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({**one, "publishedAt": "2024-01-03", "content": "“Go,” he said."}))
    (source,) = read(path)
    assert isinstance(source, Source)
    assert source.title is not None
    assert source.title.value == "Port - stays"
