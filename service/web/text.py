"""Text for pages: shortened, counted, or as part of a URL."""

from functools import lru_cache
from urllib.parse import quote


def cut(text: object, longest: int) -> str:
    """The beginning of a text that is too long, up to the end of a word if possible.

    >>> cut("We will never give up", 12), cut("We will", 12)
    ('We will…', 'We will')
    """
    whole = str(text)
    if len(whole) <= longest:
        return whole
    kept = whole[:longest]
    at_word = kept.rpartition(" ")[0]
    return (at_word if len(at_word) > longest // 2 else kept).rstrip() + "…"


def counted(number: int, one: str, several: str = "") -> str:
    """
    >>> counted(1, "quotation"), counted(12345, "quotation"), counted(0, "reply", "replies")
    ('1 quotation', '12,345 quotations', '0 replies')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


@lru_cache(1 << 12)
def segment(text: str) -> str:
    """``text`` as a segment of a path.

    >>> segment("a/b é")
    'a%2Fb%20%C3%A9'
    """
    return quote(text, safe="")


def is_web_address(text: str) -> bool:
    """Whether a link may lead there: nothing that a browser would execute."""
    return text.startswith(("https://", "http://"))
