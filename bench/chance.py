"""Weights that tell edited quotations from chance overlaps: python -m bench.chance OTHER INDEX...

Learns the weights of service/verification/comparing/chance.py by a logistic regression: edited
quotations of each INDEX (bench/claims.py) against claims nobody made and quotations of OTHER, an
index of other articles. Prints the weights, with the constant at which a share of --found of the
latter are found, and then how many of each kind are found. Several indexes keep the weights from
fitting one size: 640, 83 and 10 of PolNeAR's training articles beside 200 others of them gave those
in use.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.claims import EDITS, editor_of
from bench.editor import Claimed
from bench.verify import has_words, never_said, share, statements_of
from service.index.port import Index
from service.index.whoosh import open_index
from service.verification.comparing.chance import (
    SURELY_SIMILAR,
    Signs,
    by_chance,
    is_doubtful,
    signs_of,
)
from service.verification.searching.candidates import (
    LEAST_SHARE,
    LIMIT,
    MOST_SHARE,
    Search,
    best_first,
)
from service.verification.verify import read_claim

Numbers = npt.NDArray[np.float64]

HEAVY = ("30 % of words", "30 % exchanged", "30 % of 3 to 5", "30 % of a part", "... reworded")
MADE_UP = tuple(edit for edit in EDITS if edit.startswith("never"))
ROUNDS, RIDGE = 40, 1e-3


@dataclass(frozen=True)
class Example:
    """``signs`` are of the nearest statement; None if there is none, or the wrong one. ``sure``
    means that nothing needs weighing.
    """

    kind: str
    said: bool
    signs: Signs | None
    sure: bool


def examples(index: Index, other: Index, seed: int, count: int) -> Iterator[Example]:
    """Yields ``count`` examples of each kind, or as many as there are."""
    editor = editor_of(list(statements_of(index)), seed)
    for kind in (*HEAVY, *MADE_UP):
        made = (editor.claim(kind) for _ in range(count))
        yield from (example(index, claimed) for claimed in made if claimed)
    elsewhere = defaultdict(list)
    for claimed in never_said(index, other, seed):
        elsewhere[claimed.edit].append(claimed)
    for several in elsewhere.values():
        yield from (example(index, claimed) for claimed in islice(several, count))


def example(index: Index, claimed: Claimed) -> Example:
    claim, search = read_claim(index.snapshot(), claimed.quote, None), Search(index.snapshot())
    compared = [
        one for share in (MOST_SHARE, LEAST_SHARE) for one in search.sharing(claim, share, LIMIT)
    ]
    ordered = best_first(claim, compared)
    nearest = ordered[0] if ordered else None
    said = bool(claimed.true)
    if nearest is None or (said and not has_words(claimed, nearest.passage.statement)):
        return Example(claimed.edit, said, None, sure=False)
    sure = nearest.similarity >= SURELY_SIMILAR
    if not sure and not is_doubtful(nearest):
        return Example(claimed.edit, said, None, sure=False)
    return Example(claimed.edit, said, signs_of(nearest, by_chance(nearest, ordered)), sure)


def learn(weighed: Sequence[Example]) -> Numbers:
    """Log-odds by Newton's method, (signs,); quotations that were said weigh as much as others."""
    doubtful = [one for one in weighed if one.signs and not one.sure]
    signs = np.array([one.signs for one in doubtful], dtype=float)
    said = np.array([one.said for one in doubtful], dtype=float)
    counted = np.where(said > 0, 0.5 / said.sum(), 0.5 / (1 - said).sum()) * len(said)
    weights = np.zeros(signs.shape[1])
    for _ in range(ROUNDS):
        odds = 1 / (1 + np.exp(-np.clip(signs @ weights, -30, 30)))
        slope = signs.T @ (counted * (said - odds)) - RIDGE * weights
        bend = (signs.T * (counted * odds * (1 - odds))) @ signs + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def constant(weighed: Sequence[Example], weights: Numbers, found: float) -> float:
    """What to add to the constant so that this share of what nobody said is found, if that is more
    than those that need no weighing.
    """
    unsaid = [one for one in weighed if not one.said]
    odds = sorted(
        (float(np.dot(one.signs, weights)) for one in unsaid if one.signs and not one.sure),
        reverse=True,
    )
    sure = sum(one.sure for one in unsaid)
    return -odds[max(0, round(found * len(unsaid)) - sure)]


def print_found(weighed: Sequence[Example], weights: Numbers) -> None:
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for one in weighed:
        found = one.signs is not None and (one.sure or float(np.dot(one.signs, weights)) > 0)
        by_kind[one.kind].append(found)
    for kind, several in by_kind.items():
        print(f"{kind:20} {len(several):6} {share(several):6.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other", type=Path)
    parser.add_argument("index", type=Path, nargs="+")
    parser.add_argument("--claims", type=int, default=200, help="of each kind and seed")
    parser.add_argument("--seed", type=int, nargs="+", default=[101, 102, 103, 104])
    parser.add_argument("--found", type=float, default=0.005, help="of what nobody said")
    arguments = parser.parse_args()
    other = open_index(arguments.other)
    drawn = [
        one
        for folder in arguments.index
        for seed in arguments.seed
        for one in examples(open_index(folder), other, seed, arguments.claims)
    ]
    weights = learn(drawn)
    weights[0] += constant(drawn, weights, arguments.found)
    for name, weight in zip(Signs._fields, weights, strict=True):
        print(f"{name:20} {weight:6.2f}")
    print(f"\n{'kind':20} {'claims':>6} {'found':>6}")
    print_found(drawn, weights)


if __name__ == "__main__":
    main()
