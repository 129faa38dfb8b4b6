"""Page credits: the authors of a page's article, from JSON-LD, meta elements and visible bylines.

Cards about other articles have their own bylines, which are ignored.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from service.reading.documents.blocks import paragraphs_in
from service.reading.documents.credits import authors_of, names_in_small_letters
from service.reading.documents.json_ld import Node, kinds_of

AUTHOR_METAS = (
    *("author", "parsely-author", "byl", "sailthru.author", "dc.creator", "dcterms.creator"),
    *("article:author", "og:article:author", "cxenseparse:author", "citation_author"),
    *("authors", "article:author_name", "article.author", "dcsext.author", "cse_author", "creator"),
)
CATALOGUED = ("dc.creator", "dcterms.creator", "citation_author")
_CATALOGUED = re.compile(r"^([^\s,]+), ([^,]+)$")
"""Names in catalogue form: "Doe, Jane"."""

_WRITER = re.compile(
    r"/(?:authors?|profiles?|by|people|staff|contributors?|journalists?|reporters?|writers?)/[^/?#]"
)

WRITTEN_BY = ("written by", "author", "by")
"""Labels of the names in twitter:data1, as WordPress and Ghost write them."""

_BODIES = frozenset({"Organization", "NewsMediaOrganization"})
_MENTIONED = frozenset({"footer", "nav", "figure", "form"})
_WHOLE = frozenset({"html", "body", "main", "article"})
_NAMES = ("author-name", "author__name", "byline-name", "byline__name", "authorname")
_BYLINES = ("byline", "by-line")
_ABOUT = ("author", "contributor", "journalist", "reporter", "username", "submitted")
_TESTED = ("data-testid", "data-component", "data-qa", "data-cy")

_CALLED = re.compile("|".join((*_BYLINES, *_ABOUT, *_NAMES)))
"""An XPath that looks for these in five attributes takes four times as long."""

_RELATED = etree.XPath('.//*[@rel="author"]')
_DECLARED = etree.XPath('.//*[contains(@itemprop, "author")]')
_NAME_IN = etree.XPath('.//*[@itemprop="name"]')

_WORK = "Words|Story|Written|Reporting|Reported|Interview|Text|Analysis|Review"
_BY = re.compile(rf"(?:By|BY|by|Von|Par|Por|(?:{_WORK}) by)\b:?\s+\S+\s\S+")

_OF_AUTHORS = re.compile(
    r"\s*(?:about|authors?|written by|by|contributors?|meet)\b.{0,40}$", re.IGNORECASE
)
"""The heading of a section about the author; headlines may contain the same words."""

_BEGINS = re.compile(rf"\s*(?:By|BY|by|Von|Par|Por|{_WORK})\b")

_LABELS = "Authors?|Autor(?:in|es|a)?|Auteure?s?|Автор|Текст"
_SIGNED = re.compile(
    rf"\(?(?:(?:{_WORK}|[A-Z]\w+ original) by|(?:{_LABELS})\s*:)\s+(?P<names>[^();]{{4,80}})"
)
"""Credits below texts of agencies and translators: "Reporting by Jane Doe; editing by ..."."""

_PICTURED = re.compile(
    r"(?:photo|foto|фото|image|picture|illustration|zdj)\w*\s*(?:by\b|:|/)", re.IGNORECASE
)
"""Beginnings of picture credits."""

LAST_LINES = 12
"""Number of last paragraphs, including those below the article, searched for its writers."""

LAST_OF_NAMES = ("itemprop author", "byline")
"""The search ends after this field once somebody is named: later fields contain other words as
well."""

LONGEST_CREDIT = 200
"""Characters of a byline; longer text is about the author."""

LONGEST_LINE = 100
"""Characters of a line that only its first word marks as a byline."""

MOST = 8
"""Authors of one article; a list of more names belongs to several articles."""

MOST_KEPT = 50
LINKS_READ = 300
"""Elements named like bylines that are examined; the article's come first."""


class PageCredits:
    """The authors a page credits.

    ``given`` holds the JSON-LD objects and strings under each key, ``metas`` the contents of the
    meta elements by name.
    """

    def __init__(
        self,
        tree: HtmlElement,
        metas: Mapping[str, list[str]],
        nodes_at: Callable[[str], list[Node | str]],
    ) -> None:
        self._tree = tree
        self._metas = metas
        self._nodes_at = nodes_at
        self._is_somebody_found = False
        self._headed: dict[HtmlElement, list[HtmlElement]] = {}

    def authors(self, site: str | None) -> tuple[tuple[str, ...], str]:
        """The authors, and the field that names them.

        The first field that names anybody counts, unless a later one has the same names and more.
        ``site``, the publisher, is not an author.
        """
        best: tuple[str, ...] = ()
        best_field = ""
        for credits, field in self._credits():
            authors = [name for name in authors_of(credits, site) if not self._is_body(name)]
            self._is_somebody_found = self._is_somebody_found or bool(authors)
            if authors and (not best or (_more(authors, best) and len(authors) <= MOST)):
                best, best_field = _as_before(authors[:MOST_KEPT], best), field
            if authors and field in LAST_OF_NAMES:
                break
        return (best, best_field) if best else self._in_small_letters()

    def _in_small_letters(self) -> tuple[tuple[str, ...], str]:
        """Tried last: usually another field has the same name in normal capitalisation."""
        declared = ("author", "twitter:data1") if self._is_label_of_writers() else ("author",)
        places = {"JSON-LD author": self._persons("author")}
        places |= {f"meta {name}": self._metas.get(name, []) for name in declared}
        for field, credits in places.items():
            if authors := names_in_small_letters(credits):
                return authors, field
        return (), ""

    def _is_body(self, name: str) -> bool:
        """Whether the JSON-LD has an organisation with this name, or "NAME staff"."""
        return any(body.startswith(name.casefold()) for body in self._bodies)

    @cached_property
    def _bodies(self) -> list[str]:
        return [
            name.casefold()
            for key in ("author", "publisher", "creator", "sourceOrganization")
            for node in self._nodes_at(key)
            if not isinstance(node, str) and not _BODIES.isdisjoint(kinds_of(node))
            for name in _names(node)
        ]

    def _is_label_of_writers(self) -> bool:
        return self._metas.get("twitter:label1", [""])[0].casefold() in WRITTEN_BY

    def _credits(self) -> Iterator[tuple[Sequence[str], str]]:
        yield self._persons("author"), "JSON-LD author"
        for name in AUTHOR_METAS:
            named = self._metas.get(name, [])
            if name in CATALOGUED:
                named = [_CATALOGUED.sub(r"\2 \1", one) for one in named]
            yield named, f"meta {name}"
        if self._is_label_of_writers():
            yield self._metas.get("twitter:data1", []), "meta twitter:data1"
        yield _shown_in(_RELATED(self._tree)), "rel author"
        yield _shown_in(_DECLARED(self._tree)), "itemprop author"
        for words in (_NAMES, _BYLINES):
            yield _shown_in(self._called(*words)), "byline"
        yield _shown_in(self._leading_to_writers()), "link to the author"
        yield _shown_in(self._called(*_ABOUT)), "byline"
        yield self._persons("creator"), "JSON-LD creator"
        if not self._is_somebody_found:
            yield self._lines(), "byline"
        if not self._is_somebody_found:
            yield self._signed(), "line below the text"

    def _leading_to_writers(self) -> Iterator[HtmlElement]:
        links = (one for one in self._tree.iter("a") if _WRITER.search(one.get("href") or ""))
        return (one for one in islice(links, LINKS_READ) if not self._is_others(one))

    def _called(self, *words: str) -> Iterator[HtmlElement]:
        """Elements with one of the words in their class, id or test id."""
        called = (one for names, one in self._named if any(word in names for word in words))
        return (one for one in islice(called, LINKS_READ) if not self._is_others(one))

    @cached_property
    def _above(self) -> frozenset[HtmlElement]:
        """The elements that contain the page's heading."""
        heading = next(self._tree.iter("h1"), None)
        if heading is None:
            heading = next(self._tree.iter("h2"), None)
        return frozenset() if heading is None else frozenset(heading.iterancestors())

    def _is_others(self, element: HtmlElement) -> bool:
        """Whether it is in a card with a heading of its own, and thus about another article."""
        within = {element, *islice(element.iterancestors(), 4)}
        for around in islice(element.iterancestors(), 4):
            if around in self._above:
                return False
            if around not in self._headed:
                self._headed[around] = [
                    heading
                    for heading in around.iter("h2", "h3", "h4", "h5", "h6")
                    if not _OF_AUTHORS.match(heading.text_content())
                ][:2]
            if any(heading not in within for heading in self._headed[around]):
                return True
        return False

    @cached_property
    def _named(self) -> list[tuple[str, HtmlElement]]:
        return [
            (names, element)
            for element in self._tree.iter(etree.Element)
            if _CALLED.search(names := _names_of(element))
        ]

    def _lines(self) -> list[str]:
        """The first line that starts like a byline, in an element of its own."""
        for element in self._tree.iter("p", "div", "span", "i", "em", "strong", "b", "h2", "h3"):
            if len(element) > MOST or not _BEGINS.match("".join(islice(element.itertext(), 3))):
                continue
            text = _credit_of(element)
            if text and _BY.match(text) and not self._is_others(element):
                return [text] if len(text) <= LONGEST_LINE else []
        return []

    def _signed(self) -> list[str]:
        """Names in the first line below the text that states the authors."""
        for element in list(self._tree.iter("p"))[-LAST_LINES:]:
            text = _credit_of(element)
            if text and (signed := _SIGNED.match(text)):
                return [signed["names"]]
        return []

    def _persons(self, key: str) -> list[str]:
        names = []
        for node in self._nodes_at(key):
            if isinstance(node, str):
                names.append(node)
            elif _BODIES.isdisjoint(kinds_of(node)):
                names += _names(node)
        return names


def _more(authors: Sequence[str], best: Sequence[str]) -> bool:
    return {name.casefold() for name in best} < {name.casefold() for name in authors}


def _as_before(authors: Iterable[str], best: Iterable[str]) -> tuple[str, ...]:
    """Prefers the capitalisation of a field that does not write names in capitals."""
    known = {name.casefold(): name for name in best}
    return tuple(known.get(name.casefold(), name) for name in authors)


def _names_of(element: HtmlElement) -> str:
    attributes = element.attrib
    return " ".join(
        attributes[key] for key in ("class", "id", *_TESTED) if key in attributes
    ).casefold()


def _shown_in(elements: Iterable[HtmlElement]) -> list[str]:
    """The text of the first visible element and of those next to it; anything further down belongs
    to another article."""
    found: list[HtmlElement] = []
    for element in islice(elements, 200):
        if found and not _lies_beside(element, found[0]):
            break
        credit = _credit_of(element)
        if credit and not _PICTURED.match(credit) and not _is_mentioned(element):
            found.append(element)
    inner = [one for one in found if not any(each in found for each in one.iterdescendants())]
    credits = [_credit_of(element) for element in inner]
    return credits if authors_of(credits) else [_credit_of(element) for element in found]


def _is_mentioned(element: HtmlElement) -> bool:
    return any(
        around.tag in _MENTIONED or ("comment" in _names_of(around) and around.tag not in _WHOLE)
        for around in (element, *element.iterancestors())
    )


def _lies_beside(element: HtmlElement, first: HtmlElement) -> bool:
    """Whether it shares one of the two nearest ancestors of the first element."""
    around = first
    for _ in range(2):
        parent = around.getparent()
        if parent is None or parent.tag in ("body", "article", "main"):
            break
        around = parent
    return any(one is around for one in element.iterancestors())


def _credit_of(element: HtmlElement) -> str:
    """The text with commas between blocks; "" if it is too long for a byline."""
    if len(element) > 30 or len("".join(islice(element.itertext(), 60))) > 2 * LONGEST_CREDIT:
        return ""
    named = _NAME_IN(element)
    lines = [line for one in named or [element] for line in paragraphs_in(one, apart=", ")]
    credit = ", ".join(lines) or element.get("content") or ""
    return credit.replace("\n", ", ") if len(credit) <= LONGEST_CREDIT else ""


def _names(node: Node) -> list[str]:
    parts = [node.get("givenName"), node.get("familyName")]
    value = node.get("name") or " ".join(part for part in parts if isinstance(part, str))
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]
