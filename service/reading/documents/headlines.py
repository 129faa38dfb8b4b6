"""Headlines: chooses a page's title among the candidates it offers.

The visible heading is the title if another candidate agrees with it. Titles for search engines and
social media differ from it and end with the publisher's name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.reading.lexicon import words as lexicon_words

_WORD = re.compile(r"\w+")
_TAIL = re.compile(r"\s*(?:\s[|·•»–—:-]\s|\s?\|\s?|\s::\s)\s*(?=[^|·•»]{2,80}$)")

_HEAD = re.compile(r"([^|:–—]{2,60}?)\s*(?:[|:]|\s[-–—])\s+(?=\S.{10})")

AGREEING = 0.5
"""The fraction of the shorter title's words that must occur in the other: a heading and the title
for search engines share more, a heading and a section's name nothing."""

LONGER = 2
"""A title up to this many times as long as the publisher's name may still be just that name."""

MOST_WORDS = 4
"""Words of a newspaper's name after a title, if it is not known otherwise: "The Dover Gazette"."""

FEWEST_OF_A_HEADLINE = 5
"""Words of a page's only heading that is the title even if titles for search engines and social
media share no word with it; names of sections have four at most."""

SHORTEST = 12
"""Characters that must remain of a title after a tail is cut off."""


@dataclass(frozen=True, slots=True)
class Headline:
    text: str
    field: str


def best_headline(
    shown: Sequence[Headline], declared: Sequence[Headline], publisher: str | None, host: str
) -> Headline | None:
    """The heading that a declared title agrees with; otherwise the first declared title.

    "Opinion | The port stays" becomes "The port stays" if the page shows that on its own.
    """
    best = _best(shown, declared, publisher, host)
    section, bar, rest = best.text.partition(" | ") if best else ("", "", "")
    parts = {_folded(one.text): one for one in shown}
    return parts[_folded(rest)] if bar and section and _folded(rest) in parts else best


def _best(
    shown: Sequence[Headline], declared: Sequence[Headline], publisher: str | None, host: str
) -> Headline | None:
    bare = [
        Headline(text, one.field)
        for one in declared
        if (text := without_publisher(one.text, publisher, host))
    ]
    known = {_folded(one.text) for one in bare}
    for heading in shown:
        if (
            len(shown) > 1
            and _folded(heading.text) in known
            and not _is_publisher(heading.text, publisher, host)
        ):
            shown = [heading]
            break
    for heading in shown:
        text = without_publisher(heading.text, publisher, host, is_shown=True)
        for one in bare:  # the same words with a colon, or with spaces lost between spans
            is_same = _folded(one.text) == _folded(text) and one.text[:1] == text[:1]  # no emoji
            if is_same and len(one.text) > len(text) and not ("|" in one.text and ":" in text):
                return one
        if any(_agree(text, one.text) for one in bare):
            return Headline(text, heading.field)
    titles = [one for one in bare if not _is_publisher(one.text, publisher, host)]
    headings = [one for one in shown[:1] if not _is_publisher(one.text, publisher, host)]
    is_only = all(one.text in shown[0].text for one in shown)
    if headings and is_only and (_is_headline(shown[0].text) or _are_of_head(titles)):
        titles = [*headings, *titles]
    return titles[0] if titles else None


def _is_headline(heading: str) -> bool:
    """Whether it is too long for a section's name."""
    return len(heading.split()) >= FEWEST_OF_A_HEADLINE


def _are_of_head(titles: Sequence[Headline]) -> bool:
    return all(one.field == "title" for one in titles)


def without_publisher(
    title: str, publisher: str | None, host: str, *, is_shown: bool = False
) -> str:
    """The title without the publisher and section after it: "Mill opens | News | The Chronicle"
    gives "Mill opens" if The Chronicle published it. A heading that ``is_shown`` keeps a part after
    a bar that is not the publisher.

    >>> without_publisher("Mill opens in Dover - The Chronicle", "The Chronicle", "")
    'Mill opens in Dover'
    >>> without_publisher("Mill - opens in Dover", "The Chronicle", "")
    'Mill - opens in Dover'
    """
    cut = _without_head(title.strip(), publisher)
    while tail := _last(cut):
        rest, words = cut[: tail.start()], cut[tail.end() :]
        is_bar = "|" in tail[0]
        is_section = is_bar and not is_shown
        if len(rest) < SHORTEST or not (is_section or _is_publisher(words, publisher, host)):
            break
        if is_bar and len(words) > 40:
            break
        cut = rest.strip()
    return cut


def _without_head(title: str, publisher: str | None) -> str:
    """The title without the publisher before it: "The Chronicle: Mill opens"."""
    head = _HEAD.match(title)
    is_name = head is not None and bool(publisher) and _folded(head[1]) == _folded(publisher or "")
    return title[head.end() :] if head is not None and is_name else title


def _last(title: str) -> re.Match[str] | None:
    return next(iter(reversed(list(_TAIL.finditer(title)))), None)


def _is_publisher(words: str, publisher: str | None, host: str) -> bool:
    folded = _folded(words)
    if not folded:
        return False
    name = _folded(publisher or "")
    if name and (folded in name or (name in folded and len(folded) <= LONGER * len(name))):
        return True
    named = words.casefold().split()
    if len(named) <= MOST_WORDS and named[-1] in lexicon_words("publishers"):
        return True
    site = _folded(host.removeprefix("www.").rsplit(".", 1)[0])
    return len(folded) >= 3 and (folded in site or (len(site) >= 3 and site in folded))


def _folded(words: str) -> str:
    return "".join(_WORD.findall(words.casefold().removeprefix("the ")))


def _agree(first: str, second: str) -> bool:
    words, others = set(_words(first)), set(_words(second))
    shorter = min(len(words), len(others))
    if shorter == 0 or (shorter == 1 and words != others):
        return False
    return len(words & others) >= AGREEING * shorter


def _words(text: str) -> Iterable[str]:
    return _WORD.findall(text.casefold())
