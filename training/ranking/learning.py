"""Learning: the ranker's weights, and the projection of the tagger's states.

The tagger itself does not change. A candidate's score is the score of its signs plus the
log-sum-exp of the scores of its occurrences beside the mention; nobody has a score of its own. The
loss is the negative log of the total probability of the right candidates.
"""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from service.extraction.states import WIDTH as KEPT
from training.graph import project_states
from training.ranking.mentions import Example

logger = logging.getLogger(__name__)

BESIDE = 8
"""Signs of an occurrence."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Chosen among five by two held-out hundreds of polnear_train's and bbc_train's articles."""

    epochs: int = 12
    rate: float = 1e-3
    decay: float = 0.05
    batch: int = 24
    dropout: float = 0.5
    input_dropout: float = 0.5
    hidden: int = 64


class Ranking(nn.Module):
    """Scores of nobody, then of each candidate, (1 + candidates,); ``seen`` is an example with
    candidates, which shows the number of signs.
    """

    def __init__(self, seen: Example, recipe: Recipe) -> None:
        super().__init__()
        read, signs = len(seen.mention) // 2, len(seen.choice.candidates[0].signs)
        self.mention = nn.Linear(2 * read, KEPT)
        self.name = nn.Linear(2 * read, KEPT)
        self.drop = nn.Dropout(recipe.input_dropout)
        self.pairs = _layers(3 * KEPT + BESIDE, recipe)
        self.signs = _layers(signs, recipe)
        self.linear = nn.Linear(signs, 1, bias=False)
        self.nobody = _layers(len(seen.choice.circumstances) + KEPT, recipe)

    def forward(self, example: Example) -> torch.Tensor:
        mention = torch.tanh(self.mention(self.drop(_tensor(example.mention))))
        circumstances = torch.tensor([*example.choice.circumstances.values()])
        scores = [self.nobody(torch.cat([circumstances, mention]))]
        if example.choice.candidates:
            signs = torch.tensor([[*one.signs.values()] for one in example.choice.candidates])
            paired = self._paired(example, mention)
            scores.append((self.signs(signs) + self.linear(signs)).squeeze(1) + paired)
        return torch.cat(scores)

    def _paired(self, example: Example, mention: torch.Tensor) -> torch.Tensor:
        counts = [len(ends) for ends, _ in example.occurrences]
        if not sum(counts):
            return torch.zeros(len(counts))
        filled = [(ends, beside) for ends, beside in example.occurrences if len(ends)]
        ends = _tensor(np.concatenate([ends for ends, _ in filled]))
        beside = torch.from_numpy(np.concatenate([beside for _, beside in filled]))
        names = torch.tanh(self.name(self.drop(ends)))
        same = mention.expand(len(names), -1)
        scores = self.pairs(torch.cat([same, names, same * names, beside], 1)).squeeze(1)
        return torch.stack(
            [part.logsumexp(0) if len(part) else torch.zeros(()) for part in scores.split(counts)]
        )


def _layers(wide: int, recipe: Recipe) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(wide, recipe.hidden),
        nn.ReLU(),
        nn.Dropout(recipe.dropout),
        nn.Linear(recipe.hidden, 1),
    )


def _tensor(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(values.astype(np.float32))


def loss_of(scores: torch.Tensor, example: Example) -> torch.Tensor:
    """Negative log of the right candidates' total probability, or of nobody's if none is right."""
    chances = scores.log_softmax(0)
    if not example.right.any():
        return -chances[0]
    return -chances[1:][torch.from_numpy(example.right)].logsumexp(0)


def learn(examples: Sequence[Example], recipe: Recipe, seed: int) -> Ranking:
    """Learns the ranker's weights from these examples; the same for the same seed."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    ranking = Ranking(next(one for one in examples if one.choice.candidates), recipe)
    optimizer = torch.optim.AdamW(ranking.parameters(), recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * (len(examples) // recipe.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.rate, total_steps=steps, pct_start=0.1
    )
    for epoch in range(recipe.epochs):
        mixed = order.sample(list(examples), len(examples))
        total = 0.0
        for at in range(0, len(mixed) - recipe.batch + 1, recipe.batch):
            batch = mixed[at : at + recipe.batch]
            loss = torch.stack([loss_of(ranking(one), one) for one in batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(ranking.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        logger.info("epoch %d of %d: loss %.3f", epoch + 1, recipe.epochs,
                    total / (len(mixed) // recipe.batch))  # fmt: skip
    return ranking.eval()


def write(ranking: Ranking, tagger: Path, weights: Path) -> None:
    """Writes the projection of the states into the tagger's file, the other weights into the
    ranker's.
    """
    read = ranking.mention.in_features // 2
    halves = [
        layer.weight.detach()[:, low : low + read]
        for layer in (ranking.mention, ranking.name)
        for low in (0, read)
    ]
    nothing = torch.zeros(KEPT)
    bias = [ranking.mention.bias.detach(), nothing, ranking.name.bias.detach(), nothing]
    model = onnx.load(tagger)
    project_states(model, torch.cat(halves).numpy(), torch.cat(bias).numpy())
    onnx.save(model, tagger)
    stored = {"linear": ranking.linear.weight.detach()[0].numpy()}
    for name in ("pairs", "signs", "nobody"):
        wide, _, _, narrow = getattr(ranking, name)
        stored[f"{name}.wide"] = wide.weight.detach().numpy().T
        stored[f"{name}.wide_bias"] = wide.bias.detach().numpy()
        stored[f"{name}.narrow"] = narrow.weight.detach()[0].numpy()
        stored[f"{name}.narrow_bias"] = narrow.bias.detach().numpy()
    np.savez(weights, allow_pickle=False, **stored)
