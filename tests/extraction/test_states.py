"""States are found by the words they belong to."""

import numpy as np

from service.domain import Span
from service.extraction.states import WIDTH, Section, States


def states_of(*starts: int) -> States:
    """Piece ``n`` has n in all places."""
    states = States()
    rows = np.repeat(np.arange(len(starts), dtype=np.float16)[:, None], 4 * WIDTH, axis=1)
    states.add(Section(np.array(starts, np.int32), rows))
    return states


def test_first_and_last_piece_of_a_span() -> None:
    first, last = states_of(0, 5, 9, 20).ends(Span(5, 14)) or ((), ())
    assert (first[0], last[0]) == (1, 2)


def test_one_piece_is_first_and_last() -> None:
    mention = states_of(0, 5, 9).of_mention(Span(5, 7))
    assert mention is not None
    assert np.allclose(mention, np.tanh(2.0))


def test_nothing_for_words_that_were_not_kept() -> None:
    states = states_of(5, 9)
    assert states.of_name(Span(0, 4)) is None
    assert states.of_name(Span(6, 8)) is None
    assert States().of_mention(Span(0, 4)) is None


def test_sections_keep_the_offsets_of_the_whole_text() -> None:
    states = states_of(0, 5)
    states.add(Section(np.array([100, 104], np.int32), np.full((2, 4 * WIDTH), 7, np.float16)))
    first, last = states.ends(Span(100, 108)) or ((), ())
    assert (first[0], last[0]) == (7, 7)


def test_a_section_without_text_is_skipped() -> None:
    states = States()
    states.add(Section(np.zeros(0, np.int32), np.zeros((0, 4 * WIDTH), np.float16)))
    assert states.of_mention(Span(0, 1)) is None
