"""Fragments: links to words on a page, which the browser highlights.

https://wicg.github.io/scroll-to-text-fragment/: words are given in full, or by their beginning and
end.
"""

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import quote

ENDS = 5
"""Words at each end of a passage longer than twice this. A paragraph with the same beginning and
end is unique on a page, and the text in between may contain notes and links."""

WORD_MAXIMUM = 60
"""Characters of a word: no language has longer ones, and a URL is not one."""

PASSAGES = 4
"""Passages highlighted per statement: a speech in more pieces is found by its first ones."""

_PAGE = re.compile(r"https?://[^\s\x00-\x20<>\"{}|\\^`]+")


def is_page(url: str | None) -> bool:
    """Whether a browser opens it as a page; the URL may be anything that a source declares.

    >>> is_page("https://example.org/a"), is_page("example.org"), is_page("javascript:alert(1)")
    (True, False, False)
    """
    return url is not None and _PAGE.fullmatch(url) is not None


def passage_link(url: str | None, passages: Iterable[str]) -> str | None:
    """``url`` with the passages highlighted, replacing any fragment; None if it is not a web page.

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
    """A single-line passage by its words; a longer one by its beginning and end, because words are
    looked for within one paragraph."""
    lines = [line.split() for line in passage.splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) <= 2 * ENDS:
        return _quoted(lines[0])
    return f"{_quoted(lines[0][:ENDS])},{_quoted(lines[-1][-ENDS:])}"


def _quoted(words: list[str]) -> str:
    text = " ".join(word[:WORD_MAXIMUM] for word in words)
    return quote(text, safe="", errors="replace").replace("-", "%2D")
