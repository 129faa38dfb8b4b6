"""Page prose: the paragraphs of a page that trafilatura left out between those it took.

It passes over what is called a teaser or a drop cap, and joins all into one where a page is short.
What stands between two paragraphs of the article, in the same part of the page, is the article's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from service.reading.documents.blocks import paragraphs_in

SHORTEST = 40
"""Characters of what is taken in; shorter ones are labels as often as prose. In Chinese a letter is
half a word, and so counts twice."""

MOST_LINKED = 0.5
"""Share of the words that may stand in links: of a paragraph with its sources a tenth does."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of the page, and the elements around it, the nearest first."""

    text: str
    around: tuple[HtmlElement, ...]

    @property
    def key(self) -> str:
        return _key(self.text)


def prose_in(tree: HtmlElement) -> list[Prose]:
    """The paragraphs of the page that are long enough and no lists of links."""
    return [
        Prose(text, tuple(islice(element.iterancestors(), 3)))
        for element in tree.iter("p")
        if len((text := "\n".join(paragraphs_in(element))).encode()) >= SHORTEST
        and _linked(element) <= MOST_LINKED * len(text)
    ]


def with_prose(found: Sequence[str], prose: Iterable[Prose]) -> list[str]:
    """``found`` with what is missing between its paragraphs, in the order of the page."""
    given = list(prose)
    if len(found) == 1:
        apart = [one.text for one in given if one.key in _key(found[0])]
        if len(apart) > 1 and sum(map(len, apart)) > len(found[0]) / 2:
            return apart
    keys = [_key(paragraph) for paragraph in found]
    places = [_place_of(one.key, keys) for one in given]
    taken = {
        id(around)
        for one, at in zip(given, places, strict=True)
        if at is not None
        for around in one.around
    }
    missing: dict[int, list[str]] = {}
    waiting: list[str] = []
    begun = False
    for one, place in zip(given, places, strict=True):
        if place is not None:
            missing.setdefault(place, []).extend(waiting)
            waiting, begun = [], True
        elif begun and any(id(around) in taken for around in one.around):
            waiting.append(one.text)
    return [each for number, text in enumerate(found) for each in (*missing.get(number, ()), text)]


def _place_of(key: str, keys: Sequence[str]) -> int | None:
    return next((number for number, other in enumerate(keys) if key in other), None)


def _key(text: str) -> str:
    return "".join(_WORD.findall(text))


def _linked(element: HtmlElement) -> int:
    return sum(len(link.text_content()) for link in element.iter("a"))
