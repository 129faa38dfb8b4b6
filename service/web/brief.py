"""In brief: comparisons and quotations for a page that may not be long."""

from collections.abc import Iterable

from service.domain import ELLIPSIS
from service.reports.facts import Side, Stretch, compared
from service.verification.findings import DiffPart

LONGEST_SAME, LONGEST_CHANGE, MOST_STRETCHES = 400, 1_500, 120
"""Of a comparison: what both have in common is cut short, a change only where it is longer than
anybody reads."""


def in_brief(diff: Iterable[DiffPart]) -> list[Stretch]:
    """As ``facts.compared``, cut."""
    stretches = [
        Stretch(one.side, ends(one.text, LONGEST_SAME if one.side is Side.BOTH else LONGEST_CHANGE))
        for one in compared(diff)
    ]
    return stretches[:MOST_STRETCHES]


def ends(text: str, longest: int) -> str:
    """The beginning and the end of what is longer.

    >>> ends("We will never give up", 8)
    'We w […] e up'
    """
    half = longest // 2
    return text if len(text) <= longest else text[:half] + ELLIPSIS + text[-half:]
