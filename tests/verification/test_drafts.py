"""Every quotation of a draft, with whom the draft gives it to."""

from contextlib import closing
from pathlib import Path

import pytest

from service.domain import DraftFormat, Extractor
from service.errors import InvalidInput
from service.extraction import annotate, with_unattributed
from service.index.whoosh import WhooshIndex, open_index
from service.reading import source_from_text
from service.reading.drafts import read_draft
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
    annotated = annotate(source, (), Extractor.RULES)
    return verify_document(index.snapshot(), with_unattributed(annotated))


def test_each_quotation_has_its_place_speaker_and_verdict(index: WhooshIndex) -> None:
    found = check(index, DRAFT)
    rows = [
        (one.statement.speaker.name, str(one.verification.verdict))
        for one in found.quotations
        if one.statement.speaker
    ]
    assert rows == [
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
        Verdict.NOT_A_QUOTATION: 0,
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
    with pytest.raises(InvalidInput, match="1001 quotations; the limit is 1000 per draft"):
        check(index, draft)
    assert len(check(index, draft[: draft.rindex("“")]).quotations) == 1_000


def test_reprints_of_a_quotation_are_not_all_counted_in_a_draft(tmp_path: Path) -> None:
    with closing(open_index(tmp_path / "index", create=True)) as index:
        index.add(article(f"m{n:02}", ("Mary Major", HARVEST)) for n in range(60))
        (found,) = check(index, f"“{HARVEST},” Mary Major said.").quotations
        assert (found.verification.verdict, found.verification.mentions) == (Verdict.VERBATIM, 24)
        assert verify(index.snapshot(), HARVEST).mentions == 60


def verdicts(index: WhooshIndex, draft: str) -> list[tuple[str, str]]:
    return [
        (one.verification.quote, one.verification.verdict) for one in check(index, draft).quotations
    ]


@pytest.mark.parametrize(
    "draft",
    [
        "The so-called “harvest festival” was loud.",
        "The word “swallows” is older than the bridge.",
        "Jane Doe said numbers on the “walking bus” had halved.",
        "She wrote about it under the headline “What the valley knew about its farmers all along”.",
        "The column, titled “Nobody has ever counted the bridges under this swallow”, won a prize.",
    ],
)
def test_titles_and_scare_quotes_are_listed_and_not_judged(index: WhooshIndex, draft: str) -> None:
    found = check(index, draft)
    assert {one.verification.verdict for one in found.quotations} <= {Verdict.NOT_A_QUOTATION}
    assert found.counts[Verdict.NOT_A_QUOTATION] == 1
    assert found.quotations[0].verification.searched.queries == ()


def test_title_of_an_indexed_source_is_not_judged(tmp_path: Path) -> None:
    with closing(open_index(tmp_path / "index", create=True)) as index:
        draft = "Her essay was “The last swallow under the old bridge of this valley”."
        index.add([article("t1", ("Mary Major", HARVEST), title="The first swallow")])
        assert [verdict for _, verdict in verdicts(index, draft)] == [Verdict.NOT_FOUND]
        title = "The last swallow under the old bridge of this valley"
        index.add([article("t2", ("John Roe", GROWTH), title=title)])
        assert [verdict for _, verdict in verdicts(index, draft)] == [Verdict.NOT_A_QUOTATION]


def test_whom_a_draft_does_not_name_is_not_accused(index: WhooshIndex) -> None:
    draft = f"Mary Major came. The farmer, who is 54, stayed. “{GROWTH},” the mayor said."
    (found,) = check(index, draft).quotations
    assert found.verification.attribution is not AttributionFinding.OTHER_SPEAKER


def test_sentences_that_were_never_said_together_are_looked_for_apart(index: WhooshIndex) -> None:
    draft = f"“{HARVEST},” Mary Major said. “{GROWTH}.”"
    found = check(index, draft).quotations
    assert [one.verification.verdict for one in found] == [Verdict.VERBATIM, Verdict.VERBATIM]
    assert found[0].verification.attribution is AttributionFinding.AS_CLAIMED
    assert found[1].verification.attribution is AttributionFinding.UNRESOLVED


@pytest.mark.parametrize("form", ["Q: {}\n\nA: {}\n\n", "**{}**\n\n{}\n\n", "{}\n\n{}\n\n"])
def test_answers_without_marks_are_checked(index: WhooshIndex, form: str) -> None:
    asked = form.format("What did the farmers do?", f"I saw it. {HARVEST}.")
    asked += form.format("And the economy?", f"My word: {GROWTH.replace('3.5', '9.5')}.")
    draft = read_draft(f"A talk\n\n{asked}", DraftFormat.MARKDOWN)
    annotated = annotate(source_from_text(draft.text, origin="-"), (), Extractor.RULES)
    found = verify_document(index.snapshot(), with_unattributed(annotated)).quotations
    assert [one.verification.verdict for one in found] == [Verdict.ALTERED, Verdict.ALTERED]
    assert "number" in found[1].verification.best.flags


def test_questions_of_a_reporter_make_no_interview(index: WhooshIndex) -> None:
    draft = "Who knows?\n\nThe valley was quiet on Monday, and nobody came to the bridge.\n\n" * 3
    assert verdicts(index, draft) == []


def test_short_quotation_of_the_headline_is_checked(index: WhooshIndex) -> None:
    draft = "‘We will not raise taxes’: Doe\n\nThe council met, and “the valley tax” was talked of."
    assert verdicts(index, draft) == [
        ("We will not raise taxes", Verdict.VERBATIM),
        ("the valley tax", Verdict.NOT_A_QUOTATION),
    ]
