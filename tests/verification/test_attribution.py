"""Whose words they are, beside the speaker who was claimed."""

import pytest

from service.domain import Form, KnownSpeaker
from service.index.whoosh import open_index
from service.verification import verify
from service.verification.findings import AttributionFinding, Flag, Verdict, Wording
from tests.index.articles import article, group
from tests.verification.conftest import GROWTH, HARVEST, NOBODY, RUSSIAN, TAXES, Ask


@pytest.mark.parametrize(
    "name", ["Jane Doe", "doe", "jane-doe", "JANE", "Ms. Jane Doe", "Prime Minister Jane K. Doe"]
)
def test_speaker_is_known_by_id_name_and_part(ask: Ask, name: str) -> None:
    found = ask(TAXES, name)
    assert found.attribution is AttributionFinding.AS_CLAIMED
    assert [speaker.id for speaker in found.speakers] == ["jane-doe"]


@pytest.mark.parametrize("name", ["John Roe", "Jane Major", "Nobody Known", "Путин"])
def test_words_of_somebody_else_are_misattributed(ask: Ask, name: str) -> None:
    found = ask(TAXES, name)
    assert found.attribution is AttributionFinding.OTHER_SPEAKER
    assert (found.verdict, found.wording) == (Verdict.MISATTRIBUTED, Wording.VERBATIM)
    assert found.best and found.best.statement.speaker
    assert found.best.statement.speaker.name == "Jane Doe"


def test_other_scripts_have_speakers_too(ask: Ask) -> None:
    assert ask(RUSSIAN, "Путин").attribution is AttributionFinding.AS_CLAIMED


def test_without_a_claimed_speaker_nothing_is_claimed(ask: Ask) -> None:
    assert ask(TAXES).attribution is AttributionFinding.NOT_CLAIMED
    assert ask("The moon is made of cheese").attribution is AttributionFinding.NOT_CLAIMED


def test_what_the_source_does_not_settle_is_unresolved(ask: Ask) -> None:
    found = ask(NOBODY, "Jane Doe")
    assert (found.attribution, found.verdict) == (AttributionFinding.UNRESOLVED, Verdict.VERBATIM)
    nothing = ask("The moon is made of cheese", "Jane Doe")
    assert nothing.attribution is AttributionFinding.UNRESOLVED


def test_altered_words_of_somebody_else_say_both(ask: Ask) -> None:
    found = ask(GROWTH.replace("3.5", "5.3"), "Jane Doe")
    assert (found.verdict, found.wording) == (Verdict.MISATTRIBUTED, Wording.ALTERED)
    assert found.best and Flag.NUMBER in found.best.flags


@pytest.fixture
def several(tmp_path):
    """One sentence that several people have said; a statement of two; an alias."""
    known = [KnownSpeaker("jane-doe", "Jane Doe", aliases=("The Iron Baker",))]
    made = open_index(tmp_path / "several", known=known, create=True)
    made.add(
        [
            article("b1", ("John Roe", HARVEST), date="2019-05-01"),
            article("b2", ("Jane Doe", f"{HARVEST}, I tell you"), date="2020-05-01"),
            article("b3", (group("Roe and Major", "John Roe", "Mary Major"), GROWTH)),
            article("b4", ("John Roe", f"that “{TAXES}” was a lie", {"form": Form.INDIRECT})),
        ]
    )
    return made


def test_one_mention_by_the_claimed_speaker_is_enough(several) -> None:
    found = verify(several.snapshot(), HARVEST, "Jane Doe")
    assert found.attribution is AttributionFinding.AS_CLAIMED
    assert [one.statement.speaker.name for one in found.others] == ["John Roe"]
    assert found.first_seen.speaker.name == "John Roe"


def test_alias_means_the_speaker(several) -> None:
    assert (
        verify(several.snapshot(), HARVEST, "iron baker").attribution
        is AttributionFinding.AS_CLAIMED
    )


def test_each_of_a_group_has_said_it(several) -> None:
    for name in ("Roe", "Mary Major"):
        assert verify(several.snapshot(), GROWTH, name).attribution is AttributionFinding.AS_CLAIMED
    both = verify(several.snapshot(), GROWTH, "John Roe and Mary Major")
    assert [speaker.name for speaker in both.speakers] == ["John Roe", "Mary Major"]
    assert both.attribution is AttributionFinding.AS_CLAIMED
    assert verify(several.snapshot(), GROWTH, "Doe").attribution is AttributionFinding.OTHER_SPEAKER
