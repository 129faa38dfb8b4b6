"""Feeds: RSS and Atom files; each entry with its full text is an article.

An entry with only a teaser is not, since the teaser would be taken for the article. The number of
teasers is reported once per file.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, TypeAlias

import feedparser

from service.bounds import VALUE_MAXIMUM
from service.domain import PartialDate
from service.errors import UnreadableSource
from service.reading.declaration import ADDRESS, LANGUAGE, Declaration
from service.reading.documents.credits import authors_of
from service.reading.documents.days import day_of
from service.reading.documents.document import PARAGRAPH, Document, one_space
from service.reading.documents.fragments import text_of_fragment
from service.reading.sitemaps import is_sitemap

Entry: TypeAlias = Mapping[str, Any]

WHOLE = 1000
"""Characters from which a summary counts as the full text, in feeds without a content element. A
teaser has a third of this."""

_NOT_PARSED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""Errors that feedparser raises for XML that is not well-formed, such as a reference to half a
character or a link that is closed before it is opened."""

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|(?:read|continue) (?:more|reading|the full \w+)\W*)\s*$",
    re.IGNORECASE,
)


def read_documents(content: bytes, where: str) -> Iterator[Document | UnreadableSource]:
    """The articles of the feed; for a sitemap none, since the files it lists are read separately.

    Raises UnreadableSource if it is neither.
    """
    if _ENTITY.search(content):
        raise UnreadableSource(f"{where}: a feed must not declare its own entities")
    if is_sitemap(content):
        return
    try:
        feed = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except _NOT_PARSED as error:
        raise UnreadableSource(f"{where}: not a well-formed feed: {error}") from error
    if not feed.get("version"):
        raise UnreadableSource(f"{where}: not a feed; expected RSS, Atom or a sitemap")
    if not feed.entries:
        raise UnreadableSource(f"{where}: the feed has no entries")
    teasers: list[str] = []
    for number, entry in enumerate(feed.entries, start=1):
        text = _text_of(entry, f"{where}, entry {number}")
        if text:
            yield Document(text, _declaration(entry, feed.feed))
        else:
            teasers.append(entry.get("title") or entry.get("link") or f"entry {number}")
    if teasers:
        yield UnreadableSource(
            f"{where}: {len(teasers):,} of {len(feed.entries):,} entries have a summary but "
            f"no text, the first {one_space(teasers[0])[:80]!r}; save their pages and index "
            "those"
        )


def _text_of(entry: Entry, where: str) -> str:
    """The entry's full text; "" if it has only a teaser."""
    contents = [one.get("value") or "" for one in entry.get("content", [])]
    text = PARAGRAPH.join(filter(None, (_shown(one, where) for one in contents)))
    if text:
        return "" if len(text) < WHOLE and _CUT.search(text) else text
    summary = _shown(entry.get("summary") or "", where)
    return summary if len(summary) >= WHOLE and not _CUT.search(summary) else ""


def _shown(markup: str, where: str) -> str:
    """The text of the markup, or the lines of plain text."""
    if "<" not in markup:
        return markup.strip()
    return text_of_fragment(markup, where)


def _declaration(entry: Entry, feed: Entry) -> Declaration:
    credits = [one.get("name") or "" for one in entry.get("authors", [])]
    publisher_field, publisher = _first(
        ("source title", (entry.get("source") or {}).get("title")),
        ("publisher", entry.get("publisher") or feed.get("publisher")),
        ("feed title", feed.get("title")),
    )
    day_field, day = _day(entry)
    url = entry.get("link") or entry.get("id") or ""
    language = str(entry.get("language") or feed.get("language") or "").replace("_", "-")
    return Declaration(
        title=_value(entry.get("title")),
        publisher=publisher,
        url=url if ADDRESS.fullmatch(url) and len(url) <= VALUE_MAXIMUM else None,
        published=day,
        authors=authors_of(credits, publisher),
        language=language.lower() if LANGUAGE.fullmatch(language) else None,
        field_names={
            **{"title": "entry title", "url": "entry link", "authors": "entry author"},
            **{"published": day_field, "publisher": publisher_field, "language": "feed language"},
        },
    )


def _first(*fields: tuple[str, Any]) -> tuple[str, str | None]:
    found = ((field, _value(value)) for field, value in fields)
    return next(((field, value) for field, value in found if value), ("", None))


def _value(value: Any) -> str | None:
    """The value without markup; None if it is not a string or has no words."""
    words = one_space(re.sub(r"<[^<>]{0,200}>", "", value)) if isinstance(value, str) else ""
    return words[:VALUE_MAXIMUM] or None


def _day(entry: Entry) -> tuple[str, PartialDate | None]:
    """The date in the feed's time zone."""
    for name in ("published", "created", "updated"):
        day = day_of(str(entry.get(name) or ""))
        if day:
            return f"entry {name}", day
    return "", None
