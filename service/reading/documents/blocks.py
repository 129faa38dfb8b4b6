"""Blocks: the paragraphs of a tree, either the page's own elements or trafilatura's."""

import re
from collections.abc import Iterator

from lxml import etree

from service.reading.documents.document import LINE, one_space

_BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "main", "header", "footer", "figure", "address", "pre"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"),
        *("table", "tr", "hr", "body", "center", "details", "summary"),
        *("head", "item", "row", "quote", "code", "list"),  # trafilatura's
    }
)
_BREAKS = frozenset({"br", "lb"})
_CELLS = frozenset({"td", "th", "cell"})


def paragraphs_in(body: etree._Element, apart: str = "") -> Iterator[str]:
    """The text of each block in reading order; a line break ends a line.

    ``apart`` is inserted between elements that are separated only visually.
    """
    words: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS and words:
            yield from _flushed(words)
        elif element.tag in _CELLS or (element.tag in _BREAKS and event == "start"):
            words.append(LINE if element.tag in _BREAKS else " ")
        text = element.text if event == "start" else element.tail
        if text and (event == "start" or element is not body):
            if apart and words and words[-1][-1].isalnum() and text[0].isalnum():
                words.append(apart)
            words.append(text.replace(LINE, " "))
    yield from _flushed(words)


def _flushed(words: list[str]) -> Iterator[str]:
    """Joins the lines of a paragraph; an empty line ends it."""
    text = "".join(words)
    words.clear()
    if LINE not in text:
        if line := one_space(text):
            yield line
        return
    for paragraph in re.split(r"\n\s*\n", text):
        lines = [line for line in map(one_space, paragraph.split(LINE)) if line]
        if lines:
            yield LINE.join(lines)
