"""An interrupted training continues as if it had not been interrupted."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from service.extraction.tagger.pieces import open_tokenizer
from training.__main__ import backbone_folder, split
from training.corpus import Annotated, Attribution
from training.examples import Example
from training.learning import CannotTrain, Learner, Recipe, fingerprint_of
from training.network import Network, Shape

RECIPE = Recipe(epochs=3, batch_pieces=96, warm_up=2)
SAID = Attribution(((0, 13),), ((25, 29),), ((16, 24),))
ARTICLES = [
    [Annotated(str(n), f"“We will win,” Jane Doe said on day {n}. It rained.", (SAID,), (), None)]
    for n in range(6)
]


class Interrupted(Learner):
    """Writes a checkpoint between two batches of its second epoch and stops there."""

    def _descend(
        self, examples: Sequence[Example], pool: ThreadPoolExecutor
    ) -> tuple[int, dict[str, float]]:
        if self.epoch == 1 and self.batch == 1:
            self.save()
            raise KeyboardInterrupt
        return super()._descend(examples, pool)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return open_tokenizer(backbone_folder())


def learner(folder: Path, kind: type[Learner] = Learner) -> Learner:
    torch.manual_seed(1)
    return kind(Network(Shape(1, inner=64)), RECIPE, folder)


def test_what_was_interrupted_ends_with_the_same_weights(
    tokenizer: Tokenizer, tmp_path: Path
) -> None:
    fingerprint = fingerprint_of(RECIPE, ARTICLES)
    whole = learner(tmp_path / "whole")
    assert not whole.resume(fingerprint)
    whole.learn(ARTICLES, tokenizer, lambda number: None)
    interrupted = learner(tmp_path / "interrupted", Interrupted)
    interrupted.resume(fingerprint)
    with pytest.raises(KeyboardInterrupt):
        interrupted.learn(ARTICLES, tokenizer, lambda number: None)
    resumed = learner(tmp_path / "interrupted")
    assert resumed.resume(fingerprint)
    assert (resumed.epoch, resumed.batch) == (1, 1)
    resumed.learn(ARTICLES, tokenizer, lambda number: None)
    expected = whole.network.state_dict()
    assert all(torch.equal(w, expected[name]) for name, w in resumed.network.state_dict().items())


def test_a_folder_with_another_training_is_refused(tmp_path: Path) -> None:
    first = learner(tmp_path)
    first.resume(fingerprint_of(RECIPE, ARTICLES))
    first.save()
    for other in (
        fingerprint_of(RECIPE, ARTICLES[1:]),
        fingerprint_of(RECIPE.gentler(), ARTICLES),
        fingerprint_of(RECIPE, ARTICLES, [first.network.state_dict()]),
    ):
        with pytest.raises(CannotTrain, match=f"{tmp_path} holds a training with other"):
            learner(tmp_path).resume(other)


def test_too_few_articles_are_said_to_be_so() -> None:
    with pytest.raises(CannotTrain, match="6 annotated articles; expected at least 8"):
        split(ARTICLES)
