"""Learning how sure answers are."""

import json
from pathlib import Path

import numpy as np
import pytest

from service.domain import Extractor
from service.extraction.speakers.certainty import Certainty, open_certainty
from training.certainty import answered, fit, learn, scores_of, table_of

RANDOM = np.random.default_rng(1)


def test_weights_come_near_those_that_made_the_answers() -> None:
    signs = RANDOM.normal(size=(4000, 2))
    chances = scores_of(np.array([1.0, 2.0, 0.0]), signs)
    weights = fit(signs, (RANDOM.random(4000) < chances).astype(float))
    assert weights == pytest.approx([1.0, 2.0, 0.0], abs=0.2)


def test_table_never_falls_and_says_the_share_that_is_right() -> None:
    scores = RANDOM.random(2000)
    right = (RANDOM.random(2000) < scores**2).astype(float)
    middles, shares = table_of(scores, right, pool=200)
    assert (np.diff(middles) > 0).all()
    assert (np.diff(shares) >= 0).all()
    assert shares == pytest.approx(middles**2, abs=0.1)


def test_what_is_learned_is_calibrated_as_the_service_reads_it() -> None:
    names = tuple(open_certainty(Extractor.RULES).weights)
    signs = RANDOM.normal(size=(4000, len(names)))
    chances = scores_of(np.r_[0.5, 1.5, np.zeros(signs.shape[1] - 1)], signs)
    learned = learn(signs, (RANDOM.random(4000) < chances).astype(float), np.arange(4000) % 5)
    bias, *weights = learned.weights.tolist()
    read = Certainty(
        bias,
        dict(zip(names, weights, strict=True)),
        learned.scores.tolist(),
        learned.shares.tolist(),
    )
    predicted = np.array([read.of(dict(zip(names, row, strict=True))) for row in signs])
    for tenth in range(10):
        here = (predicted * 10).astype(int) == tenth
        if here.any():
            assert predicted[here].mean() == pytest.approx(chances[here].mean(), abs=0.05)


def test_mentions_are_taken_down_as_the_service_meets_them(tmp_path: Path) -> None:
    text = "“No,” Jane Doe said. Tom Rask said it was late."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    doe, rask = text.index("Jane"), text.index("Tom")
    rows = [
        {"source": [doe, doe + 8], "mention": "Jane Doe", "speaker": ["Jane Doe"], "kind": "P"},
        {"source": [rask, rask + 8], "mention": "Tom Rask", "speaker": ["Ann Bell"], "kind": "P"},
    ]
    (tmp_path / "i.json").write_text(json.dumps({"a": rows}), encoding="utf-8")
    found = list(answered(tmp_path / "i.json", tmp_path, Extractor.RULES))
    assert [one.right for one in found] == [True, False]
    assert all(one.signs["in_full"] for one in found)
    assert found[0].signs.keys() == open_certainty(Extractor.RULES).weights.keys()
