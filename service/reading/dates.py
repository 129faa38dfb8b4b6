"""Dates as English newspapers write them, with the precision they are written in.

"February 3" has no year and is given none. "02/03/2022" is not accepted: it is a date in February
in America and in March elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain import PartialDate, Span
from service.reading.lines import Line

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

_DATE = re.compile(
    rf"""(?<![\w:/-])(?<!\d[.,])(?:
        (?P<iso>{_YEAR}-\d\d-\d\d)
      | (?P<day>{_DAY})\ +(?:of\ +)?(?P<month>{_MONTH}) (?:,?\ +(?P<year>{_YEAR}))?
      | (?P<month_first>{_MONTH})\ *(?P<day_second>{_DAY})(?!\d) (?:,?\ +(?P<year_last>{_YEAR}))?
      | (?P<month_only>{_MONTH})\ +(?P<its_year>{_YEAR})
    )(?:(?![\w/-])|(?=T\d\d:\d\d))""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    value: PartialDate
    span: Span


def dates_in(line: Line) -> Iterator[WrittenDate]:
    """The dates on the line that exist ("February 30" does not), in reading order.

    >>> [str(date.value) for date in dates_in(Line("Sept. 19 and 3 February 2022", 0, True))]
    ['--09-19', '2022-02-03']
    """
    for match in _DATE.finditer(line.text.replace("\N{NO-BREAK SPACE}", " ")):
        try:
            value = _date_of(match)
        except ValueError:
            continue
        yield WrittenDate(value, Span(line.start + match.start(), line.start + match.end()))


def _date_of(match: re.Match[str]) -> PartialDate:
    part = match.groupdict()
    if part["iso"]:
        return PartialDate.parse(part["iso"])
    month = part["month"] or part["month_first"] or part["month_only"]
    day = part["day"] or part["day_second"]
    year = part["year"] or part["year_last"] or part["its_year"]
    return PartialDate(
        int(year) if year else None,
        _month_number(month),
        int(re.sub(r"\D", "", day)) if day else None,
    )


def _month_number(written: str) -> int:
    """The month's number: three letters distinguish all months."""
    return next(
        number
        for number, name in enumerate(_MONTHS, start=1)
        if name.startswith(written[:3].lower())
    )
