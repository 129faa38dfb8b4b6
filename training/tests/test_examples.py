import random

import numpy as np
import pytest
from tokenizers import Tokenizer

from service.extraction.tagger.pieces import open_tokenizer
from training.__main__ import backbone_folder
from training.corpus import Annotated, Attribution
from training.examples import IGNORED, Example, batches, label, stack, windows

TEXT = "Opening words.\n\n“We will win,” Jane Doe said. “Surely.”\n\n" + "More words here. " * 40


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


ARTICLE = Annotated(
    "doe",
    TEXT,
    (Attribution((at("“We will win,”"), at("“Surely.”")), (at("said"),), (at("Jane Doe"),)),),
    (at("Opening words"),),
    ((*at("Jane Doe"), "PERSON"),),
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return open_tokenizer(backbone_folder())


def test_labels_are_on_their_words(tokenizer: Tokenizer) -> None:
    whole = label(ARTICLE, tokenizer)
    assert (whole.tags == 1).sum() == 2  # two contents begin
    cue = int(np.flatnonzero(whole.tags == 3)[0])
    mention = int(np.flatnonzero(whole.tags == 5)[0])
    contents = np.isin(whole.tags, (1, 2))
    assert set(whole.cue_of[contents].tolist()) == {cue}
    assert whole.mention_of[cue] == mention
    assert whole.names[mention] == 1
    assert (whole.tags[:2] == IGNORED).all()  # put aside by the annotator


def test_pointers_move_with_their_window(tokenizer: Tokenizer) -> None:
    whole = label(ARTICLE, tokenizer)
    for seed in range(20):
        cut = list(windows(whole, 40, random.Random(seed)))
        assert sum(len(window) - 1 for window in cut) == len(whole)
        for window in cut:
            for here in np.flatnonzero(window.cue_of > 0):
                assert window.tags[window.cue_of[here]] == 3


def test_batches_hold_every_example_once(tokenizer: Tokenizer) -> None:
    whole = label(ARTICLE, tokenizer)
    cut: list[Example] = list(windows(whole, 40, random.Random(1)))
    gathered = batches(cut, 100, random.Random(1))
    assert sorted(id(e) for batch in gathered for e in batch) == sorted(map(id, cut))
    assert all(stack(batch).ids.numel() <= 100 for batch in gathered)
