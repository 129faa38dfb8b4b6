"""Origins: which mentions of a quotation derive from the same text.

Reprints and wire copies share the text around the quotation, independent reports do not; if
somebody has rewritten that, reprints still share the rest of their text. Runs of words (shingles,
Broder 1997) are compared; a mention is compared only with the first holders of its own shingles, so
that the work grows with the number of mentions, not with its square.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from service.deadline import in_time
from service.domain import Statement

_WORD = re.compile(r"[^\W_]+")
SHINGLE = 4
"""Words: three are a phrase that two reporters may share ("he told reporters")."""
SHARED = 0.5
"""Least share of the shingles of the mention with fewer; cut copies keep most of the nearest
text.
"""
FEWEST = 4
"""Least number of shingles; fewer show nothing."""
HOLDERS = 8
"""Most origins compared per shingle; a run of words that more have is a formula."""

Shingles = frozenset[tuple[str, ...]]


def origins_of(
    statements: Iterable[Statement], reprinted: Mapping[str, str] = MappingProxyType({})
) -> list[int]:
    """The number of each statement's origin, from 1 in the order given.

    Mentions in one source have one origin, and so have those in a source and in one of which it is
    ``reprinted``. The texts before and after are compared separately: a copy may begin or end at
    the quotation.
    """
    several = list(statements)
    if len(several) == 1:
        return [1]
    origins: list[int] = []
    of_source: dict[str | None, int] = {}
    sides: list[tuple[Shingles, Shingles]] = []
    holders: dict[tuple[int, tuple[str, ...]], list[int]] = {}
    for statement in in_time(several):
        context = statement.context
        around = (_shingles(context.before), _shingles(context.after))
        source = statement.source.id
        origin = of_source.get(source, of_source.get(reprinted.get(source)))
        if origin is None:
            origin = _shared(around, sides, holders)
        if origin is None:
            origin = len(sides)
            sides.append(around)
            for side, shingles in enumerate(around):
                for shingle in shingles:
                    holding = holders.setdefault((side, shingle), [])
                    if len(holding) < HOLDERS:
                        holding.append(origin)
        of_source[source] = origin
        origins.append(origin + 1)
    return origins


def _shingles(text: str) -> Shingles:
    words = _WORD.findall(text.casefold())
    return frozenset(zip(*(words[k:] for k in range(SHINGLE)), strict=False))


def _shared(
    around: tuple[Shingles, Shingles],
    sides: Sequence[tuple[Shingles, Shingles]],
    holders: dict[tuple[int, tuple[str, ...]], list[int]],
) -> int | None:
    """The first origin that shares most of the text before or after, or None."""
    for side, shingles in enumerate(around):
        counts = Counter(
            origin for shingle in shingles for origin in holders.get((side, shingle), ())
        )
        for origin, count in sorted(counts.items()):
            smaller = min(len(shingles), len(sides[origin][side]))
            if smaller >= FEWEST and count >= SHARED * smaller:
                return origin
    return None
