"""JSON shapes: the formats in which others deliver articles, each recognised by its fields.

A table maps fields to values; the other fields are kept under ``record`` in the metadata. An
unusable value, such as a wrong date, is ignored and stays there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Entries: TypeAlias = Mapping[str, object]
Paths: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A format. Paths lead through objects and lists: ``authors.name``,
    ``tags[type=contributor].id``.

    ``marks`` are paths that every object of this shape has; ``html`` are its texts that are markup.
    The first path with a value counts.
    """

    name: str
    marks: Paths
    text: Paths
    html: Paths = ()
    title: Paths = ("title",)
    authors: Paths = ("authors", "author")
    published: Paths = ()
    publisher: Paths = ()
    url: Paths = ("url",)
    language: Paths = ("language",)
    repeats: frozenset[str] = frozenset()
    """Keys that repeat the text, or contain the page it was taken from."""


def _trafilatura(*marks: str) -> Shape:
    """trafilatura's output; with or without metadata, other keys identify it."""
    return Shape(
        name="trafilatura",
        marks=marks,
        text=("text",),
        authors=("author",),
        published=("date",),
        publisher=("source-hostname", "hostname"),
        url=("source", "url"),
        repeats=frozenset({"raw_text"}),
    )


SHAPES = (
    Shape(
        name="Guardian Open Platform",
        marks=("webTitle", "webPublicationDate"),
        text=("fields.body", "blocks.body.bodyHtml", "fields.bodyText"),
        html=("fields.body", "blocks.body.bodyHtml"),
        title=("fields.headline", "webTitle"),
        authors=("fields.byline", "tags[type=contributor].webTitle"),
        published=("webPublicationDate",),
        publisher=("fields.publication",),
        url=("webUrl",),
        language=("fields.lang",),
        repeats=frozenset({"fields", "blocks"}),
    ),
    Shape(
        name="NewsAPI",
        marks=("source.name", "publishedAt"),
        text=("content",),
        published=("publishedAt",),
        publisher=("source.name",),
    ),
    Shape(
        name="GDELT Global Quotation Graph",
        marks=("quotes.quote", "url"),
        text=("quotes",),
        published=("date",),
        language=("lang",),
        repeats=frozenset({"quotes"}),
    ),
    Shape(
        name="GDELT list of articles",
        marks=("seendate", "url"),
        text=(),
        published=("seendate",),
        publisher=("domain",),
    ),
    Shape(
        name="news-please (CC-News)",
        marks=("maintext",),
        text=("maintext",),
        published=("date_publish",),
        publisher=("source_domain",),
        repeats=frozenset({"text"}),
    ),
    _trafilatura("text", "source-hostname"),
    _trafilatura("text", "raw_text", "fingerprint"),
    Shape(
        name="CC-News",
        marks=("text", "domain", "date"),
        text=("text",),
        published=("date",),
        publisher=("domain",),
    ),
    Shape(
        name="fundus",
        marks=("body.sections",),
        text=("body",),
        published=("publishing_date",),
        publisher=("publisher",),
        url=("url", "html.responded_url", "html.requested_url"),
        language=("lang", "language"),
        repeats=frozenset({"plaintext", "html"}),
    ),
    Shape(
        name="fundus",
        marks=("plaintext", "publishing_date"),
        text=("plaintext",),
        published=("publishing_date",),
        publisher=("publisher",),
        url=("url", "html.responded_url", "html.requested_url"),
        language=("lang", "language"),
        repeats=frozenset({"body", "html"}),
    ),
    Shape(
        name="JSON Feed",
        marks=("content_html",),
        text=("content_html",),
        html=("content_html",),
        authors=("authors.name", "author.name"),
        published=("date_published",),
        url=("url", "external_url"),
        repeats=frozenset({"content_text"}),
    ),
    Shape(
        name="JSON Feed",
        marks=("content_text", "id"),
        text=("content_text",),
        authors=("authors.name", "author.name"),
        published=("date_published",),
        url=("url", "external_url"),
    ),
    Shape(
        name="WordPress",
        marks=("title.rendered", "content.rendered"),
        text=("content.rendered",),
        html=("content.rendered",),
        title=("title.rendered",),
        authors=("_embedded.author.name", "yoast_head_json.author"),
        published=("date",),
        publisher=("yoast_head_json.og_site_name",),
        url=("link",),
        language=("yoast_head_json.schema.inLanguage", "lang"),
    ),
    Shape(
        name="schema.org",
        marks=("@type", "articleBody"),
        text=("articleBody",),
        title=("headline", "name"),
        authors=("author.name", "author"),
        published=("datePublished",),
        publisher=("publisher.name", "publisher"),
        url=("url", "mainEntityOfPage.@id", "mainEntityOfPage", "@id"),
        language=("inLanguage",),
    ),
)
"""Shapes with more specific fields come first: CC-News has the fields of many a table of
articles."""

_ARTICLE_KEYS = ("publisher", "published")
"""Keys that only our own lines have besides a text."""


def shape_of(entries: Entries) -> Shape | None:
    """The shape of an object; None if its fields are our own or unknown."""
    if any(entries.get(key) for key in _ARTICLE_KEYS) and any(
        isinstance(entries.get(key), str) for key in ("text", "body")
    ):
        return None
    for shape in SHAPES:
        if all(values_at(entries, path) for path in shape.marks):
            return shape
    return None


def first_of(
    entries: Entries, paths: Paths, usable: Callable[[object], bool]
) -> tuple[str, list[Any]]:
    """The first path with usable values, and these values."""
    for path in paths:
        found = [value for value in values_at(entries, path) if usable(value)]
        if found:
            return path, found
    return "", []


def values_at(entries: object, path: str) -> list[object]:
    """All values at a path; of lists, those of each item. Empty values are left out.

    >>> values_at({"a": [{"b": 1}, {"b": 2}, {}]}, "a.b")
    [1, 2]
    >>> values_at({"tags": [{"type": "x", "id": 1}, {"type": "y", "id": 2}]}, "tags[type=y].id")
    [2]
    """
    here = [entries]
    for step in path.split("."):
        key, _, condition = step.rstrip("]").partition("[")
        here = [
            value for one in here if isinstance(one, Mapping) for value in _listed(one.get(key))
        ]
        if condition:
            name, _, wanted = condition.partition("=")
            here = [one for one in here if isinstance(one, Mapping) and one.get(name) == wanted]
    return here


def _listed(value: object) -> list[object]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if one not in (None, "", [], {})]
