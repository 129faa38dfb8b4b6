"""The cache returns what was computed, and stays within its limit."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from service.index.whoosh.format.postings import Postings
from service.index.whoosh.segments.array_cache import OVERHEAD, KeptArrays, KeptLists


def numbers(count, value=0):
    return np.full(count, value, dtype=np.uint32)


def test_array_is_made_once():
    kept, made = KeptArrays(10_000), []
    for _ in range(3):
        assert kept.get("a", lambda: made.append("a") or numbers(3)).tolist() == [0, 0, 0]
    assert made == ["a"]


def test_those_asked_for_last_stay():
    kept = KeptArrays(2 * (400 + OVERHEAD))
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: numbers(100))
    made = []
    for key in ("a", "c", "b"):
        kept.get(key, lambda key=key: made.append(key) or numbers(100))
    assert made == ["b"]
    assert kept.size <= kept.limit


def test_what_never_fits_is_returned_and_not_kept():
    kept = KeptArrays(100)
    assert len(kept.get("a", lambda: numbers(1000))) == 1000
    assert kept.size == 0


def test_nobody_changes_what_is_kept():
    array = KeptArrays(10_000).get("a", lambda: numbers(3))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_threads_get_what_they_ask_for():
    kept = KeptArrays(5_000)

    def ask(number):
        return kept.get(number % 13, lambda: numbers(100, number % 13))[0] == number % 13

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(2000)))
    assert 0 < kept.size <= kept.limit


def test_lists_are_read_once_and_let_go_before_they_are_too_many():
    read = []

    def postings(field, term):
        read.append(term)
        return None if term == "nowhere" else Postings(numbers(100), numbers(0), numbers(0))

    kept = KeptLists(postings, limit=3 * (400 + OVERHEAD) + OVERHEAD)
    for term in ("a", "nowhere", "b", "a", "nowhere", "c", "a", "d", "a"):
        kept.get("words", term)
        assert kept.size <= kept.limit
    assert read == ["a", "nowhere", "b", "c", "d", "a"]
