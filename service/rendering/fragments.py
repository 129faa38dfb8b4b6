"""Fragments: an address that leads to words on a page, which the browser marks.

https://wicg.github.io/scroll-to-text-fragment/: words are given whole, or by how they
begin and end.
"""

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import quote

ENDS = 5
"""Words at each end of a passage that is longer than two of them. A paragraph that begins and ends
alike is once on a page, and what is in between may have notes and links in it."""

WORD_MAXIMUM = 60
"""Characters of a word: no language has longer ones, and an address is not for them."""

PASSAGES = 4
"""Of one statement that are marked: a speech in more pieces is found by its first."""

_PAGE = re.compile(r"https?://[^\s\x00-\x20<>\"{}|\\^`]+")


def is_page(url: str | None) -> bool:
    """Whether a browser opens it; a source may say of where it was published what it likes.

    >>> is_page("https://example.org/a"), is_page("example.org"), is_page("javascript:alert(1)")
    (True, False, False)
    """
    return url is not None and _PAGE.fullmatch(url) is not None


def passage_link(url: str | None, passages: Iterable[str]) -> str | None:
    """``url`` with the passages marked, wherever on its page it led; None if that is not a web
    page.

    >>> passage_link("https://example.org/a#top", ["No more, no less", "well-known"])
    'https://example.org/a#:~:text=No%20more%2C%20no%20less&text=well%2Dknown'
    """
    if url is None or not is_page(url):
        return None
    marked = "&".join(
        f"text={_directive(one)}" for one in islice(passages, PASSAGES) if one.strip()
    )
    if not marked:
        return url
    return f"{url.partition('#')[0]}#:~:{marked}"


def _directive(passage: str) -> str:
    """A passage of one line by its words; one of several by where it begins and ends, because
    words are looked for in one paragraph."""
    lines = [line.split() for line in passage.splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) <= 2 * ENDS:
        return _quoted(lines[0])
    return f"{_quoted(lines[0][:ENDS])},{_quoted(lines[-1][-ENDS:])}"


def _quoted(words: list[str]) -> str:
    text = " ".join(word[:WORD_MAXIMUM] for word in words)
    return quote(text, safe="", errors="replace").replace("-", "%2D")
