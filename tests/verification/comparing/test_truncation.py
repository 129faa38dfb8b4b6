"""True beginnings with invented ends, splices, and cuts that leave the main clause out."""

from pathlib import Path

import pytest

from service.domain import Extractor
from service.extraction import annotate
from service.index.whoosh import WhooshIndex, open_index
from service.reading import source_from_text
from service.verification import verify
from service.verification.findings import DiffOp, Flag, Verdict, Wording
from tests.index.articles import article
from tests.verification.conftest import GROWTH, HARVEST, TAXES, Ask

MOTHERS = "While mothers would welcome longer leave, small businesses could not pay for it"
FAR = "The harbour of this town has been closed to ferries for eleven years"


@pytest.mark.parametrize(
    "tail",
    [
        "and nobody thanked them for it, least of all the ministers who came to eat it up in town",
        "That is why I am leaving the party tomorrow with all of my seven cousins and their dogs.",
    ],
)
def test_true_sentence_with_an_invented_end_is_altered(ask: Ask, tail: str) -> None:
    found = ask(f"{HARVEST}. {tail}")
    assert (found.wording, found.verdict) == (Wording.ALTERED, Verdict.ALTERED)
    assert found.best and Flag.ADDITION in found.best.flags
    assert found.best.diff[0].found == HARVEST
    assert [part.op for part in found.best.diff[1:]] == [DiffOp.INSERT]


def test_invented_beginning_is_added_too(ask: Ask) -> None:
    found = ask(f"I was told by the ghost of my uncle Frederick in a dream: {HARVEST}")
    assert found.verdict is Verdict.ALTERED
    assert found.best and Flag.ADDITION in found.best.flags


@pytest.mark.parametrize("between", [" ", ". ", " ... ", ", "])
def test_splice_of_two_statements_is_pieced(ask: Ask, between: str) -> None:
    left = "We will not raise taxes on the middle class"
    right = "the best harvest that anybody remembers"
    found = ask(f"{left}{between}{right}")
    assert (found.wording, found.verdict) == (Wording.PIECED, Verdict.PIECED)
    assert [one.statement.text for one in found.pieces] == [TAXES, HARVEST]


def test_pieces_that_are_all_somebody_elses_are_misattributed(ask: Ask) -> None:
    claimed = "We will not raise taxes on the middle class. The economy grew by 3.5 percent last"
    assert ask(claimed, "Mary Major").verdict is Verdict.MISATTRIBUTED
    assert ask(claimed, "Jane Doe").verdict is Verdict.PIECED


@pytest.fixture(scope="module")
def mothers(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    made = open_index(tmp_path_factory.mktemp("ends") / "index", create=True)
    between = [
        ("John Roe", f"Point {n} of the plan is a matter for the committee") for n in range(30)
    ]
    made.add([article("e1", ("Jane Doe", MOTHERS), *between, ("Jane Doe", FAR))])
    return made


def test_cut_that_leaves_the_main_clause_out_is_flagged(mothers: WhooshIndex) -> None:
    found = verify(mothers.snapshot(), "While mothers would welcome longer leave", "Jane Doe")
    assert found.verdict is Verdict.VERBATIM
    assert found.best and Flag.TRUNCATION in found.best.flags
    assert found.best.truncated == ("small businesses could not pay for it",)


def test_dots_do_not_join_distant_words(mothers: WhooshIndex) -> None:
    found = verify(mothers.snapshot(), f"{MOTHERS} ... {FAR}", "Jane Doe")
    assert (found.wording, found.verdict) == (Wording.PIECED, Verdict.PIECED)


def test_growth_and_harvest_are_not_one_statement(ask: Ask) -> None:
    assert ask(f"{GROWTH} ... {HARVEST}").verdict is Verdict.PIECED


@pytest.mark.parametrize(
    "claimed",
    [
        "clever otters trying to get rich, and the whole of Norway to Europe for a herring",
        "spoils every meal of my grandmother's, and a hundred and nine seagulls wanted Friday off",
    ],
)
def test_end_that_begins_as_the_reporter_goes_on_is_invented_too(
    tmp_path: Path, claimed: str
) -> None:
    """The "and" after the quotation is the reporter's, and the forger's."""
    text = (
        "Jane Doe said that she had her doubts about “clever otters trying to get rich” and about "
        "a salmon that “spoils every meal of my grandmother's” and talks."
    )
    made = open_index(tmp_path / "index", create=True)
    made.add([annotate(source_from_text(text, origin="otters"), (), Extractor.RULES)])
    found = verify(made.snapshot(), claimed)
    assert (found.wording, found.verdict) == (Wording.ALTERED, Verdict.ALTERED)
    assert found.best and Flag.ADDITION in found.best.flags
    made.close()
