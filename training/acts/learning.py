"""Learning: the weights of statements/acts.py, a softmax over sums of signs.

Signs are scaled to equal variance. The network's outputs are largely redundant, so they are scaled
to less. Weights are regularised by their squares.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.extraction.statements.acts import OUTCOMES
from training.acts.reading import Example

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Chosen by cross-validation on train; training/LOG.md has the figures."""

    decay: float = 0.03
    seen: float = 0.1
    """Scale of the network's outputs, relative to a sign's."""
    steps: int = 1000
    folds: int = 5


def learn(examples: Sequence[Example], recipe: Recipe) -> dict[str, Floats]:
    """Weights by name, as for Weigher."""
    parts, scales = _standard(examples, recipe)
    x = np.concatenate(parts, 1)
    mean, scale = x.mean(0), np.concatenate(scales)
    weights, constant = _fit((x - mean) * scale, [one.read.outcome for one in examples], recipe)
    weights *= scale[:, None]
    constant -= mean @ weights
    ends = np.cumsum([part.shape[1] for part in parts])[:-1]
    names = ("cue", "mention", "content", "seen")
    found = dict(zip(names, np.split(weights, ends), strict=False)) | {"constant": constant}
    return {name: array.astype(np.float32) for name, array in found.items()}


def _standard(examples: Sequence[Example], recipe: Recipe) -> tuple[list[Doubles], list[Doubles]]:
    """The numbers of each part, and the scales that give them equal variance."""
    parts = [np.array(part, np.float64) for part in zip(*(e.signs for e in examples), strict=True)]
    weight = [1.0] * len(parts)
    if examples[0].seen is not None:
        parts.append(np.array([one.seen for one in examples], np.float64))
        weight.append(recipe.seen)
    scales = []
    for part, share in zip(parts, weight, strict=True):
        varies = part.std(0)
        scales.append(np.where(varies > 0, share / np.maximum(varies, 1e-3), 0.0))
    if len(parts) > len(examples[0].signs):
        scales[-1][0] /= recipe.seen  # the confidence is scaled like any sign
    return parts, scales


def _fit(x: Doubles, outcomes: Sequence[int], recipe: Recipe) -> tuple[Doubles, Doubles]:
    """The weights with the least loss, by accelerated descent (Nesterov 1983)."""
    wanted = np.eye(len(OUTCOMES))[np.array(outcomes)]
    steepest = np.linalg.norm(np.column_stack([x, np.ones(len(x))]), 2) ** 2 / len(x) / 2
    rate = 1 / (steepest + recipe.decay)
    weights = np.zeros((x.shape[1], len(OUTCOMES)))
    constant = np.zeros(len(OUTCOMES))
    ahead, ahead_constant = weights, constant
    for step in range(recipe.steps):
        off = _chances(x @ ahead + ahead_constant) - wanted
        former, former_constant = weights, constant
        weights = ahead - rate * (x.T @ off / len(x) + recipe.decay * ahead)
        constant = ahead_constant - rate * off.mean(0)
        momentum = step / (step + 3)
        ahead = weights + momentum * (weights - former)
        ahead_constant = constant + momentum * (constant - former_constant)
    return weights, constant


def _chances(scores: Doubles) -> Doubles:
    chances: Doubles = np.exp(scores - scores.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    return chances


def chances_of(weights: dict[str, Floats], examples: Iterable[Example]) -> Doubles:
    """Probabilities of OUTCOMES as computed by Weigher, (examples, 3); 0 or 1 if nothing is
    weighed.
    """
    rows = []
    for one in examples:
        score = weights["constant"].astype(np.float64)
        for name, signs in zip(("cue", "mention", "content"), one.signs, strict=True):
            score += signs @ weights[name]
        if one.seen is not None:
            score += one.seen @ weights["seen"]
        rows.append(score)
    chances = _chances(np.array(rows))
    for row, one in zip(chances, examples, strict=True):
        if one.at_once is not None:
            row[:] = [act is one.at_once[0] for act in OUTCOMES]
    return chances


def cross_validated(examples: Sequence[Example], recipe: Recipe) -> Doubles:
    """Probabilities of each example by weights learned from other articles, (examples, 3)."""
    articles = sorted({one.read.article for one in examples})
    fold = {name: number % recipe.folds for number, name in enumerate(articles)}
    numbers = np.array([fold[one.read.article] for one in examples])
    chances = np.zeros((len(examples), len(OUTCOMES)))
    for number in range(recipe.folds):
        left = np.flatnonzero(numbers == number)
        weights = learn([examples[at] for at in np.flatnonzero(numbers != number)], recipe)
        chances[left] = chances_of(weights, [examples[at] for at in left])
    return chances
