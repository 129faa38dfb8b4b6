"""Judging: from what was found to wording, attribution and, last of all, the label."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.verification.chance import edges
from service.verification.findings import (
    AttributionFinding,
    DiffOp,
    DiffPart,
    Flag,
    Match,
    Verdict,
    Wording,
)
from service.verification.flags import bearing
from service.verification.matches import Claim, match_of
from service.verification.pieces import Part, weigh
from service.verification.words import fold_words

MOST_PART = 0.7
"""Of a claim's telling words: pieces that have fewer are no account of it."""
TELLING_PART = 6.0
"""Telling words of a part that begins and ends within sentences (bench/verify.py)."""


def is_pieced(claim: Claim, parts: Sequence[Part]) -> bool:
    """Whether several parts together are most of the claim, and no chance.

    Quotations are joined where they end or, openly, by "..."; parts that begin and end within
    sentences must be of one statement or tell much.
    """
    weights = [weigh(claim, part.first, part.last) for part in parts]
    if len(parts) < 2 or sum(weights) < MOST_PART * weigh(claim, 0, len(claim.folded.words)):
        return False
    ends = sum(edges(part.comparison) for part in parts)
    if claim.folded.elisions or ends >= len(parts) or min(weights) >= TELLING_PART:
        return True
    return len(_statements(parts)) == 1


def pieces_of(parts: Sequence[Part]) -> tuple[Match, ...]:
    """Each part as a match; parts of one statement are words in another order."""
    flag = Flag.PIECED if len(_statements(parts)) > 1 else Flag.ORDER
    return tuple(_piece(part, flag) for part in parts)


def _statements(parts: Iterable[Part]) -> set[str]:
    return {part.comparison.passage.statement.id for part in parts}


def _piece(part: Part, flag: Flag) -> Match:
    match = match_of(part.claim, part.comparison)
    flags = {flag, *match.flags}
    return replace(match, flags=tuple(flag for flag in Flag if flag in flags))


def heaviest(parts: Sequence[Part], pieces: Sequence[Match]) -> Match:
    weights = [weigh(part.claim, 0, len(part.claim.folded.words)) for part in parts]
    return pieces[weights.index(max(weights))]


def wording_of(claim: Claim, best: Match | None, pieces: Sequence[Match]) -> Wording:
    if best is None:
        return Wording.ABSENT
    if not pieces:
        return best.wording
    in_order = [(one.statement.source.id, one.spans[0]) for one in pieces]
    openly = len(claim.folded.elisions) >= len(pieces) - 1 and in_order == sorted(in_order)
    together = len({(one.statement.source.id, one.statement.speaker) for one in pieces}) == 1
    true = all(one.wording not in (Wording.ALTERED, Wording.PARAPHRASE) for one in pieces)
    return Wording.ELIDED if openly and together and true else Wording.ALTERED


_BY_WEIGHT = (
    AttributionFinding.OTHER_SPEAKER,
    AttributionFinding.UNRESOLVED,
    AttributionFinding.AS_CLAIMED,
    AttributionFinding.NOT_CLAIMED,
)


def attribution_of(claim: Claim, best: Match | None, pieces: Sequence[Match]) -> AttributionFinding:
    """Of a pieced quotation all pieces must be the speaker's."""
    if pieces:
        return min((one.attribution for one in pieces), key=_BY_WEIGHT.index)
    if best is not None:
        return best.attribution
    nobody = claim.speaker is None
    return AttributionFinding.NOT_CLAIMED if nobody else AttributionFinding.UNRESOLVED


def verdict_of(
    wording: Wording, attribution: AttributionFinding, matches: Iterable[Match]
) -> Verdict:
    """What leaves a "not" out of a clause is altered, however openly it does."""
    if wording is Wording.ABSENT:
        return Verdict.NOT_FOUND
    if attribution is AttributionFinding.OTHER_SPEAKER:
        return Verdict.MISATTRIBUTED
    altered = wording in (Wording.ALTERED, Wording.PARAPHRASE)
    if altered or any(_turned(part) for match in matches for part in match.diff):
        return Verdict.ALTERED
    return Verdict.VERBATIM


_CLAUSE_MARK = re.compile(r"[,;:.!?—–…]")


def _turned(part: DiffPart) -> bool:
    """Whether the words left out openly are part of one clause and negate it."""
    if part.op is not DiffOp.DELETE or _CLAUSE_MARK.search(part.found):
        return False
    return Flag.NEGATION in bearing(fold_words(part.found).words)


def normalizations_of(matches: Iterable[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in matches for name in one.normalizations))
