"""The query language and the analysis of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import InvalidParameter
from service.index.analysis import stem, surface_words, term_of, terms
from service.index.words import Expression, Phrase, parse_words


def phrase(*words):
    return Phrase(words)


def test_or_joins_its_neighbours_only():
    assert parse_words("a1 b1 OR c1 d1").groups == (
        (phrase("a1"),),
        (phrase("b1"), phrase("c1")),
        (phrase("d1"),),
    )


def test_hyphenated_word_is_a_phrase():
    assert parse_words("Russian-Chinese").groups == ((phrase("russian", "chines"),),)


def test_dash_between_words_leaves_nothing_out():
    assert parse_words("Russia - China") == parse_words("Russia China")


def test_or_in_a_phrase_is_a_word():
    assert parse_words('"peace OR war"').groups == ((phrase("peac", "or", "war"),),)


def test_lower_case_or_is_a_word():
    assert parse_words("peace or war") == parse_words("peace war")


def test_stop_words_stay_where_there_is_nothing_else():
    assert parse_words("to be").groups == ((phrase("to"),), (phrase("be"),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russia’s", "Russia"),
        ("Peña", "PENA"),
        ("café", "cafe\u0301"),
        ("U.S.", "US"),
        ("don’t", "don't"),
        ("policies", "policy"),
        ("stopped", "stopping"),
        ("agreed", "agrees"),
        ("STRASSE", "Straße"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_forms_of_one_word_are_one_term(one, other):
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("news", "new"), ("thing", "th"), ("business", "busy"), ("agreement", "agree")],
)
def test_other_words_stay_apart(one, other):
    assert terms(one) != terms(other)


@given(st.text())
def test_every_word_has_a_term(text):
    assert list(map(term_of, surface_words(text))) == terms(text) and all(terms(text))


@given(st.from_regex(r"[A-Za-z0-9]{1,12}", fullmatch=True))
def test_ascii_word_begins_with_its_term(word):
    term = term_of(word)
    same = word.lower().startswith(term)
    assert same or (term[-1] == "i" and word.lower().startswith(term[:-1] + "y"))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_an_expression_or_a_clear_error(text):
    try:
        expression = parse_words(text)
    except InvalidParameter as error:
        assert error.parameter == "q" and "\n" not in error.detail
    else:
        assert (expression == Expression()) == (not text.strip())


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_stem_is_never_empty(word):
    assert stem(word)


def test_phrase_has_32_words_at_most() -> None:
    words = " ".join(f"w{number}" for number in range(33))
    assert len(parse_words(f'"{words[: words.rindex(" ")]}"').groups[0][0].terms) == 32
    for phrase in (f'"{words}"', f'-"{words}" peace', words.replace(" ", "-"), "\u4e2d" * 33):
        with pytest.raises(InvalidParameter, match="a phrase of 33 words; the limit is 32"):
            parse_words(phrase)
    assert len(parse_words(words).groups) == 33
