"""Judging: from what was found to wording, attribution and, last of all, the label."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from service.domain import Speaker
from service.verification.comparing.chance import edges
from service.verification.comparing.claim_parts import Part, weigh
from service.verification.comparing.flags import bearing
from service.verification.comparing.matches import Claim, match_of
from service.verification.findings import (
    AttributionFinding,
    DiffOp,
    DiffPart,
    Flag,
    InText,
    Match,
    Verdict,
    Wording,
)
from service.verification.texts.words import fold_words

MOST_PART = 0.7
"""Least share of a claim's weight that pieces must cover to account for it."""
FARTHEST = 1_000
"""Most characters between two statements that "..." may join: some three paragraphs of news."""
TELLING_PART = 6.0
"""Least weight of a part that begins and ends within sentences (bench/verify.py)."""


def is_pieced(claim: Claim, parts: Sequence[Part]) -> bool:
    """Whether several parts together are most of the claim, and not by chance.

    Quotations are joined at their ends or, openly, by "..."; parts that begin and end within
    sentences must be from one statement or weigh much.
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
    """The match of the part with the largest weight."""
    weights = [weigh(part.claim, 0, len(part.claim.folded.words)) for part in parts]
    return pieces[weights.index(max(weights))]


def wording_of(
    claim: Claim, best: Match | None, pieces: Sequence[Match], in_text: InText | None
) -> Wording:
    """How the claimed words compare with what was found, in one place or in pieces."""
    if best is None:
        return Wording.IN_TEXT if in_text else Wording.ABSENT
    if not pieces:
        repaired = best.wording is Wording.VERBATIM and claim.repairs
        return Wording.TYPOGRAPHIC if repaired else best.wording
    openly = len(claim.folded.elisions) >= len(pieces) - 1
    together = len({(one.statement.source.id, one.statement.speaker) for one in pieces}) == 1
    true = all(one.wording not in (Wording.ALTERED, Wording.PARAPHRASE) for one in pieces)
    if openly and together and true and _follow(pieces):
        return Wording.ELIDED
    apart = len({one.statement.id for one in pieces}) > 1
    return Wording.PIECED if apart else Wording.ALTERED


def _follow(pieces: Sequence[Match]) -> bool:
    """Whether they are in this order, none too far after the one before."""
    gaps = [right.spans[0].start - left.spans[-1].end for left, right in pairwise(pieces)]
    return all(0 <= gap <= FARTHEST for gap in gaps)


_BY_WEIGHT = (
    AttributionFinding.OTHER_SPEAKER,
    AttributionFinding.UNRESOLVED,
    AttributionFinding.AS_CLAIMED,
    AttributionFinding.NOT_CLAIMED,
)


def attribution_of(claim: Claim, best: Match | None, pieces: Sequence[Match]) -> AttributionFinding:
    """The attribution of the best match; of a pieced quotation all pieces must be the speaker's."""
    if pieces:
        return min((one.attribution for one in pieces), key=_BY_WEIGHT.index)
    if best is not None:
        return best.attribution
    nobody = claim.claimant is None
    return AttributionFinding.NOT_CLAIMED if nobody else AttributionFinding.UNRESOLVED


def did_you_mean(
    claim: Claim, attribution: AttributionFinding, best: Match | None
) -> tuple[Speaker, ...]:
    """Candidates for the claimed speaker if the attribution is unclear."""
    if claim.claimant is None or attribution is not AttributionFinding.UNRESOLVED:
        return ()
    return claim.claimant.did_you_mean(best.statement if best else None)


def verdict_of(
    wording: Wording, attribution: AttributionFinding, matches: Sequence[Match]
) -> Verdict:
    """The label. Omitting a "not" from a clause is an alteration, however openly; a pieced
    quotation is pieced even if some of its words are somebody else's.
    """
    if any(match.statement.denied for match in matches):
        return Verdict.DENIED
    if wording in (Wording.ABSENT, Wording.IN_TEXT):
        return Verdict.NOT_FOUND
    if wording is Wording.PIECED and not all(_is_anothers(one) for one in matches):
        return Verdict.PIECED
    if attribution is AttributionFinding.OTHER_SPEAKER:
        return Verdict.MISATTRIBUTED
    altered = wording in (Wording.ALTERED, Wording.PARAPHRASE)
    if altered or any(_turned(part) for match in matches for part in match.diff):
        return Verdict.ALTERED
    return Verdict.VERBATIM


def _is_anothers(match: Match) -> bool:
    return match.attribution is AttributionFinding.OTHER_SPEAKER


_CLAUSE_MARK = re.compile(r"[,;:.!?—–…]")


def _turned(part: DiffPart) -> bool:
    """Whether openly omitted words are part of one clause and negate it."""
    if part.op is not DiffOp.DELETE or _CLAUSE_MARK.search(part.found):
        return False
    return Flag.NEGATION in bearing(fold_words(part.found).words)


def normalizations_of(claim: Claim, matches: Iterable[Match]) -> tuple[str, ...]:
    """The claim's repairs and the matches' normalizations, each once."""
    names = [*claim.repairs, *(name for one in matches for name in one.normalizations)]
    return tuple(dict.fromkeys(names))
