"""Every quotation of a draft, with whom the draft gives it to."""

from contextlib import closing
from pathlib import Path

import pytest

from service.domain import Extractor
from service.errors import InvalidInput
from service.extraction import annotate
from service.index.whoosh import WhooshIndex, open_index
from service.reading import source_from_text
from service.verification import verify, verify_document
from service.verification.findings import AttributionFinding, DocumentVerification, Verdict
from tests.index.articles import article
from tests.verification.conftest import GROWTH, HARVEST, UNION

DRAFT = f"""The council met on Monday.

“{HARVEST},” Mary Major told the council. “{GROWTH.replace("3.5", "5.3")},” said John Roe.

“If the parliament agrees,” Jane Doe said, “we will leave the union in 2025.”

John Roe said that there “is no moon over this valley anymore and nobody will ever paint it”.

Jane Doe also said: “The farmers of this valley brought in the best harvest.”
"""


def check(index: WhooshIndex, draft: str) -> DocumentVerification:
    source = source_from_text(draft, origin="-")
    return verify_document(index.snapshot(), annotate(source, (), Extractor.RULES))


def test_each_quotation_has_its_place_speaker_and_verdict(index: WhooshIndex) -> None:
    found = check(index, DRAFT)
    told = [
        (one.statement.speaker.name, str(one.verification.verdict))
        for one in found.quotations
        if one.statement.speaker
    ]
    assert told == [
        ("Mary Major", "verbatim"),
        ("John Roe", "altered"),
        ("Jane Doe", "verbatim"),
        ("John Roe", "not_found"),
        ("Jane Doe", "misattributed"),
    ]
    for one in found.quotations:
        assert " ".join(span.of(DRAFT) for span in one.spans) == one.verification.quote


def test_verdicts_are_counted(index: WhooshIndex) -> None:
    assert check(index, DRAFT).counts == {
        Verdict.VERBATIM: 2,
        Verdict.ALTERED: 1,
        Verdict.PIECED: 0,
        Verdict.MISATTRIBUTED: 1,
        Verdict.DENIED: 0,
        Verdict.NOT_FOUND: 1,
        Verdict.TOO_SHORT: 0,
    }
    assert set(check(index, "Nothing was said.").counts.values()) == {0}


def test_interrupted_quotation_is_checked_whole(index: WhooshIndex) -> None:
    whole = check(index, DRAFT).quotations[2]
    assert len(whole.spans) == 2
    assert whole.verification.best and whole.verification.best.statement.text == UNION


def test_quotation_without_a_speaker_claims_none(index: WhooshIndex) -> None:
    (found,) = check(index, f"“{HARVEST}.”").quotations
    assert found.verification.attribution is AttributionFinding.NOT_CLAIMED
    assert found.verification.verdict is Verdict.VERBATIM


def test_equal_quotations_are_verified_once(index: WhooshIndex) -> None:
    found = check(index, f"“{HARVEST},” Mary Major said.\n\n" * 30 + f"“{HARVEST},” John Roe said.")
    *hers, his = (one.verification for one in found.quotations)
    assert len(hers) == 30
    assert all(one is hers[0] for one in hers)
    assert (hers[0].verdict, his.verdict) == (Verdict.VERBATIM, Verdict.MISATTRIBUTED)


def test_draft_of_scare_words_passes_and_is_not_looked_up(index: WhooshIndex) -> None:
    found = check(index, "The “harvest” was a “peace” of “a” kind, “if” any, Jane Doe said. " * 40)
    assert {one.verification.verdict for one in found.quotations} == {Verdict.TOO_SHORT}
    assert found.counts[Verdict.TOO_SHORT] == len(found.quotations) > 100


def test_more_than_a_thousand_quotations_are_refused(index: WhooshIndex) -> None:
    draft = "".join(f"“We counted {n} swallows here,” Jane Doe said.\n\n" for n in range(1_001))
    with pytest.raises(InvalidInput, match="1001 quotations; at most 1000 of a draft"):
        check(index, draft)
    assert len(check(index, draft[: draft.rindex("“")]).quotations) == 1_000


def test_reprints_of_a_quotation_are_not_all_counted_in_a_draft(tmp_path: Path) -> None:
    with closing(open_index(tmp_path / "index", create=True)) as index:
        index.add(article(f"m{n:02}", ("Mary Major", HARVEST)) for n in range(60))
        (found,) = check(index, f"“{HARVEST},” Mary Major said.").quotations
        assert (found.verification.verdict, found.verification.mentions) == (Verdict.VERBATIM, 24)
        assert verify(index.snapshot(), HARVEST).mentions == 60
