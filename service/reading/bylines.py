"""Bylines: authors and editors on a line of their own.

    By JANE DOE and John Roe
    Written by D. Michael DeRidder on May 16, 2024
    May 16, 2024 7:37 PM by Jane Doe
    (Reporting by Jane Doe in Paris; editing by John Roe)
    (Web editor: Zhang Kaiwei, Liang Jun)
    Jane Doe and John Roe, Political Correspondents

Names are recognised by their shape: "By the river" and "By Staff Writer" name nobody.
"""

import re
from dataclasses import dataclass

from service.domain import Excerpt, Span
from service.names.folding import fold_name
from service.names.lexicon import lexicon
from service.reading.dates import WrittenDate, dates_in
from service.reading.lexicon import is_agency, words
from service.reading.lines import Line

LONGEST = 300
"""Characters; a longer line is prose."""

_WORK = r"(?:written|posted|published|reported|reporting|writing|report|story|words)"
_AUTHORS = rf"(?:{_WORK} (?:and {_WORK} )?)?by"
_EDITORS = r"(?:(?:web|copy|news|managing) )?(?:editors? ?:|edit(?:ed|ing) by)"
_OPENING = re.compile(
    rf"\(?\s*(?:additional )?(?:(?P<authors>{_AUTHORS})|(?P<editors>{_EDITORS}))\s*:?\s+",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(
    r"[\s,|·–—-]*(?:(?:at )?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?)?[\s,|·–—-]*(?=by )", re.I
)
"""Between a day and "by": "Sep 22, 2012 7:37 PM by Jane Doe"."""
_PART = r"(?![a-z])[^\W\d_][\w.’'-]*"
_NAME = rf"{_PART}(?: (?:(?:van|von|de|der|den|da|dos|di|bin|al|el|la|le) )*{_PART}){{1,3}}?"
_JOB = (
    r"(?:correspondent|reporter|editor|writer|journalist|columnist|critic|contributor|producer"
    r"|photographer|bureau|staff)s?"
)
_REST = r"[^.!?;“”\"]{0,60}"
"""The rest of a line that is not a sentence."""
_TAIL = (
    rf"(?:(?P<job>,? (?:[A-Z][\w’'&-]* |and |for |[a-z]+ ){{0,4}}(?i:{_JOB})\b{_REST}"
    rf"|,? (?:in|at) [A-Z]{_REST}| [|•·–—] {_REST}| and (?:staff|agencies|wires)\b{_REST})"
    r"|, [A-Z][^.;:!?]{1,40})?"
)
_JOINED = rf"(?:, | and | & ){_NAME}"
_BARE = tuple(
    re.compile(rf"(?P<names>{_NAME}(?:{_JOINED}){several}){_TAIL}") for several in ("{0,3}", "{0}")
)
"""Several names, or one with a place or a desk after the comma."""
_CLAUSE_END = re.compile(r"\s*[;)]\s*")
_BETWEEN_NAMES = re.compile(r"\s*[,&]\s*(?:and\s+)?|\s+and\s+")
_AFTER_NAMES = re.compile(r"\s*[|•·/–—(]|\s+(?:on|in|at|for|from|with|of)\s|\s+-\s|\s{2,}")


@dataclass(frozen=True, slots=True)
class Byline:
    """The authors and editors a line names.

    ``labelled`` distinguishes "Written by" and "Editing by" from a bare "By", which counts only at
    the top. ``agency`` is an agency given with a name: "By Jane Doe, CNN".
    """

    labelled: bool
    authors: tuple[Excerpt, ...]
    editors: tuple[Excerpt, ...]
    agency: Excerpt | None
    dates: tuple[WrittenDate, ...]


def byline_of(line: Line) -> Byline | None:
    """The byline on the line, perhaps after the day; None if it is not one."""
    if len(line.text) > LONGEST:
        return None
    dates = tuple(dates_in(line))
    line = _after_date(line, dates)
    if not _OPENING.match(line.text):
        return None
    authors: list[Excerpt] = []
    editors: list[Excerpt] = []
    agencies: list[Excerpt] = []
    labelled = False
    for opening, names in _clauses(line):
        (authors if opening["authors"] else editors).extend(e for e in names if is_name(e.text))
        agencies.extend(name for name in names if is_agency(name.text))
        labelled |= (opening["authors"] or "").casefold() != "by"
    if not authors and not editors and not agencies:
        return None
    agency = agencies[0] if agencies else None
    return Byline(labelled, tuple(authors), tuple(editors), agency, dates)


def _after_date(line: Line, dates: tuple[WrittenDate, ...]) -> Line:
    """The line without a day at its beginning, if "by" follows."""
    if not dates or dates[0].span.start != line.start:
        return line
    after = _AFTER_DATE.match(line.text, len(dates[0].span))
    if after is None:
        return line
    return Line(line.text[after.end() :], line.start + after.end(), line.opens)


def bare_byline_of(line: Line, text: str) -> Byline | None:
    """The byline without "By" on the line, of people with known first names: their job, place or
    desk follows, or ``text`` has their surnames nowhere else.
    """
    if len(line.text) > LONGEST:
        return None
    for pattern in _BARE:
        found = pattern.fullmatch(line.text.strip())
        names = [] if found is None else _split(line, found["names"])
        known = "" if found is not None and found["job"] else text
        if names and all(_is_authors(name.text, known) for name in names):
            return Byline(False, tuple(names), (), None, tuple(dates_in(line)))
    return None


def _split(line: Line, joined: str) -> list[Excerpt]:
    start, names = line.text.index(joined), []
    stop = start + len(joined)
    while start < stop:
        between = _BETWEEN_NAMES.search(line.text, start, stop)
        names.append(line.excerpt(start, between.start() if between else stop))
        start = between.end() if between else stop
    return names


def _is_authors(name: str, text: str) -> bool:
    """Whether the name has a known first name, and ``text`` its surname once at most."""
    first, last = name.split()[0], name.split()[-1]
    once = text.casefold().count(last.casefold()) <= 1
    return is_name(name) and fold_name(first) in lexicon().first_names and once


def is_name(name: str) -> bool:
    """Whether ``name`` has the shape of a person's name in Latin, Greek or Cyrillic letters.

    >>> is_name("D. Michael DeRidder"), is_name("Staff Writer"), is_name("the river")
    (True, False, False)
    """
    parts = name.split()
    return (
        2 <= len(parts) <= 5
        and all(_is_name_part(part) for part in parts)
        and words("not_names").isdisjoint(part.casefold().strip(".") for part in parts)
        and any(len(part) > 2 for part in parts)
        and parts[-1] not in words("name_particles")
    )


def _is_name_part(part: str) -> bool:
    if part in words("name_particles"):
        return True
    return part[0].isupper() and all(c.isalpha() or c in ".'’-" for c in part)


def _clauses(line: Line) -> list[tuple[re.Match[str], list[Excerpt]]]:
    clauses = []
    position = 0
    while opening := _OPENING.match(line.text, position):
        end = _CLAUSE_END.search(line.text, opening.end())
        stop = end.start() if end else len(line.text)
        clauses.append((opening, _names_between(line, opening.end(), stop)))
        if end is None:
            break
        position = end.end()
    return clauses


def _names_between(line: Line, start: int, stop: int) -> list[Excerpt]:
    """The names and agencies listed from ``start``, up to the first words that are neither."""
    after = _AFTER_NAMES.search(line.text, start, stop)
    stop = after.start() if after else stop
    names = []
    while start < stop:
        between = _BETWEEN_NAMES.search(line.text, start, stop)
        name = _without_full_stop(line.excerpt(start, between.start() if between else stop))
        if not is_name(name.text) and not is_agency(name.text):
            break
        names.append(name)
        start = between.end() if between else stop
    return names


def _without_full_stop(name: Excerpt) -> Excerpt:
    text = name.text.rstrip(".")
    return Excerpt(text, Span(name.span.start, name.span.start + len(text)))
