"""Page quotations: turns block quotations, <q> and embedded posts into paragraphs.

They get the quotation marks that print would give them, as in drafts, and the speaker after a dash,
so that they are read like any other quotation.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from service.reading.documents.document import one_space
from service.reading.documents.marks import MARKED, in_marks

_POSTS = re.compile(
    r"\b(?:twitter-tweet|twitter-video|bluesky-embed|mastodon-embed|fb-post|reddit-(?:card|embed\S*)"
    r"|text-post-media|tiktok-embed|instagram-media)\b"
)
_PICTURES = re.compile(r"\b(?:instagram-media|tiktok-embed|text-post-media)\b")
_PULLED = re.compile(r"pull-?_?quote", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section"})
_SIGNING = frozenset({"footer", "cite", "figcaption"})
_DASHED = re.compile(r"(?:[—–―‒]|--?)\s*(?P<name>[^\W\d_].{0,150})")
_HANDLE = re.compile(r"(?P<name>.{1,80}?)\s*\(@?[\w.@-]{1,60}\).*", re.DOTALL)


def mark_quotations(tree: HtmlElement) -> None:
    """Replaces every quotation element of the page by marked paragraphs, in place."""
    for element in list(tree.iter("q")):
        _mark_inline(element)
    for element in list(tree.iter("blockquote")):
        is_there = element.getroottree().getroot() is tree and element is not tree
        if is_there and not _is_inside_another(element):
            _replace(element)


def _mark_inline(element: HtmlElement) -> None:
    words = one_space(element.text_content())
    if words and not MARKED.match(words):
        element.text = "“" + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + "”"
        else:
            element.text += "”"
    element.drop_tag()


def _is_inside_another(element: HtmlElement) -> bool:
    return next(element.iterancestors("blockquote"), None) is not None


def _replace(element: HtmlElement) -> None:
    """Replaces the quotation, and a figure that contains nothing else, by its paragraphs."""
    name = element.get("class") or ""
    whole = _figure_of(element)
    if _PULLED.search(f"{name} {whole.get('class') or ''}") or _PICTURES.search(name):
        whole.drop_tree()  # its words are used elsewhere, or it only has a picture's
        return
    signature = _take_signature(whole)
    words = list(_paragraphs(element))
    if not signature and len(words) > 1 and (dashed := _DASHED.fullmatch(words[-1])):
        words, signature = words[:-1], dashed["name"]
    if _POSTS.search(name) and words and not signature and "— " in words[-1]:
        words[-1], _, signature = words[-1].rpartition("— ")
        words = [word.strip() for word in words if word.strip()]
    handle = _HANDLE.fullmatch(signature)
    paragraphs = in_marks(words, handle["name"] if handle else signature)
    _put(whole, paragraphs)


def _figure_of(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    return parent if parent is not None and parent.tag == "figure" else element


def _take_signature(whole: HtmlElement) -> str:
    """The name of the speaker, removed from the tree."""
    found = [one for one in whole.iter(*_SIGNING) if one_space(one.text_content())]
    if not found:
        return ""
    signing = found[0]
    if signing.tag == "cite" and _is_followed_by_words(signing):
        return ""
    words = one_space(signing.text_content())
    signing.drop_tree()
    return re.sub(r"^(?:[—–―‒]|--?)\s*", "", words)


def _is_followed_by_words(element: HtmlElement) -> bool:
    """Whether it names a work in the middle of the quotation rather than the speaker at the end."""
    return bool((element.tail or "").strip()) or element.getnext() is not None


def _paragraphs(element: HtmlElement) -> Iterator[str]:
    """The text of each block in it, in reading order."""
    words: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if one.tag in _BLOCKS or (one.tag == "br" and event == "start"):
            yield from _flushed(words)
        if event == "start":
            words.append(one.text or "")
        elif one is not element:
            words.append(one.tail or "")
    yield from _flushed(words)


def _flushed(words: list[str]) -> Iterator[str]:
    text = one_space("".join(words))
    words.clear()
    if text:
        yield text


def _put(whole: HtmlElement, paragraphs: list[str]) -> None:
    for words in paragraphs:
        paragraph = whole.makeelement("p")
        paragraph.text = words
        whole.addprevious(paragraph)
    whole.drop_tree()
