"""Days: parses the date in a metadata field, however it is written.

Of a date and time the date is kept in the given time zone. An ambiguous date is rejected:
03/04/2024 is in March or in April.
"""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from service.domain import PartialDate

_ISO = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?!\d)(?:T?\d{4,6}Z?)?")
_SLASHED = re.compile(r"\s*(\d{4})/(\d\d?)/(\d\d?)(?!\d)")
_MONTH_FIRST = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([A-Z][a-z]{2,8})\.?,? (\d{4})\b")

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}

LONGEST = 100
"""Characters; a longer string is not a date."""

OLDEST = 1600
"""The first newspapers appeared in 1605; 0001 and 1970-01-01 mean that no date is known."""


def day_of(written: str) -> PartialDate | None:
    """
    >>> [str(day_of(one)) for one in ("2024-01-03T23:30:00-05:00", "20240103T101500Z")]
    ['2024-01-03', '2024-01-03']
    >>> [str(day_of(one)) for one in ("Wed, 03 Jan 2024 10:00 GMT", "Published January 3, 2024")]
    ['2024-01-03', '2024-01-03']
    """
    if len(written) > LONGEST:
        return None
    for pattern in (_ISO, _COMPACT, _SLASHED):
        if found := pattern.match(written):
            return _day(*map(int, found.groups()))
    return _in_words(written)


def moment_of(written: str) -> datetime | None:
    """The moment, if it is written in ISO 8601 with its time zone.

    >>> moment_of("2025-03-05T08:30:00Z") == moment_of("2025-03-04T22:30:00-10:00")
    True
    """
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _in_words(written: str) -> PartialDate | None:
    if found := _MONTH_FIRST.search(written):
        return _day(int(found[3]), _MONTHS.get(found[1][:3].lower(), 0), int(found[2]))
    if found := _DAY_FIRST.search(written):
        return _day(int(found[3]), _MONTHS.get(found[2][:3].lower(), 0), int(found[1]))
    try:
        sent: datetime = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _day(sent.year, sent.month, sent.day)


def _day(year: int, month: int, day: int) -> PartialDate | None:
    try:
        found = PartialDate(year, month, day)
    except ValueError:
        return None
    return found if year >= OLDEST and (year, month, day) != (1970, 1, 1) else None
