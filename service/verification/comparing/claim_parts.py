"""Parts of a claim, each compared with a statement of its own."""

from dataclasses import dataclass

from service.verification.comparing.comparison import Comparison, weight
from service.verification.comparing.matches import Claim


@dataclass(frozen=True, slots=True)
class Part:
    """Claimed words from ``first`` up to ``last``, found in a statement of their own."""

    first: int
    last: int
    claim: Claim
    comparison: Comparison


def weigh(claim: Claim, first: int, last: int) -> float:
    """Weight of the claimed words from ``first`` up to ``last``: informative words count most."""
    return sum(map(weight, claim.folded.words[first:last]))
