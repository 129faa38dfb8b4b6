"""The network: a BERT encoder with tags, names and pointers on top."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

from service.extraction.tagger.pieces import TYPES

WIDTH, HEADS, INNER = 384, 12, 1536
TAGS, NAMES, POINTER = 7, 5, 64
BUCKETS = 65
LARGEST_FACTOR = 63
"""Largest factor of a weight, rounded as the service multiplies it. Processors without VNNI add two
products in 16 bits, which 127 would overflow, and would read some statements differently from
other processors.
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes, by default all-MiniLM-L6-v2's: ``width`` is that of a piece's vector, ``inner`` that
    inside a layer.
    """

    layers: int = 6
    width: int = WIDTH
    inner: int = INNER
    positions: int = 512
    vocabulary: int = 30522
    epsilon: float = 1e-12


class Dropout:
    """Dropout with a generator of its own, so that threads are reproducible."""

    def __init__(self, rate: float, seed: int) -> None:
        self.kept = 1 - rate
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        mask = torch.empty_like(x).bernoulli_(self.kept, generator=self.generator)
        return x * mask.div_(self.kept)


def no_dropout(x: torch.Tensor) -> torch.Tensor:
    return x


Thinning = Callable[[torch.Tensor], torch.Tensor]


class Rounded(nn.Linear):
    """A linear layer that, with ``rounding``, computes as the service will; gradients pass."""

    rounding = False

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight = self.weight
        if self.rounding:
            scale = weight.detach().abs().amax(1, keepdim=True) / LARGEST_FACTOR
            weight = weight + (torch.round(weight / scale) * scale - weight).detach()
        return F.linear(x, weight, self.bias)


class Layer(nn.Module):
    """A transformer layer: attention and a wide inner part, each with a residual and
    normalisation.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.query_key_value = Rounded(width, 3 * width)
        self.joined = Rounded(width, width)
        self.norm_attention = nn.LayerNorm(width, shape.epsilon)
        self.widen = Rounded(width, shape.inner)
        self.narrow = Rounded(shape.inner, width)
        self.norm = nn.LayerNorm(width, shape.epsilon)

    def forward(self, x: torch.Tensor, bias: torch.Tensor | None, drop: Thinning) -> torch.Tensor:
        rows, length, width = x.shape
        parts = self.query_key_value(x).view(rows, length, 3, HEADS, width // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        # written out: torch's fused attention takes 40% of the time in bfloat16 on a CPU
        weights = (query * (1 / math.sqrt(width // HEADS))) @ key.transpose(-1, -2)
        seen = (weights if bias is None else weights + bias).softmax(-1) @ value
        seen = self.joined(seen.transpose(1, 2).reshape(rows, length, width))
        x = self.norm_attention(x + drop(seen))
        deeper = self.narrow(F.gelu(self.widen(x)))
        out: torch.Tensor = self.norm(x + drop(deeper))
        return out


class Network(nn.Module):
    """``forward`` returns tags (.., 7), names (.., 5), pointer halves (.., 4 x 64), and each
    layer's output (.., width).
    """

    def __init__(self, shape: Shape = Shape()) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.types = nn.Embedding(TYPES, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.tag = nn.Linear(shape.width, TAGS)
        self.name = nn.Linear(shape.width, NAMES)
        self.pointers = nn.Linear(shape.width, 4 * POINTER)
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))
        self.transitions = nn.Parameter(torch.zeros(TAGS + 1, TAGS))

    def forward(
        self,
        ids: torch.Tensor,
        types: torch.Tensor,
        bias: torch.Tensor | None = None,
        drop: Thinning = no_dropout,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, list[torch.Tensor]]:
        x = self.norm(self.embedded(ids) + self.types(types))
        bias = self.biased(ids.shape[1], bias)
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()  # throughout: converting back and forth costs a third of the time
        x = drop(x)
        said = []
        for layer in self.layers:
            x = layer(x, bias, drop)
            said.append(x)
        return self.tag(x), self.name(x), self.pointers(x), said

    def embedded(self, ids: torch.Tensor) -> torch.Tensor:
        """Pieces and their positions as input of the layers, before normalisation."""
        embedded: torch.Tensor = self.words(ids) + self.positions.weight[: ids.shape[1]]
        return embedded

    def biased(self, length: int, bias: torch.Tensor | None) -> torch.Tensor | None:
        """The bias added to the attention's weights in every layer, or None."""
        return bias

    def learn_rounded(self) -> None:
        """From now on the layers compute with rounded weights."""
        for module in self.modules():
            if isinstance(module, Rounded):
                module.rounding = True

    def encoder_parameters(self) -> list[nn.Parameter]:
        """The pretrained parameters; the others start untrained and learn faster."""
        return [*self.positions.parameters(), *self.norm.parameters(), *self.layers.parameters()]


def pointer_scores(
    pointers: torch.Tensor, distance: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Scores content to cue, and cue to mention: each (rows, from, to); position 0 is nobody."""
    length = pointers.shape[1]
    buckets = distance_buckets(length)
    parts = torch.split(pointers, POINTER, -1)
    to_cue, to_mention = (
        parts[i] @ parts[i + 1].transpose(-1, -2) / math.sqrt(POINTER) + distance[i // 2][buckets]
        for i in (0, 2)
    )
    return to_cue, to_mention


def distance_buckets(length: int) -> torch.Tensor:
    """Buckets 0..64, (from, to): exact to 11 either way, then four per doubling."""
    at = torch.arange(length)
    signed = at[None] - at[:, None]
    size = signed.abs().float()
    far = 12 + torch.log2(size.clamp(min=12) / 12) * 4
    bucket = torch.where(size < 12, size, far).clamp(max=31).long()
    return torch.where(signed < 0, 32 - bucket, 32 + bucket)


def load_backbone(network: Network, path: Path, layers: Sequence[int]) -> None:
    """Fills ``network`` from a BERT in safetensors, with its layers numbered ``layers``."""
    weights = {name.removeprefix("bert."): w for name, w in load_file(path).items()}
    kinds = weights["embeddings.token_type_embeddings.weight"][:1].expand(TYPES, -1)
    with torch.no_grad():
        network.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        network.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
        network.types.weight.copy_(kinds)
        fill(network.norm, weights, "embeddings.LayerNorm")
        for layer, number in zip(network.layers, layers, strict=True):
            assert isinstance(layer, Layer)
            fill_layer(layer, weights, f"encoder.layer.{number}.", BERT_NAMES)


@dataclass(frozen=True, slots=True)
class AttentionNames:
    """A pretrained network's names for the parts of a layer's attention."""

    query_key_value: tuple[str, str, str]
    joined: str
    norm: str


BERT_NAMES = AttentionNames(
    ("attention.self.query", "attention.self.key", "attention.self.value"),
    "attention.output.dense",
    "attention.output.LayerNorm",
)


def fill_layer(
    layer: Layer, weights: Mapping[str, torch.Tensor], prefix: str, names: AttentionNames
) -> None:
    """Copies a pretrained layer's weights, whose names begin with ``prefix``, into ``layer``."""
    for kind in ("weight", "bias"):
        stacked = [weights[f"{prefix}{name}.{kind}"] for name in names.query_key_value]
        getattr(layer.query_key_value, kind).copy_(torch.cat(stacked))
    for name, module in (
        (names.joined, layer.joined),
        (names.norm, layer.norm_attention),
        ("intermediate.dense", layer.widen),
        ("output.dense", layer.narrow),
        ("output.LayerNorm", layer.norm),
    ):
        fill(module, weights, prefix + name)


def fill(module: nn.Module, weights: Mapping[str, torch.Tensor], name: str) -> None:
    """Copies the weight and bias called ``name`` into ``module``."""
    for kind in ("weight", "bias"):
        getattr(module, kind).copy_(weights[f"{name}.{kind}"])
