"""Markup: removes from a pasted quotation what is not said, and repairs broken characters.

Quotations are copied from a page, a draft or a chat, with HTML tags and entities, Markdown links
and emphasis.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.verification.texts.repairs import (
    ENCODING,
    ESCAPE,
    ESCAPES,
    MISREAD,
    read_again,
    unescaped,
)

_MARKUP = re.compile(
    rf"(?P<escape>{ESCAPE})|(?P<misread>{MISREAD})"
    r"|(?P<tag><!--.*?-->|</?[a-zA-Z][^<>]*>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|!?\[(?P<label>[^\[\]\n]+)\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)"  # [label](target)
    r"|(?<![^\W_])(?<!\*)(?P<opening>\*{1,3}|_{1,3}|~~|`{1,3})(?=\w)"
    r"|(?<=[^\s_])(?P<closing>\*{1,3}|_{1,3}|~~|`{1,3})(?![\w*])"
    r"|^[ \t]*(?P<line>(?:>[ \t]?)+|\#{1,6}[ \t]+)",
    re.DOTALL | re.MULTILINE,
)
_SIGN = re.compile(r"[\\<&\[*_~`>#\u00c2-\u00c5\u00d0\u00d1\u00e2\u00f0]")
"""Every piece of markup contains one of these; most texts have none and are not searched
further.
"""
_BREAK = re.compile(r"</?(?:p|div|br|li|ul|ol|h\d|tr|td|blockquote|section)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unmarked:
    """``text`` without markup; its k-th character was at ``origins[k]``.

    ``origins`` has one more entry, the length of the original text. ``repairs`` name what was
    repaired.
    """

    text: str
    origins: Sequence[int]
    repairs: tuple[str, ...] = ()


def strip_markup(text: str) -> Unmarked:
    """Returns the text without markup; a tag that ends a line or a paragraph becomes a space.

    >>> strip_markup("<b>Fish</b> &amp; [chips](/c)").text
    'Fish & chips'
    """
    if not (_SIGN.search(text) and _MARKUP.search(text)):
        return Unmarked(text, range(len(text) + 1))
    kept: list[str] = []
    origins: list[int] = []
    repairs: dict[str, None] = {}
    last = 0
    for found in _MARKUP.finditer(text):
        said, places = _said(found)
        kept += [text[last : found.start()], said]
        origins += [*range(last, found.start()), *places]
        if found.lastgroup in _REPAIRS and said != found[0]:
            repairs[_REPAIRS[found.lastgroup]] = None
        last = found.end()
    return Unmarked(
        "".join([*kept, text[last:]]), (*origins, *range(last, len(text) + 1)), tuple(repairs)
    )


_REPAIRS = {"escape": ESCAPES, "misread": ENCODING}


def _said(found: re.Match[str]) -> tuple[str, Sequence[int]]:
    """The text of a piece of markup, and the origin of each of its characters."""
    if found["escape"] or found["misread"]:
        said = unescaped(found[0]) if found["escape"] else read_again(found[0])
        return said, [found.start()] * len(said)
    if found["entity"]:
        said = html.unescape(found["entity"])
        return said, [found.start()] * len(said)
    if found["label"]:
        return found["label"], range(*found.span("label"))
    if found["tag"] and _BREAK.match(found["tag"]):
        return " ", [found.start()]
    return "", ()
