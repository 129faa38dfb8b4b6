"""Words in square brackets are the writer's: judged like others, open where they name somebody."""

from pathlib import Path

import pytest

from service.index.whoosh import WhooshIndex, open_index
from service.verification import verify
from service.verification.findings import Flag, Verdict, Verification, Wording
from tests.index.articles import article

SYRIA = "We should not be focusing on Syria when he tells us about the treaty"
MISSING = "The [missing] ledger was found by Putin [38] years later in the attic"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    made = open_index(tmp_path_factory.mktemp("brackets") / "index", create=True)
    made.add([article("k1", ("Jane Doe", SYRIA), ("John Roe", MISSING))])
    return made


def ask(index: WhooshIndex, claimed: str) -> Verification:
    return verify(index.snapshot(), claimed)


@pytest.mark.parametrize(
    ("claimed", "flag"),
    [
        (SYRIA.replace("not", "[always]"), Flag.NEGATION),
        (SYRIA.replace("not be", "[always] be"), Flag.NEGATION),
        (SYRIA.replace("not ", ""), Flag.NEGATION),
        (SYRIA.replace("tells", "[never] tells"), Flag.NEGATION),
        (SYRIA.replace("he tells", "he [not] tells"), Flag.NEGATION),
        (SYRIA.replace("tells", "do[n't] tells"), Flag.NEGATION),
        (SYRIA.replace("treaty", "[terrible] treaty"), Flag.ADDITION),
        (SYRIA.replace("treaty", "[money]"), Flag.WORD),
        (SYRIA.replace("on Syria", "[on Egypt]"), Flag.NAME),
        (SYRIA.replace("he tells", "[he never] tells"), Flag.NEGATION),
        (MISSING.replace("Putin", "[Lavrov]"), Flag.NAME),
    ],
)
def test_words_in_brackets_are_judged(index: WhooshIndex, claimed: str, flag: Flag) -> None:
    found = ask(index, claimed)
    assert (found.wording, found.verdict) == (Wording.ALTERED, Verdict.ALTERED)
    assert found.best and flag in found.best.flags


@pytest.mark.parametrize(
    "claimed",
    [
        SYRIA.replace(" he ", " [Vladimir Putin] "),
        SYRIA.replace(" he ", " [the president] "),
        SYRIA.replace("he tells", "he [Putin] tells"),
        MISSING.replace("Putin", "[Vladimir Putin]"),
        MISSING.replace("Putin", "[him]"),
    ],
)
def test_who_is_meant_may_be_in_brackets(index: WhooshIndex, claimed: str) -> None:
    found = ask(index, claimed)
    assert (found.wording, found.verdict) in {
        (Wording.ELIDED, Verdict.VERBATIM),
        (Wording.TYPOGRAPHIC, Verdict.VERBATIM),
    }
    assert "brackets" in found.normalizations or found.wording is Wording.ELIDED


@pytest.mark.parametrize(
    "claimed",
    [
        MISSING,
        MISSING.replace("[missing] ", ""),
        MISSING.replace("[missing]", "missing"),
        MISSING.replace("[38] ", ""),
        MISSING.replace("[38]", "38"),
        MISSING.replace("[missing] ", "").replace("[38] ", ""),
    ],
)
def test_brackets_of_the_source_are_tried_both_ways(index: WhooshIndex, claimed: str) -> None:
    found = ask(index, claimed)
    assert found.wording in (Wording.VERBATIM, Wording.TYPOGRAPHIC)
    assert found.verdict is Verdict.VERBATIM


def test_command_says_whose_the_words_in_brackets_are(tmp_path: Path, run) -> None:
    with_index = open_index(tmp_path / "index", create=True)
    with_index.add([article("k1", ("Jane Doe", SYRIA))])
    with_index.close()
    done = run("verify", SYRIA.replace(" he ", " [Putin] "))
    assert done.returncode == 0
    assert "Words in brackets are the writer's, not the speaker's: [Putin]" in done.stdout
    assert run("verify", SYRIA.replace("not", "[always]")).returncode == 1
