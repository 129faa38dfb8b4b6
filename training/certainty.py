"""Certainty: learns the confidence of resolved speakers from hand-labelled mentions.

    python -m training.certainty TABLE IDENTITIES TEXTS [IDENTITIES TEXTS ...]

IDENTITIES is a file of mentions (bench/meant.py), TEXTS the folder of its articles (NAME.txt);
TABLE is service/extraction/speakers/certainty.json. Repeat it after every change to the resolution
of mentions: make certainty. Choices by the ranker are left out, as they have their own probability.

The weights are those of a logistic regression; the table is fitted to scores of articles that the
weights were not learned from, ascending and monotone (pool adjacent violators). It logs, for tenths
of confidence on articles that neither was learned from, the mean confidence and the share right.
"""

import argparse
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bench.meant import Meant, is_right, read_identities
from service.domain import Extractor, Source
from service.extraction.annotate import decide_statements
from service.extraction.speakers.certainty import Asked, CertaintySigns, signs_of
from service.extraction.speakers.resolving import resolve_speakers
from service.reading import read

logger = logging.getLogger(__name__)

Floats = npt.NDArray[np.float64]

FOLDS = 10
"""Parts of the articles, each judged by weights learned from the others."""
RIDGE = 1.0
"""Regularisation; of 1, 5 and 20 the best by likelihood (.1342 of model's answers)."""
POOL = 120
"""Least number of answers per step of the table; of 60, 120 and 200 the best by likelihood."""
STEPS = 30
"""Newton's method converges after seven."""


class Answered(NamedTuple):
    """A mention answered by rule in an article, and whether the answer is right."""

    article: str
    signs: CertaintySigns
    right: bool


class Learned(NamedTuple):
    """Weights, the bias first, and the table of scores and shares."""

    weights: Floats
    scores: Floats
    shares: Floats


def answered(identities: Path, texts: Path, extractor: Extractor) -> Iterator[Answered]:
    """Yields answered mentions that are labelled, article by article."""
    for article, meant in read_identities(identities).items():
        source = next(read(texts / f"{article.removesuffix('.txt')}.txt"))
        if not isinstance(source, Source):
            raise source
        for asked in _asked(source, extractor):
            one = next((m for m in meant if m.span.overlaps(asked.mention.span)), None)
            if one is not None and asked.answer is not None:
                yield Answered(article, signs_of(asked, asked.answer), _is_right(one, asked))


def _asked(source: Source, extractor: Extractor) -> list[Asked]:
    """The mentions as met by the service, without those that the ranker decides."""
    article, decisions, persons, weigh = decide_statements(source, extractor)
    met: list[Asked] = []

    def take_down(asked: Asked) -> float:
        if not asked.is_weighed:
            met.append(asked)
        return 0.0

    resolve_speakers(article, [d.proposal for d in decisions], (), persons, weigh, take_down)
    return met


def _is_right(meant: Meant, asked: Asked) -> bool:
    return asked.answer is not None and is_right(meant, [asked.answer.figure.speaker().name])


def fit(signs: Floats, right: Floats) -> Floats:
    """The weights of a logistic regression, the bias first."""
    table = np.c_[np.ones(len(signs)), signs]
    weights = np.zeros(table.shape[1])
    ridge = np.full(table.shape[1], RIDGE)
    ridge[0] = 1e-9
    for _ in range(STEPS):
        chances = _chances(table @ weights)
        slope = table.T @ (right - chances) - ridge * weights
        curve = (table.T * (chances * (1 - chances))) @ table + np.diag(ridge)
        weights += np.linalg.solve(curve, slope)
    return weights


def scores_of(weights: Floats, signs: Floats) -> Floats:
    return _chances(weights[0] + signs @ weights[1:])


def _chances(odds: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-odds))
    return chances


def table_of(scores: Floats, right: Floats, pool: int = POOL) -> tuple[Floats, Floats]:
    """Ascending scores, and the share of right answers at each, which never decreases."""
    order = np.argsort(scores, kind="stable")
    steps: list[list[float]] = []
    for part in np.array_split(order, max(1, len(order) // pool)):
        steps.append([float(right[part].sum()), float(scores[part].sum()), float(len(part))])
        while len(steps) > 1 and _share(steps[-2]) >= _share(steps[-1]):
            last = steps.pop()
            steps[-1] = [one + other for one, other in zip(steps[-1], last, strict=True)]
    middles = np.array([summed / count for _, summed, count in steps])
    return middles, np.array([_share(step) for step in steps])


def _share(step: Sequence[float]) -> float:
    return step[0] / step[2]


def learn(signs: Floats, right: Floats, folds: npt.NDArray[np.intp]) -> Learned:
    apart = np.zeros(len(right))
    for fold in np.unique(folds):
        here = folds == fold
        apart[here] = scores_of(fit(signs[~here], right[~here]), signs[here])
    return Learned(fit(signs, right), *table_of(apart, right))


def said(learned: Learned, signs: Floats) -> Floats:
    scores = scores_of(learned.weights, signs)
    return np.interp(scores, learned.scores, learned.shares)


def show_held_out(signs: Floats, right: Floats, folds: npt.NDArray[np.intp]) -> None:
    """Logs calibration by tenths, on articles that neither weights nor table were learned from."""
    predicted = np.zeros(len(right))
    for fold in np.unique(folds):
        here = folds == fold
        predicted[here] = said(learn(signs[~here], right[~here], folds[~here]), signs[here])
    tenths = np.minimum(9, np.round(predicted * 100).astype(int) // 10)
    for tenth in reversed(np.unique(tenths).tolist()):
        here = tenths == tenth
        shares = predicted[here].mean(), right[here].mean()
        logger.info("%d tenths: %d answers, said %.3f, right %.3f", tenth, here.sum(), *shares)


def _folds(rows: Sequence[Answered]) -> npt.NDArray[np.intp]:
    """The fold of each row; an article's mentions are in the same one."""
    numbers = {name: at % FOLDS for at, name in enumerate(sorted({row.article for row in rows}))}
    return np.array([numbers[row.article] for row in rows])


def _written(names: Iterable[str], learned: Learned) -> Mapping[str, object]:
    def rounded(values: Floats) -> list[float]:
        return [round(float(value), 4) for value in values]

    bias, *weights = rounded(learned.weights)
    return {
        "bias": bias,
        "weights": dict(zip(names, weights, strict=True)),
        "scores": rounded(learned.scores),
        "shares": rounded(learned.shares),
    }


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(
        prog="python -m training.certainty", description="Learns confidences."
    )
    parser.add_argument("table", type=Path, help="certainty.json to write")
    parser.add_argument("pairs", type=Path, nargs="+", metavar="IDENTITIES TEXTS")
    arguments = parser.parse_args()
    if len(arguments.pairs) % 2:
        parser.error("every file of identities needs the folder of its articles after it")
    pairs = list(zip(arguments.pairs[::2], arguments.pairs[1::2], strict=True))
    written = {}
    for extractor in Extractor:
        rows = [row for pair in pairs for row in answered(*pair, extractor)]
        signs = np.array([[*row.signs.values()] for row in rows], dtype=float)
        right = np.array([row.right for row in rows], dtype=float)
        logger.info("%s: %d answers, %.3f right", extractor, len(rows), right.mean())
        show_held_out(signs, right, _folds(rows))
        written[extractor.value] = _written(rows[0].signs, learn(signs, right, _folds(rows)))
    arguments.table.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
