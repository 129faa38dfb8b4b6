"""In brief: shortens comparisons and quotations for pages of limited length."""

from collections.abc import Iterable

from service.domain import ELLIPSIS
from service.reports.facts import Side, Stretch, compared
from service.verification.findings import DiffPart

LONGEST_SAME, LONGEST_CHANGE, MOST_STRETCHES = 400, 1_500, 120
"""Limits of a comparison, in characters and stretches: common text is cut short, a change only if
longer than anybody reads."""


def in_brief(diff: Iterable[DiffPart]) -> list[Stretch]:
    """The stretches of ``facts.compared``, shortened."""
    stretches = [
        Stretch(one.side, ends(one.text, LONGEST_SAME if one.side is Side.BOTH else LONGEST_CHANGE))
        for one in compared(diff)
    ]
    return stretches[:MOST_STRETCHES]


def ends(text: str, longest: int) -> str:
    """``text``, or the beginning and the end of a text that is too long.

    >>> ends("We will never give up", 8)
    'We w […] e up'
    """
    half = longest // 2
    return text if len(text) <= longest else text[:half] + ELLIPSIS + text[-half:]
