"""Atom: a list as a feed (RFC 4287), complete or in pages (RFC 5005).

Writes the XML of a feed; calls/exporting.py decides which lists have one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from service.api.answered.negotiation import ATOM
from service.domain import PartialDate

_ATOM, _HISTORY = "http://www.w3.org/2005/Atom", "http://purl.org/syndication/history/1.0"

_IDS = UUID("8f2c1c5e-64a5-5c0e-9a1b-0c6d3b8e5f21")
"""Namespace of the entry ids made here; generated once."""

UNDATED = "1970-01-01T00:00:00Z"
"""The "updated" that Atom requires, for entries without a known day. Constant, so that no reader
takes the entry for new."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_KEPT = {"\r": "&#13;"}
"""Characters that a parser would normalise to something else."""

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; ``name`` identifies it everywhere, ``words`` are its content."""

    name: str
    title: str
    words: str
    address: str
    dated: PartialDate | None = None
    summary: str = ""
    categories: tuple[Attributes, ...] = ()
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed without its entries.

    ``address`` is its own URL, ``page`` the URL of the list for people and programs, ``changed``
    the time of the last change in seconds since 1970. Without ``next`` and ``first`` it is
    complete.
    """

    title: str
    address: str
    page: str
    changed: float
    generator: str
    links: Attributes = field(default_factory=dict)


def feed_lines(feed: Feed, entries: Iterable[Entry]) -> Iterator[str]:
    """The XML document, one entry per line."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="{_ATOM}" xmlns:fh="{_HISTORY}">\n'
    yield "".join(_heading(feed)) + "\n"
    for entry in entries:
        yield _element("entry", "".join(_of_entry(entry))) + "\n"
    yield "</feed>\n"


def _heading(feed: Feed) -> Iterator[str]:
    first = feed.links.get("first", feed.address)
    changed = datetime.fromtimestamp(int(feed.changed), UTC)
    yield _text("id", first)
    yield _text("title", feed.title)
    yield _text("updated", changed.isoformat().replace("+00:00", "Z"))
    yield _element("author", _text("name", feed.generator))
    yield _text("generator", feed.generator)
    yield _link("self", feed.address, ATOM)
    yield _link("alternate", feed.page)
    for relation, address in feed.links.items():
        yield _link(relation, address, ATOM)
    if not feed.links:
        yield "<fh:complete/>"


def _of_entry(entry: Entry) -> Iterator[str]:
    yield _text("id", uuid5(_IDS, entry.name).urn)
    yield _text("title", entry.title)
    yield _text("updated", _moment(entry.dated) or UNDATED)
    if entry.dated is not None and entry.dated.year and entry.dated.day:
        yield _text("published", _moment(entry.dated) or UNDATED)
    yield _link("alternate", entry.address)
    if entry.original is not None:
        yield _link("via", entry.original)
    for category in entry.categories:
        yield _element("category", "", category)
    if entry.summary:
        yield _text("summary", entry.summary)
    yield _text("content", entry.words)


def _moment(day: PartialDate | None) -> str | None:
    """The start of the earliest day that ``day`` can mean; None if unknown."""
    earliest = day and day.earliest
    return f"{earliest.isoformat()}T00:00:00Z" if earliest else None


def _link(relation: str, address: str, media: str | None = None) -> str:
    typed = {} if media is None else {"type": media}
    return _element("link", "", {"rel": relation, "href": address, **typed})


def _text(name: str, text: str) -> str:
    return _element(name, escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text), _KEPT))


def _element(name: str, content: str, attributes: Attributes | None = None) -> str:
    """An XML element; ``content`` must already be XML."""
    written = "".join(
        f" {key}={quoteattr(_NO_XML.sub('', value))}" for key, value in (attributes or {}).items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"
