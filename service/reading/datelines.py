"""Datelines: the place, day and agency that a report opens with.

    MOSCOW, February 3. /TASS/. The relations ...
    MOSCOW, May 15 (Xinhua) -- On the eve ...
    KYIV, Ukraine (AP) — Russian forces ...
    May 15 (Reuters) - The Kremlin ...
    WASHINGTON, Sept. 19 — The president ...

Either an agency or a day has to stand there: a word in capitals and a dash ("UPDATE — ...") is no
dateline. Lines that give the day and the agency without a report after them are in mastheads.py.
"""

import re
from dataclasses import dataclass

from service.domain import Excerpt
from service.reading.dates import WrittenDate, dates_in
from service.reading.lexicon import is_agency
from service.reading.lines import Line

_REACH = 120
"""So far into its line a dateline may reach."""

_AGENCY = re.compile(
    r"\(\s*(?P<brackets>[^\W\d_][\w.&'’ ]{1,40}?)\s*\)\s*(?:--|[—–-])"
    r"|/\s*(?P<slashes>[^\W\d_][\w.&'’ -]{1,40}?)\s*/"
)
_DASH = re.compile(r"[\s.,](?:--|[—–-])\s")
_PLACE = re.compile(r"[^\W\d_][\w.'’/-]*(?:,? [^\W\d_][\w.'’/-]*){0,5}")


@dataclass(frozen=True, slots=True)
class Dateline:
    place: Excerpt | None
    date: WrittenDate | None
    agency: Excerpt | None


def dateline_of(line: Line) -> Dateline | None:
    """What the dateline at the line's beginning says; None where there is none."""
    beginning = Line(line.text[:_REACH], line.start, line.opens)
    agency = _AGENCY.search(beginning.text)
    if agency is not None:
        group = "brackets" if agency["brackets"] else "slashes"
        return _before(beginning, agency.start(), beginning.excerpt(*agency.span(group)))
    dash = _DASH.search(beginning.text)
    return None if dash is None else _before(beginning, dash.start(), None)


def _before(line: Line, end: int, agency: Excerpt | None) -> Dateline | None:
    """The dateline whose place and day stand before ``end`` and fill all the room there."""
    ahead = Line(line.text[:end].rstrip(" .,"), line.start, line.opens)
    date = next(iter(dates_in(Line(ahead.text + ".", ahead.start, True))), None)
    if date is not None:
        if date.span.end < ahead.span.end or date.value.day is None:
            return None
        ahead = Line(ahead.text[: date.span.start - line.start].rstrip(" .,"), line.start, True)
    if date is None and agency is None:
        return None
    if not ahead.text:
        known = agency is not None and is_agency(agency.text)
        return Dateline(None, date, agency) if known else None
    if not _is_place(ahead.text, agency):
        return None
    return Dateline(ahead.excerpt(0, len(ahead.text)), date, agency)


def _is_place(words: str, agency: Excerpt | None) -> bool:
    """Places stand in capitals; otherwise only a known agency shows that it is one."""
    if not _PLACE.fullmatch(words):
        return False
    if words.partition(",")[0].isupper():
        return True
    return agency is not None and is_agency(agency.text) and words[0].isupper()
