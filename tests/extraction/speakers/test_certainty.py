"""How sure it is who is meant, and who else may be."""

import pytest

from service.domain import Extractor, SourceType
from service.extraction.speakers.certainty import (
    DOUBTFUL,
    DOUBTFUL_DOCUMENT,
    LEAST_CHANCE,
    Certainty,
    open_certainty,
)
from tests.statements import extracted

WOMEN = (
    "Maria Lopez, a farmer, met Anna Brandt, a baker. Ruth Vale left with her. Clara Dunn phoned "
    "Ines Mora, who was late."
)
NOTHING = dict.fromkeys(open_certainty(Extractor.RULES).weights, 0.0)


def test_full_name_is_surer_than_a_pronoun() -> None:
    named, meant = extracted(f"{WOMEN} “No,” Maria Lopez said. “I will not,” she said.")
    assert 1 > named.speaker_confidence > meant.speaker_confidence > 0


def test_confidence_of_the_words_is_apart_from_the_speakers() -> None:
    """They are as sure to be a statement, whoever spoke."""
    one, other = (
        extracted(f"Anna Brandt and {second} left. “No,” {who} said.")[-1]
        for second, who in (("Tom Rask", "Anna Brandt"), ("Tom Brandt", "Brandt"))
    )
    assert one.attribution.confidence == other.attribution.confidence
    assert one.speaker_confidence > other.speaker_confidence == 0.0


def test_who_bears_a_surname_that_nothing_decides_is_a_candidate() -> None:
    [found] = extracted("Ann Roe and Tom Roe left the town hall. “No,” Roe said.")
    assert found.speaker is None
    assert {one.speaker.name for one in found.candidates} == {"Ann Roe", "Tom Roe"}
    assert sum(one.chance for one in found.candidates) <= 1


def test_whom_a_pronoun_may_mean_are_candidates_where_it_is_doubtful() -> None:
    [found] = extracted(f"{WOMEN} “The bridge will open in May,” she said.", Extractor.MODEL)
    assert found.speaker_confidence < DOUBTFUL
    chances = [one.chance for one in found.candidates]
    assert 1 <= len(chances) <= 3
    assert chances == sorted(chances, reverse=True)
    assert min(chances) >= LEAST_CHANCE
    assert sum(chances) <= 1.01


def test_who_is_too_doubtful_is_a_candidate_and_no_speaker() -> None:
    """What else is told of the source stays; by rules alone the likeliest is named."""
    text = (
        "Hearings held\n\nNorway sent nobody to the hearings and rejected the questions raised by "
        "the United Nations. It argued that no duty exists to answer them."
    )
    [doubtful] = extracted(text, Extractor.MODEL)
    assert doubtful.speaker is None
    assert doubtful.speaker_confidence == 0.0
    assert [one.speaker.name for one in doubtful.candidates] == ["Norway"]
    assert doubtful.candidates[0].chance < DOUBTFUL
    assert doubtful.source_type is SourceType.NAMED_ORGANISATION
    assert {one.speaker.name for one in extracted(text) if one.speaker} == {"Norway"}


def test_a_document_is_named_where_no_other_of_its_kind_is_mentioned() -> None:
    text = "A Harbor Authority survey from June counted 400 boats. “Most are old,” the survey says."
    found = extracted(text, Extractor.MODEL)
    assert [one.speaker.name for one in found if one.speaker] == ["Harbor Authority survey"] * 2


def test_a_document_is_named_at_a_lower_certainty_than_a_person() -> None:
    text = (
        "Shore birds fell by a third, according to a study published in the journal Marine "
        "Letters. The study found that few were shot by Orvane Ltd. It also found that shade "
        "helped."
    )
    *_, found = extracted(text, Extractor.MODEL)
    assert found.speaker is not None
    assert found.speaker.name == "study published in the journal Marine Letters"
    assert DOUBTFUL_DOCUMENT <= found.speaker_confidence < DOUBTFUL


def test_the_number_in_a_documents_name_is_whole() -> None:
    text = "A petition with 6,000 names said that the road was closed."
    [found] = extracted(text, Extractor.MODEL)
    assert found.speaker is not None
    assert found.speaker.name == "petition with 6,000 names"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“It will pass,” BRANDT told them.", "BRANDT"),
        ("“It will pass,” Quorl said.", "Quorl"),
        ("“It will pass,” says a report by the accountants Roe Hart.", "report by Roe Hart"),
    ],
)
def test_speaker_named_outright_is_kept_however_doubtful(text: str, name: str) -> None:
    [found] = extracted(text, Extractor.MODEL)
    assert found.speaker is not None
    assert found.speaker.name == name


def test_a_relative_named_beside_is_kept_however_doubtful() -> None:
    text = "Declan Roe left. His sister, Orla, said it was late. “We had to go,” Orla Roe said."
    assert {one.speaker and one.speaker.name for one in extracted(text, Extractor.MODEL)} == {
        "Orla Roe"
    }


def test_who_is_sure_has_no_candidates_beside() -> None:
    [found] = extracted("“No,” Jane Doe said.", Extractor.MODEL)
    assert found.speaker_confidence >= DOUBTFUL
    assert found.candidates == ()


def test_table_says_what_is_between_two_steps_and_no_more_than_its_ends() -> None:
    certainty = Certainty(0.0, dict.fromkeys(NOTHING, 1.0), (0.4, 0.6), (0.2, 0.8))
    assert certainty.of(NOTHING) == 0.5
    assert certainty.of(NOTHING | {"person": 5.0}) == 0.8
    assert certainty.of(NOTHING | {"person": -5.0}) == 0.2


def test_what_was_learned_has_a_weight_for_every_sign_and_never_falls() -> None:
    for extractor in Extractor:
        learned = open_certainty(extractor)
        assert learned.weights.keys() == NOTHING.keys()
        assert list(learned.scores) == sorted(learned.scores)
        assert list(learned.shares) == sorted(learned.shares)
        assert 0 <= learned.shares[0] <= learned.shares[-1] <= 1
