"""Folding: both sides alike, and every folded character traced back to where it came from."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.verification.texts.folding import fold_character, fold_characters
from service.verification.texts.markup import strip_markup
from service.verification.texts.words import fold_words

GLYPHS = "“”„«»‘’'\"—–-‐ \u00a0\t\n…..[](){}<>&;*_#`/ﬁÉéñйёßİǅ½٣５\u0301\u200b\u00ad,:%$1aZ不ひالن"
ODD = st.one_of(st.text(), st.text(GLYPHS), st.text(GLYPHS + "abcsic. "))


@settings(max_examples=150)
@given(ODD)
def test_every_folded_character_maps_back(text: str) -> None:
    folded = fold_characters(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    places = list(zip(folded.starts, folded.ends, strict=True))
    assert places == sorted(places)
    for character, (start, end) in zip(folded.text, places, strict=True):
        assert 0 <= start < end <= len(text)
        # lower case, accents apart: what stands there is folded to this character
        assert character in "".join(map(fold_character, text[start:end]))


@settings(max_examples=150)
@given(ODD)
def test_words_have_their_places(text: str) -> None:
    folded = fold_words(text)
    end = 0
    for k, (start, stop) in enumerate(folded.edges):
        assert end <= start < stop <= len(text)
        assert folded.surface(k) == text[start:stop]
        end = stop
    pieces = (folded.gap(k) + folded.surface(k) for k in range(len(folded.words)))
    assert "".join(pieces) + folded.gap(len(folded.words)) == text


@settings(max_examples=100)
@given(st.text("abcXYZ0159'.,:- %$\n\"()!?"))
def test_simple_texts_fold_as_all_texts_do(text: str) -> None:
    """An accent further on takes the way that is slow and knows all scripts."""
    words = fold_words(text).words
    assert fold_words(f"{text} é").words == (*words, "e")


@settings(max_examples=100)
@given(ODD)
def test_characters_without_markup_map_back(text: str) -> None:
    stripped = strip_markup(text)
    assert len(stripped.origins) == len(stripped.text) + 1
    assert list(stripped.origins) == sorted(stripped.origins)
    assert stripped.origins[-1] == len(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We won't go", "WE WON’T  GO"),
        ("long-term", "long – term"),
        ("Peña", "PEN\u0303A"),
        ("office", "oﬃce"),
        ("cooperation", "co\u00adop\u200beration"),
        ("The people want it", "[T]he people want[] it"),
        ("We was there", "We was [sic] there"),
        ("1,000 jobs", "1000 jobs"),
        ("the U.S. and", "the US and"),
        ("50% of it", "50 percent of it"),
        ("2025", "２０２５"),
    ],
)
def test_glyphs_alone_make_no_other_words(one: str, other: str) -> None:
    assert fold_words(one).words == fold_words(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.5", "35"),
        ("-5 degrees", "5 degrees"),
        ("$5", "5"),
        ("won't", "will"),
        ("может", "можем"),
        ("мой", "мои"),
        ("1,500", "15,00"),
        ("10:30", "1030"),
    ],
)
def test_other_words_stay_others(one: str, other: str) -> None:
    assert fold_words(one).words != fold_words(other).words


def test_dots_and_brackets_are_known() -> None:
    folded = fold_words("We … will [all of us] go [...] there . . . now")
    assert sorted(folded.elisions) == [1, 6, 7]
    assert [folded.words[k] for k in sorted(folded.bracketed)] == ["all", "of", "us"]


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("<p>We <b>will</b> go</p>", "We will go"),
        ("We&nbsp;won&rsquo;t &amp; can&#8217;t", "We won’t & can’t"),
        ("> **We** _will_ go", "We will go"),
        ("We [will go](http://a.b/c_d)", "We will go"),
        ("# We `will` go", "We will go"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("snake_case and 2*3*4", "snake_case and 2*3*4"),
    ],
)
def test_markup_is_not_said(marked: str, said: str) -> None:
    assert re.sub(r"\s+", " ", strip_markup(marked).text).strip() == said.replace("\u00a0", " ")


def test_asterisks_for_letters_leave_nothing_out() -> None:
    assert fold_words("they call us n****rs").elisions == frozenset()
    assert strip_markup("they **call** us n****rs").text == "they call us n****rs"
    assert fold_words("they call us *** names").elisions == {3}
