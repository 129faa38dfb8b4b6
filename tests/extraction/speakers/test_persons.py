import pytest

from service.domain import Source, SpeakerKind
from service.extraction import annotate
from service.extraction.page.layout import lay_out
from service.extraction.page.words import read_words
from service.extraction.speakers.names import Name, NameKind, find_names


def named(text: str, words: str) -> Name:
    article = lay_out(Source("a", text, "-"))
    return next(n for n in find_names(article, read_words(article)) if n.text == words)


@pytest.mark.parametrize(
    "text",
    [
        "Its director, Omru Wahl, said so.",
        "It rained, the town’s only baker, Omru Wahl, told the council.",
        "“No,” said a retired fisherman, Omru Wahl.",
        "Also there was the member for the East Ward, Omru Wahl, and a dog.",
        "Omru Wahl has sold the shop and wants what he is owed.",
        "Then chat show favourite Omru Wahl has sold the shop, because she hates it.",
        "At the gate stood her brother, Omru Wahl, and a dog.",
    ],
)
def test_a_name_beside_what_only_a_person_is_is_a_persons(text: str) -> None:
    assert named(text, "Omru Wahl").kind is NameKind.PERSON


@pytest.mark.parametrize(
    "text",
    [
        "The largest depot, Omru Wahl, burned.",
        "To please the director, Omru Wahl hired no one.",
        "Omru Wahl announced he had been fired.",
        "Nobody told Omru Wahl that he was late.",
        "At Omru Wahl he was late.",
        "After the director, Omru Wahl’s fleet left.",
    ],
)
def test_a_name_beside_anything_else_stays_open(text: str) -> None:
    assert named(text, "Omru Wahl").kind is NameKind.UNKNOWN


@pytest.mark.parametrize("letters", ["KC", "MP", "PhD", "Ph.D.", "CBE", "M.D.", "MEP RN"])
@pytest.mark.parametrize("comma", ["", ","])
def test_letters_after_a_name_are_not_part_of_it(letters: str, comma: str) -> None:
    text = f"In court Nora Blythe{comma} {letters}{comma} said so."
    assert named(text, "Nora Blythe").kind is NameKind.PERSON


def test_an_occupation_with_a_capital_may_be_a_first_or_last_name() -> None:
    assert named("Later Baker Mayhew left.", "Baker Mayhew").titles == ()
    assert named("Later baker Tom Mayhew left.", "Tom Mayhew").titles == ("baker",)


def test_bill_of_a_body_is_a_person() -> None:
    source = Source("a", "Bill McRoe of the Orvane Liberties Project said it was late.", "-")
    [found] = annotate(source).statements
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.kind) == ("Bill McRoe", SpeakerKind.PERSON)
