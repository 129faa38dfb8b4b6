"""Organisations whose names say nothing of what they are."""

import pytest

from service.domain import Extractor, Source, SpeakerKind
from service.extraction import annotate

FRAMES = (
    "Plan rejected\n\nA decision on the new terminal was postponed on Tuesday.\n\n"
    "“We will publish all the figures next week,” {} said in a statement.\n",
    "Plan rejected\n\nA decision on the new terminal was postponed on Tuesday.\n\n"
    "The figures are late and nobody can say why, according to {}.\n",
)


@pytest.mark.parametrize(
    "name",
    [
        "Save the Children",
        "Amnesty International",
        "Goldman Sachs",
        "McDonald’s",
        "Lloyd's of London",
        "easyJet",
        "3M",
        "Ryanair",
        "Tata Steel",
        "Orvane Steel",
        "Citizens for Fair Rents",
        "Friends of the Tyne",
        "the City of Chicago",
        "the Ohio legislature",
        "the U.S. Court of Appeals for the 4th Circuit",
        "the Port Authority of New York and New Jersey",
    ],
)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_body_is_one_under_its_whole_name(name: str, frame: str) -> None:
    source = Source(id="a-1", text=frame.format(name), origin="-")
    speakers = [one.speaker for one in annotate(source).statements if one.speaker]
    assert [(one.name, one.kind) for one in speakers] == [
        (name.removeprefix("the "), SpeakerKind.ORGANISATION)
    ]


@pytest.mark.parametrize("extractor", Extractor)
def test_a_listed_name_that_somebody_bears_is_his(extractor: Extractor) -> None:
    text = (
        "Steve Forbes, the publisher, opened the fair in Deal.\n\n"
        "“Taxes should be flat,” Forbes said on Monday.\n"
    )
    [statement] = annotate(Source(id="a-1", text=text, origin="-"), (), extractor).statements
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.kind) == ("Steve Forbes", SpeakerKind.PERSON)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ryanair", "The airline"),
        ("The Daily Mirror", "The tabloid"),
        ("Ofsted", "The watchdog"),
        ("The Tories", "The party"),
    ],
)
def test_a_body_is_meant_by_what_it_is_known_to_be(name: str, called: str) -> None:
    text = (
        "Figures disputed\n\n"
        f"{name} rejected on Monday a report that had been long in the making.\n\n"
        f"{called} said that the figures were wrong and would be corrected.\n"
    )
    statements = annotate(Source(id="a-1", text=text, origin="-")).statements
    last = statements[-1]
    assert last.speaker is not None
    assert last.speaker.name == name.removeprefix("The ")


def test_what_follows_a_bodys_apposition_is_its() -> None:
    text = "The ad was paid for by Orvane Fund, a small group of traders that opposes the toll.\n"
    [statement] = annotate(Source(id="a-1", text=text, origin="-")).statements
    assert statement.speaker is not None
    assert statement.speaker.name == "Orvane Fund"


@pytest.mark.parametrize("extractor", Extractor)
@pytest.mark.parametrize(
    "name",
    [
        "Department for Environment, Food and Rural Affairs",
        "Bureau of Alcohol, Tobacco, Firearms and Explosives",
        "Immigration, Refugees and Citizenship Canada",
        "Fisheries and Oceans Canada",
        "Senate Health, Education, Labor and Pensions Committee",
        "Organization for Economic Cooperation and Development",
        "Orvane Bank for Reconstruction and Development",
    ],
)
def test_a_list_of_fields_belongs_to_the_body(name: str, extractor: Extractor) -> None:
    source = Source("a-1", f"A spokesman for the {name} said the ferry was late.", "-")
    (found,) = annotate(source, extractor=extractor).statements
    assert found.speaker is None
    assert found.on_behalf_of is not None
    assert found.on_behalf_of.name == name


@pytest.mark.parametrize("extractor", Extractor)
def test_fields_without_a_body_are_none(extractor: Extractor) -> None:
    source = Source("a-1", "In Health, Education and Defence, Ann Bell said little changed.", "-")
    (found,) = annotate(source, extractor=extractor).statements
    assert found.speaker is not None
    assert found.speaker.name == "Ann Bell"
