"""Who is who across sources, by names alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import KnownSpeaker, Speaker, SpeakerKind, slug
from service.index.appearances import Appearance, Evidence
from service.index.names import is_description, is_pronoun
from service.index.speakers import Unified, unify
from tests.index.articles import group, person

HERE = ("TASS", 1)


def unified(*speakers: Speaker, known=(), places=(HERE,), title="", titles=()) -> Unified:
    """All are in TASS in one week; full names also in ``places`` and with ``titles``."""
    evidence = Evidence(set(places), set(titles))
    return unify(
        [Appearance(one, *HERE, title) for one in speakers],
        known,
        lambda wanted: dict.fromkeys(wanted, evidence),
    )


def names(*several, **details):
    found = unified(*map(person, several), **details).meant
    return {one.speaker.name: meant.name for one, meant in found.items()}


@pytest.mark.parametrize("short", ["V. Putin", "VLADIMIR PUTIN", "V. V. Putin"])
def test_shorter_name_is_the_full_one(short):
    full = "Vladimir Putin" if short != "V. V. Putin" else "Vladimir Vladimirovich Putin"
    assert names(short, full)[short] == full


ELSEWHERE = {"places": [("Xinhua", 1), ("TASS", 2)]}


@pytest.mark.parametrize("surname", ["Reid", "Mr. Reid", "Senator Reid", "REID"])
def test_bare_surname_is_nobody_else_where_nothing_else_fits(surname):
    assert names(surname, "Harry Reid", **ELSEWHERE)[surname] == surname
    found = unified(person(surname), person("Harry Reid"), person("Ann Reid"), **ELSEWHERE)
    meant = found.meant[Appearance(person(surname), *HERE)]
    others = found.may_also_be[meant.id]
    assert [one.name for one in others] == ["Ann Reid", "Harry Reid"]


@pytest.mark.parametrize(
    "details",
    [
        {"places": [HERE]},
        {"title": "Senator", "titles": ["Sen.", "Senate minority leader"], **ELSEWHERE},
        {"title": "mill owner", "titles": ["owner of the mill in Arden"], **ELSEWHERE},
    ],
)
def test_bare_surname_is_the_full_name_where_week_or_title_fits(details):
    found = unified(person("Reid"), person("Harry Reid"), **details)
    assert {one.name for one in found.meant.values()} == {"Harry Reid"}
    assert found.may_also_be == {}


@pytest.mark.parametrize(
    ("title", "other"),
    [("spokesman", "spokesman"), ("Dr", "Dr"), ("farmer from Iowa", "farmer from Ohio"), ("", "")],
)
def test_title_that_many_have_does_not_fit(title, other):
    found = names("Reid", "Harry Reid", title=title, titles=[other], **ELSEWHERE)
    assert found["Reid"] == "Reid"


def test_undated_article_of_nobody_fits_no_other():
    nowhere = Appearance(person("Reid"))
    found = unify([nowhere, Appearance(person("Harry Reid"))], (), lambda wanted: {
        one: Evidence({("", 0)}) for one in wanted
    })  # fmt: skip
    assert found.meant[nowhere].name == "Reid"


def test_declared_description_fits():
    known = [KnownSpeaker("r", "Harry Reid", descriptions=("senator from Nevada",))]
    details = {"known": known, "title": "Nevada senator", "places": ()}
    assert names("Reid", "Ann Reid", "Harry Reid", **details)["Reid"] == "Harry Reid"


def test_surname_of_two_people_stays_by_itself():
    assert names("Bill Clinton", "Hillary Clinton", "Clinton")["Clinton"] == "Clinton"


def test_surname_of_one_person_under_two_names_is_that_person():
    found = names("Trump", "Donald Trump", "Donald J. Trump", "D. Trump")
    assert set(found.values()) == {"Donald Trump"}


def test_initial_of_two_people_stays_by_itself():
    assert names("J. Smith", "John Smith", "Jane Smith")["J. Smith"] == "J. Smith"


def test_name_without_the_middle_name_of_two_people_stays_by_itself():
    found = names("John Smith", "John A. Smith", "John B. Smith")
    assert found["John Smith"] == "John Smith"


def test_surname_may_come_first():
    assert names("Xi", "Xi Jinping")["Xi"] == "Xi Jinping"
    assert names("Xi", "Xi Jinping", "Xi Zhongxun")["Xi"] == "Xi"
    assert names("Li", "Li Qiang", "Jet Li")["Li"] == "Li"


def test_given_name_is_not_a_surname():
    assert names("Hillary", "Hillary Clinton")["Hillary"] == "Hillary"


def test_particles_belong_to_the_surname():
    full = "Alexander Van der Bellen"
    assert names("Van der Bellen", full)["Van der Bellen"] == full


def test_other_scripts_stay_as_written():
    assert names("习近平", "Xi Jinping", "Путин")["习近平"] == "习近平"


def test_a_generation_tells_two_people_apart():
    found = names("Donald Harker", "Donald Harker Jr.", "D. Harker", "Harker")
    assert found["Donald Harker Jr."] == "Donald Harker Jr."
    assert found["D. Harker"] == "Donald Harker"
    assert found["Harker"] == "Harker"


def test_letters_and_glyphs_do_not_tell_two_people_apart():
    found = names("Jens Stoltenbørg", "Stoltenborg", "Conor O’Brien", "C. OʼBrien")
    assert found["Stoltenborg"] == "Jens Stoltenbørg"
    assert found["C. OʼBrien"] == "Conor O’Brien"


def test_organisation_is_one_with_and_without_the():
    one, two = (person(n, SpeakerKind.ORGANISATION) for n in ("the White House", "White House"))
    assert unified(one, two).meant[Appearance(one, *HERE)] == two


def test_person_is_not_an_organisation():
    bloomberg = person("Bloomberg", SpeakerKind.ORGANISATION)
    found = unified(bloomberg, person("Michael Bloomberg"))
    assert found.meant[Appearance(bloomberg, *HERE)] == bloomberg


def test_members_of_a_group_are_unified():
    both = group("Putin and Xi", "Putin", "Xi")
    found = unified(both, person("Vladimir Putin"), person("Xi Jinping"))
    meant = found.meant[Appearance(both, *HERE)]
    assert [one.name for one in meant.members] == ["Vladimir Putin", "Xi Jinping"]


def test_declared_speaker_wins():
    known = [KnownSpeaker("x", "Bill Clinton", aliases=("Clinton", "the Comeback Kid"))]
    found = names("Clinton", "Hillary Clinton", "The Comeback Kid", known=known)
    assert found == {
        "Clinton": "Bill Clinton",
        "Hillary Clinton": "Hillary Clinton",
        "The Comeback Kid": "Bill Clinton",
    }


def test_declared_speaker_need_not_be_named_in_full_anywhere():
    assert names("Putin", known=[KnownSpeaker("p", "Vladimir Putin")])["Putin"] == "Vladimir Putin"


name_parts = st.sampled_from(["Ann", "Bo", "A.", "Li", "Xi", "Smith", "Jones", "van", "Mr."])
people = st.lists(st.lists(name_parts, min_size=1, max_size=3).map(" ".join), max_size=8)


@given(people, st.randoms())
def test_order_does_not_matter(several, random):
    shuffled = random.sample(several, len(several))
    assert names(*several) == names(*shuffled)


@given(people)
def test_every_speaker_is_mapped_and_ids_are_unique(several):
    speakers = [person(name) for name in several]
    found = unified(*speakers).meant
    assert {one.speaker for one in found} == set(speakers)
    assert len({one.id for one in found.values()}) == len(set(found.values()))


def test_mentions_are_names_descriptions_or_pronouns():
    assert is_description("an official in Washington")
    assert not is_description("President of the European Commission Ursula von der Leyen")
    assert is_pronoun("He") and not is_pronoun("Hegel")


def test_same_id_is_the_same_speaker():
    one = Speaker(slug("Li"), "Li", SpeakerKind.PERSON)
    two = Speaker(slug("Li"), "LI", SpeakerKind.PERSON)
    assert len(set(unified(one, two).meant.values())) == 1
