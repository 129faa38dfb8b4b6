"""Prefixes and similar words give the same as examining every word."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from service.index.records import pack_words, unpack_words
from service.index.vocabulary import Vocabulary

letters = st.text(st.sampled_from("abcé近\U0001f600"), min_size=1, max_size=6)
stored = st.dictionaries(st.tuples(letters, letters), st.integers(1, 2**32 - 1), max_size=30).map(
    lambda counts: sorted((*words, count) for words, count in counts.items())
)


def vocabulary_of(words):
    return Vocabulary(unpack_words(pack_words(words)))


@given(stored)
def test_words_come_back(words):
    vocabulary = vocabulary_of(words)
    assert list(vocabulary) == words
    assert len(vocabulary) == len(words)


@given(stored, st.text(st.sampled_from("abcé近\U0001f600"), max_size=3))
def test_words_that_begin_alike_are_neighbours(words, start):
    vocabulary = vocabulary_of(words)
    places = vocabulary.beginning(start)
    beginning = [(written, count) for folded, written, count in words if folded.startswith(start)]
    assert vocabulary.written(places) == [written for written, _ in beginning]
    assert vocabulary.counts[places.start : places.stop].tolist() == [n for _, n in beginning]


@given(stored, letters, st.integers(1, 2))
def test_near_words_are_those_within_the_distance(words, word, distance):
    vocabulary = vocabulary_of(words)
    near = [
        (OSA.distance(word, folded), written, count)
        for folded, written, count in words
        if OSA.distance(word, folded) <= distance
    ]
    assert list(vocabulary.near(word, distance, vocabulary.beginning(""))) == near
