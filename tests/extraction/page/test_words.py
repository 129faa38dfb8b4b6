import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import Source, Span
from service.extraction.page.layout import Article, lay_out
from service.extraction.page.words import COMMON_LETTERS, legible, read_words
from service.extraction.statements.cues import holds_cue
from service.extraction.statements.tokens import tokenize

LETTERS = [*"Aabz1 .,’'-&‑/“”\"—_é\n", "\u0301", "\u200b", "\u00ad"]
TEXTS = st.lists(st.sampled_from([*LETTERS, " said ", "Jane’s ", "U.S."]), max_size=60).map("".join)
WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:(?:[’'.&‑-]|[\u00ad\u200b-\u200d\u2060\ufeff]+)[^\W_]+|[\u0300-\u036f]+[^\W_]*)*"
)
"""A word as it is meant; words.py finds the same ones faster."""


def laid_out(text: str) -> Article:
    return lay_out(Source(id="a", text=text, origin="-"))


@given(TEXTS)
def test_words_are_where_they_are_meant_to_be(text: str) -> None:
    article = laid_out(text)
    words = read_words(article)
    expected = list(WORD.finditer(article.flow))
    assert words.starts == [match.start() for match in expected]
    for word, match in zip(words, expected, strict=True):
        found = match.group()
        bare = found[:-2] if found.endswith(("’s", "'s")) else found
        assert article.flow[word.start : word.end] == bare
        assert word.text == legible(bare)


@given(TEXTS)
def test_tokens_lie_in_their_sentence_and_tell_their_quotation(text: str) -> None:
    article = laid_out(text)
    for sentence in article.sentences:
        position = sentence.start
        for token in tokenize(article, sentence):
            assert position <= token.start < token.end <= sentence.end
            assert not article.flow[position : token.start].strip()
            assert token.text == article.flow[token.start : token.end]
            assert token.word == article.lowered[token.start : token.end]
            around = [
                number
                for number, quotation in enumerate(article.quotations)
                if quotation.outer.start <= token.start < quotation.outer.end
            ]
            assert token.quote == (around[0] if around else -1)
            position = token.end


def test_words_are_distinguished_by_their_lines() -> None:
    article = laid_out("Jane Doe Wins\n\nShe won.\n\nJohn Roe Loses")
    inside, outside = read_words(article).apart([article.paragraphs[0], article.paragraphs[2]])
    assert [word.text for word in inside] == ["Jane", "Doe", "Wins", "John", "Roe", "Loses"]
    assert [word.text for word in outside] == ["She", "won"]
    assert outside[0].first
    assert [word.text for word in outside[0:2]] == ["She", "won"]


def test_a_bare_apostrophe_after_s_is_possessive() -> None:
    words = read_words(laid_out("The Democrats’ plan; Jones' too; cats’tails, Doe’s."))
    assert [word.text for word in words if word.possessive] == ["Democrats", "Jones", "Doe"]


def test_a_very_long_word_is_read_as_any_other() -> None:
    long = "a" * (COMMON_LETTERS + 1)
    assert [word.text for word in read_words(laid_out(f"{long} b {long}"))] == [long, "b", long]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She will win, he said.", True),
        ("The party (referring to Doe) won.", True),
        ("He won — drawing attention to Doe.", True),
        ("It rained, according to Doe.", True),
        ("Naïve as it is, she claims it.", True),
        ("It rained in the resaid town.", False),
        ("It rained.", False),
    ],
)
def test_sentences_that_hold_a_cue(text: str, expected: bool) -> None:
    assert holds_cue(laid_out(text).lowered, Span(0, len(text))) is expected
