"""How well acts are recognised: speech against attitudes and what is not a statement.

    python -m bench.acts TRAIN HELD TEXTS [TEXTS ...]

TRAIN and HELD are files of hand-labelled statements (training/acts/reading.py), TEXTS the folders
of their articles. Prints for each extractor precision, recall and F1 of speech: on TRAIN by weights
learned from its other articles, and on HELD by the package's, which never learned from it. What is
not found counts as not speech. Then the same for indirect statements alone, and the share of all
three outcomes that are right.
"""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from service.domain import Act, Extractor, Form
from service.extraction.statements.acts import OUTCOMES, likeliest, open_weigher
from training.acts.learning import Recipe, chances_of, cross_validated
from training.acts.reading import Example, Read, examples_of, for_extractor, read_acts

Chances = npt.NDArray[np.float64]


def measured(
    every: Iterable[Read], examples: Sequence[Example], chances: Chances, forms: Iterable[Form]
) -> str:
    """One line with precision, recall and F1 of speech and the share of right outcomes."""
    forms = frozenset(forms)
    found = {
        (one.read.article, one.read.spans): likeliest(row, one.read.form, one.says)
        for one, row in zip(examples, chances.tolist(), strict=True)
    }
    rows = [one for one in every if one.form in forms]
    compared = [(found.get((one.article, one.spans)), OUTCOMES[one.outcome]) for one in rows]
    speech = [(ours is Act.SPEECH, theirs is Act.SPEECH) for ours, theirs in compared]
    both = sum(ours and theirs for ours, theirs in speech)
    precision = both / max(1, sum(ours for ours, _ in speech))
    recall = both / max(1, sum(theirs for _, theirs in speech))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    right = sum(ours is theirs for ours, theirs in compared) / max(1, len(compared))
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  right {right:.3f}  ({len(rows)})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("train", type=Path, help="statements that were learned from")
    parser.add_argument("held", type=Path, help="statements of other articles")
    parser.add_argument("texts", type=Path, nargs="+", help="folders of the articles")
    arguments = parser.parse_args()
    for path in (arguments.train, arguments.held):
        rows = read_acts(path)
        examples = {one: list(examples_of(rows, arguments.texts, one)) for one in Extractor}
        every = [one for several in rows.values() for one in several]
        for extractor in Extractor:
            if path is arguments.train:
                known = for_extractor(extractor, examples)
                chances = cross_validated(known, Recipe())[-len(examples[extractor]) :]
            else:
                chances = chances_of(open_weigher(extractor).weights, examples[extractor])
            for name, forms in (("all", Form), ("indirect", [Form.INDIRECT])):
                line = measured(every, examples[extractor], chances, forms)
                print(f"{extractor:5} {path.stem:5} {name:8} {line}")


if __name__ == "__main__":
    main()
