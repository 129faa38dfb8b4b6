"""Names of persons: whose may be one's, and whose may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.names.folding import APOSTROPHES, HYPHENS, fold_name, name_key
from service.names.persons import may_be_one, parse_person, shortens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald J. Trump", "Donald Trump"),
        ("John F. Kennedy", "John Fitzgerald Kennedy"),
        ("Bob Dole", "Robert Dole"),
        ("T. Alwen", "Tobias Alwen"),
        ("George H.W. Bush", "George H. W. Bush"),
        ("Abu Hassan Amir", "Hassan Amir"),
        ("José Luis Rodríguez Zapatero", "José Luis Rodríguez"),
        ("Ngozi Okonjo-Iweala", "Ngozi Okonjo"),
        ("Nurul Hidayah binti Kamaruddin", "Nurul Hidayah"),
        ("Jens Stoltenbørg", "Jens Stoltenborg"),
        ("Donald Tułsk", "Donald Tulsk"),
        ("Conor O’Brien", "Conor OʼBrien"),
        ("Jean‑Luc Picard", "Jean-Luc Picard"),
    ],
)
def test_one_person_under_two_names(one: str, other: str) -> None:
    assert may_be_one(one.split(), other.split())
    assert may_be_one(other.split(), one.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald Trump Jr.", "Donald Trump"),
        ("Emanuel Cleaver II", "Emanuel Cleaver III"),
        ("George W. Bush", "George H. W. Bush"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Ted Cruz", "Rafael Cruz"),
        ("John A. Roe", "John B. Roe"),
        ("Xi Jinping", "Xi Zhongxun"),
    ],
)
def test_two_persons_of_one_surname(one: str, other: str) -> None:
    assert not may_be_one(one.split(), other.split())
    assert not may_be_one(other.split(), one.split())


@pytest.mark.parametrize("mark", [*APOSTROPHES, "'"])
def test_apostrophes_are_one_whatever_their_glyph(mark: str) -> None:
    assert fold_name(f"O{mark}Brien") == "o'brien"


@pytest.mark.parametrize("mark", [*HYPHENS, "-"])
def test_hyphens_are_one_whatever_their_glyph(mark: str) -> None:
    assert fold_name(f"Rhys{mark}Jones") == "rhys-jones"


def test_surnames_keep_their_particles() -> None:
    assert parse_person(("Lula", "da", "Silva")).surname == ("da", "silva")
    assert parse_person(("Kang", "Shao", "Pin")).surname == ("kang",)


def test_a_bare_surname_may_be_the_sons() -> None:
    assert shortens(("harker",), ("donald", "harker", "jr"))
    assert not shortens(("harker", "jr"), ("donald", "harker"))


@given(st.text(min_size=1, max_size=30))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
    assert name_key(name_key(name)) == name_key(name) or name.lower().startswith("the ")
