"""Page values: the metadata a page declares about its article, with the field of each value.

Fields are tried in order of reliability: JSON-LD, then OpenGraph and other meta elements, then
markup in the page itself, such as a byline. Values that none declares stay open; htmldate then
looks for the day.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement

from service.bounds import VALUE_MAXIMUM
from service.domain import PartialDate
from service.reading.declaration import Declaration
from service.reading.documents.blocks import paragraphs_in
from service.reading.documents.days import day_of, moment_of
from service.reading.documents.document import one_space
from service.reading.documents.headlines import Headline, best_headline
from service.reading.documents.json_ld import Graph, text_at
from service.reading.documents.page_credits import PageCredits

_PARTS = re.compile(r"\s*(?:::|[|»·•])\s*|\s[-–—]\s")
SHORTEST_PART = 12
"""Characters of a headline; "News" and "Home" are shorter."""

_PUBLISHED = re.compile(r"\b[Pp]ublished(?: on)?:? (?P<day>[^|•·]{6,40})")

ELEMENTS_READ = 500
"""Elements examined for a headline that is only in bold type."""

_NARROW = re.compile("[\xa0\u2007\u2009\u202f]+")
_DIVIDING = re.compile("[\xad\u200b\ufeff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


DATE_METAS = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date"),
    *(
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
    ),
    *("dcterms.created", "sailthru.date", "article.published", "cxenseparse:recs:publishtime"),
)
PUBLISHER_METAS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
TITLE_METAS = ("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title", "title")


@dataclass(frozen=True, slots=True)
class Value:
    text: str
    field: str


_UTC = ("Z", "+00:00", "+0000")


class PageValues:
    """The metadata of one page. An unusable value is skipped for the next best."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._metas = _metas_of(tree)
        scripts = tree.xpath('.//script[contains(@type, "ld+json")]')
        self._graph = Graph(script.text or "" for script in scripts)
        titles = [*self._metas.get("og:title", []), *(one.text for one in self._headings("h1"))]
        self._article = self._graph.article(titles)

    def declaration(self) -> Declaration:
        """All values, shortened lists and none too long to store."""
        url = self._url()
        publisher = self._publisher()
        title = self._title(publisher, url)
        published, day_field = self._published()
        site = publisher.text if publisher else None
        nodes_at = partial(self._graph.nodes_at, self._article)
        authors, credit_field = PageCredits(self._tree, self._metas, nodes_at).authors(site)
        language = self._language()
        return Declaration(
            title=title.text[:VALUE_MAXIMUM] if title else None,
            publisher=publisher.text[:VALUE_MAXIMUM] if publisher else None,
            url=url.text if url else None,
            published=published,
            authors=authors,
            language=language,
            field_names={
                "title": title.field if title else "",
                "publisher": publisher.field if publisher else "",
                "url": url.field if url else "",
                "published": day_field,
                "authors": credit_field,
                "language": "html lang",
            },
        )

    def worked_out(self) -> Declaration:
        """The day that the page labels as that of publication; otherwise the one htmldate finds."""
        if day := self._labelled_day():
            return Declaration(published=day)
        url = self._url()
        try:
            with warnings.catch_warnings(action="ignore"):  # about unknown time zones
                found = find_date(
                    self._tree,
                    extensive_search=True,
                    original_date=True,
                    url=url.text if url else None,
                )
        except (ValueError, RecursionError):  # for text that is not a date after all
            return Declaration()
        return Declaration(published=day_of(found or ""))

    def _labelled_day(self) -> PartialDate | None:
        """The day after a label such as "Published"; htmldate might take a later change instead."""
        for element in islice(
            self._tree.iter("div", "p", "span", "time", "li", "td", "small"), ELEMENTS_READ
        ):
            if found := _PUBLISHED.search(element.text or ""):
                return day_of(found["day"])
        return None

    def article_body(self) -> str:
        """The article text in the JSON-LD; "" if there is none."""
        return text_at(self._article, "articleBody") or ""

    def scripts(self) -> list[str]:
        """The data that scripts render the page from."""
        return [script.text for script in self._tree.iter("script") if len(script.text or "") > 400]

    def _url(self) -> Value | None:
        links = self._tree.xpath('.//link[@rel="canonical"]/@href')
        candidates = [
            *(Value(str(link), "link canonical") for link in links),
            *self._in_metas("og:url"),
            *self._in_article("url", "mainEntityOfPage", "@id"),
        ]
        for one in candidates:
            if _is_page(one.text) and len(one.text) <= VALUE_MAXIMUM:
                return one
        return None

    def _publisher(self) -> Value | None:
        for node in self._graph.nodes_at(self._article, "publisher"):
            name = node if isinstance(node, str) else text_at(node, "name", "legalName")
            if name and "://" not in name:
                return Value(one_space(name), "JSON-LD publisher")
        return next(iter(self._in_metas(*PUBLISHER_METAS)), None)

    def _title(self, publisher: Value | None, url: Value | None) -> Headline | None:
        head = [one_space(title.text_content()) for title in self._tree.xpath(".//head/title")]
        declared = [
            *self._in_article("headline", "name", "alternativeHeadline"),
            *self._in_metas(*TITLE_METAS),
            *(Value(title, "title") for title in head[:1] if title),
        ]
        host = urlsplit(url.text).netloc if url else ""
        titles = [Headline(_on_one_line(one.text), one.field) for one in declared]
        headings = self._headings("h1") or [
            one  # a page without an h1 may still use a lower heading
            for one in (*self._headings("h2"), *self._headings("h3"))
            if any(one.text.casefold() in title.text.casefold() for title in titles)
        ]
        if not headings and head:
            headings = self._shown_part(head[0])
        return best_headline(headings, titles, publisher.text if publisher else None, host)

    def _shown_part(self, title: str) -> list[Headline]:
        """The part of the title that has an element of its own, if there is no heading."""
        parts = {part for part in _PARTS.split(title) if len(part) >= SHORTEST_PART}
        if len(parts) < 2:
            return []
        for element in islice(
            self._tree.iter("b", "strong", "font", "big", "span", "td"), ELEMENTS_READ
        ):
            words = _on_one_line("".join(islice(element.itertext(), 5)))
            if words in parts:
                return [Headline(words, element.tag)]
        return []

    def _headings(self, tag: str) -> list[Headline]:
        """Each heading, its parts in elements of their own, such as a kicker, and what is beside
        them."""
        found = (
            words
            for heading in self._tree.iter(tag)
            for words in (
                " ".join(paragraphs_in(heading)),
                *(
                    " ".join(paragraphs_in(part))
                    for part in islice(heading.iterchildren("span", "div", "a"), 3)
                ),
                one_space(" ".join((heading.text or "", *(one.tail or "" for one in heading)))),
            )
        )
        return [Headline(words, tag) for words in dict.fromkeys(map(_on_one_line, found)) if words]

    def _published(self) -> tuple[PartialDate | None, str]:
        days = self._days()
        for value in days:
            if day_of(value.text) is not None:
                best = _in_local_time(value, days)
                return day_of(best.text), best.field
        return None, ""

    def _days(self) -> Iterator[Value]:
        """Searches the page only if its head declares none."""
        yield from self._in_article("datePublished", "dateCreated")
        yield from self._in_metas(*DATE_METAS)
        for element in self._tree.xpath('.//*[@itemprop="datePublished"]'):
            times = (element.get("content"), element.get("datetime"))
            yield from (Value(time, "itemprop datePublished") for time in times if time)
        yield from (Value(time, "time datetime") for time in self._times())

    def _times(self) -> Iterator[str]:
        """The times shown on the page, except on cards of other articles and in comments."""
        for element in islice(self._tree.iter("time"), 20):
            around = list(islice(element.iterancestors(), 6))
            is_others = any(
                one.tag in ("nav", "aside", "footer", "li", "form")
                or "comment" in (one.get("class") or "").casefold()
                for one in around
                if one.tag not in ("html", "body", "main", "article")
            )
            if not is_others and any(
                one.tag in ("article", "main") for one in element.iterancestors()
            ):
                yield element.get("datetime") or ""

    def _language(self) -> str | None:
        xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
        for value in (self._tree.get("lang"), self._tree.get(xml_lang)):
            written = str(value or "").strip().replace("_", "-")
            if _LANGUAGE.fullmatch(written):
                primary, dash, rest = written.partition("-")
                return primary.lower() + dash + rest
        return None

    def _in_article(self, *keys: str) -> list[Value]:
        values = ((key, text_at(self._article, key)) for key in keys)
        return [Value(text, f"JSON-LD {key}") for key, text in values if text]

    def _in_metas(self, *names: str) -> list[Value]:
        return [Value(text, f"meta {name}") for name in names for text in self._metas.get(name, ())]


def _in_local_time(value: Value, others: Iterable[Value]) -> Value:
    """One of the others if it is the same moment in a time zone, and ``value`` is in UTC."""
    moment = moment_of(value.text)
    if moment is None or moment.utcoffset():
        return value
    same = (one for one in others if moment_of(one.text) == moment)
    return next((one for one in same if not one.text.rstrip().endswith(_UTC)), value)


def _metas_of(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = one_space(unescape(meta.get("content") or ""))  # often escaped twice
        if name and content:
            metas.setdefault(name.strip().casefold(), []).append(content)
    return metas


def _on_one_line(title: str) -> str:
    """The title on one line, with plain spaces and without soft hyphens."""
    return one_space(_NARROW.sub(" ", _DIVIDING.sub("", title)))


def _is_page(address: str) -> bool:
    """Whether it is the full address of one page; many sites give their home page for all."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    whole = parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in address
    return whole and bool(parts.path.strip("/") or parts.query)
