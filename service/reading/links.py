"""Links: the addresses in a text, and which of them is the author's page."""

import re
from collections.abc import Iterable

from service.bounds import ADDRESSES_MAXIMUM, LINKS_MAXIMUM
from service.domain import Excerpt, Span
from service.reading.lines import Line

_LINK = re.compile(r"https?://[^\W_][^\s\x00-\x1f<>\"“”«»]*", re.IGNORECASE)

LONGEST_LINK = 2000
"""Characters: browsers and servers accept no longer address."""

_ALONE = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_PUNCTUATION = ".,;:!?'’‘…*"
_AUTHOR_PAGE = re.compile(
    r"https?://(?:www\.)?(?P<host>[\w.-]+)(?::\d+)?"
    r"/(?:[^?#]*/)?(?:authors?|by|contributors?|columnists?|journalists?|profiles?|staff)/[^/?#]",
    re.IGNORECASE,
)


def links_in(text: str) -> list[Excerpt]:
    """Each address once, in reading order, without the punctuation of its sentence.

    At most LINKS_MAXIMUM addresses that a browser would accept, of ADDRESSES_MAXIMUM characters in
    all.

        >>> [link.text for link in links_in("See (https://a.org/b_(c)), http://a.org.")]
        ['https://a.org/b_(c)', 'http://a.org']
    """
    found: dict[str, Excerpt] = {}
    room = ADDRESSES_MAXIMUM
    for match in _LINK.finditer(text):
        address = _unpunctuated(match[0])
        if len(address) > LONGEST_LINK or address in found:
            continue
        room -= len(address)
        if room < 0 or len(found) == LINKS_MAXIMUM:
            break
        found[address] = Excerpt(address, Span(match.start(), match.start() + len(address)))
    return list(found.values())


def author_page_host(lines: Iterable[Line]) -> Excerpt | None:
    """The host of the author's page, which is the publisher's own; None if there are several.

    Only an address alone on its line counts: one in a sentence may be anybody's.
    """
    hosts: dict[str, Excerpt] = {}
    for line in lines:
        page = _AUTHOR_PAGE.match(line.text)
        if page and not any(character.isspace() for character in line.text):
            hosts.setdefault(page["host"].casefold(), line.excerpt(*page.span("host")))
    return next(iter(hosts.values())) if len(hosts) == 1 else None


def is_link(words: str) -> bool:
    """Whether this is an address and nothing else."""
    return _ALONE.match(words) is not None


def _unpunctuated(address: str) -> str:
    """Keeps a closing bracket only if the address contains its opening one."""
    surplus = {
        closing: address.count(closing) - address.count(opening)
        for closing, opening in _CLOSING.items()
    }
    end = len(address)
    while end and (address[end - 1] in _PUNCTUATION or surplus.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in surplus:
            surplus[address[end]] -= 1
    return address[:end]
