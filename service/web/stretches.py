"""Stretches: a statement's words, cut wherever what is to be marked begins or ends.

Of a statement that is quoted in part a page tells the speaker's own words from the reporter's; of
one that was searched for, the words that were found.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from service.domain import ELLIPSIS


class Stretch(NamedTuple):
    """``kind`` is "own" for the speaker's words, "told" for the reporter's."""

    text: str
    kind: str
    found: bool


Range = tuple[int, int]


def statement_stretches(statement: Mapping[str, Any], longest: int) -> list[Stretch]:
    """The first ``longest`` characters of a statement as JSON has it, and "…" where there is more.

    >>> shown = {"form": "direct", "text": "No more war", "highlights": [{"start": 3, "end": 7}]}
    >>> [(one.text, one.found) for one in statement_stretches(shown, 9)]
    [('No ', False), ('more', True), (' w', False), ('…', False)]
    """
    text, form = statement["text"], statement["form"]
    found = [(one["start"], one["end"]) for one in statement.get("highlights", ())]
    cut = text if len(text) <= longest else text[:longest]
    kind = "own" if form == "direct" else "told"
    more = [Stretch("…", kind, False)] if cut is not text else []
    if form != "mixed" and not found:
        return [Stretch(cut, kind, False), *more]
    quoted = list(_quoted_ranges(statement)) if form == "mixed" else []
    edges = {0, len(cut), *(edge for one in (*quoted, *found) for edge in one if edge < len(cut))}
    return [
        Stretch(cut[start:end], "own" if _within(start, quoted) else kind, _within(start, found))
        for start, end in pairwise(sorted(edges))
    ] + more


def _quoted_ranges(statement: Mapping[str, Any]) -> Iterator[Range]:
    """Where the quoted words are in the statement's text, whose pieces ELLIPSIS joins."""
    begin = 0
    for piece in statement["spans"]:
        for quoted in statement["quoted"]:
            start, end = max(quoted["start"], piece["start"]), min(quoted["end"], piece["end"])
            if start < end:
                yield begin + start - piece["start"], begin + end - piece["start"]
        begin += piece["end"] - piece["start"] + len(ELLIPSIS)


def _within(place: int, ranges: Iterable[Range]) -> bool:
    return any(start <= place < end for start, end in ranges)
