"""Page bylines: lines that say who wrote the article, in elements without a telling name.

They are looked for only on a page that names its authors nowhere else: by their first word, by a
date or an occupation after the name, and below the text.
"""

import re
from collections.abc import Callable, Iterator
from itertools import dropwhile, islice

from lxml import etree
from lxml.html import HtmlElement

from service.reading.documents.blocks import paragraphs_in
from service.reading.lexicon import words

LONGEST_CREDIT = 200
"""Characters of a byline; longer text is about the author."""

LONGEST_LINE = 100
"""Characters of a line that only its first word marks as a byline."""

MOST_PARTS = 8
"""Elements within such a line: one for each author, and for what is between them."""

ELEMENTS_BELOW = 60
"""Elements below the heading among which a name with a date or an occupation is looked for:
standfirst, picture and buttons may come first."""

LAST_LINES = 12
"""Number of last paragraphs, including those below the article, searched for its writers."""

_LINES = (
    *("p", "div", "span", "i", "em", "strong", "b", "h2", "h3", "h4", "h5", "h6", "li", "td"),
    *("address", "font", "small", "cite"),
)

_WORK = "Words|Story|Written|Reporting|Reported|Interview|Text|Analysis|Review"
_LABELS = (
    "Authors?|Reporters?|Writers?|Journalists?|Autor(?:in|es|a)?|Auteure?s?|Penulis|Pewarta"
    "|Автор|Текст"
)
_BEGINS = re.compile(rf"\s*(?:(?:By|BY|by|Von|Par|Por|{_WORK})\b|(?i:{_LABELS})\s*:)")
_BY = re.compile(rf"(?:(?:By|BY|by|Von|Par|Por|(?:{_WORK}) by)\b:?|(?i:{_LABELS})\s*:)\s+\S+\s\S+")
_SIGNED = re.compile(
    rf"\(?(?:(?:{_WORK}|[A-Z]\w+ original) by|(?:{_LABELS})\s*:)\s+(?P<names>[^();]{{4,80}})"
)
"""Credits below texts of agencies and translators: "Reporting by Jane Doe; editing by ..."."""

_DAY = (
    r"(?:\d{1,2}[. ]+(?:de )?\w+[. ]+(?:de )?\d{4}|\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}"
    r"|[A-Z]\w+\.? \d{1,2}, \d{4})"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_BEFORE_DAY = re.compile(
    rf"(?P<names>[^\d|•·]{{5,60}}?)[\s,]*(?:[|•·][\s,]*|,\s*{_WEEKDAY},?\s+){_DAY}"
)
_AFTER_DAY = re.compile(
    rf"[^|]{{0,40}}?{_DAY}[^.|]{{0,30}}?\b(?i:by|par|por|von|di|door|av|af)\s+"
    r"(?P<names>[^\d|•·]{5,60}(?<![.!?]))$"
)
_BEFORE_ROLE = re.compile(r"(?P<names>[^\d,|]{5,40}), (?P<role>[^\d,.]{5,40})$")

_NAME_IN = etree.XPath('.//*[@itemprop="name"]')


def first_line(tree: HtmlElement, is_others: Callable[[HtmlElement], bool]) -> list[str]:
    """The first line that starts like a byline, in an element of its own."""
    for element in tree.iter(*_LINES):
        begins = "".join(islice(element.itertext(), 3))
        if len(element) > MOST_PARTS or not _BEGINS.match(begins):
            continue
        text = credit_of(element)
        if text and _BY.match(text) and not is_others(element):
            return [text] if len(text) <= LONGEST_LINE else []
    return []


def line_below_heading(tree: HtmlElement) -> list[str]:
    """The names beside a date or before an occupation: "Jane Doe | 13.11.2024", "4 mars 2025, par
    Jane Doe", or "Jane Doe" above "Senior Court Reporter"."""
    for element in _below_heading(tree):
        text = credit_of(element)
        if after := _AFTER_DAY.match(text):
            return [after["names"]]
        if dated := _BEFORE_DAY.match(text):
            # "Climate Change | May 3, 2024" is a section
            is_section = not words("beats").isdisjoint(dated["names"].casefold().split())
            return [] if is_section else [dated["names"]]
        following = element.getnext()
        if element.tag == "p" and following is not None and "," not in text:
            text = f"{text}, {credit_of(following)}"
        described = _BEFORE_ROLE.match(text)
        if described and described["role"].split()[-1].casefold() in words("offices"):
            return [described["names"]]
    return []


def _below_heading(tree: HtmlElement) -> Iterator[HtmlElement]:
    heading = next(tree.iter("h1"), None)
    if heading is not None:
        following = dropwhile(lambda one: one is not heading, tree.iter(etree.Element))
        below = islice(following, 1, 1 + ELEMENTS_BELOW)
        yield from (one for one in below if not _is_pictured(one))


def _is_pictured(element: HtmlElement) -> bool:
    return any(one.tag == "figure" for one in (element, *element.iterancestors()))


def signed_line(tree: HtmlElement) -> list[str]:
    """Names in the first line below the text that states the authors."""
    for element in list(tree.iter("p"))[-LAST_LINES:]:
        text = credit_of(element)
        if text and (signed := _SIGNED.match(text)):
            return [signed["names"]]
    return []


def credit_of(element: HtmlElement) -> str:
    """The text with commas between blocks; "" if it is too long for a byline."""
    if len(element) > 30 or len("".join(islice(element.itertext(), 60))) > 2 * LONGEST_CREDIT:
        return ""
    named = _NAME_IN(element)
    lines = [line for one in named or [element] for line in paragraphs_in(one, apart=", ")]
    credit = ", ".join(lines) or element.get("content") or ""
    return credit.replace("\n", ", ") if len(credit) <= LONGEST_CREDIT else ""
