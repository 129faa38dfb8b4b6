"""Quotations as they come out of pages and files: nothing that is said differs; that is told."""

import pytest

from service.verification.findings import Flag, Verdict, Wording
from service.verification.texts.repairs import ENCODING, ESCAPES
from tests.verification.conftest import EUROPE, GROWTH, HARVEST, PEACE, TAXES, Ask

PEACE_AS_JSON = PEACE.replace("’", r"\u2019").replace("–", r"\u2013")
MISREAD = "".join(
    one if one.isascii() else one.encode().decode("cp1252", "replace") for one in PEACE
)


@pytest.mark.parametrize(
    ("claimed", "normalization"),
    [
        (HARVEST.replace("farmers", "far-\nmers"), "hyphens"),
        (HARVEST.replace("remembers", "remem-\n  bers"), "hyphens"),
        (HARVEST.replace("anybody", "any-body"), "hyphens"),
        (TAXES.replace("middle class", "middle-class"), "dashes"),
        (HARVEST.replace("valley", "valley¹"), "footnote marks"),
        (HARVEST.replace("in the", "in²³ the"), "footnote marks"),
        (HARVEST.replace("valley", "valley[12]"), "footnote marks"),
        (HARVEST.replace("valley", "valley [3]"), "footnote marks"),
        (PEACE_AS_JSON, ESCAPES),
        (MISREAD, ENCODING),
        (f"“{HARVEST},” she said.", "words outside the quotation marks"),
        (f"“{HARVEST[:26]},” Ms. Major told us, “{HARVEST[27:]}.”", "words outside"),
        (f"Jane Doe said: «{EUROPE}»", "words outside"),
        (f"{HARVEST}?", "punctuation"),
        (f"{GROWTH}!", "punctuation"),
    ],
)
def test_slips_of_typing_and_copying_are_listed_and_change_nothing(
    ask: Ask, claimed: str, normalization: str
) -> None:
    found = ask(claimed)
    assert (found.wording, found.verdict) == (Wording.TYPOGRAPHIC, Verdict.VERBATIM)
    assert any(name.startswith(normalization) for name in found.normalizations)
    assert found.best and not found.best.flags


def test_only_what_is_marked_is_claimed(ask: Ask) -> None:
    changed = HARVEST.replace("best", "worst")
    found = ask(f"“{changed},” she said on Monday.")
    assert found.verdict is Verdict.ALTERED
    assert found.best and found.best.flags == (Flag.OPPOSITE,)
    assert ask("“Peace,” she said on Monday.").verdict is Verdict.TOO_SHORT


def test_words_outside_marks_that_announce_nobody_are_claimed_too(ask: Ask) -> None:
    found = ask(PEACE.replace("never", "always"))
    assert found.verdict is Verdict.ALTERED
    assert found.best and Flag.NEGATION in found.best.flags


def test_raised_figures_of_measures_are_not_footnotes(ask: Ask) -> None:
    found = ask(HARVEST.replace("this valley", "this 12 km² valley"))
    assert found.verdict is Verdict.ALTERED
