"""The written graph computes the same as the trained network."""

from pathlib import Path

import numpy as np
import torch

from service.extraction.tagger.network import distance_bucket
from service.extraction.tagger.session import open_session
from training.graph import write_graph
from training.network import Network, Shape, distance_buckets


def test_the_graph_agrees_with_the_network(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = Network(Shape(2)).eval()
    ids, types = torch.randint(1000, 2000, (1, 50)), torch.randint(0, 24, (1, 50))
    with torch.no_grad():
        expected = network(ids, types)[:3]
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    write_graph(weights, tmp_path / "tagger.onnx")
    session = open_session(tmp_path / "tagger.onnx")
    got = session.run(None, {"ids": ids.int().numpy(), "types": types.int().numpy()})
    for ours, theirs in zip(got[:3], expected, strict=True):
        # eight-bit weights: near, not equal
        assert np.corrcoef(ours.ravel(), theirs.numpy().ravel())[0, 1] > 0.995


def test_distances_are_bucketed_as_at_run_time() -> None:
    at = np.arange(300)
    assert (distance_buckets(300).numpy() == distance_bucket(at[None] - at[:, None])).all()
