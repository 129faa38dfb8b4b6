"""Front matter: what a text says of itself, each value with the span it was read from.

Joins the modules for single lines: headings, datelines, mastheads, bylines, links. A date without a
year takes it only from another date that agrees; a weekday, or a date in running prose, is not the
day of publication.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import attrgetter

from service.domain import Attested, Excerpt, PartialDate, Provenance, Span
from service.reading.bylines import LONGEST, Byline, bare_byline_of, byline_of
from service.reading.datelines import Dateline, dateline_among, dateline_of
from service.reading.dates import WrittenDate, dates_in
from service.reading.headings import publisher_in, title_in
from service.reading.language import language_of
from service.reading.lines import Line, lines_of
from service.reading.links import author_page_host, links_in
from service.reading.mastheads import Masthead, masthead_of

_TOP = 15
"""Lines at the top among which masthead and byline are."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    title: Attested[str] | None
    publisher: Attested[str] | None
    published: Attested[PartialDate] | None
    place: Attested[str] | None
    language: Attested[str] | None
    authors: tuple[Attested[str], ...]
    editors: tuple[Attested[str], ...]
    urls: tuple[Attested[str], ...]


def front_matter_of(text: str, declared: Collection[str] = ()) -> FrontMatter:
    """What ``text`` says about itself, in time linear in its length.

    Title, publisher and language are not looked for if ``declared``.
    """
    lines = lines_of(text)
    top = _Top.of(lines, text)
    bylines = [*top.bylines, *_labelled_bylines(lines[top.length :])]
    return FrontMatter(
        title=None if "title" in declared else _inferred(title_in(lines)),
        publisher=(None if "publisher" in declared else _inferred(_publisher(top, bylines, lines))),
        published=_published(top, bylines),
        place=_inferred(top.dateline.place if top.dateline else None),
        language=None if "language" in declared else _language(text),
        authors=_each_once(name for byline in bylines for name in byline.authors),
        editors=_each_once(name for byline in bylines for name in byline.editors),
        urls=_each_once(links_in(text)),
    )


@dataclass(frozen=True, slots=True)
class _Top:
    """The lines above the report, and its dateline."""

    length: int
    lines: Sequence[Line]
    mastheads: tuple[Masthead, ...]
    bylines: tuple[Byline, ...]
    dateline: Dateline | None

    @classmethod
    def of(cls, lines: Sequence[Line], text: str) -> "_Top":
        first = lines[:_TOP]
        above = list(takewhile(_may_be_above, first))
        return cls(
            length=len(above),
            lines=above,
            mastheads=tuple(masthead for line in above if (masthead := masthead_of(line))),
            bylines=tuple(_bylines_in(above, text)),
            dateline=dateline_among(first),
        )


def _bylines_in(above: Sequence[Line], text: str) -> Iterator[Byline]:
    """The bylines of the lines above the report; the first line may be a title that is a name."""
    for at, line in enumerate(above):
        byline = byline_of(line) or (bare_byline_of(line, text) if at else None)
        if byline is not None:
            yield byline


def _may_be_above(line: Line) -> bool:
    return len(line.text) <= LONGEST and dateline_of(line) is None


def _labelled_bylines(lines: Iterable[Line]) -> Iterator[Byline]:
    """Within and below the text only a byline with an explicit label counts."""
    for line in lines:
        byline = byline_of(line)
        if byline is not None and byline.labelled:
            yield byline


def _publisher(top: _Top, bylines: Iterable[Byline], lines: Sequence[Line]) -> Excerpt | None:
    """The agency of masthead, dateline or byline; otherwise the publisher after the title;
    otherwise the host of the author's page."""
    named = [masthead.agency for masthead in top.mastheads]
    named.append(top.dateline.agency if top.dateline else None)
    named.extend(byline.agency for byline in bylines)
    named.append(publisher_in(lines))
    return next((agency for agency in named if agency), None) or author_page_host(lines)


def _published(top: _Top, bylines: Iterable[Byline]) -> Attested[PartialDate] | None:
    """A complete date if there is one; the masthead's before the byline's."""
    mastheads = sorted(top.mastheads, key=attrgetter("changed"))
    dates = [date for masthead in mastheads for date in masthead.dates]
    dates.extend(date for byline in bylines for date in byline.dates)
    if top.dateline and top.dateline.date:
        dates.extend(_agreeing(top.dateline.date, top.lines))
        dates.append(top.dateline.date)
    if not dates:
        return None
    best = min(dates, key=_vagueness)
    return Attested(best.value, Provenance.INFERRED, best.span)


def _vagueness(date: WrittenDate) -> int:
    """0 for a complete date, 1 for month and year, 2 for a day without a year."""
    if date.value.year is None:
        return 2
    return 0 if date.value.day else 1


def _agreeing(date: WrittenDate, lines: Iterable[Line]) -> Iterator[WrittenDate]:
    """Dates above the report with the same day and a year."""
    for line in lines:
        for other in dates_in(line):
            same_day = (other.value.month, other.value.day) == (date.value.month, date.value.day)
            if same_day and other.value.year is not None:
                yield other


def _language(text: str) -> Attested[str] | None:
    code = language_of(text)
    return None if code is None else Attested(code, Provenance.INFERRED, Span(0, len(text)))


def _inferred(excerpt: Excerpt | None) -> Attested[str] | None:
    return None if excerpt is None else Attested(excerpt.text, Provenance.INFERRED, excerpt.span)


def _each_once(excerpts: Iterable[Excerpt]) -> tuple[Attested[str], ...]:
    first: dict[str, Excerpt] = {}
    for excerpt in excerpts:
        first.setdefault(excerpt.text, excerpt)
    return tuple(Attested(e.text, Provenance.INFERRED, e.span) for e in first.values())
