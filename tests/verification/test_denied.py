"""Quotations of which a source says that they were not said."""

from functools import partial
from pathlib import Path

import pytest

from service.index.whoosh import open_index
from service.verification import verify
from service.verification.findings import AttributionFinding, Verdict, Wording
from tests.index.articles import article
from tests.verification.conftest import Ask

SALE = "The port is for sale to the highest bidder"
TRAP = "This tunnel is nothing but a trap for tourists"
DENIED = {"denied": True}


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    index = open_index(tmp_path / "index", create=True)
    index.add(
        [
            article("a", ("Ada Lund", SALE, DENIED), ("John Roe", TRAP)),
            article("b", ("Ada Lund", TRAP, DENIED)),
            article("c", ("Ada Lund", "The dam will never be built here"), date="2023-01-01"),
            article("d", ("Ada Lund", "The dam will never be built here", DENIED)),
        ]
    )
    return partial(verify, index.snapshot())


@pytest.mark.parametrize("speaker", ["Ada Lund", None])
def test_source_that_denies_it_comes_first(ask: Ask, speaker: str | None) -> None:
    found = ask(SALE, speaker)
    assert (found.verdict, found.wording) == (Verdict.DENIED, Wording.VERBATIM)
    assert not found.verdict.passes
    assert found.best and found.best.statement.denied
    assert (found.others, found.mentions) == ((), 0)


def test_denied_in_other_words_is_denied(ask: Ask) -> None:
    found = ask(SALE.replace("highest", "very highest"), "Ada Lund")
    assert (found.verdict, found.wording) == (Verdict.DENIED, Wording.ALTERED)


def test_what_one_denies_another_may_have_said(ask: Ask) -> None:
    found = ask(TRAP, "John Roe")
    assert (found.verdict, found.attribution) == (Verdict.VERBATIM, AttributionFinding.AS_CLAIMED)
    assert ask(TRAP, "Ada Lund").verdict is Verdict.DENIED


def test_what_is_denied_of_another_is_not_found(ask: Ask) -> None:
    assert ask(SALE, "John Roe").verdict is Verdict.NOT_FOUND


def test_who_says_that_it_was_said_is_listed_too(ask: Ask) -> None:
    found = ask("The dam will never be built here", "Ada Lund")
    assert found.verdict is Verdict.DENIED
    assert [match.statement.source.id for match in found.others] == ["c"]
    assert found.mentions == 1
