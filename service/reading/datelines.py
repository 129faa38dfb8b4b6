"""Datelines: the place, day and agency at the start of a report.

    MOSCOW, February 3. /TASS/. The relations ...
    MOSCOW, May 15 (Xinhua) -- On the eve ...
    KYIV, Ukraine (AP) — Russian forces ...
    May 15 (Reuters) - The Kremlin ...
    WASHINGTON, Sept. 19 — The president ...

    LOS ANGELES — The actress ...
    (Dell, Texas) – The office ...

Without a day or an agency, such a line counts only if it is the only one: several are a
transcript's ("PUTIN — We ..."). mastheads.py handles lines with day and agency but no report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain import Excerpt
from service.reading.dates import WrittenDate, dates_in
from service.reading.lexicon import is_agency, words
from service.reading.lines import Line

_REACH = 120
"""Characters of a line within which a dateline must end."""

_AGENCY = re.compile(
    r"\(\s*(?P<brackets>[^\W\d_][\w.&'’ ]{1,40}?)\s*\)\s*(?:--|[―—–-])"
    r"|/\s*(?P<slashes>[^\W\d_][\w.&'’ -]{1,40}?)\s*/"
)
_DASH = re.compile(r"[\s.,](?:--|[―—–-])\s+")
_BRACKETED = re.compile(r"\((?P<inside>[^()]{2,60})\)\s*(?:--|[―—–-])\s+")
_OPENING_MARKS = frozenset("\"“‘«„'")
_PLACE = re.compile(r"[^\W\d_][\w.'’/-]*(?:,? [^\W\d_][\w.'’/-]*){0,5}")


@dataclass(frozen=True, slots=True)
class Dateline:
    place: Excerpt | None
    date: WrittenDate | None
    agency: Excerpt | None

    @property
    def is_bare(self) -> bool:
        return self.date is None and self.agency is None


def dateline_of(line: Line) -> Dateline | None:
    """The dateline at the start of the line; None without one."""
    beginning = Line(line.text[:_REACH], line.start, line.opens)
    agency = _AGENCY.search(beginning.text)
    if agency is not None:
        group = "brackets" if agency["brackets"] else "slashes"
        found = _before(beginning, agency.start(), beginning.excerpt(*agency.span(group)))
        return found or _bracketed(beginning)
    bracketed = _bracketed(beginning)
    if bracketed is not None:
        return bracketed
    dash = _DASH.search(beginning.text)
    if dash is None:
        return None
    return _before(beginning, dash.start(), None) or _bare(beginning, dash)


def dateline_among(lines: Sequence[Line]) -> Dateline | None:
    """The first dateline with more than a place, otherwise the only one."""
    datelines = [dateline for line in lines if (dateline := dateline_of(line))]
    full = [dateline for dateline in datelines if not dateline.is_bare]
    if full or len(datelines) == 1:
        return (full or datelines)[0]
    return None


def _bracketed(line: Line) -> Dateline | None:
    """Reads "(Dell, Texas, March 3) – ", the form of press releases."""
    found = _BRACKETED.match(line.text)
    if found is None or not line.opens or not _begins_sentence(line.text[found.end() :]):
        return None
    inside = line.excerpt(*found.span("inside"))
    date = next(dates_in(Line(inside.text, inside.span.start, True)), None)
    if date is None:
        return Dateline(inside, None, None) if _is_place_in_region(inside.text) else None
    place = line.excerpt(found.start("inside"), date.span.start - line.start)
    place = line.excerpt(
        found.start("inside"), found.start("inside") + len(place.text.rstrip(" ,–—-"))
    )
    return Dateline(place, date, None) if _PLACE.fullmatch(place.text) else None


def _begins_sentence(words: str) -> bool:
    return words[:1].isupper() or words[:1] in _OPENING_MARKS


def _bare(line: Line, dash: re.Match[str]) -> Dateline | None:
    """A place in capitals, or one with its state, and a sentence that starts after the dash."""
    place = line.excerpt(0, dash.start())
    if not line.opens or not _begins_sentence(line.text[dash.end() :]):
        return None
    if not _is_place_in_capitals(place.text) and not _is_place_in_region(place.text):
        return None
    return Dateline(place, None, None)


def _before(line: Line, end: int, agency: Excerpt | None) -> Dateline | None:
    """The dateline whose place and day fill the line up to ``end``."""
    date = next(dates_in(Line(line.text[:end], line.start, line.opens)), None)
    if date is not None:
        between = line.text[date.span.end - line.start : end]
        if between.strip(" .,") or date.value.day is None:
            return None
        end = date.span.start - line.start
    if date is None and agency is None:
        return None
    place = _place_before(line, end)
    if not place.text:
        known = agency is not None and is_agency(agency.text)
        return Dateline(None, date, agency) if known else None
    return Dateline(place, date, agency) if _is_place(place.text, agency) else None


def _place_before(line: Line, end: int) -> Excerpt:
    """The place that ends at ``end``; keeps a full stop only after an abbreviated region ("CONCORD,
    N.H.")."""
    name = line.text[:end].rstrip(" ,")
    return line.excerpt(0, len(name if "," in name else name.rstrip(" .")))


def _is_place_in_capitals(name: str) -> bool:
    """Accepts BURMA; LOS ANGELES; RANGOON, Burma; but not UPDATE or Q&A."""
    city, _, country = name.partition(",")
    return (
        len(name) <= 40
        and _PLACE.fullmatch(name) is not None
        and city.isupper()
        and len(city) > 3
        and len(city.split()) <= 3
        and city.casefold() not in words("not_places")
        and (not country or country.strip()[0].isupper())
    )


def _is_place_in_region(name: str) -> bool:
    """Accepts Dell, Texas; Dell, TX; DELL."""
    city, _, region = (part.strip() for part in name.rpartition(","))
    if not city or not _PLACE.fullmatch(name) or len(city.split()) > 3:
        return _is_place_in_capitals(name)
    return city[0].isupper() and (
        region.casefold() in words("regions") or (len(region) == 2 and region.isupper())
    )


def _is_place(name: str, agency: Excerpt | None) -> bool:
    """Places are in capitals; otherwise a known agency must show that it is one."""
    if not _PLACE.fullmatch(name):
        return False
    if name.partition(",")[0].isupper() or _is_place_in_region(name):
        return True
    return agency is not None and is_agency(agency.text) and name[0].isupper()
