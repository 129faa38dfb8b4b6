"""Judging: from what was found to wording, attribution and, last of all, the label."""

from collections.abc import Sequence
from dataclasses import replace

from service.verification.findings import AttributionFinding, Flag, Match, Verdict, Wording
from service.verification.matches import Claim, match_of
from service.verification.pieces import Part, weigh

MOST_PART = 0.7
"""Of a claim's telling words: pieces that have fewer are no account of it."""


def is_pieced(claim: Claim, parts: Sequence[Part]) -> bool:
    """Whether several parts together are most of the claim."""
    covered = sum(weigh(claim, part.first, part.last) for part in parts)
    return len(parts) > 1 and covered >= MOST_PART * weigh(claim, 0, len(claim.folded.words))


def piece_of(part: Part, claim: Claim) -> Match:
    match = match_of(part.claim, part.comparison)
    flags = {Flag.PIECED, *match.flags}
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


def verdict_of(wording: Wording, attribution: AttributionFinding) -> Verdict:
    if wording is Wording.ABSENT:
        return Verdict.NOT_FOUND
    if attribution is AttributionFinding.OTHER_SPEAKER:
        return Verdict.MISATTRIBUTED
    if wording in (Wording.ALTERED, Wording.PARAPHRASE):
        return Verdict.ALTERED
    return Verdict.VERBATIM


def normalizations_of(best: Match | None, pieces: Sequence[Match]) -> tuple[str, ...]:
    matches = pieces or ([best] if best else [])
    return tuple(dict.fromkeys(name for one in matches for name in one.normalizations))
