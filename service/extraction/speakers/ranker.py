"""Ranker: of those whom a pronoun or a description may mean, the likeliest, or nobody.

Weighs signs (signs.py) together with what the network makes of the mention and of each name
(states.py). The weights are learned by training/ranking from mentions that people read; the pairing
of a mention with a candidate's occurrences follows Lee et al. 2017 ("End-to-end Neural Coreference
Resolution"), with nobody as a candidate of its own. Chances of all of them sum to 1.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.domain import Span
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.signs import Choice, Contender
from service.extraction.states import States

Floats = npt.NDArray[np.float32]

CONFIRMED = 0.6
"""Whom the rules mean is kept with this chance, else nobody is named."""
OVERRULED, DESCRIBED = 0.8, 0.95
"""So sure it must be to name another one for a pronoun than the rules do, and to name somebody for
a description where they name nobody; whom they mean by a description is never exchanged. On 1,088
mentions of 200 articles that were not learned from, .844 are right so and .062 wrong; by the rules
alone .838 and .121, by one chance of .6 for all .841 and .085."""


class Chance(NamedTuple):
    figure: Figure
    chance: float
    antecedent: Span | None
    by_rule: bool


class Ranker:
    """``weights``: two layers each for pairs, signs and nobody, by name."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._weights = weights

    def chances(self, choice: Choice, states: States) -> list[Chance] | None:
        """The likeliest first, nobody left out; None where the network kept no state of the
        mention."""
        mention = states.of_mention(choice.mention.span)
        if mention is None:
            return None
        signs = np.array([one.signs for one in choice.candidates], np.float32)
        circumstances = np.array(choice.circumstances, np.float32)
        nobody = self._layers("nobody", np.concatenate([circumstances, mention])[None])
        scores = np.zeros(0, np.float32)
        if len(signs):
            scores = self._layers("signs", signs) + signs @ self._weights["linear"]
            scores = scores + self._paired(choice, mention, states)
        every = np.concatenate([nobody, scores]).astype(np.float64)
        every = np.exp(every - every.max())
        likely = (every / every.sum())[1:]
        found = [
            Chance(one.figure, float(chance), _antecedent(one), one.signs.by_rule > 0)
            for one, chance in zip(choice.candidates, likely, strict=True)
        ]
        return sorted(found, key=lambda one: -one.chance)

    def _paired(self, choice: Choice, mention: Floats, states: States) -> Floats:
        """What the network says for each candidate: over its occurrences, the logarithm of the sum
        of what speaks for each."""
        rows: list[Floats] = []
        owners: list[int] = []
        position = choice.mention.span.start
        for at, candidate in enumerate(choice.candidates):
            for occurrence in candidate.occurrences:
                name = states.of_name(occurrence.span)
                if name is not None:
                    beside = np.array(occurrence.signs(position), np.float32)
                    rows.append(np.concatenate([mention, name, mention * name, beside]))
                    owners.append(at)
        paired = np.zeros(len(choice.candidates), np.float32)
        if rows:
            scores = self._layers("pairs", np.array(rows))
            for at in set(owners):
                paired[at] = np.logaddexp.reduce(scores[np.equal(owners, at)])
        return paired

    def _layers(self, name: str, x: npt.NDArray[np.floating]) -> Floats:
        hidden = x @ self._weights[f"{name}.wide"] + self._weights[f"{name}.wide_bias"]
        scores: Floats = (
            np.maximum(hidden, 0) @ self._weights[f"{name}.narrow"]
            + self._weights[f"{name}.narrow_bias"]
        )
        return scores


def _antecedent(candidate: Contender) -> Span | None:
    return candidate.occurrences[0].span if candidate.occurrences else None


@cache
def open_ranker() -> Ranker:
    """The weights of this package, read once."""
    path = resources.files(__package__) / "ranker.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return Ranker({name: stored[name] for name in stored.files})


def likeliest(choice: Choice, chances: Sequence[Chance]) -> Chance | None:
    """Whom it means, if that is likely enough; a wrong name is worse than none."""
    if not chances:
        return None
    best, described = chances[0], choice.circumstances.description > 0
    by_rule = next((one for one in chances if one.by_rule), None)
    exchangeable = best is not by_rule and not (described and by_rule)
    if exchangeable and best.chance >= (DESCRIBED if described else OVERRULED):
        return best
    return by_rule if by_rule and by_rule.chance >= CONFIRMED else None
