from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import Source
from service.extraction import annotate
from service.extraction.lexicon.people import Gender
from service.extraction.page.layout import lay_out
from service.extraction.page.words import read_words
from service.extraction.speakers.cast import gather_cast
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.names import Name, NameKind, find_names


def names(text: str) -> list[Name]:
    article = lay_out(Source("a", text, "-"))
    return find_names(article, read_words(article))


def texts(text: str, kind: NameKind | None = None) -> list[str]:
    return [name.text for name in names(text) if kind in (None, name.kind)]


def figures(text: str) -> dict[str, Figure]:
    article = lay_out(Source("a", text, "-"))
    return {f.name: f for f in gather_cast(article, read_words(article)).figures}


@pytest.mark.parametrize(
    ("text", "name", "titles"),
    [
        ("So said Russian President Vladimir Putin.", "Vladimir Putin", ("russian", "president")),
        ("So said Sen. Bernie Sanders.", "Bernie Sanders", ("sen",)),
        ("So said Latvian journalist Dainis Ivans.", "Dainis Ivans", ("latvian", "journalist")),
        ("So said Secretary of State John Kerry.", "John Kerry", ("state",)),
        ("So said Democratic nominee Hillary Clinton.", "Hillary Clinton", None),
        ("So said Mayor Bill de Blasio.", "Bill de Blasio", ("mayor",)),
        ("So said D. Michael DeRidder.", "D. Michael DeRidder", ()),
        ("China’s President Xi said so.", "Xi", ("president",)),
        ("So said Det Con Louise Abara.", "Louise Abara", ("det", "con")),
    ],
)
def test_titles_are_separated_from_the_name(
    text: str, name: str, titles: tuple[str, ...] | None
) -> None:
    person = next(n for n in names(text) if n.kind is NameKind.PERSON)
    assert person.text == name
    assert titles is None or person.titles == titles


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rovers boss Dean Marsh said so. Marsh left.", "Dean Marsh"),
        ("The college has a dean. Dean Marsh said so.", "Marsh"),
    ],
)
def test_dean_is_a_first_name_where_there_is_no_dean(text: str, name: str) -> None:
    assert [f.name for f in figures(text).values() if f.kind is NameKind.PERSON] == [name]


@pytest.mark.parametrize(
    "name",
    ["National Security Council", "Commission on Presidential Debates", "The Dallas Morning News"],
)
def test_organisations_are_recognised_by_their_head(name: str) -> None:
    bare = name.removeprefix("The ")
    found = next(n for n in names(f"Yesterday {name} met in Moscow.") if n.text == bare)
    assert found.kind is NameKind.ORGANISATION


def test_common_words_at_a_sentences_start_are_not_names() -> None:
    assert (
        texts("However, nobody came. Protesters left. Asked twice, he stayed. Later he left.") == []
    )


def test_a_word_seen_in_lower_case_is_not_a_name() -> None:
    assert texts("Curfew came. The curfew lasts.") == []


def test_days_and_months_are_not_names() -> None:
    assert texts("They met on Monday in May with Putin.") == ["Putin"]


def test_a_possessive_ends_a_name() -> None:
    assert texts("They saw Russia’s Putin and Davis' dog.") == ["Russia", "Putin", "Davis"]


def test_headline_words_count_where_the_article_names_them() -> None:
    text = (
        "Putin Praises Strategic Partnership With China\n\nVladimir Putin praised it in Moscow.\n"
    )
    assert texts(text) == ["Putin", "China", "Vladimir Putin", "Moscow"]


def test_a_surname_in_the_headline_means_the_full_name_below() -> None:
    found = figures("Patrushev speaks\n\nNikolai Patrushev spoke. Then Patrushev left.\n")
    assert [name.text for name in found["Nikolai Patrushev"].names] == [
        "Patrushev",
        "Nikolai Patrushev",
        "Patrushev",
    ]


def test_initials_and_nicknames_are_one_person() -> None:
    found = figures("Donald J. Trump came. Donald Trump left. Michael Pence or Mike Pence stayed.")
    assert set(found) == {"Donald J. Trump", "Michael Pence"}


def test_relatives_are_two_people() -> None:
    found = figures("Bill Clinton came with Hillary Clinton.")
    assert set(found) == {"Bill Clinton", "Hillary Clinton"}


def test_honorifics_decide_a_shared_surname() -> None:
    found = figures("Bill Clinton met Hillary Clinton. Mrs. Clinton smiled. Mr. Clinton did not.")
    assert len(found["Hillary Clinton"].names) == 2
    assert len(found["Bill Clinton"].names) == 2


def test_the_one_called_by_a_first_name_is_not_the_surname_alone() -> None:
    found = figures(
        "Melania Trump spoke. Melania left. Then Melania came. Donald Trump stayed. "
        "We heard Melania and then we saw Trump."
    )
    assert [name.text for name in found["Donald Trump"].names] == ["Donald Trump", "Trump"]


def test_a_pronoun_decides_a_shared_surname() -> None:
    found = figures("Melania Trump and Donald Trump came. Trump showed her speech.")
    assert [name.text for name in found["Melania Trump"].names] == ["Melania Trump", "Trump"]


def test_a_family_name_may_come_first() -> None:
    found = figures("They met Xi Jinping and Wang Yi. Now Xi spoke.")
    assert [name.text for name in found["Xi Jinping"].names] == ["Xi Jinping", "Xi"]


def test_appositions_and_titles_tell_what_somebody_is() -> None:
    found = figures(
        "Nikolai Patrushev, secretary of the National Security Council, met "
        "Sen. Joe Manchin (D-W.Va.) and Theresa May, who served as British minister."
    )
    assert "secretary" in found["Nikolai Patrushev"].roles
    assert {"senator", "democrat"} <= found["Joe Manchin"].roles
    assert "minister" in found["Theresa May"].roles


def test_gender_comes_from_title_or_first_name() -> None:
    found = figures("They saw Angela Merkel, Spokeswoman Jody Ditto and Xi Jinping.")
    assert found["Angela Merkel"].gender is Gender.FEMALE
    assert found["Jody Ditto"].gender is Gender.FEMALE
    assert found["Xi Jinping"].gender is None


def test_an_acronym_is_the_organisation_it_abbreviates() -> None:
    found = figures("The International Monetary Fund (IMF) met. Later the IMF spoke.")
    assert len(found["International Monetary Fund"].names) == 3


def test_names_of_one_country_are_one() -> None:
    found = figures("They saw the United States and the U.S. and America.")
    assert list(found) == ["United States"]


@given(st.text(alphabet="Aab’'s.,“” \n-Ж习", max_size=300))
def test_names_lie_in_the_text_and_apart(text: str) -> None:
    found = names(text)
    for name in found:
        assert 0 <= name.whole.start <= name.span.start < name.span.end <= len(text)
    for name, after in pairwise(found):
        assert not name.span.overlaps(after.span)


def test_a_firm_of_two_is_one_name_and_a_couple_two() -> None:
    firm, *_ = names("Then Bligh & Farrow came.")
    assert (firm.text, firm.kind) == ("Bligh & Farrow", NameKind.ORGANISATION)
    assert "Bill & Hillary Clinton" not in texts("Then Bill & Hillary Clinton came.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“No,” said Ludwig van Beethoven, a composer.", "Ludwig van Beethoven"),
        ("It was Ursula von der Leyen who spoke.", "Ursula von der Leyen"),
        ("He met Juan Carlos de la Vega there.", "Juan Carlos de la Vega"),
        ("They killed Abu Bakr al-Baghdadi in May.", "Abu Bakr al-Baghdadi"),
        ("He quoted Martin Luther King Jr. on Monday.", "Martin Luther King Jr."),
        ("“He is late.”\n— Lena de Vries, nurse\n", "Lena de Vries"),
    ],
)
def test_small_words_and_suffixes_keep_a_name_together(text: str, name: str) -> None:
    assert texts(text) == [name]


def test_anonymous_is_not_a_name() -> None:
    assert names("“It is a disgrace.” — Anonymous\n") == []


@pytest.mark.parametrize(
    "name", ["Storm Bronagh", "Tropical Storm Ernesto", "Cyclone Freddy", "RRS Sir David Bell"]
)
def test_a_storm_or_ship_is_not_a_person(name: str) -> None:
    assert texts(f"Mayor Ann Roe spoke about {name} on Monday.", NameKind.OTHER) == [name]


@pytest.mark.parametrize("office", ["Ohio Court of Appeals Judge", "Supreme Court of Ohio Justice"])
def test_a_court_is_part_of_its_judges_title(office: str) -> None:
    text = f"It rained. {office} Ann Marlow said that it was late."
    (found,) = annotate(Source("a", text, "-")).statements
    assert found.speaker is not None
    assert found.speaker.name == "Ann Marlow"


@pytest.mark.parametrize("deed", ["plans for Ohio", "reported loss", "announced cuts"])
def test_what_a_body_has_leaves_its_name_alone(deed: str) -> None:
    text = f"Staff heard of Bexley’s {deed}. The firm Bexley said that it was late."
    speaker = annotate(Source("a", text, "-")).statements[-1].speaker
    assert speaker is not None
    assert speaker.name == "Bexley"


def test_a_paragraph_is_no_headline_for_the_link_at_its_end() -> None:
    text = (
        "It rained.\n\nAssistant District Attorney Jason Marlow said in Arden County Court that it"
        " was late. Read More Here\n\nIt is cold."
    )
    (found,) = annotate(Source("a", text, "-")).statements
    assert found.speaker is not None
    assert found.speaker.name == "Jason Marlow"
