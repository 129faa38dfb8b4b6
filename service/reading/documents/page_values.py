"""Page values: what a page declares about its article, and in which field each value stands.

Asked in the order of how well they say it: JSON-LD, then OpenGraph and other meta elements, then
what is marked in the page itself, such as a byline. What none of them declares is left open; the
day is then looked for by htmldate.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from service.bounds import VALUE_MAXIMUM
from service.domain import PartialDate
from service.reading.declaration import Declaration
from service.reading.documents.blocks import paragraphs_in
from service.reading.documents.credits import authors_of
from service.reading.documents.days import day_of
from service.reading.documents.document import one_space
from service.reading.documents.headlines import Headline, best_headline
from service.reading.documents.json_ld import Graph, Node, kinds_of, text_at

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


AUTHOR_METAS = (
    *("author", "parsely-author", "byl", "sailthru.author", "dc.creator", "dcterms.creator"),
    *("article:author", "og:article:author", "cxenseparse:author", "citation_author"),
    *("authors", "article:author_name", "article.author", "dcsext.author", "cse_author", "creator"),
)
WRITTEN_BY = ("written by", "author", "by")
"""What labels the names in twitter:data1, as WordPress and Ghost have it."""

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

_MENTIONED = frozenset({"footer", "nav", "figure", "form"})
_NAMES = ("author-name", "author__name", "byline-name", "byline__name", "authorname")
_BYLINES = ("byline", "by-line")
_ABOUT = ("author", "contributor", "journalist", "reporter", "username", "submitted")
_TESTED = ("data-testid", "data-component", "data-qa", "data-cy")

_BY = re.compile(r"(?:By|BY|by|Von|Par|Por|Words by|Story by|Written by)\b:?\s+\S+\s\S+")

_OWN = re.compile(r"\b(?:author|written|about|by|contributor)s?\b", re.IGNORECASE)
_BEGINS = re.compile(r"\s*(?:By|BY|by|Von|Par|Por|Words|Story|Written)\b")

LAST_OF_NAMES = ("itemprop author", "byline")
"""Where the search ends once somebody is named: further on more stands beside the names."""

LONGEST_CREDIT = 200
"""Characters of a byline; longer ones are about the author."""

LONGEST_LINE = 100
"""Characters of a line that only its first word makes a byline."""

MOST = 8
"""People who share an article; where more are named, they are the authors of several."""


@dataclass(frozen=True, slots=True)
class Value:
    text: str
    field: str


class PageValues:
    """What one page declares. Values that cannot be used are passed over for the next best."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._metas = _metas_of(tree)
        scripts = tree.xpath('.//script[contains(@type, "ld+json")]')
        self._graph = Graph(script.text or "" for script in scripts)
        self._article = self._graph.article()

    def declaration(self) -> Declaration:
        """All of them, none too long to be kept."""
        url = self._url()
        publisher = self._publisher()
        title = self._title(publisher, url)
        published, day_field = self._published()
        authors, credit_field = self._authors(publisher)
        language = self._language()
        return Declaration(
            title=title.text[:VALUE_MAXIMUM] if title else None,
            publisher=publisher.text[:VALUE_MAXIMUM] if publisher else None,
            url=url.text if url else None,
            published=published,
            authors=authors,
            language=language,
            stands_in={
                "title": title.field if title else "",
                "publisher": publisher.field if publisher else "",
                "url": url.field if url else "",
                "published": day_field,
                "authors": credit_field,
                "language": "html lang",
            },
        )

    def worked_out(self) -> Declaration:
        """The day, as htmldate finds it in the address and the words of the page."""
        url = self._url()
        try:
            with warnings.catch_warnings(action="ignore"):  # of zones that dateutil does not know
                found = find_date(
                    self._tree,
                    extensive_search=True,
                    original_date=True,
                    url=url.text if url else None,
                )
        except (ValueError, RecursionError):  # of what is no date after all
            return Declaration()
        return Declaration(published=day_of(found or ""))

    def article_body(self) -> str:
        """The text that its JSON-LD has; "" where it has none."""
        return text_at(self._article, "articleBody") or ""

    def scripts(self) -> list[str]:
        """What the page is drawn from where it has not been drawn."""
        return [script.text for script in self._tree.iter("script") if len(script.text or "") > 400]

    def _url(self) -> Value | None:
        links = self._tree.xpath('.//link[@rel="canonical"]/@href')
        candidates = [
            *(Value(link, "link canonical") for link in links),
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
        titles = [Headline(one_space(one.text), one.field) for one in declared]
        headings = self._headings("h1") or [
            one  # a page without its largest heading may still have it as one of the next
            for one in (*self._headings("h2"), *self._headings("h3"))
            if any(one.text.casefold() in title.text.casefold() for title in titles)
        ]
        return best_headline(headings, titles, publisher.text if publisher else None, host)

    def _headings(self, tag: str) -> list[Headline]:
        found = (" ".join(paragraphs_in(heading)) for heading in self._tree.iter(tag))
        return [Headline(words, tag) for words in map(one_space, found) if words]

    def _published(self) -> tuple[PartialDate | None, str]:
        times = self._tree.xpath(
            './/*[@itemprop="datePublished"]/@content | .//*[@itemprop="datePublished"]/@datetime'
        )
        for value in [
            *self._in_article("datePublished", "dateCreated"),
            *self._in_metas(*DATE_METAS),
            *(Value(time, "itemprop datePublished") for time in times),
        ]:
            day = day_of(value.text)
            if day is not None:
                return day, value.field
        return None, ""

    def _authors(self, publisher: Value | None) -> tuple[tuple[str, ...], str]:
        """The first that name anybody, and then those that name the same and others."""
        site = publisher.text if publisher else None
        best: tuple[str, ...] = ()
        best_field = ""
        for credits, field in self._credits():
            authors = authors_of(credits, site)
            if authors and (not best or (set(best) < set(authors) and len(authors) <= MOST)):
                best, best_field = authors[:50], field
            if best and field in LAST_OF_NAMES:
                break
        return best, best_field

    def _credits(self) -> Iterator[tuple[Sequence[str], str]]:
        yield self._persons("author"), "JSON-LD author"
        for name in AUTHOR_METAS:
            yield [one.text for one in self._in_metas(name)], f"meta {name}"
        if self._metas.get("twitter:label1", [""])[0].casefold() in WRITTEN_BY:
            yield [one.text for one in self._in_metas("twitter:data1")], "meta twitter:data1"
        yield _shown_in(self._tree.xpath('.//*[@rel="author"]')), "rel author"
        yield _shown_in(self._tree.xpath('.//*[contains(@itemprop, "author")]')), "itemprop author"
        for words in (_NAMES, _BYLINES, _ABOUT):
            yield _shown_in(self._called(*words)), "byline"
        yield self._persons("creator"), "JSON-LD creator"
        yield self._lines(), "byline"

    def _called(self, *words: str) -> Iterator[HtmlElement]:
        """What has one of the words in its class, its id or what it is called in tests."""
        for names, element in self._named:
            if any(word in names for word in words) and not self._is_others(element):
                yield element

    @cached_property
    def _above(self) -> frozenset[HtmlElement]:
        """What the page's heading stands in."""
        heading = next(self._tree.iter("h1"), None)
        if heading is None:
            heading = next(self._tree.iter("h2"), None)
        return frozenset() if heading is None else frozenset(heading.iterancestors())

    def _is_others(self, element: HtmlElement) -> bool:
        """Whether it stands on a card with a heading of its own, and so is of another article."""
        for around in islice(element.iterancestors(), 4):
            if around in self._above:
                return False
            heading = next(around.iter("h2", "h3", "h4", "h5", "h6"), None)
            if heading is not None and not _OWN.search(heading.text_content()):
                return True
        return False

    @cached_property
    def _named(self) -> list[tuple[str, HtmlElement]]:
        return [
            (names, element)
            for element in self._tree.iter(etree.Element)
            if element.attrib and (names := _names_of(element))
        ]

    def _lines(self) -> list[str]:
        """The first line that begins as a byline does, in an element of its own."""
        for element in self._tree.iter("p", "div", "span", "i", "em", "strong", "b", "h2", "h3"):
            if len(element) > MOST or not _BEGINS.match("".join(islice(element.itertext(), 3))):
                continue
            text = _credit_of(element)
            if text and _BY.match(text) and not self._is_others(element):
                return [text] if len(text) <= LONGEST_LINE else []
        return []

    def _persons(self, key: str) -> list[str]:
        names = []
        for node in self._graph.nodes_at(self._article, key):
            if isinstance(node, str):
                names.append(node)
            elif "Organization" not in kinds_of(node) and "NewsMediaOrganization" not in kinds_of(
                node
            ):
                names += _names(node)
        return names

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


def _names_of(element: HtmlElement) -> str:
    given = element.attrib
    return " ".join(given[key] for key in ("class", "id", *_TESTED) if key in given).casefold()


def _shown_in(elements: Iterable[HtmlElement]) -> list[str]:
    """What stands in the first that shows something, and in those beside it; whatever follows
    further down the page is another article's."""
    found: list[HtmlElement] = []
    for element in islice(elements, 200):
        if found and not _lies_beside(element, found[0]):
            break
        if _credit_of(element) and not _is_mentioned(element):
            found.append(element)
    inner = [one for one in found if not any(each in found for each in one.iterdescendants())]
    return [_credit_of(element) for element in inner or found]


def _is_mentioned(element: HtmlElement) -> bool:
    return any(around.tag in _MENTIONED for around in element.iterancestors())


def _lies_beside(element: HtmlElement, first: HtmlElement) -> bool:
    """Up to two elements around the first one hold it, too."""
    around = first
    for _ in range(2):
        parent = around.getparent()
        if parent is None or parent.tag in ("body", "article", "main"):
            break
        around = parent
    return any(one is around for one in element.iterancestors())


def _credit_of(element: HtmlElement) -> str:
    """Its words, a comma between its blocks; of what is too long for a byline, none."""
    if len(element) > 30 or len("".join(islice(element.itertext(), 60))) > 2 * LONGEST_CREDIT:
        return ""
    named = element.xpath('.//*[@itemprop="name"]')
    lines = [line for one in named or [element] for line in paragraphs_in(one)]
    credit = ", ".join(lines) or element.get("content") or ""
    return credit.replace("\n", ", ") if len(credit) <= LONGEST_CREDIT else ""


def _names(node: Node) -> list[str]:
    value = node.get("name")
    given = value if isinstance(value, list) else [value]
    return [one for one in given if isinstance(one, str)]


def _metas_of(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = one_space(meta.get("content") or "")
        if name and content:
            metas.setdefault(name.strip().casefold(), []).append(content)
    return metas


def _is_page(address: str) -> bool:
    """Whether this is a whole address of one page; many sites give their own for all pages."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    whole = parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in address
    return whole and bool(parts.path.strip("/") or parts.query)
