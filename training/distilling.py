"""Distilling: a thinner network that says what a trained one says.

Most of the time goes into the wide inner part of the layers. The student starts as its teacher
with the inner units that matter least left out, and learns from what the teacher says about the
same windows, layer by layer, and from the corpus (after Jiao et al. 2020, TinyBERT, and Xia et
al. 2022, structured pruning).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import torch
from torch.nn import functional as F  # noqa: N812

from training.examples import CUE, IGNORED, Batch
from training.learning import WEIGHTS, ask, losses
from training.network import Layer, Network, Thinning

INNER = 1152
"""Three quarters of the teacher's; LOG.md has the figures."""


PARTS = ("tags", "cues", "mentions")
FIRST_WORD = 1996
"""Before it the vocabulary has marks and single characters."""


class Lesson:
    """Learning from ``teachers`` and, less, from the corpus, which they have seen often.

    ``parts`` are what is learned from them; the others are learned from ``others``, if there are
    any, or from the corpus alone. What teachers of one part say in the end is averaged; inside,
    the student follows the first where ``layers``.
    With ``varied`` every other batch is rewritten: so large a share of its words is replaced by
    others, cues excepted, of which the teachers have something to say too.
    """

    def __init__(
        self,
        teachers: Iterable[Network],
        parts: Iterable[str] = PARTS,
        others: Iterable[Network] = (),
        *,
        layers: bool = True,
        varied: float = 0.0,
    ) -> None:
        self.varied = varied
        own, rest = list(teachers), list(others)
        self.teachers = [teacher.eval().requires_grad_(False) for teacher in (*own, *rest)]
        parts = tuple(parts)
        # by part the numbers of who teaches it
        self.taught = {
            part: range(len(own)) if part in parts else range(len(own), len(own) + len(rest))
            for part in PARTS
            if part in parts or rest
        }
        self.weights: Mapping[str, float] = {
            **{name: (0.3 if name in self.taught else 1) * w for name, w in WEIGHTS.items()},
            **({"layers": 2.0} if layers else {}),
            **{f"taught {name}": WEIGHTS[name] for name in self.taught},
        }

    def losses(self, network: Network, batch: Batch, thin: Thinning) -> dict[str, torch.Tensor]:
        batch = rewritten(batch, self.varied)
        with torch.no_grad():
            told = [ask(teacher, batch) for teacher in self.teachers]
        said = ask(network, batch, thin)
        words = batch.first > 0
        cues, mentions = batch.cue_of != IGNORED, batch.mention_of != IGNORED
        followed = {}
        if "layers" in self.weights:
            apart = [
                (own - its)[batch.ids != 0].float().square().mean(-1).sum()
                for own, its in zip(said.layers, told[0].layers, strict=True)
            ]
            followed["layers"] = torch.stack(apart).mean()
        rows = {"tags": words, "cues": cues, "mentions": mentions}
        taught = {
            f"taught {part}": _divergence(
                getattr(said, part)[rows[part]],
                _mean(getattr(told[number], part)[rows[part]] for number in numbers),
            )
            for part, numbers in self.taught.items()
        }
        return {**losses(network, batch, said), **followed, **taught}


def rewritten(batch: Batch, share: float) -> Batch:
    """Depends on nothing but the batch; half of them stay as they are."""
    seed = int(batch.ids.sum())
    words = (batch.ids >= FIRST_WORD) & (batch.tags != CUE) & (batch.tags != CUE + 1)
    others = batch.ids[words]
    if not share or seed % 2 or not len(others):
        return batch
    generator = torch.Generator().manual_seed(seed)
    drawn = words & (torch.rand(batch.ids.shape, generator=generator) < share)
    places = torch.randint(len(others), batch.ids.shape, generator=generator)
    return replace(batch, ids=torch.where(drawn, others[places], batch.ids))


def _divergence(said: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler, summed over the rows."""
    return F.kl_div(said.log_softmax(-1), told.log_softmax(-1), reduction="sum", log_target=True)


def _mean(scores: Iterable[torch.Tensor]) -> torch.Tensor:
    return torch.stack(list(scores)).mean(0)


def thinned(teacher: Network, seen: Iterable[Batch], inner: int = INNER) -> Network:
    """A copy with the ``inner`` units a layer that say most over the batches ``seen``.

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
    """Of each layer the size of what its inner units say, summed over all pieces."""
    totals = [torch.zeros(0)] * len(network.layers)

    def listen(number: int, widened: torch.Tensor) -> None:
        said = F.gelu(widened.float()).abs().flatten(0, 1).sum(0)
        totals[number] = said if not len(totals[number]) else totals[number] + said

    hooks = []
    for number, layer in enumerate(network.layers):
        assert isinstance(layer, Layer)
        hooks.append(
            layer.widen.register_forward_hook(
                lambda _module, _given, out, number=number: listen(number, out)
            )
        )
    for batch in seen:
        ask(network, batch)
    for hook in hooks:
        hook.remove()
    return totals
