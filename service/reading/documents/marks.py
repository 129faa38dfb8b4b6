"""Marks: adds quotation marks to block quotations, as in running text."""

import re
from collections.abc import Sequence

MARKED = re.compile("[\"“”„«»‹›‘']|``")
_DOUBLE = re.compile("[\"“”„]|``|''")


def in_marks(paragraphs: Sequence[str], signature: str = "") -> list[str]:
    """The paragraphs in quotation marks: each opens again and only the last closes, as in print.

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
