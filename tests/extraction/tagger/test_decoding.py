from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from service.extraction.tagger.decoding import BEGINS, best_sequence, certainly_outside

SCORE = st.floats(-5, 5, width=32)


def allowed(tags: tuple[int, ...]) -> bool:
    before = (0, *tags)
    return all(
        now == 0 or now in BEGINS or last in (now, now - 1)
        for last, now in zip(before, tags, strict=False)
    )


def value(tags: tuple[int, ...], emissions: np.ndarray, transitions: np.ndarray) -> float:
    steps = zip((-1, *tags), tags, strict=False)
    return float(
        sum(transitions[last, now] for last, now in steps)
        + sum(row[tag] for row, tag in zip(emissions, tags, strict=True))
    )


@given(arrays(np.float32, (3, 7), elements=SCORE), arrays(np.float32, (8, 7), elements=SCORE))
def test_best_sequence_is_the_best_of_all_allowed(
    emissions: np.ndarray, transitions: np.ndarray
) -> None:
    found = tuple(int(tag) for tag in best_sequence(emissions, transitions))
    assert allowed(found)
    best = max(
        value(tags, emissions, transitions) for tags in product(range(7), repeat=3) if allowed(tags)
    )
    assert abs(value(found, emissions, transitions) - best) < 1e-3


def test_a_stretch_does_not_continue_what_never_began() -> None:
    emissions = np.zeros((4, 7), np.float32)
    emissions[:, 2] = 3
    tags = best_sequence(emissions, np.zeros((8, 7), np.float32))
    assert tags.tolist() == [1, 2, 2, 2]


@given(
    arrays(np.float32, (3, 7), elements=SCORE),
    arrays(np.float32, (8, 7), elements=st.floats(-0.5, 0.5, width=32)),
)
def test_no_sequence_that_is_best_has_a_tag_where_none_can_be(
    emissions: np.ndarray, transitions: np.ndarray
) -> None:
    every = [tags for tags in product(range(7), repeat=3) if allowed(tags)]
    best = max(every, key=lambda tags: value(tags, emissions, transitions))
    outside = certainly_outside(emissions, transitions)
    assert all(tag == 0 for tag, none in zip(best, outside, strict=True) if none)
