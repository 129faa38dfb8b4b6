"""Whose words they are, beside the speaker who was claimed."""

from dataclasses import replace

import pytest
from msgspec import structs

from service.domain import Candidate, Form, KnownSpeaker, Speaker, SpeakerKind
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


@pytest.mark.parametrize("name", ["John Roe", "Mary Major", "Major", "Путин"])
def test_words_of_somebody_else_are_misattributed(ask: Ask, name: str) -> None:
    found = ask(TAXES, name)
    assert found.attribution is AttributionFinding.OTHER_SPEAKER
    assert (found.verdict, found.wording) == (Verdict.MISATTRIBUTED, Wording.VERBATIM)
    assert found.best and found.best.statement.speaker
    assert found.best.statement.speaker.name == "Jane Doe"


@pytest.mark.parametrize("name", ["Jane Major", "Nobody Known", "the mayor", "@somebody", "her"])
def test_whom_the_index_does_not_know_is_unknown(ask: Ask, name: str) -> None:
    found = ask(TAXES, name)
    assert (found.attribution, found.verdict) == (AttributionFinding.UNRESOLVED, Verdict.VERBATIM)
    assert found.speakers == ()


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


WINTER = "We will never leave our brothers alone in this winter"
RIGGED = "Wall Street has rigged the economy against working families"
ORCHARD = "The orchard gave twice as many apples as any year before"
BRIDGES = "The bridges of this city are falling into the river"
BULLDOZER = "My father taught me how to drive the yellow bulldozer"
SURVEY = "Every third bridge of the country needs repair within five years"
RIVER = "The river has never carried as much sand as it carries today"


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    made = open_index(tmp_path_factory.mktemp("people") / "index", create=True)
    study = Speaker("survey", "Bridge Survey", SpeakerKind.DOCUMENT)
    office = Speaker("bridge-office", "Bridge Office", SpeakerKind.ORGANISATION)
    made.add(
        [
            article("p1", ("Vladimir Putin", WINTER), ("Sergei Lavrov", "We have signed it")),
            article("p2", ("Elizabeth Warren", RIGGED), ("Jean D’Arcy", ORCHARD)),
            article("p3", ("Donald Trump", BRIDGES), ("Donald Trump Jr.", BULLDOZER)),
            article("p4", (study, SURVEY), (office, RIVER)),
        ]
    )
    return made.snapshot()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (WINTER, "V. Putin"),
        (WINTER, "Russian President Vladimir V. Putin"),
        (WINTER, "Vladimir Putin, president of Russia"),
        (RIGGED, "Sen. Elizabeth Warren (D-Mass.)"),
        (RIGGED, "Elizabeth Warren, D-Mass."),
        (RIGGED, "former Harvard law professor Elizabeth Warren"),
        (ORCHARD, "Jean D'Arcy"),
        (ORCHARD, "Jean D`Arcy"),
        (ORCHARD, r"Jean D\u2019Arcy"),
        (BRIDGES, "Donald J. Trump"),
        (BULLDOZER, "Donald Trump, Jr."),
        (BULLDOZER, "Donald Trump Jr"),
    ],
)
def test_other_forms_of_the_name_are_as_claimed(people, said: str, name: str) -> None:
    found = verify(people, said, name)
    assert (found.attribution, len(found.speakers)) == (AttributionFinding.AS_CLAIMED, 1)
    assert found.did_you_mean == ()


@pytest.mark.parametrize(
    ("said", "name", "meant"),
    [
        (WINTER, "Vladmir Putin", ["Vladimir Putin"]),
        (WINTER, "Wladimir Putin", ["Vladimir Putin"]),
        (RIGGED, "Liz Warren", ["Elizabeth Warren"]),
        (RIGGED, "@ewarren", ["Elizabeth Warren"]),
        (RIGGED, "Elisabeth Warren", ["Elizabeth Warren"]),
        (BRIDGES, "@realDonaldTrump", ["Donald Trump"]),
        (BRIDGES, "Donald Trump Sr.", ["Donald Trump", "Donald Trump Jr."]),
    ],
)
def test_candidates_are_listed_and_nobody_accused(people, said, name, meant) -> None:
    found = verify(people, said, name)
    assert (found.attribution, found.verdict) == (AttributionFinding.UNRESOLVED, Verdict.VERBATIM)
    assert [one.name for one in found.did_you_mean] == meant


def test_a_son_is_never_his_father(people) -> None:
    for said, name in ((BRIDGES, "Donald Trump Jr."), (BULLDOZER, "Donald Trump")):
        assert verify(people, said, name).attribution is AttributionFinding.OTHER_SPEAKER


@pytest.mark.parametrize("said", [SURVEY, RIVER])
def test_a_document_and_a_body_may_speak_for_anybody(people, said: str) -> None:
    found = verify(people, said, "Sergei Lavrov")
    assert (found.attribution, found.verdict) == (AttributionFinding.UNRESOLVED, Verdict.VERBATIM)


def test_source_that_is_not_sure_accuses_nobody(tmp_path) -> None:
    made = open_index(tmp_path / "unsure", create=True)
    unsure = article("u1", ("Jane Doe", HARVEST), ("John Roe", GROWTH))
    (first, second) = unsure.statements
    said = (structs.replace(first, speaker_confidence=0.7), second)
    made.add([replace(unsure, statements=said)])
    found = verify(made.snapshot(), HARVEST, "John Roe")
    assert (found.attribution, found.verdict) == (AttributionFinding.UNRESOLVED, Verdict.VERBATIM)
    assert verify(made.snapshot(), GROWTH, "Jane Doe").verdict is Verdict.MISATTRIBUTED


def test_candidate_or_relay_is_not_a_stranger(tmp_path) -> None:
    made = open_index(tmp_path / "relayed", create=True)
    claimed = article("v1", ("Jane Doe", HARVEST), ("John Roe", GROWTH))
    (first, second) = claimed.statements
    roe = second.speaker
    relayed = structs.replace(first, relayed_by=roe)
    doubted = structs.replace(
        second, candidates=(Candidate(roe, 0.6), Candidate(first.speaker, 0.3))
    )
    made.add([replace(claimed, statements=(relayed, doubted))])
    assert verify(made.snapshot(), HARVEST, "John Roe").attribution is AttributionFinding.UNRESOLVED
    assert verify(made.snapshot(), GROWTH, "Jane Doe").attribution is AttributionFinding.UNRESOLVED


def test_who_speaks_for_a_body_speaks_as_claimed(tmp_path) -> None:
    made = open_index(tmp_path / "behalf", create=True)
    made.add([article("o1", (None, HARVEST, {"on_behalf_of": "Bridge Office"}))])
    found = verify(made.snapshot(), HARVEST, "Bridge Office")
    assert found.attribution is AttributionFinding.AS_CLAIMED


def test_own_reported_words_go_before_a_near_miss_of_a_stranger(tmp_path) -> None:
    made = open_index(tmp_path / "ranked", create=True)
    reported = f"that {HARVEST[0].lower()}{HARVEST[1:]}"
    made.add(
        [
            article("r1", ("Jane Doe", reported, {"form": Form.INDIRECT})),
            article("r2", ("John Roe", HARVEST.replace("anybody", "somebody"))),
            article("r3", ("Mary Major", GROWTH), ("Jane Doe", GROWTH.replace("3.5", "3.6"))),
        ]
    )
    found = verify(made.snapshot(), HARVEST, "Jane Doe")
    assert (found.wording, found.attribution) == (
        Wording.PARAPHRASE,
        AttributionFinding.AS_CLAIMED,
    )
    exact = verify(made.snapshot(), GROWTH, "Jane Doe")
    assert (exact.wording, exact.attribution) == (
        Wording.VERBATIM,
        AttributionFinding.OTHER_SPEAKER,
    )
    assert exact.best and exact.best.statement.speaker.name == "Mary Major"
