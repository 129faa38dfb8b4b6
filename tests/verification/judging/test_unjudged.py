"""Quotations that are hardly any: an answer or one clear error, never a traceback."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import InvalidParameter
from service.index.whoosh import WhooshIndex
from service.verification import verify
from service.verification.findings import Verdict, Wording
from service.verification.verify import MAX_LENGTH
from tests.verification.conftest import HARVEST, Ask


@pytest.mark.parametrize("quote", ["", "  \n", "“”", "...", "😀 🎉", "<p></p>", "---", "%"])
def test_no_word_is_an_error_that_says_so(ask: Ask, quote: str) -> None:
    with pytest.raises(InvalidParameter, match=r"^quote: .*expected the words"):
        ask(quote)


def test_more_than_can_be_looked_for_is_an_error(ask: Ask) -> None:
    with pytest.raises(InvalidParameter, match=r"^quote: 60000 characters; the limit is 20000"):
        ask("words " * 10_000)


def test_speaker_without_a_name_is_an_error(ask: Ask) -> None:
    with pytest.raises(InvalidParameter, match=r"^speaker: "):
        ask(HARVEST, " - ")


@pytest.mark.parametrize(
    ("quote", "text"),
    [("best harvest", "best harvest"), ("Bank of Norway", "Bank of Norway")],
)
def test_two_telling_words_are_found(ask: Ask, quote: str, text: str) -> None:
    found = ask(quote)
    assert (found.verdict, found.wording) == (Verdict.VERBATIM, Wording.VERBATIM)
    assert found.best and found.best.found == text


@pytest.mark.parametrize(
    "quote",
    [
        "a" * MAX_LENGTH,
        "peace ... " * 1900,
        "( [ { “ " * 1000 + "peace",
        "\x00We\x00 \ufffd never",
        "\u202eecaep",
        "We will not raise taxes. " * 790,
        "1 2 3 4 5 6 7 8 9 10",
        "-not -this OR that",
        '"unclosed',
        "[it] %",
        "[it]",
        "½ ² ⅷ",
        "<b <i & &amp &#x110000; &#0;",
    ],
)
def test_anything_else_is_answered(ask: Ask, quote: str) -> None:
    assert ask(quote).verdict in Verdict


@settings(max_examples=80)
@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=12)))
def test_any_text_is_answered_or_refused(
    index: WhooshIndex, quote: str, speaker: str | None
) -> None:
    try:
        found = verify(index.snapshot(), f"{quote} the best harvest {quote}", speaker)
    except InvalidParameter as error:
        assert error.parameter == "speaker"
    else:
        assert found.wording in Wording


@pytest.mark.parametrize(
    "quote",
    [
        *("harvest", "swallows.", "peace", "if", "a", "x", "The harvest", "of the", "We will"),
        *("“harvest ... harvest”", "[best] harvest", "I’ve been that", "<p>the best</p>"),
    ],
)
@pytest.mark.parametrize("speaker", [None, "Jane Doe"])
def test_fewer_than_two_telling_words_are_not_looked_for(
    ask: Ask, quote: str, speaker: str | None
) -> None:
    found = ask(quote, speaker)
    assert (found.verdict, found.wording) == (Verdict.TOO_SHORT, Wording.TOO_SHORT)
    assert (found.best, found.others, found.mentions) == (None, (), 0)
    assert found.searched.queries == ()


@pytest.mark.parametrize("quote", ["No limits", "not peace", "50 million", "我们", "Never again"])
def test_negations_numbers_and_other_scripts_are_telling(ask: Ask, quote: str) -> None:
    assert ask(quote).verdict is not Verdict.TOO_SHORT
