"""The query language and the analysis of words, by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import InvalidParameter
from service.index.analysis import cut, stem, surface_words, term_of, terms
from service.index.words import Expression, Phrase, highlights, parse_words


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


def test_script_without_spaces_is_found_in_part():
    expression = parse_words("近平")
    assert [span.of("习近平说") for span in highlights("习近平说", expression)] == ["近平"]


def test_phrase_runs_across_an_interruption():
    text = "We will […] never give in"
    assert [s.of(text) for s in highlights(text, parse_words('"will never"'))] == ["will […] never"]


@given(st.text())
def test_text_is_cut_into_its_words_and_what_is_between(text):
    pieces = cut(text)
    assert "".join(pieces) == text
    assert pieces[1::2] == surface_words(text) and all(pieces[1::2])
    assert list(map(term_of, pieces[1::2])) == terms(text) and all(terms(text))


@given(st.text(min_size=1), st.text())
def test_term_begins_like_its_word(word, rest):
    for initial in "aZ9":
        for found in surface_words(initial + word + rest):
            if found[0].isascii():
                assert term_of(found)[0] == found[0].lower()


@given(
    st.lists(st.sampled_from(["peace", "Peace", "ＰＥＡＣＥ", "’s", " ", "war", "Řád", "rad", "."]))
)
def test_every_word_with_a_wanted_term_is_highlighted(pieces):
    text = "".join(pieces)
    spans = highlights(text, parse_words('peace OR rad OR "war peace"'))
    marked = [word for span in spans for word in terms(span.of(text))]
    assert [term for term in marked if term != "war"] == [
        term for term in terms(text) if term in ("peac", "rad")
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_an_expression_or_a_clear_error(text):
    try:
        expression = parse_words(text)
    except InvalidParameter as error:
        assert error.parameter == "q" and "\n" not in error.detail
    else:
        assert (expression == Expression()) == (not text.strip())
        assert all(span.end <= len(text) for span in highlights(text, expression))


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_stem_is_never_empty(word):
    assert stem(word)


def test_every_word_of_a_text_is_found_by_itself():
    text = "The U.S. and Peña’s policy-makers agreed: 3.5 % of O’Neill’s don’t stop."
    for written in surface_words(text):
        spans = highlights(text, parse_words(f'"{written}"'))
        assert any(span.of(text) == written for span in spans)
