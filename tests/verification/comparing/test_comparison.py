"""How the claimed words stand to those that were found."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.index.whoosh import WhooshIndex, open_index
from service.verification import verify
from service.verification.findings import DiffOp, Flag, Verdict, Wording
from tests.index.articles import article
from tests.verification.conftest import (
    ARABIC,
    CHINESE,
    DISASTER,
    EUROPE,
    GROWTH,
    HARVEST,
    NOBODY,
    PEACE,
    RUSSIAN,
    TAXES,
    UNION,
    Ask,
)

SAID = (TAXES, EUROPE, UNION, GROWTH, PEACE, HARVEST, NOBODY, RUSSIAN, CHINESE, ARABIC)


@pytest.mark.parametrize("said", SAID)
def test_unchanged_words_are_verbatim(ask: Ask, said: str) -> None:
    found = ask(said)
    assert (found.verdict, found.wording) == (Verdict.VERBATIM, Wording.VERBATIM)
    assert found.best and found.best.similarity == 1 and not found.best.flags
    assert found.normalizations == ()


@pytest.mark.parametrize(
    ("claimed", "needed"),
    [
        ("We've never been closer to peace", "quotation marks"),
        ("never been closer to peace - a “lasting” peace", "dashes"),
        ('closer to peace – a "lasting" peace', "quotation marks"),
        ("we’ve never been closer to peace", "case"),
        ("NEVER BEEN CLOSER TO PEACE", "case"),
        ("as Pena calls it", "accents"),
        ("never been closer\nto peace", "white space"),
        ("never been clo\u00adser to peace", "invisible characters"),
        ("never been [closer] to peace", "brackets"),
        ("never been closer (sic) to peace", "(sic)"),
        ("best harvest, that anybody remembers", "punctuation"),
    ],
)
def test_glyphs_are_named_where_they_matter(ask: Ask, claimed: str, needed: str | None) -> None:
    found = ask(claimed)
    expected = Wording.TYPOGRAPHIC if needed else Wording.VERBATIM
    assert (found.wording, found.verdict) == (expected, Verdict.VERBATIM)
    assert needed is None or needed in found.normalizations


@pytest.mark.parametrize(
    "claimed",
    [
        f"“{HARVEST}.”",
        f"<blockquote>{HARVEST}</blockquote>",
        f"> {HARVEST}",
        f"...{HARVEST}…",
    ],
)
def test_words_around_a_quotation_do_not_count(ask: Ask, claimed: str) -> None:
    assert ask(claimed).wording is Wording.VERBATIM


@pytest.mark.parametrize("dots", ["...", "…", "[...]", "[…]", ". . .", "(...)", "* * *"])
def test_dots_are_words_that_the_answer_restores(ask: Ask, dots: str) -> None:
    found = ask(f"The farmers of this valley {dots} the best harvest that anybody remembers")
    assert (found.wording, found.verdict) == (Wording.ELIDED, Verdict.VERBATIM)
    assert found.best
    (omitted,) = [part for part in found.best.diff if part.op is DiffOp.DELETE]
    assert omitted.elided and omitted.found.strip() == "brought in"
    assert found.best.similarity == 1


def test_several_parts_are_found_in_order(ask: Ask) -> None:
    found = ask("The farmers ... best harvest ... remembers")
    assert found.wording is Wording.ELIDED
    assert ask("best harvest ... The farmers of this valley").wording is not Wording.ELIDED


@pytest.mark.parametrize(
    ("claimed", "flag"),
    [
        ("We will ... raise taxes on the middle class", Flag.NEGATION),
        ("not raise taxes on the middle class ... we will cut 1,500 jobs in March", Flag.CONDITION),
        ("we will cut ... jobs in March", Flag.NUMBER),
    ],
)
def test_dots_that_leave_out_what_matters_are_flagged(ask: Ask, claimed: str, flag: Flag) -> None:
    found = ask(claimed)
    assert found.wording is Wording.ELIDED
    assert found.best and flag in found.best.flags


def test_a_not_left_out_of_its_clause_is_not_verbatim(ask: Ask) -> None:
    assert ask("We will ... raise taxes on the middle class").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("claimed", "flag"),
    [
        (TAXES.replace("will not", "will"), Flag.NEGATION),
        (EUROPE.replace("do not", "do"), Flag.NEGATION),
        (UNION.replace("will leave", "won't leave"), Flag.NEGATION),
        (HARVEST.replace("brought", "never brought"), Flag.NEGATION),
        (GROWTH.replace("can lend", "cannot lend"), Flag.NEGATION),
        (PEACE.replace("never", "always"), Flag.NEGATION),
        (NOBODY.replace("Nobody", "Everybody"), Flag.NEGATION),
        (RUSSIAN.replace("не ", ""), Flag.NEGATION),
        (CHINESE.replace("不", ""), Flag.NEGATION),
        (ARABIC.replace("لن ", ""), Flag.NEGATION),
        (TAXES.replace("1,500", "15,000"), Flag.NUMBER),
        (UNION.replace("2025", "2026"), Flag.NUMBER),
        (GROWTH.replace("3.5", "35"), Flag.NUMBER),
        (GROWTH.replace("3.5", "five"), Flag.NUMBER),
        (TAXES.replace("we will cut", "we may cut"), Flag.MODAL),
        (GROWTH.replace("can lend", "could lend"), Flag.MODAL),
        (GROWTH.replace("Norway", "Sweden"), Flag.NAME),
        (PEACE.replace("Peña", "Gomez"), Flag.NAME),
        (UNION.replace("If the parliament", "When parliament"), Flag.CONDITION),
        (GROWTH.replace("Bank of Norway", "Church of Norway"), Flag.NAME),
        (HARVEST.replace("farmers", "ministers"), Flag.WORD),
        (HARVEST.replace("best", "worst"), Flag.OPPOSITE),
        (GROWTH.replace("grew", "shrank").replace("economy", "enemy"), Flag.WORD),
        (PEACE.replace("closer", "farther"), Flag.WORD),
        (HARVEST.replace("remembers", "remembered"), Flag.TENSE),
        (GROWTH.replace("grew", "grows"), Flag.TENSE),
        (HARVEST.replace("of this valley ", ""), Flag.OMISSION),
        (HARVEST.replace("best", "best and richest"), Flag.ADDITION),
        (
            "the best harvest that anybody remembers the farmers of this valley brought in",
            Flag.ORDER,
        ),
    ],
)
def test_change_of_words_is_altered_and_flagged(ask: Ask, claimed: str, flag: Flag) -> None:
    found = ask(claimed)
    assert (found.verdict, found.wording) == (Verdict.ALTERED, Wording.ALTERED)
    assert found.best and flag in found.best.flags


def test_flags_tell_what_changed_and_nothing_else(ask: Ask) -> None:
    found = ask(HARVEST.replace("brought in", "gathered"))
    assert found.best and found.best.flags == (Flag.WORD,)
    found = ask(GROWTH.replace("3.5 percent", "3.5%"))
    assert found.wording is Wording.TYPOGRAPHIC
    found = ask(TAXES.replace("1,500", "1500"))
    assert found.wording is Wording.TYPOGRAPHIC


def test_name_at_a_sentences_beginning_is_recognised(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", create=True)
    said = "Ministers will never open the harbour to those ferries"
    index.add([article("d1", ("Jane Doe", said), ("John Roe", GROWTH), ("Mary Major", HARVEST))])
    for other, is_flagged in (("Roe", True), ("Farmers", False), ("Nobody", False)):
        best = verify(index.snapshot(), said.replace("Ministers", other)).best
        assert best and (Flag.NAME in best.flags) is is_flagged


@pytest.mark.parametrize(
    ("claimed", "spared"),
    [
        (EUROPE.replace("do not", "don't"), Flag.NEGATION),
        (TAXES.replace("will not", "won't"), Flag.NEGATION),
        (PEACE.replace("We’ve", "We have"), Flag.WORD),
        (HARVEST.replace("that anybody", "because anybody"), Flag.CONDITION),
    ],
)
def test_contractions_and_reasons_raise_no_alarm(ask: Ask, claimed: str, spared: Flag) -> None:
    found = ask(claimed)
    assert found.best and spared not in found.best.flags


def test_diff_shows_the_words_of_both(ask: Ask) -> None:
    best = ask(UNION.replace("2025", "2026")).best
    assert best
    assert [(part.op, part.claimed, part.found) for part in best.diff][1:] == [
        (DiffOp.REPLACE, "2026", "2025")
    ]


def test_words_are_found_where_they_are_together(ask: Ask) -> None:
    """“We will” stands at the beginning of the statement too."""
    best = ask("we will cut 1,500 jobs in May").best
    assert best and best.found == "we will cut 1,500 jobs in March"
    assert [part.op for part in best.diff] == [DiffOp.EQUAL, DiffOp.REPLACE]


def test_words_inserted_openly_are_not_an_alteration(ask: Ask) -> None:
    found = ask("[They] will not raise taxes on the middle class")
    assert (found.wording, found.verdict) == (Wording.ELIDED, Verdict.VERBATIM)


@pytest.mark.parametrize(
    ("claimed", "flags", "left_out"),
    [
        ("we will stay in Europe", {Flag.NEGATION, Flag.TRUNCATION}, "I do not think that"),
        (
            "we will leave the union in 2025",
            {Flag.CONDITION, Flag.TRUNCATION},
            "If the parliament agrees",
        ),
        (
            "We will not raise taxes on the middle class",
            {Flag.CONDITION, Flag.TRUNCATION},
            "but we will cut 1,500 jobs in March",
        ),
        (
            "the parliament agrees, we will leave the union in 2025",
            {Flag.CONDITION, Flag.TRUNCATION},
            "If",
        ),
        ("If the parliament agrees", {Flag.TRUNCATION}, "we will leave the union in 2025"),
    ],
)
def test_cut_that_bears_on_the_meaning_is_flagged(
    ask: Ask, claimed: str, flags: set[Flag], left_out: str
) -> None:
    found = ask(claimed)
    assert found.wording is Wording.VERBATIM
    assert found.best and set(found.best.flags) == flags
    assert found.best.truncated == (left_out,)


def test_cut_right_after_a_not_is_altered(ask: Ask) -> None:
    found = ask("raise taxes on the middle class")
    assert (found.wording, found.verdict) == (Wording.ALTERED, Verdict.ALTERED)
    assert found.best and Flag.NEGATION in found.best.flags


def test_harmless_cut_is_not_flagged(ask: Ask) -> None:
    best = ask("the best harvest that anybody remembers").best
    assert best and best.flags == ()


def test_reported_speech_is_not_quoted_words(ask: Ask) -> None:
    found = ask(DISASTER.removeprefix("that "), "Jane Doe")
    assert (found.wording, found.verdict) == (Wording.PARAPHRASE, Verdict.ALTERED)
    assert found.best and Flag.REPORTED in found.best.flags


@pytest.mark.parametrize(
    "claimed",
    [
        "The moon is made of green cheese and mice live on it",
        "Taxes are theft",
        "We will build the longest bridge in the history of Jupiter",
        "Norway harvest swallows union parliament disaster jobs peace",
    ],
)
def test_what_nobody_said_is_absent(ask: Ask, claimed: str) -> None:
    found = ask(claimed, "Jane Doe")
    assert (found.verdict, found.wording) == (Verdict.NOT_FOUND, Wording.ABSENT)
    assert found.best is None and found.mentions == 0 and found.first_seen is None


def test_main_clause_left_out_after_despite_is_flagged(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", create=True)
    index.add([article("d1", ("Jane Doe", "Despite all the difficulties, we are growing again"))])
    best = verify(index.snapshot(), "Despite all the difficulties").best
    assert best and best.flags == (Flag.TRUNCATION,)
    assert best.truncated == ("we are growing again",)


def test_not_found_says_what_was_searched(ask: Ask, index: WhooshIndex) -> None:
    searched = ask("The moon is made of green cheese").searched
    assert searched.generation == index.snapshot().generation
    assert (searched.sources, searched.statements) == (4, 11)
    assert (str(searched.earliest), str(searched.latest)) == ("2021-01-01", "2022-02-03")
    assert searched.languages == ("en",)
    for lookup in searched.queries:
        assert index.snapshot().sharing(lookup.text, lookup.share) is not None


def test_what_came_near_is_shown_where_nothing_is_found(ask: Ask) -> None:
    found = ask("The farmers of this valley hate Jupiter, Mars and Venus")
    assert found.verdict is Verdict.NOT_FOUND
    assert HARVEST in {one.statement.text for one in found.others}


@settings(max_examples=60)
@given(st.sampled_from([TAXES, EUROPE, UNION, GROWTH, HARVEST, NOBODY]), st.data())
def test_altered_words_are_never_verbatim(
    index: WhooshIndex, said: str, data: st.DataObject
) -> None:
    words = said.split()
    place = data.draw(st.integers(1, len(words) - 2))
    other = data.draw(st.sampled_from(["", "never", "seven", "Jupiter", "maybe"]))
    found = verify(
        index.snapshot(), " ".join([*words[:place], *other.split(), *words[place + 1 :]])
    )
    assert found.wording is Wording.ALTERED
    assert found.best and found.best.statement.text == said


@settings(max_examples=80)
@given(st.sampled_from(SAID), st.data())
def test_diff_gives_both_texts_back(index: WhooshIndex, said: str, data: st.DataObject) -> None:
    """Whatever was done to the claim: its parts joined are the claim, those found stand there."""
    words = said.split()
    places = st.integers(0, len(words) - 1)
    junk = st.sampled_from(["...", "[…]", "not", "“", "wholly", "–", "", "[it]"])
    for place, piece in data.draw(st.lists(st.tuples(places, junk), max_size=4)):
        words[place] = data.draw(st.sampled_from([piece, f"{words[place]} {piece}"]))
    claimed = " ".join(words)
    if not any(character.isalnum() for character in claimed):
        return
    found = verify(index.snapshot(), claimed)
    for match in (found.best, *found.others):
        if match is None:
            continue
        start, end = match.claimed.start, match.claimed.end
        assert "".join(part.claimed for part in match.diff) == claimed[start:end]
        source = index.snapshot().source(match.statement.source.id).source
        assert "".join(span.of(source.text) for span in match.spans) == match.found
        assert 0 <= match.similarity <= 1
