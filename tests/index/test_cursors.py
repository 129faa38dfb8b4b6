"""Cursors give back their key, and only for the query they were issued for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import InvalidParameter
from service.index.cursors import read_cursor, write_cursor
from service.index.whoosh.format.segment_writer import Order
from service.index.whoosh.generations.walking import Position

keys = st.lists(st.integers(-(10**9), 10**9) | st.floats(0, 100) | st.text("ab-é", max_size=9))


@given(st.tuples(st.text(), st.none() | st.text()), keys)
def test_key_comes_back(question, key):
    assert read_cursor(question, write_cursor(question, key), list) == key


@given(keys)
def test_other_question_is_refused(key):
    with pytest.raises(InvalidParameter, match="another query"):
        read_cursor(("talks",), write_cursor(("peace",), key), list)


@given(st.text(max_size=40))
def test_garbage_is_refused(cursor):
    with pytest.raises(InvalidParameter) as caught:
        read_cursor(("peace",), cursor, list)
    assert caught.value.parameter == "cursor"


@given(keys.filter(lambda key: len(key) != 3))  # some keys with three values are of these types
def test_key_of_another_kind_is_refused(key):
    """Even a cursor forged with knowledge of the format is an error."""
    for kind in (tuple[float, Order, list[int]], Position):
        with pytest.raises(InvalidParameter, match="cursor"):
            read_cursor(("peace",), write_cursor(("peace",), key), kind)
