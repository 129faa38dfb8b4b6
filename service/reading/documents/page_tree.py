"""Page trees: parses a page and removes what is not part of its article.

Furniture is recognised by its element, by words in its class and, for a short paragraph, by its
first words. An element with much of the page's text is never furniture, whatever its name.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice, pairwise

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from service.errors import UnreadableSource
from service.reading.decoding import decode
from service.reading.documents.document import one_space
from service.reading.lexicon import is_furniture

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML does not allow, so no tree can contain them."""

_HEAD_BYTES = 4096
"""Bytes: browsers look for the charset in the first 1,024; some pages declare it later."""

ATTRIBUTES_MAXIMUM = 1000
"""Per element. libxml2 compares each with all others: 300,000 took it more than four minutes."""

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

ELEMENTS_MAXIMUM = 200_000
"""The longest live blogs have a tenth of this; twice as many took trafilatura a minute."""

_ALWAYS = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed"),
        *("button", "input", "select", "textarea", "figcaption", "figure", "video", "audio", "del"),
    }
)
_AROUND = frozenset({"form", "nav", "aside", "dialog"})
"""Elements that some pages wrap their entire content in."""

_NAMING = ("class", "id", "data-testid", "data-component")
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
        *(
            "subscribe",
            "subscription",
            "paywall",
            "breadcrumb",
            "breadcrumbs",
            "byline",
            "timestamp",
            "recirc",
        ),
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
        *("pictext", "photocaption", "imagecaption", "ad", "ads", "advertising", "dfp", "cta"),
        *("trending", "donate", "donation", "sharing", "sharebar", "credit", "credits", "callout"),
    }
)
_PAIRS = frozenset(
    {
        *(("pull", "quote"), ("read", "more"), ("most", "read"), ("most", "popular")),
        *(("author", "bio"), ("sign", "up"), ("sr", "only"), ("visually", "hidden")),
        *(("share", "bar"), ("social", "share"), ("share", "buttons"), ("screen", "reader")),
        *(("key", "points"), ("summary", "list"), ("in", "brief"), ("key", "takeaways")),
        *(("see", "also"), ("also", "read"), ("more", "stories"), ("call", "out")),
    }
)
_WHOLE = frozenset({"html", "body", "main", "article"})
_ASKS = re.compile(r"newsletter|sign(?:ing)? up|subscribe|inbox", re.IGNORECASE)
LONGEST_PROMPT = 600
"""Characters of a paragraph in which a prompt is recognised."""

LONGEST_HEAD = 100
"""Characters of a box's heading."""

LONGEST_LABEL = 30
"""Longest label before the heading of another story, in characters: "Read also"."""

LONGEST_CARD = 400
"""Characters of a card: a headline, the author, the time, and two lines of text."""

FEWEST_CARDS = 3
LABEL = 12
"""Characters of a label before a link: "Read more:", "RELATED:"."""

LONGEST_LINK = 160
"""Characters of a linked headline."""

_NEW_TAB = re.compile(r"\s*[,(]?\s*opens (?:in )?(?:a )?new (?:tab|window)\s*\)?\s*", re.IGNORECASE)
_ENDS = re.compile("[.!?。][\"'”’»)]*$")

MOST_OF_A_PAGE = 0.2
"""Fraction of the words in paragraphs. A pull quote or a box has less than a tenth."""

MOST_HIDDEN = 0.7
"""Fraction above which hidden text, or text in a form, is the article, which a script reveals."""

FEW = 500
"""Characters of all paragraphs of a page whose text is elsewhere."""

SMALL = 200
"""Characters: anything shorter is furniture in a page of any length."""


def tree_of(content: bytes, where: str) -> HtmlElement:
    """The parsed page. Raises UnreadableSource if it is not HTML."""
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
    if tree.xpath("count(.//*)") > ELEMENTS_MAXIMUM:
        raise UnreadableSource(
            f"{where}: more than {ELEMENTS_MAXIMUM:,} elements, too many for one article; "
            "split the page into its articles"
        )
    return tree


def drop_furniture(tree: HtmlElement) -> None:
    """Removes what is not part of the article, keeping the text after it."""
    words = sum(len(one.text_content()) for one in tree.iter("p"))
    if words < FEW:  # its text is not in paragraphs
        words = len(tree.text_content())
    most = max(MOST_OF_A_PAGE * words, SMALL)
    shared = _shared_by_much(tree, most)
    for element in list(tree.iter(etree.Element)):
        if element.tag in _KEPT or _is_gone(element, tree):
            continue
        if (
            element.tag in _ALWAYS
            or (element.tag == "span" and _NEW_TAB.fullmatch(element.text or ""))
            or (_is_furniture(element, shared) and len(element.text_content()) <= most)
            or (
                (element.tag in _AROUND or _is_hidden(element))
                and len(element.text_content()) <= max(MOST_HIDDEN * words, SMALL)
            )
        ):
            element.drop_tree()


def drop_boxes(tree: HtmlElement) -> None:
    """Removes boxes with a heading such as "Read next", and forms that ask for an address."""
    most = max(MOST_OF_A_PAGE * sum(len(one.text_content()) for one in tree.iter("p")), SMALL)
    for element in list(tree.iter("h2", "h3", "h4", "h5", "h6", "strong", "form")):
        box = element.getparent()
        if box is None or box.tag in _WHOLE or (element.tag == "strong" and box.tag != "div"):
            continue
        words = one_space(element.text_content())
        if element.tag == "form":
            is_box = _ASKS.search(box.text_content()[:LONGEST_PROMPT]) is not None
        else:
            if box.tag == "header" and len(box) == 1 and box.getparent() is not None:
                element, box = box, box.getparent()
            is_box = len(words) <= LONGEST_HEAD and _is_headed(box, element, words)
        if is_box and box.getparent() is not None and len(box.text_content()) <= most:
            box.drop_tree()


def _is_headed(box: HtmlElement, heading: HtmlElement, words: str) -> bool:
    """Whether the heading or a label before it marks the box as furniture."""
    if box[0] is heading:
        return is_furniture(words)
    if len(box) < 2 or box[1] is not heading:
        return False
    label = one_space(box[0].text_content())
    return 0 < len(label) <= LONGEST_LABEL and is_furniture(f"{label}:")


def drop_cards(tree: HtmlElement) -> None:
    """Removes three or more sibling boxes of the same kind, each a linked heading and little
    else."""
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6")):
        linked = next(heading.iter("a"), None) is not None
        for around in islice(heading.iterancestors(), 4):
            linked = linked or around.tag == "a"
            parent = around.getparent()
            if parent is None or around.tag in _WHOLE or len(around.text_content()) > LONGEST_CARD:
                break
            alike = [one for one in parent if _kind(one) == _kind(around)]
            if linked and len(alike) >= FEWEST_CARDS and all(map(_is_card, alike)):
                for one in alike:
                    one.drop_tree()
                break


def _kind(element: HtmlElement) -> tuple[object, str]:
    return element.tag, element.get("class") or ""


def _is_card(element: HtmlElement) -> bool:
    return len(element.text_content()) <= LONGEST_CARD and next(element.iter("a"), None) is not None


def drop_link_paragraphs(tree: HtmlElement) -> None:
    """Removes paragraphs that are one link, and lists of links: they lead to other articles."""
    for element in list(tree.iter("p", "ul", "ol")):
        parent = element.getparent()
        if parent is None or parent.tag in ("li", "ul", "ol"):
            continue  # removed already, or part of a list
        text = " ".join(element.text_content().split())
        linked = " ".join(" ".join(link.text_content() for link in element.iter("a")).split())
        rest = len(text) - len(linked)
        is_label = bool(linked) and rest <= LABEL and not _ENDS.search(text)
        if is_label and (element.tag != "p" or len(text) <= LONGEST_LINK):
            element.drop_tree()


def split_paragraphs(tree: HtmlElement) -> None:
    """Splits a <p> at double line breaks, which readers see as paragraph breaks."""
    for line_break in reversed(list(tree.iter("br"))):  # backwards, so that nothing is moved twice
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


def _shared_by_much(tree: HtmlElement, most: float) -> frozenset[str]:
    """Furniture names shared by much of the prose: "paywall" on every paragraph behind one."""
    lengths: Counter[str] = Counter()
    for element in tree.iter("p"):
        for name in _furniture_in(element):
            lengths[name] += len(element.text_content())
    return frozenset(name for name, length in lengths.items() if length > most)


def _is_gone(element: HtmlElement, tree: HtmlElement) -> bool:
    return element is not tree and element.getparent() is None


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").casefold()
    return element.get("hidden") is not None or "display:none" in style


def _is_furniture(element: HtmlElement, shared: frozenset[str] = frozenset()) -> bool:
    return not shared.issuperset(_furniture_in(element))


def _furniture_in(element: HtmlElement) -> frozenset[str]:
    return _names_of_furniture(" ".join(element.get(key) or "" for key in _NAMING))


@lru_cache(maxsize=1 << 12)
def _names_of_furniture(names: str) -> frozenset[str]:
    """Cached: a page's paragraphs, and a site's pages, share the same names."""
    return frozenset(name for name in names.split()[:30] if _is_furnitures(name[:100]))


def _is_furnitures(name: str) -> bool:
    if name.casefold().startswith(_MODIFIERS):
        return False
    pieces = [piece.casefold() for piece in _PIECE.findall(name)]
    return not _FURNITURE.isdisjoint(pieces) or any(pair in _PAIRS for pair in pairwise(pieces))


def _decoded(content: bytes, where: str) -> str:
    """Decodes as a browser would: by its byte order mark, as UTF-8, or as the page declares."""
    try:
        return _with_words(content.decode("utf-8-sig"), where)
    except UnicodeDecodeError:
        pass
    charset = _CHARSET.search(content[:_HEAD_BYTES])
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
