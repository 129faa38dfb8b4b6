"""Headlines: the title of a page, among all that it gives as one.

What is shown as the heading is the title where another place agrees with it. Titles for search
engines and social media differ from it, and have the publisher's name behind them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_TAIL = re.compile(r"\s*(?:\s[|·•»–—:-]\s|\s?\|\s?|\s::\s)\s*(?=[^|·•»]{2,80}$)")

AGREEING = 0.5
"""Share of the words of the shorter title that stand in the other one, too: a heading and what
search engines are told share more, a heading and the name of the section nothing."""

SHORTEST = 12
"""Characters that have to be left of a title where a tail is cut off."""


@dataclass(frozen=True, slots=True)
class Headline:
    text: str
    field: str


def best_headline(
    shown: Sequence[Headline], declared: Sequence[Headline], publisher: str | None, host: str
) -> Headline | None:
    """The heading that something declared agrees with, else what is declared first."""
    bare = [
        Headline(text, one.field)
        for one in declared
        if (text := without_publisher(one.text, publisher, host))
    ]
    for heading in shown:
        text = without_publisher(heading.text, publisher, host)
        for one in bare:  # the same words with a colon, or with the spaces that spans swallow
            if _folded(one.text) == _folded(text) and len(one.text) > len(text):
                return one
        if any(_agree(text, one.text) for one in bare):
            return Headline(text, heading.field)
    titles = [one for one in bare if not _is_publisher(one.text, publisher, host)]
    if len(shown) == 1 and all(one.field == "title" for one in titles):
        titles = [*shown, *titles]
    return titles[0] if titles else None


def without_publisher(title: str, publisher: str | None, host: str) -> str:
    """ "Mill opens | News | The Chronicle" is "Mill opens" where The Chronicle published it.

    >>> without_publisher("Mill opens in Dover - The Chronicle", "The Chronicle", "")
    'Mill opens in Dover'
    >>> without_publisher("Mill - opens in Dover", "The Chronicle", "")
    'Mill - opens in Dover'
    """
    cut = title.strip()
    while tail := _last(cut):
        rest, words = cut[: tail.start()], cut[tail.end() :]
        is_bar = "|" in tail[0]
        if len(rest) < SHORTEST or not (is_bar or _is_publisher(words, publisher, host)):
            break
        if is_bar and len(words) > 40:
            break
        cut = rest.strip()
    return cut


def _last(title: str) -> re.Match[str] | None:
    return next(iter(reversed(list(_TAIL.finditer(title)))), None)


def _is_publisher(words: str, publisher: str | None, host: str) -> bool:
    folded = _folded(words)
    if not folded:
        return False
    if publisher and (folded in _folded(publisher) or _folded(publisher) in folded):
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
