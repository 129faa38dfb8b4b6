"""The service weighs by what was learned."""

import json
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
import torch

from service.domain import Source
from service.extraction.page.layout import lay_out
from service.extraction.speakers.ranker import Ranker
from service.extraction.tagger.network import Network
from service.extraction.tagger.session import open_session
from service.extraction.tagger.tagging import read_by_model
from training.ranking.learning import Ranking, Recipe, learn, write
from training.ranking.mentions import Example, RawNetwork, read_examples

TEXT = (
    "Maria Lopez, the mayor of Arden, met Anna Brandt, a farmer, on Monday. "
    "“The bridge will open in May,” she said. He said it was time."
)
RECIPE = Recipe(epochs=2, batch=2, dropout=0.0, input_dropout=0.0)


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Path]:
    with resources.as_file(resources.files("service.extraction.tagger") / "model") as folder:
        yield Path(shutil.copytree(folder, tmp_path / "model"))


@pytest.fixture
def examples(tmp_path: Path, model: Path) -> list[Example]:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_text(TEXT, encoding="utf-8")
    she, he = TEXT.index("she"), TEXT.index("He")
    rows = [
        {"source": [she, she + 3], "speaker": ["Maria Lopez"]},
        {"source": [he, he + 2], "speaker": []},
    ]
    (tmp_path / "mentions.json").write_text(json.dumps({"one": rows}), encoding="utf-8")
    return list(read_examples(tmp_path / "mentions.json", texts, RawNetwork(model, tmp_path)))


def test_choices_are_met_as_people_read_them(examples: list[Example]) -> None:
    she, he = examples
    right = [
        one.figure.name
        for one, is_so in zip(she.choice.candidates, she.right, strict=True)
        if is_so
    ]
    assert right == ["Maria Lopez"]
    assert not he.right.any()


def test_the_service_gives_the_chances_that_were_learned(
    tmp_path: Path, model: Path, examples: list[Example]
) -> None:
    ranking: Ranking = learn(examples, RECIPE, seed=1)
    write(ranking, model / "tagger.onnx", tmp_path / "ranker.npz")
    network = Network(open_session(model / "tagger.onnx"), model)
    states = read_by_model(lay_out(Source(id="one", text=TEXT, origin="-")), network).states
    with np.load(tmp_path / "ranker.npz") as stored:
        ranker = Ranker({name: stored[name] for name in stored.files})
    for example in examples:
        with torch.no_grad():
            learned = ranking(example).softmax(0)[1:].numpy()
        chances = ranker.chances(example.choice, states)
        assert chances is not None
        by_name = {one.figure.name: one.chance for one in chances}
        weighed = [by_name[one.figure.name] for one in example.choice.candidates]
        # the network keeps its states in eight bits and sixteen
        assert np.allclose(weighed, learned, atol=0.05)
