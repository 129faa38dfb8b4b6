"""Dates in words, as precise as they are known."""

import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_DATE = re.compile(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?")


def in_words(date: str) -> str:
    """
    >>> in_words("2022-02-03"), in_words("2022-02"), in_words("2022"), in_words("--02-03")
    ('3 February 2022', 'February 2022', '2022', '3 February, no year given')
    """
    found = _DATE.fullmatch(date)
    if found is None:
        return date
    year, month, day = found.groups()
    parts = [str(int(day))] if day else []
    parts += [MONTHS[int(month) - 1]] if month else []
    if year == "-":
        return f"{' '.join(parts)}, no year given"
    return " ".join([*parts, year])
