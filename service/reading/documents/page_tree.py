"""Page trees: a page's bytes as a tree, and the tree without what is no part of its article.

Furniture is known by its element, by the words of its class, and, where it is a short paragraph, by
its first words. What holds much of the page's words is never furniture, whatever it is called.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from service.errors import UnreadableSource
from service.reading.decoding import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""XML has none of them, so no tree can hold them."""

_LOOK = 4096
"""Bytes: browsers look for the charset in the first 1,024; some pages have more in front."""

ATTRIBUTES_MAXIMUM = 1000
"""Of one element. libxml2 compares each with all others: 300,000 took it more than four minutes."""

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

ELEMENTS_MAXIMUM = 200_000
"""The longest live blogs have a tenth of it; twice as many took trafilatura a minute."""

_ALWAYS = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed"),
        *("button", "input", "select", "textarea", "figcaption", "figure", "video", "audio", "del"),
    }
)
_AROUND = frozenset({"form", "nav", "aside", "dialog"})
"""Some pages stand in one of them as a whole."""

_KEPT = frozenset({"html", "body", "main", "article", "head", "h1"})

_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MODIFIERS = ("has-", "no-", "with-", "is-", "not-", "js-")

_FURNITURE = frozenset(
    {
        *(
            "newsletter",
            "newsletters",
            "related",
            "promo",
            "promos",
            "cookie",
            "cookies",
            "consent",
        ),
        *("caption", "captions", "advert", "advertisement", "adslot", "sponsored", "pullquote"),
        *("subscribe", "paywall", "breadcrumb", "breadcrumbs", "byline", "timestamp", "recirc"),
        *(
            "recirculation",
            "outbrain",
            "taboola",
            "signup",
            "readmore",
            "toolbar",
            "popup",
            "modal",
        ),
        *("trending", "donate", "donation", "sharing", "sharebar", "credit", "credits"),
    }
)
_PAIRS = frozenset(
    {
        *(("pull", "quote"), ("read", "more"), ("most", "read"), ("most", "popular")),
        *(("author", "bio"), ("sign", "up"), ("sr", "only"), ("visually", "hidden")),
        *(("share", "bar"), ("social", "share"), ("share", "buttons"), ("screen", "reader")),
        *(("see", "also"), ("also", "read"), ("more", "stories"), ("call", "out")),
    }
)
LABEL = 12
"""Characters before a link that say what it is: "Read more:", "RELATED:"."""

LONGEST_LINK = 160
"""Characters of a headline that leads elsewhere."""

_NEW_TAB = re.compile(r"\s*[,(]?\s*opens (?:in )?(?:a )?new (?:tab|window)\s*\)?\s*", re.IGNORECASE)
_ENDS = re.compile("[.!?。][\"'”’»)]*$")

MOST_OF_A_PAGE = 0.2
"""Share of the words in paragraphs. A pull quote or a box has less than a tenth."""

MOST_HIDDEN = 0.7
"""Share beyond which what a page hides, or has in a form, is its article: a script shows it."""

FEW = 500
"""Characters of all paragraphs of a page that has its text elsewhere."""

SMALL = 200
"""Characters that are furniture in a page of any length."""


def tree_of(content: bytes, where: str) -> HtmlElement:
    """The page as a tree. Raises UnreadableSource for what is none."""
    text = _decoded(content, where)
    for tag in _LONG_TAG.finditer(text):
        if len(_QUOTED.sub("", tag[0]).split()) > ATTRIBUTES_MAXIMUM:
            raise UnreadableSource(
                f"{where}: an element has more than {ATTRIBUTES_MAXIMUM:,} attributes; expected "
                "the web page of an article"
            )
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(_NO_CHARACTERS.sub(" ", text).encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableSource(f"{where}: not HTML; expected a web page") from error
    for number, _ in enumerate(tree.iter()):
        if number > ELEMENTS_MAXIMUM:
            raise UnreadableSource(
                f"{where}: more than {ELEMENTS_MAXIMUM:,} elements, too many for one article; "
                "split the page into its articles"
            )
    return tree


def drop_furniture(tree: HtmlElement) -> None:
    """What is no part of the article goes; text behind it stays."""
    words = sum(len(one.text_content()) for one in tree.iter("p"))
    if words < FEW:  # its paragraphs are something else
        words = len(tree.text_content())
    most = max(MOST_OF_A_PAGE * words, SMALL)
    for element in list(tree.iter(etree.Element)):
        if element.tag in _KEPT or _is_gone(element, tree):
            continue
        if (
            element.tag in _ALWAYS
            or (element.tag == "span" and _NEW_TAB.fullmatch(element.text or ""))
            or (_is_furniture(element) and len(element.text_content()) <= most)
            or (
                (element.tag in _AROUND or _is_hidden(element))
                and len(element.text_content()) <= max(MOST_HIDDEN * words, SMALL)
            )
        ):
            element.drop_tree()


def drop_link_paragraphs(tree: HtmlElement) -> None:
    """A paragraph that is one link, or a list of nothing but links, leads to other articles."""
    for element in list(tree.iter("p", "ul", "ol")):
        parent = element.getparent()
        if parent is None or parent.tag in ("li", "ul", "ol"):
            continue  # gone, or part of a list
        text = " ".join(element.text_content().split())
        linked = " ".join(" ".join(link.text_content() for link in element.iter("a")).split())
        rest = len(text) - len(linked)
        is_label = bool(linked) and rest <= LABEL and not _ENDS.search(text)
        if is_label and (element.tag != "p" or len(text) <= LONGEST_LINK):
            element.drop_tree()


def split_paragraphs(tree: HtmlElement) -> None:
    """Two line breaks in a <p> end it, as they do to whoever reads the page."""
    for line_break in reversed(list(tree.iter("br"))):  # so that none is moved twice
        parent, second = line_break.getparent(), line_break.getnext()
        if parent is None or parent.tag != "p" or second is None or second.tag != "br":
            continue
        if (line_break.tail or "").strip():
            continue
        following = parent.makeelement("p")
        following.text = second.tail
        following.extend(list(second.itersiblings()))
        following.tail, parent.tail = parent.tail, None
        second.drop_tree()
        line_break.tail = None
        parent.remove(line_break)
        parent.addnext(following)


def _is_gone(element: HtmlElement, tree: HtmlElement) -> bool:
    return element is not tree and element.getparent() is None


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").casefold()
    return element.get("hidden") is not None or "display:none" in style


def _is_furniture(element: HtmlElement) -> bool:
    for name in _names_of(element):
        pieces = [piece.casefold() for piece in _PIECE.findall(name)]
        if not _FURNITURE.isdisjoint(pieces):
            return True
        if any(pair in _PAIRS for pair in pairwise(pieces)):
            return True
    return False


def _names_of(element: HtmlElement) -> Iterator[str]:
    given = f"{element.get('class') or ''} {element.get('id') or ''}"
    for name in given.split()[:30]:
        if not name.casefold().startswith(_MODIFIERS):
            yield name[:100]


def _decoded(content: bytes, where: str) -> str:
    """As a browser would: by its mark, as UTF-8, else as the page says."""
    try:
        return _with_words(content.decode("utf-8-sig"), where)
    except UnicodeDecodeError:
        pass
    charset = _CHARSET.search(content[:_LOOK])
    if charset is None or b"\0" in content:
        return decode(content, where)
    name = charset[1].decode().casefold()
    try:
        text = content.decode("cp1252" if name in {"iso-8859-1", "latin-1"} else name, "replace")
    except LookupError:
        return decode(content, where)
    return _with_words(text, where)


def _with_words(text: str, where: str) -> str:
    if not text.strip():
        raise UnreadableSource(f"{where}: empty file; expected a web page")
    if "\0" in text:
        raise UnreadableSource(f"{where}: binary file; expected a web page")
    return text
