"""Marks: block quotations of a layout, with the quotation marks of running text."""

import re
from collections.abc import Sequence

MARKED = re.compile("[\"“”„«»‹›‘']|``")
_DOUBLE = re.compile("[\"“”„]|``|''")


def in_marks(paragraphs: Sequence[str], signature: str = "") -> list[str]:
    """Each paragraph opens again and the last one closes, as newspapers print it.

    >>> in_marks(["It was.", "It is."], "Jane Doe")
    ['“It was.', '“It is.” — Jane Doe']
    """
    if not paragraphs:
        return []
    words = list(paragraphs)
    if not MARKED.match(words[0]):
        opening, closing = "«»" if _DOUBLE.search(" ".join(words)) else "“”"
        words = [opening + word for word in words]
        words[-1] += closing
    if signature:
        words[-1] += f" — {signature}"
    return words
