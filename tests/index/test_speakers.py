"""Who is who across sources, by names alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import KnownSpeaker, Speaker, SpeakerKind, slug
from service.index.speakers import fits, is_description, is_pronoun, unify
from tests.index.articles import group, person


def names(*given_names, known=()):
    unified = unify(map(person, given_names), known)
    return {one.name: meant.name for one, meant in unified.items()}


@pytest.mark.parametrize(
    "short", ["Putin", "V. Putin", "President Putin", "VLADIMIR PUTIN", "V. V. Putin"]
)
def test_shorter_name_is_the_full_one(short):
    full = "Vladimir Putin" if short != "V. V. Putin" else "Vladimir Vladimirovich Putin"
    assert names(short, full)[short] == full


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


def test_given_name_is_no_surname():
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
    assert unify([one, two])[one] == two


def test_person_is_no_organisation():
    bloomberg = person("Bloomberg", SpeakerKind.ORGANISATION)
    assert unify([bloomberg, person("Michael Bloomberg")])[bloomberg] == bloomberg


def test_members_of_a_group_are_unified():
    both = group("Putin and Xi", "Putin", "Xi")
    unified = unify([both, person("Vladimir Putin"), person("Xi Jinping")])
    assert [one.name for one in unified[both].members] == ["Vladimir Putin", "Xi Jinping"]


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
def test_order_does_not_matter(given_names, random):
    shuffled = random.sample(given_names, len(given_names))
    assert names(*given_names) == names(*shuffled)


@given(people)
def test_every_speaker_is_mapped_and_ids_are_unique(given_names):
    speakers = [person(name) for name in given_names]
    unified = unify(speakers)
    assert set(unified) == set(speakers)
    assert len({one.id for one in unified.values()}) == len(set(unified.values()))


def test_name_fits_whole_or_in_part():
    assert fits("Putin", ["Vladimir Putin"])
    assert fits("putin vladimir", ["Vladimir Putin"])
    assert fits("President Putin", ["Vladimir Putin"])
    assert not fits("Put", ["Vladimir Putin"])
    assert not fits("", ["Vladimir Putin"])
    assert fits("Zeman", ["Miloš Zeman"]) and fits("Milos", ["Miloš Zeman"])


def test_mentions_are_names_descriptions_or_pronouns():
    assert is_description("an official in Washington")
    assert not is_description("President of the European Commission Ursula von der Leyen")
    assert is_pronoun("He") and not is_pronoun("Hegel")


def test_same_id_is_the_same_speaker():
    one = Speaker(slug("Li"), "Li", SpeakerKind.PERSON)
    two = Speaker(slug("Li"), "LI", SpeakerKind.PERSON)
    assert len(set(unify([one, two]).values())) == 1
