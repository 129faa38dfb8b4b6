"""A report has words for every finding of verification."""

from enum import StrEnum

import pytest

from service.reports import facts
from service.verification.findings import Flag, Verdict, Wording


@pytest.mark.parametrize(
    ("words", "findings"),
    [(facts.LABELS, Verdict), (facts.WORDINGS, Wording), (facts.FLAGS, Flag)],
)
def test_every_finding_has_words(words: dict[StrEnum, str], findings: type[StrEnum]) -> None:
    assert set(words) == set(findings)
    assert len(set(words.values())) == len(words)
