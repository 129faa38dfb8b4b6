"""Tags: finds the tags of an HTML document and the text between them.

Follows the tokenization of the HTML standard (13.2.5), in time linear in the document's length; for
60,000 characters of `<a <a <a ...` the standard library's parser takes half a minute. Anything
unclosed would silently swallow the rest of the document, so it is an error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from service.domain import Span
from service.errors import UnreadableSource

RAW = frozenset({"script", "style", "title", "textarea", "iframe", "noembed", "noframes"})
"""Elements whose content is neither markup nor visible text."""

_OPENS = re.compile(r"<(?=[a-zA-Z!?/])")

# Possessive throughout, so that nothing is read twice.
_TAG = re.compile(
    r"""<(?P<closing>/?)(?P<name>[a-zA-Z][^\s/>]*+)
    (?:[\s/]++
      |(?:=[^\s/>=]*+|[^\s/>=]++)                                         # an attribute
       (?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?+)?+             # and its value
    )*+>""",
    re.VERBOSE,
)
_COMMENT_END = re.compile(r"--!?>")


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    closing: bool
    place: Span


def text_and_tags(document: str, part: Span) -> Iterator[Span | Tag]:
    """Text spans and tags in order; comments and raw content are left out.

    Raises UnreadableSource for a tag, a comment or a raw element that is never closed.
    """
    offset = text = part.start
    while opens := _OPENS.search(document, offset, part.end):
        begin = opens.start()
        if text < begin:
            yield Span(text, begin)
        tag = tag_at(document, Span(begin, part.end))
        if tag is None:
            offset = _comment_end(document, begin, part.end)
        else:
            yield tag
            offset = _raw_end(document, tag, part.end)
        text = offset
    if text < part.end:
        yield Span(text, part.end)


def tag_at(document: str, part: Span) -> Tag | None:
    """The tag that starts where ``part`` does; None if there is none."""
    tag = _TAG.match(document, part.start, part.end)
    return tag and Tag(tag["name"].lower(), bool(tag["closing"]), Span(*tag.span()))


def never_closed(document: str, begin: int, what: str) -> UnreadableSource:
    line = document.count("\n", 0, begin) + 1
    return UnreadableSource(f"line {line}: {what} is never closed; close it")


def _comment_end(document: str, begin: int, end: int) -> int:
    """The position after the comment, or what counts as one, that starts at ``begin``."""
    opening = document[begin : begin + 4]
    if opening == "<!--":
        closes = _COMMENT_END.search(document, begin + 2, end)
    elif opening[1] in "!?" or not opening[2:3].isalpha():
        closes = re.compile(">").search(document, begin, end)
    else:
        closes = None
    if closes is None:
        shown = document[begin : begin + 20].split("\n")[0].rstrip()
        raise never_closed(document, begin, f"the tag starting with {shown}")
    return closes.end()


def _raw_end(document: str, tag: Tag, end: int) -> int:
    if tag.closing or tag.name not in RAW:
        return tag.place.end
    closes = _end_of(tag.name).search(document, tag.place.end, end)
    if closes is None:
        raise never_closed(document, tag.place.start, f"<{tag.name}>")
    return closes.start()


@cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
