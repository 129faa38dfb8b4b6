"""What is learned of acts is what the service weighs by."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench.acts import measured
from bench.resolving import source_of
from service.domain import Act, Extractor, Form
from service.extraction.annotate import found_statements
from service.extraction.statements.acts import Weigher, parts_of, seen_of
from training.acts.learning import Recipe, chances_of, cross_validated, learn
from training.acts.reading import Example, examples_of, nearest, read_acts

SAID = "Anna Lind made it clear that the port would close."
WANTED = "Anna Lind hopes that the port will open."
LABELLED = [(SAID, "speech"), (WANTED, "attitude")]
RECIPE = Recipe(steps=200, folds=2)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Four articles, each with both statements, and acts.json with what a person read."""
    rows = []
    for number in range(4):
        text = "\n\n".join(sentence for sentence, _ in LABELLED) + "\n"
        (tmp_path / f"a{number}.txt").write_text(text, encoding="utf-8")
        for sentence, act in LABELLED:
            start = text.index(sentence) + sentence.index("that")
            span = [start, text.index(sentence) + len(sentence) - 1]
            row = {"document": f"a{number}", "spans": [span], "cue": None, "form": "indirect"}
            rows.append({**row, "act": act, "cut_wrong": False})
    (tmp_path / "acts.json").write_text(json.dumps(rows), encoding="utf-8")
    return tmp_path


def examples(texts: Path, extractor: Extractor) -> list[Example]:
    return list(examples_of(read_acts(texts / "acts.json"), [texts], extractor))


@pytest.mark.parametrize("extractor", list(Extractor))
def test_the_service_gives_the_chances_that_were_learned(texts: Path, extractor: Extractor) -> None:
    found = examples(texts, extractor)
    assert len(found) == 8
    weights = learn(found, RECIPE)
    article, decisions, pointed = found_statements(source_of("a0", [texts]), extractor)
    ours = [nearest(one.read, decisions) for one in found[:2]]
    learned = [one for one in ours if one is not None]
    seen = [] if pointed is None else [seen_of(pointed, one) for one in learned]
    chances = Weigher(weights).chances(article, [parts_of(one) for one in learned], seen)
    assert chances == pytest.approx(chances_of(weights, found[:2]), abs=1e-4)
    assert chances.argmax(1).tolist() == [0, 1]


def test_cross_validation_asks_weights_of_other_articles(texts: Path) -> None:
    found = examples(texts, Extractor.RULES)
    chances = cross_validated(found, RECIPE)
    assert chances.argmax(1).tolist() == [0, 1] * 4
    every = [one.read for one in found]
    assert measured(every, found, chances, Form) == ("P 1.000  R 1.000  F1 1.000  right 1.000  (8)")
    assert measured(every, found[:6], chances[:6], Form) == (
        "P 1.000  R 0.750  F1 0.857  right 0.750  (8)"
    )


def test_what_is_settled_at_once_needs_no_weights(texts: Path) -> None:
    settled = "Anna Lind said that the port would close."
    (texts / "a0.txt").write_text(settled, encoding="utf-8")
    row = {"document": "a0", "spans": [[15, 40]], "cue": [10, 14], "form": "indirect"}
    (texts / "one.json").write_text(json.dumps([{**row, "act": "none"}]), encoding="utf-8")
    (one,) = examples_of(read_acts(texts / "one.json"), [texts], Extractor.RULES)
    assert one.at_once == (Act.SPEECH,)
    assert chances_of(learn([one], RECIPE), [one]).tolist() == [[1.0, 0.0, 0.0]]


def test_article_without_a_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"a9\.txt is not in"):
        source_of("a9", [tmp_path])


def test_weights_stay_finite_where_a_sign_never_varies(texts: Path) -> None:
    weights = learn(examples(texts, Extractor.MODEL)[:4], RECIPE)
    assert all(np.isfinite(array).all() for array in weights.values())
