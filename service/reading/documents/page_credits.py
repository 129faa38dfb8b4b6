"""Page credits: the authors of a page's article, from JSON-LD, meta elements and visible bylines.

Cards about other articles have their own bylines, which are ignored.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from service.reading.documents.credits import authors_of, names_in_small_letters
from service.reading.documents.json_ld import Node, kinds_of, text_at
from service.reading.documents.page_bylines import (
    credit_of,
    first_line,
    line_below_heading,
    signed_line,
)

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


_OF_AUTHORS = re.compile(
    r"\s*(?:about|authors?|written by|by|contributors?|meet)\b.{0,40}$", re.IGNORECASE
)
"""The heading of a section about the author; headlines may contain the same words."""

_PICTURED = re.compile(
    r"(?:photo|foto|фото|image|picture|illustration|zdj)\w*\s*(?:by\b|:|/)", re.IGNORECASE
)
"""Beginnings of picture credits."""

Credited = tuple[tuple[str, ...], str]
"""Names, and the field that gives them."""

LAST_OF_NAMES = ("itemprop author", "byline")
"""The search ends after this field once somebody is named: later fields contain other words as
well."""

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
        named: list[Credited] = []
        for credits, field in self._credits():
            authors = [name for name in authors_of(credits, site) if not self._is_body(name)]
            self._is_somebody_found = self._is_somebody_found or bool(authors)
            if authors:
                named.append((tuple(authors), field))
            if authors and field in LAST_OF_NAMES:
                break
        return _best(_without_contradicted(named)) if named else self._in_small_letters()

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
            if not isinstance(node, str) and _is_organisation(node)
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
        for called in (_NAMES, _BYLINES):
            yield _shown_in(self._called(*called)), "byline"
        yield _shown_in(self._leading_to_writers()), "link to the author"
        yield _shown_in(self._called(*_ABOUT)), "byline"
        yield self._persons("creator"), "JSON-LD creator"
        if not self._is_somebody_found:
            yield first_line(self._tree, self._is_others), "byline"
        if not self._is_somebody_found:
            yield line_below_heading(self._tree), "byline"
        if not self._is_somebody_found:
            yield signed_line(self._tree), "line below the text"

    def _leading_to_writers(self) -> Iterator[HtmlElement]:
        links = (one for one in self._tree.iter("a") if _WRITER.search(one.get("href") or ""))
        return (one for one in islice(links, LINKS_READ) if not self._is_others(one))

    def _called(self, *called: str) -> Iterator[HtmlElement]:
        """Elements with one of the words in their class, id or test id."""
        found = (one for names, one in self._named if any(word in names for word in called))
        return (one for one in islice(found, LINKS_READ) if not self._is_others(one))

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

    def _persons(self, key: str) -> list[str]:
        names = []
        for node in self._nodes_at(key):
            if isinstance(node, str):
                names.append(node)
            elif not _is_organisation(node):
                names += _names(node)
        return names


def _is_organisation(node: Node) -> bool:
    """Some sites declare their writers as organisations, with the address of a writer's page."""
    is_writer = _WRITER.search(text_at(node, "url") or "") is not None
    return not is_writer and not _BODIES.isdisjoint(kinds_of(node))


def _without_contradicted(named: list[Credited]) -> list[Credited]:
    """Leaves out the first field if no other has any of its names, and those agree: it may give a
    pseudonym of the publisher."""
    first, *others = (set(map(str.casefold, names)) for names, _ in named)
    is_alone = all(first.isdisjoint(names) for names in others)
    is_contradicted = len(others) > 1 and is_alone and bool(set.intersection(*others))
    return named[1:] if is_contradicted else named


def _best(named: Iterable[Credited]) -> Credited:
    """The first, unless a later one has the same names and more."""
    best: tuple[str, ...] = ()
    best_field = ""
    for authors, field in named:
        if not best or (_more(authors, best) and len(authors) <= MOST):
            best, best_field = _as_before(authors[:MOST_KEPT], best), field
    return best, best_field


def _more(authors: Sequence[str], best: Sequence[str]) -> bool:
    added = {name.casefold() for name in authors} - {name.casefold() for name in best}
    is_kept = len(authors) - len(added) >= len(best)
    return is_kept and any(" " in name or not name.isascii() for name in added)


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
        credit = credit_of(element)
        if credit and not _PICTURED.match(credit) and not _is_mentioned(element):
            found.append(element)
    inner = [one for one in found if not any(each in found for each in one.iterdescendants())]
    credits = [credit_of(element) for element in inner]
    return credits if authors_of(credits) else [credit_of(element) for element in found]


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


def _names(node: Node) -> list[str]:
    parts = [node.get("givenName"), node.get("familyName")]
    value = node.get("name") or " ".join(part for part in parts if isinstance(part, str))
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]
