"""Page prose: paragraphs that trafilatura omitted between those it found.

It skips elements named teaser or drop cap, and merges the paragraphs of a short page. A paragraph
between two of the article's, in the same part of the page, belongs to the article.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from service.reading.documents.blocks import paragraphs_in

SHORTEST = 40
"""Characters of a paragraph that is added; shorter ones are often labels. A Chinese character
counts twice, being half a word."""

MOST_LINKED = 0.5
"""The fraction of words that may be in links: a paragraph that cites its sources has a tenth."""

FEWEST_BEFORE, SHORTEST_BEFORE = 3, 300
"""Least number of paragraphs, and of characters in them, before the extracted text that are the
article's beginning; one or two paragraphs are only a lead."""

ATTEMPTS = 500
"""Paragraphs searched for within longer ones; each search scans the whole text."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of the page, its ancestors (nearest first), and their class names."""

    text: str
    around: tuple[HtmlElement, ...]
    kind: str

    @property
    def key(self) -> str:
        return _key(self.text)


def prose_in(tree: HtmlElement) -> list[Prose]:
    """The paragraphs of the page that are long enough and not lists of links."""
    return [
        Prose(text, tuple(islice(element.iterancestors(), 3)), _kind_of(element))
        for element in tree.iter("p")
        if len((text := "\n".join(paragraphs_in(element))).encode()) >= SHORTEST
        and _linked(element) <= MOST_LINKED * len(text)
    ]


def with_prose(found: Sequence[str], prose: Iterable[Prose]) -> list[str]:
    """``found`` with missing paragraphs inserted in the order of the page."""
    fragments = list(prose)
    if len(found) == 1:
        apart = [one.text for one in fragments if one.key in _key(found[0])]
        if len(apart) > 1 and sum(map(len, apart)) > len(found[0]) / 2:
            return apart
    places = _places_of(fragments, [_key(paragraph) for paragraph in found])
    matched = [one for one, at in zip(fragments, places, strict=True) if at is not None]
    near = {id(around) for one in matched for around in one.around}
    kinds = {one.kind for one in matched if one.kind}
    missing: dict[int, list[str]] = {}
    waiting: list[str] = []
    begun = False
    for one, place in zip(fragments, places, strict=True):
        if place is not None:
            if begun or _is_beginning(waiting):
                missing.setdefault(place, []).extend(waiting)
            waiting, begun = [], True
        elif any(id(around) in near for around in one.around):
            waiting.append(one.text)
    after = _fragments_after(fragments, places, near, kinds)
    between = (
        each for number, text in enumerate(found) for each in (*missing.get(number, ()), text)
    )
    return [*between, *after]


def _is_beginning(texts: Sequence[str]) -> bool:
    return len(texts) >= FEWEST_BEFORE and sum(map(len, texts)) >= SHORTEST_BEFORE


def _fragments_after(
    prose: Sequence[Prose], places: Sequence[int | None], near: set[int], kinds: set[str]
) -> list[str]:
    """Paragraphs after the last one found, in elements with the same class names: an article may
    continue after a box."""
    last = max((number for number, at in enumerate(places) if at is not None), default=len(prose))
    return [
        one.text
        for one in prose[last + 1 :]
        if one.kind in kinds and any(id(around) in near for around in one.around)
    ]


def _places_of(prose: Iterable[Prose], keys: Sequence[str]) -> list[int | None]:
    """For each paragraph, the index of the key that contains it."""
    whole = {key: number for number, key in enumerate(keys)}
    places: list[int | None] = []
    attempts = ATTEMPTS
    for one in prose:
        place = whole.get(one.key)
        if place is None and attempts:
            attempts -= 1
            place = next((number for number, key in enumerate(keys) if one.key in key), None)
        places.append(place)
    return places


def _kind_of(element: HtmlElement) -> str:
    """The classes of the element and of its parent; "" if the parent has none."""
    parent = element.getparent()
    name = "" if parent is None else parent.get("class") or ""
    return f"{name} > {element.get('class') or ''}" if name else ""


def _key(text: str) -> str:
    return "".join(_WORD.findall(text))


def _linked(element: HtmlElement) -> int:
    return sum(len(link.text_content()) for link in element.iter("a"))
