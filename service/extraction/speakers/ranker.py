"""Ranker: picks the likeliest candidate for a pronoun or a description, or nobody.

Scores signs (signs.py) together with the network's states of the mention and of each name
(states.py). The weights are learned by training/ranking from hand-labelled mentions; the pairing of
a mention with a candidate's occurrences follows Lee et al. 2017 ("End-to-end Neural Coreference
Resolution"), with nobody as a candidate of its own. The probabilities sum to 1.
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
"""Least probability at which the rules' answer is kept; below it nobody is named."""
OVERRULED, DESCRIBED = 0.8, 0.95
"""Least probability at which the ranker overrules the rules for a pronoun, and at which it names
somebody for a description that the rules leave open; it never replaces the rules' answer for a
description. On 1,088 mentions of 200 articles that were not learned from, .844 are right so and
.062 wrong; by the rules alone .838 and .121, by one chance of .6 for all .841 and .085.
"""

ALONE = 0.1
"""The same for "the mayor" if no other candidate is one. In 560 articles that nothing had been
learned from, three such answers had between this and ``CONFIRMED``, and all were right; of eight
with less, one was.
"""


class Chance(NamedTuple):
    """A candidate's probability, its nearest name, and whether the rules chose it."""

    figure: Figure
    chance: float
    antecedent: Span | None
    by_rule: bool


class Ranker:
    """Scores candidates. ``weights`` holds, by name, two layers each for pairs, signs and
    nobody.
    """

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._weights = weights

    def chances(self, choice: Choice, states: States) -> list[Chance] | None:
        """Returns every candidate with its probability, the likeliest first; together with the
        probability of nobody they sum to 1. None if the network has no state of the mention.
        """
        mention = states.of_mention(choice.mention.span)
        if mention is None:
            return None
        signs = np.array([[*one.signs.values()] for one in choice.candidates], np.float32)
        circumstances = np.array([*choice.circumstances.values()], np.float32)
        nobody = self._layers("nobody", np.concatenate([circumstances, mention])[None])
        scores = np.zeros(0, np.float32)
        if len(signs):
            scores = self._layers("signs", signs) + signs @ self._weights["linear"]
            scores = scores + self._paired(choice, mention, states)
        every = np.concatenate([nobody, scores]).astype(np.float64)
        every = np.exp(every - every.max())
        likely = (every / every.sum())[1:]
        found = [
            Chance(one.figure, float(chance), _antecedent(one), one.signs["by_rule"] > 0)
            for one, chance in zip(choice.candidates, likely, strict=True)
        ]
        return sorted(found, key=lambda one: -one.chance)

    def _paired(self, choice: Choice, mention: Floats, states: States) -> Floats:
        """The network's score of each candidate: the log-sum-exp over its occurrences."""
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
    """Returns the ranker with this package's weights, read once."""
    path = resources.files(__package__) / "ranker.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return Ranker({name: stored[name] for name in stored.files})


def likeliest(choice: Choice, chances: Sequence[Chance]) -> Chance | None:
    """Returns the most probable candidate if it passes its threshold, else the rules' answer at
    ``CONFIRMED`` or more, else None: a wrong name is worse than none.
    """
    if not chances:
        return None
    best, described = chances[0], choice.circumstances["description"] > 0
    by_rule = next((one for one in chances if one.by_rule), None)
    exchangeable = best is not by_rule and not (described and by_rule)
    if exchangeable and best.chance >= (DESCRIBED if described else OVERRULED):
        return best
    if by_rule and by_rule.chance >= ALONE and _alone_holds_role(choice):
        return by_rule._replace(chance=max(by_rule.chance, CONFIRMED))
    return by_rule if by_rule and by_rule.chance >= CONFIRMED else None


def _alone_holds_role(choice: Choice) -> bool:
    """Whether the mention is "the" and a role, which the rules' candidate alone has."""
    asked = choice.circumstances
    bare = asked["description"] > 0 and asked["definite"] > 0 and len(choice.mention.head) == 1
    holders = [one for one in choice.candidates if one.signs["holds_role"] > 0]
    return bare and len(holders) == 1 and holders[0].signs["by_rule"] > 0
