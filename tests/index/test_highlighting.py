"""Finding the words of a query in a text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.domain import Span
from service.index.analysis import first_word, surface_words, terms
from service.index.highlighting import Highlighter
from service.index.words import parse_words


def highlights(text, words):
    return [span.of(text) for span in Highlighter(parse_words(words)).spans(text)]


def test_script_without_spaces_is_found_in_part():
    assert highlights("习近平说", "近平") == ["近平"]


def test_phrase_runs_across_an_interruption():
    assert highlights("We will […] never give in", '"will never"') == ["will […] never"]


def test_words_are_marked_whole_and_in_any_form():
    text = "Their policies: Russia’s U.S. policy, O’Neill’s Peña and İstanbul"
    assert highlights(text, "policy russia oneill pena us") == [
        "policies",
        "Russia’s",
        "U.S.",
        "policy",
        "O’Neill’s",
        "Peña",
    ]


def test_overlapping_phrases_are_one_span():
    assert highlights("peace talks now", '"peace talks" OR "talks now"') == ["peace talks now"]


def test_every_word_of_a_text_is_found_by_itself():
    text = "The U.S. and Peña’s policy-makers agreed: 3.5 % of O’Neill’s don’t stop."
    for written in surface_words(text):
        assert written in highlights(text, f'"{written}"')


PIECES = [
    *"-_.'3x近İé \u0301“\n",
    "peace",
    "Peace",
    "ＰＥＡＣＥ",
    "’s",
    "war",
    "Řád",
    "rad",
    "U.S.",
]
PIECES += ["policy", "policies", "us"]
WANTED = [
    "peace",
    '"war peace"',
    "rad",
    "us",
    "policy",
    "近",
    '"peace policy us"',
    "istanbul",
    "x3",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=30),
    st.lists(st.sampled_from(WANTED), min_size=1, max_size=4, unique=True).map(" OR ".join),
)
def test_highlights_are_those_of_looking_at_every_word(text, words):
    expression = parse_words(words)
    marked = [False] * len(text)
    for start, end in phrases_in(text, expression):
        marked[start:end] = [True] * (end - start)
    spans = Highlighter(expression).spans(text)
    assert [any(span.start <= n < span.end for span in spans) for n in range(len(text))] == marked
    assert all(one.end <= two.start for one, two in pairwise(spans))


def all_words(text):
    word = first_word(text, 0)
    while word:
        yield word
        word = first_word(text, word.end())


def phrases_in(text, expression):
    words, found = list(all_words(text)), terms(text)
    for phrase in expression.phrases:
        for place in range(len(words)):
            if tuple(found[place : place + len(phrase.terms)]) == phrase.terms:
                yield words[place].start(), words[place + len(phrase.terms) - 1].end()


@given(st.text(max_size=60), st.text(max_size=20).filter(terms))
def test_what_was_searched_is_highlighted_in_place(text, sought):
    words = " ".join(surface_words(sought))
    whole = f"{text} {words}"
    spans = Highlighter(parse_words(f'"{words}"')).spans(whole)
    assert Span(len(text) + 1, len(whole)) in spans or spans[-1].end == len(whole)
