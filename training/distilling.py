"""Distilling: a thinner network that learns a trained one's outputs.

Most of the time goes into the wide inner part of the layers. The student starts as its teacher
without the least important inner units, and learns from the teacher's outputs for the same windows,
layer by layer, and from the corpus (after Jiao et al. 2020, TinyBERT, and Xia et al. 2022,
structured pruning).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as F  # noqa: N812

from training.examples import CUE, IGNORED, Batch, Example, stack
from training.learning import WEIGHTS, ask, frozen, losses
from training.network import Layer, Network, Thinning

INNER = 1152
"""Three quarters of the teacher's; LOG.md has the figures."""


PARTS = ("tags", "cues", "mentions")
FIRST_WORD = 1996
"""The vocabulary's first word; before it are marks and single characters."""
IMPOSSIBLE = -1e4
"""Log probability that pads shorter rows."""

Lessons = Mapping[str, npt.NDArray[np.float16]]
"""Log probabilities given by the teachers for each part, with a row per piece they are asked
about.
"""


class Lesson:
    """Learning from ``teachers`` and, with less weight, from the corpus, which they have seen
    often.

    ``parts`` are learned from them; the others are learned from ``others``, if there are any, or
    from the corpus alone. The outputs of several teachers of a part are averaged; with ``layers``
    the student also follows the first one's layers.

    With ``varied`` half of the examples are rewritten: this share of their words, except cues, is
    replaced by others, and the teachers label these examples too.

    With ``remember`` teachers are asked once about every example, which takes 60 kB each: for a
    recipe whose examples recur.
    """

    def __init__(
        self,
        teachers: Iterable[Network],
        parts: Iterable[str] = PARTS,
        others: Iterable[Network] = (),
        *,
        layers: bool = True,
        varied: float = 0.0,
        remember: bool = False,
    ) -> None:
        self.varied = varied
        self.remembered: dict[bytes, Lessons] | None = {} if remember else None
        main, rest = list(teachers), list(others)
        self.teachers = [frozen(teacher) for teacher in (*main, *rest)]
        parts = tuple(parts)
        # by part, the indices of its teachers
        self.taught = {
            part: range(len(main)) if part in parts else range(len(main), len(self.teachers))
            for part in PARTS
            if part in parts or rest
        }
        self.weights: Mapping[str, float] = {
            **{name: (0.3 if name in self.taught else 1) * w for name, w in WEIGHTS.items()},
            **({"layers": 2.0} if layers else {}),
            **{f"taught {name}": WEIGHTS[name] for name in self.taught},
        }

    def losses(
        self, network: Network, examples: Sequence[Example], drop: Thinning
    ) -> dict[str, torch.Tensor]:
        examples = [rewritten(example, self.varied) for example in examples]
        batch = stack(examples)
        said = ask(network, batch, drop)
        followed = {}
        if "layers" in self.weights:
            with torch.no_grad():
                first = ask(self.teachers[0], batch)
            apart = [
                (ours - its)[batch.ids != 0].float().square().mean(-1).sum()
                for ours, its in zip(said.layers, first.layers, strict=True)
            ]
            followed["layers"] = torch.stack(apart).mean()
        lessons = [self._taught(example) for example in examples]
        asked = asked_of(batch)
        taught = {
            f"taught {part}": _divergence(
                getattr(said, part)[asked[part]], _joined(one[part] for one in lessons)
            )
            for part in self.taught
        }
        return {**losses(network, batch, said), **followed, **taught}

    def _taught(self, example: Example) -> Lessons:
        if self.remembered is None:
            return self._tell(example)
        key = hashlib.sha256(b"".join(column.tobytes() for column in example.columns())).digest()
        if key not in self.remembered:
            self.remembered[key] = self._tell(example)
        return self.remembered[key]

    @torch.no_grad()
    def _tell(self, example: Example) -> Lessons:
        """The teachers' answers for a single example, so that they do not depend on its batch."""
        batch = stack([example])
        asked = asked_of(batch)
        answers = [ask(teacher, batch) for teacher in self.teachers]
        return {
            part: torch.stack([getattr(answers[number], part)[asked[part]] for number in numbers])
            .mean(0).log_softmax(-1).numpy().astype(np.float16)
            for part, numbers in self.taught.items()
        }  # fmt: skip


def asked_of(batch: Batch) -> dict[str, torch.Tensor]:
    """Masks of the pieces that teachers are asked about, by part: words, those of contents, those
    of cues.
    """
    return {
        "tags": batch.first > 0,
        "cues": batch.cue_of != IGNORED,
        "mentions": batch.mention_of != IGNORED,
    }


def rewritten(example: Example, share: float) -> Example:
    """The example, or for half of the examples one with words replaced; depends only on the
    example.
    """
    seed = int(example.ids.sum())
    words = (example.ids >= FIRST_WORD) & (example.tags != CUE) & (example.tags != CUE + 1)
    others = example.ids[words]
    if not share or seed % 2 or not len(others):
        return example
    generator = np.random.default_rng(seed)
    drawn = words & (generator.random(len(example)) < share)
    return replace(
        example, ids=np.where(drawn, generator.choice(others, len(example)), example.ids)
    )


def _joined(rows: Iterable[npt.NDArray[np.float16]]) -> torch.Tensor:
    """All rows stacked, padded to the longest."""
    parts = list(rows)
    longest = max(part.shape[1] for part in parts)
    filled = [
        np.pad(part, ((0, 0), (0, longest - part.shape[1])), constant_values=IMPOSSIBLE)
        for part in parts
    ]
    return torch.from_numpy(np.concatenate(filled)).float()


def _divergence(said: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler divergence, summed over the rows; ``taught`` are log probabilities."""
    return F.kl_div(said.log_softmax(-1), taught, reduction="sum", log_target=True)


def thinned(teacher: Network, seen: Iterable[Batch], inner: int = INNER) -> Network:
    """A copy with the ``inner`` most active units per layer over the batches ``seen``.

    It learns with rounded weights: rounding them afterwards costs .003 statement.
    """
    totals = _activity(teacher.eval(), seen)
    student = Network(replace(teacher.shape, inner=inner))
    weights = teacher.state_dict()
    for number, total in enumerate(totals):
        name = f"layers.{number}."
        says = total * weights[name + "narrow.weight"].norm(dim=0)
        kept = says.topk(inner).indices.sort().values
        for part in ("widen.weight", "widen.bias"):
            weights[name + part] = weights[name + part][kept]
        weights[name + "narrow.weight"] = weights[name + "narrow.weight"][:, kept]
    student.load_state_dict(weights)
    student.learn_rounded()
    return student


@torch.no_grad()
def _activity(network: Network, seen: Iterable[Batch]) -> list[torch.Tensor]:
    """For each layer the absolute activations of its inner units, summed over all pieces,
    (inner,).
    """
    totals = [torch.zeros(0)] * len(network.layers)

    def listen(number: int, widened: torch.Tensor) -> None:
        said = F.gelu(widened.float()).abs().flatten(0, 1).sum(0)
        totals[number] = said if not len(totals[number]) else totals[number] + said

    hooks = []
    for number, layer in enumerate(network.layers):
        assert isinstance(layer, Layer)
        hooks.append(
            layer.widen.register_forward_hook(
                lambda _module, _inputs, out, number=number: listen(number, out)
            )
        )
    for batch in seen:
        ask(network, batch)
    for hook in hooks:
        hook.remove()
    return totals
