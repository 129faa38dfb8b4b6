from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.tagger.network import CONTEXT, WINDOW, distance_bucket, plan_windows
from service.extraction.tagger.pieces import SEP, Pieces


def pieces_of(paragraphs: list[int]) -> Pieces:
    ids = np.concatenate([[1] * length + [SEP] for length in paragraphs]).astype(np.int32)
    return Pieces(ids, ids, ids, ids, ids > 0)


@given(st.lists(st.integers(1, 700), min_size=1, max_size=30))
def test_windows_cover_everything_with_context_between(paragraphs: list[int]) -> None:
    pieces = pieces_of(paragraphs)
    windows = list(plan_windows(pieces))
    assert windows[0][0] == 0
    assert windows[-1][1] == len(pieces)
    assert all(0 < stop - start < WINDOW for start, stop in windows)
    for (_, stop), (start, _) in pairwise(windows):
        assert CONTEXT <= stop - start <= 4 * CONTEXT


def test_no_pieces_make_no_window() -> None:
    assert list(plan_windows(_empty())) == []


def _empty() -> Pieces:
    none = np.zeros(0, np.int32)
    return Pieces(none, none, none, none, none > 0)


@given(st.integers(-600, 600))
def test_distance_buckets_are_symmetric_and_grow(signed: int) -> None:
    here, mirrored, further = distance_bucket(np.array([signed, -signed, signed * 2]))
    assert here + mirrored == 64
    assert min(here, further) >= 0 and max(here, further) <= 64
    assert abs(further - 32) >= abs(here - 32)
