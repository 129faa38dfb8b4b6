"""Markup: what in a pasted quotation is not said.

Somebody who asks about a quotation copies it from a page, a draft or a chat: HTML tags and
entities, Markdown links and emphasis come along.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARKUP = re.compile(
    r"(?P<tag><!--.*?-->|</?[a-zA-Z][^<>]*>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|!?\[(?P<label>[^\[\]\n]+)\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)"  # [label](target)
    r"|(?<![^\W_])(?<!\*)(?P<opening>\*{1,3}|_{1,3}|~~|`{1,3})(?=\w)"
    r"|(?<=[^\s_])(?P<closing>\*{1,3}|_{1,3}|~~|`{1,3})(?![\w*])"
    r"|^[ \t]*(?P<line>(?:>[ \t]?)+|\#{1,6}[ \t]+)",
    re.DOTALL | re.MULTILINE,
)
_BREAK = re.compile(r"</?(?:p|div|br|li|ul|ol|h\d|tr|td|blockquote|section)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unmarked:
    """``text`` without markup; its k-th character stood at ``origins[k]``.

    ``origins`` has one entry more, the length of what it was taken from.
    """

    text: str
    origins: Sequence[int]


def strip_markup(text: str) -> Unmarked:
    """A tag that ends a line or a paragraph leaves a space.

    >>> strip_markup("<b>Fish</b> &amp; [chips](/c)").text
    'Fish & chips'
    """
    if not _MARKUP.search(text):
        return Unmarked(text, range(len(text) + 1))
    kept: list[str] = []
    origins: list[int] = []
    last = 0
    for found in _MARKUP.finditer(text):
        said, places = _said(found)
        kept += [text[last : found.start()], said]
        origins += [*range(last, found.start()), *places]
        last = found.end()
    return Unmarked("".join([*kept, text[last:]]), (*origins, *range(last, len(text) + 1)))


def _said(found: re.Match[str]) -> tuple[str, Sequence[int]]:
    """What a piece of markup says, and where each character of that comes from."""
    if found["entity"]:
        said = html.unescape(found["entity"])
        return said, [found.start()] * len(said)
    if found["label"]:
        return found["label"], range(*found.span("label"))
    if found["tag"] and _BREAK.match(found["tag"]):
        return " ", [found.start()]
    return "", ()
