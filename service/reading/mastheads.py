"""Mastheads: lines near the top with only the date and the agency.

(Xinhua) 11:02, May 15, 2024
Published: Monday, 3 February 2022, 10:15 GMT | Updated: February 4, 2022
Source: Xinhua
Horn Gazette, 2022-02-03T10:15:00Z
"""

import re
from dataclasses import dataclass

from service.domain import Excerpt
from service.reading.dates import WrittenDate, dates_in
from service.reading.lexicon import is_agency, words
from service.reading.lines import Line
from service.reading.title_tails import is_publisher

LONGEST = 150
"""Characters; a longer line is prose."""

_SEGMENT = re.compile(r"[^|•·,;()\[\]/]+")
_SOURCE = re.compile(r"\s*(?:source|from)\s*:\s*", re.IGNORECASE)
_TIME = re.compile(
    r"t?\d{1,2}(?:[:.]\d\d){1,2}(?:\.\d+)?(?:am|pm|z|[+-]\d\d:?\d\d)?|\d{1,2}(?:am|pm)?|[+-]\d{1,2}"
)
_CONTACT = re.compile(r"\s*\b(?:(?:media|press|news) )?contacts?:.*", re.IGNORECASE)
"""The contact after a press release's date."""
_LABEL = re.compile(
    r"\b(?:(?P<change>updated|modified|edited|revised)|published|posted|created|released|issued)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """``dates`` are in reading order, those of later changes last; ``changed`` if all are such."""

    dates: tuple[WrittenDate, ...]
    agency: Excerpt | None
    changed: bool = False


def masthead_of(line: Line) -> Masthead | None:
    """The date and agency on the line; None if it contains anything else, or neither."""
    if len(line.text) > LONGEST:
        return None
    contact = _CONTACT.search(line.text)
    if contact is not None:
        line = Line(line.text[: contact.start()], line.start, line.opens)
    dates = tuple(sorted(dates_in(line), key=lambda date: _is_of_change(line, date)))
    rest = _without(line, dates)
    agency: Excerpt | None = None
    apart = any(sign in line.text for sign in "|•·/")
    opens = bool(dates) and (line.start == 0 or apart)  # further down it may be any other day
    for match in _SEGMENT.finditer(rest.text):
        label = _SOURCE.match(match[0])
        segment = rest.excerpt(match.start() + (label.end() if label else 0), match.end())
        if is_agency(segment.text) or (opens and is_publisher(segment.text)):
            agency = agency or segment
        elif not _is_furniture(segment.text):
            return None
    changed = bool(dates) and all(_is_of_change(line, date) for date in dates)
    return Masthead(dates, agency, changed) if dates or agency else None


def _is_of_change(line: Line, date: WrittenDate) -> bool:
    labels = list(_LABEL.finditer(line.text, 0, date.span.start - line.start))
    return bool(labels and labels[-1]["change"])


def _without(line: Line, dates: tuple[WrittenDate, ...]) -> Line:
    text = line.text
    for date in dates:
        start, end = date.span.start - line.start, date.span.end - line.start
        text = text[:start] + "," * (end - start) + text[end:]
    return Line(text, line.start, line.opens)


def _is_furniture(segment: str) -> bool:
    return all(_is_word_of_time(word.strip(".:–—-").casefold()) for word in segment.split())


def _is_word_of_time(word: str) -> bool:
    spelled = word.replace(".", "")  # a.m.
    return not word or spelled in words("masthead_words") or bool(_TIME.fullmatch(word))
