"""Learning: epochs over the corpus, resumable at the last checkpoint.

Each batch is split between two threads, one core each, computing in bfloat16: more than twice as
fast as float32 on processors that have it, and steadier than one computation on two cores when
others use the machine.
"""

import hashlib
import json
import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F  # noqa: N812

from training.augmentation import augment
from training.corpus import Annotated
from training.crf import negative_log_likelihood
from training.examples import IGNORED, Batch, Example, batches, label, stack, windows
from training.network import Dropout, Network, Thinning, no_dropout, pointer_scores

logger = logging.getLogger(__name__)

WEIGHTS = {"tags": 1.0, "cues": 0.8, "mentions": 5.0, "names": 0.25}
"""Weights of the losses summed per word: a tenth of the words are in cues, so that their pointers
need the weight.
"""
CHECKPOINT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Recipe:
    """Learning rates decrease linearly to zero after ``warm_up`` steps. If ``versions`` is not 0,
    the same rewritings of the articles recur after this many epochs.
    """

    epochs: int = 7
    versions: int = 0
    window: int = 288
    batch_pieces: int = 2304
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: int = 100
    dropout: float = 0.1
    clip: float = 1.0
    seed: int = 1

    def gentler(self) -> "Recipe":
        """For continuing from weights that have already learned."""
        return replace(
            self, encoder_rate=self.encoder_rate / 2, head_rate=self.head_rate / 2, warm_up=50
        )

    def large(self, *, again: bool = False) -> "Recipe":
        """For the larger network, whose encoder learns as much in fewer epochs; its heads do not,
        and learn faster when it continues.
        """
        if again:
            return replace(self, epochs=1, encoder_rate=4e-5, head_rate=2e-3, warm_up=50)
        return replace(self, epochs=3, encoder_rate=8e-5, head_rate=6e-4)

    def distilling(self, *, versions: int = 0) -> "Recipe":
        """For a student, whose teacher prevents overfitting: less dropout, higher rates."""
        return replace(
            self, versions=versions, head_rate=self.encoder_rate, warm_up=50, dropout=0.05
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A network's output for a batch. ``cues`` and ``mentions`` are pointers' scores (rows, from,
    to), position 0 nobody's; ``layers`` are (rows, pieces, width) each, in bfloat16.
    """

    tags: torch.Tensor
    names: torch.Tensor
    cues: torch.Tensor
    mentions: torch.Tensor
    layers: Sequence[torch.Tensor]


def ask(network: Network, batch: Batch, drop: Thinning = no_dropout) -> Answer:
    """The network's output for a batch, in float32 except for the layers."""
    pad = torch.zeros(batch.ids.shape).masked_fill(batch.ids == 0, -1e4)
    with torch.autocast("cpu", torch.bfloat16):
        tags, names, pointers, layers = network(
            batch.ids, batch.types, pad[:, None, None].bfloat16(), drop
        )
    cues, mentions = pointer_scores(pointers.float(), network.distance)
    return Answer(tags.float(), names.float(), cues + pad[:, None], mentions + pad[:, None], layers)


def frozen(network: Network) -> Network:
    """``network`` for inference: its weights are rounded once, not at each call."""
    network.eval().requires_grad_(False)
    for module in network.modules():
        if isinstance(module, nn.Linear):
            module.bfloat16()
    return network


def losses(network: Network, batch: Batch, answer: Answer) -> dict[str, torch.Tensor]:
    """Losses summed over the batch for every part, to be divided by its number of words."""
    return {
        "tags": tag_loss(answer.tags, network.transitions, batch),
        "cues": _cross_entropy(answer.cues, batch.cue_of),
        "mentions": _cross_entropy(answer.mentions, batch.mention_of),
        "names": _cross_entropy(answer.names, batch.names),
    }


class Corpus:
    """Learning from the annotators' marks."""

    weights: Mapping[str, float] = WEIGHTS

    def losses(
        self, network: Network, examples: Sequence[Example], drop: Thinning
    ) -> dict[str, torch.Tensor]:
        batch = stack(examples)
        return losses(network, batch, ask(network, batch, drop))


class Objective(Protocol):
    """What is learned: losses summed over examples, and their weights per word."""

    weights: Mapping[str, float]

    def losses(
        self, network: Network, examples: Sequence[Example], drop: Thinning
    ) -> dict[str, torch.Tensor]: ...


def tag_loss(tags: torch.Tensor, transitions: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Loss of the tags at the words' first pieces, summed over the batch."""
    order, real = first_pieces(batch.first)
    emissions = tags.gather(1, order[..., None].expand(-1, -1, tags.shape[-1]))
    labels = batch.tags.gather(1, order)
    return negative_log_likelihood(emissions, transitions, labels, real).sum()


def first_pieces(first: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Positions of the words' first pieces, padded at the end, and a mask of the real ones."""
    count = first.sum(1)
    order = torch.argsort(first, dim=1, descending=True, stable=True)[:, : int(count.max())]
    return order, torch.arange(order.shape[1])[None] < count[:, None]


def _cross_entropy(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    scored = scores.flatten(0, 1)
    return F.cross_entropy(scored, labels.flatten(), ignore_index=IGNORED, reduction="sum")


class CannotTrain(Exception):
    """A training that cannot begin or continue; the message says what would be right."""


def fingerprint_of(
    recipe: Recipe,
    articles: Sequence[Sequence[Annotated]],
    weights: Iterable[Mapping[str, torch.Tensor]] = (),
) -> str:
    """Identifies a training; ``weights`` are those it begins with or is taught by."""
    digest = hashlib.sha256(repr((recipe, articles)).encode())
    for one in weights:
        for name in sorted(one):
            digest.update(one[name].numpy().tobytes())
    return digest.hexdigest()


class Learner:
    """A training in progress: everything a checkpoint must hold."""

    def __init__(
        self, network: Network, recipe: Recipe, folder: Path, objective: Objective | None = None
    ) -> None:
        self.network, self.recipe, self.folder = network, recipe, folder
        self.objective = objective or Corpus()
        encoder = network.encoder_parameters()
        known = {id(p) for p in encoder}
        heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
        self.rates = (recipe.encoder_rate, recipe.head_rate)
        self.optimizer = torch.optim.AdamW(
            [{"params": encoder}, {"params": heads}],
            weight_decay=recipe.weight_decay,
            betas=(0.9, 0.98),
        )
        self.epoch = self.step = self.batch = 0
        self.fingerprint = ""

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def resume(self, fingerprint: str) -> bool:
        """Resumes from the last checkpoint; False without one.

        Raises CannotTrain if the checkpoint is another training's.
        """
        self.fingerprint = fingerprint
        if not self.checkpoint.exists():
            return False
        state = torch.load(self.checkpoint, weights_only=True)
        if state.get("fingerprint") != fingerprint:
            raise CannotTrain(
                f"{self.folder} holds a training with other articles, recipe or weights to begin "
                "with; remove it or give another folder"
            )
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.batch, self.step = state["epoch"], state["batch"], state["step"]
        logger.info("resumed at epoch %d, step %d", self.epoch + 1, self.step)
        return True

    def save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "batch": self.batch,
            "step": self.step,
            "fingerprint": self.fingerprint,
        }
        written = self.checkpoint.with_suffix(".new")
        torch.save(state, written)
        written.replace(self.checkpoint)

    def learn(
        self,
        articles: Sequence[Sequence[Annotated]],
        tokenizer: Tokenizer,
        after_epoch: Callable[[int], None],
    ) -> None:
        """Learns all remaining epochs; ``after_epoch`` is called with the number of each finished
        one.
        """
        torch.set_flush_denormal(True)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "recipe.json").write_text(json.dumps(asdict(self.recipe), indent=2) + "\n")
        with ThreadPoolExecutor(2, initializer=torch.set_num_threads, initargs=(1,)) as pool:
            while self.epoch < self.recipe.epochs:
                version = self.epoch % (self.recipe.versions or self.recipe.epochs)
                rng = random.Random(f"{self.recipe.seed} {version}")
                made = list(epoch_examples(articles, tokenizer, self.recipe, rng))
                order = random.Random(f"{self.recipe.seed} order {self.epoch}")
                self._epoch(batches(made, self.recipe.batch_pieces, order), pool)
                self.epoch, self.batch = self.epoch + 1, 0
                after_epoch(self.epoch)
                self.save()

    def _epoch(self, gathered: Sequence[Sequence[Example]], pool: ThreadPoolExecutor) -> None:
        self.network.train()
        saved = began = time.monotonic()
        sums: dict[str, float] = {}
        words = 0
        for examples in gathered[self.batch :]:
            self._set_rates((self.epoch + self.batch / len(gathered)) / self.recipe.epochs)
            counted, parts = self._descend(examples, pool)
            words += counted
            sums = {name: sums.get(name, 0.0) + value for name, value in parts.items()}
            self.batch, self.step = self.batch + 1, self.step + 1
            now = time.monotonic()
            if self.step % 20 == 0:
                shown = " ".join(f"{name} {value / words:.4f}" for name, value in sums.items())
                speed = words / (now - began)
                share = (self.epoch + self.batch / len(gathered)) / self.recipe.epochs
                logger.info(
                    "epoch %d, batch %d of %d (%.1f%% of all), %.0f words/s, %s",
                    self.epoch + 1, self.batch, len(gathered), 100 * share, speed, shown,
                )  # fmt: skip
                began, words, sums = now, 0, {}
            if now - saved > CHECKPOINT_SECONDS:
                self.save()
                saved = now

    def _set_rates(self, progress: float) -> None:
        factor = min(1, (self.step + 1) / self.recipe.warm_up) * max(0.01, 1 - progress)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor

    def _descend(
        self, examples: Sequence[Example], pool: ThreadPoolExecutor
    ) -> tuple[int, dict[str, float]]:
        words = sum(int(example.first.sum()) for example in examples)

        def half(number: int) -> dict[str, float]:
            seed = (self.recipe.seed * 1_000_000 + self.step) * 2 + number
            drop = Dropout(self.recipe.dropout, seed)
            return self._backward(examples[number::2], words, drop)

        halves = list(pool.map(half, range(min(2, len(examples)))))
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return words, {name: sum(part[name] for part in halves) for name in halves[0]}

    def _backward(
        self, examples: Sequence[Example], words: int, drop: Thinning
    ) -> dict[str, float]:
        parts = self.objective.losses(self.network, examples, drop)
        weights = self.objective.weights
        total = sum(weights[name] * part for name, part in parts.items()) / words
        assert isinstance(total, torch.Tensor)
        torch.autograd.backward(total)
        return {name: part.item() for name, part in parts.items()}


def epoch_examples(
    articles: Sequence[Sequence[Annotated]],
    tokenizer: Tokenizer,
    recipe: Recipe,
    rng: random.Random,
) -> Iterator[Example]:
    """Every article once, by one of its annotators, as it is or rewritten."""
    for versions in articles:
        article = augment(rng.choice(versions), rng)
        yield from windows(label(article, tokenizer), recipe.window, rng)


def measure(network: Network, examples: Sequence[Example], pieces: int) -> dict[str, float]:
    """Losses per word on held-out examples, and token F1 of the three kinds of span, by name."""
    network.eval()
    sums: dict[str, float] = {}
    confusion = np.zeros((7, 7))
    words = 0
    with torch.no_grad():
        for gathered in batches(examples, pieces, random.Random(0)):
            batch = stack(gathered)
            answer = ask(network, batch)
            for name, part in losses(network, batch, answer).items():
                sums[name] = sums.get(name, 0.0) + part.item()
            words += int(batch.first.sum())
            labelled = (batch.tags >= 0) & (batch.first > 0)
            found = answer.tags.argmax(-1)[labelled]
            np.add.at(confusion, (batch.tags[labelled].numpy(), found.numpy()), 1)
    result = {name: value / words for name, value in sums.items()}
    for name, tag in (("content", 1), ("cue", 3), ("mention", 5)):
        both = confusion[tag : tag + 2, tag : tag + 2].sum()
        either = confusion[tag : tag + 2].sum() + confusion[:, tag : tag + 2].sum()
        result[f"{name} F1"] = 2 * both / max(1.0, either)
    return result
