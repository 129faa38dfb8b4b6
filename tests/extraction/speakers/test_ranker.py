"""The ranker with the weights and the network of the package."""

import pytest

from service.domain import Source, Span
from service.extraction.annotate import annotate
from service.extraction.page.layout import Article, lay_out
from service.extraction.page.words import read_words
from service.extraction.speakers.cast import gather_cast
from service.extraction.speakers.choices import choice_of
from service.extraction.speakers.discourse import Discourse
from service.extraction.speakers.mentions import read_mention
from service.extraction.speakers.ranker import (
    CONFIRMED,
    DESCRIBED,
    OVERRULED,
    Chance,
    likeliest,
    open_ranker,
)
from service.extraction.speakers.signs import Choice
from service.extraction.states import States
from service.extraction.tagger import read_by_model

TEXT = (
    "Maria Lopez, the mayor of Arden, met Anna Brandt, a farmer, on Monday. "
    "“The bridge will open in May,” she said."
)


def article_of(text: str) -> Article:
    return lay_out(Source(id="a-1", text=text, origin="-"))


def choice_in(article: Article, words: str) -> Choice:
    cast = gather_cast(article, read_words(article))
    start = article.flow.rindex(words)
    mention = read_mention(article.flow, Span(start, start + len(words)), cast)
    return choice_of(Discourse(article, cast), mention, words, (), None)


def test_chances_are_in_order_and_leave_room_for_nobody() -> None:
    article = article_of(TEXT)
    choice = choice_in(article, "she")
    chances = open_ranker().chances(choice, read_by_model(article).states)
    assert chances is not None
    assert {"Maria Lopez", "Anna Brandt"} <= {one.figure.name for one in chances}
    assert chances == sorted(chances, key=lambda one: -one.chance)
    assert 0 < sum(one.chance for one in chances) < 1


def test_without_the_networks_states_it_does_not_decide() -> None:
    assert open_ranker().chances(choice_in(article_of(TEXT), "she"), States()) is None


def test_nobody_is_likeliest_where_nobody_is_near() -> None:
    article = article_of("“The bridge will open in May,” she said.")
    choice = choice_in(article, "she")
    assert open_ranker().chances(choice, read_by_model(article).states) == []


def chance_of(choice: Choice, at: int, chance: float, by_rule: bool = False) -> Chance:
    return Chance(choice.candidates[at].figure, chance, None, by_rule)


@pytest.mark.parametrize(("words", "least"), [("she", OVERRULED), ("the mayor", DESCRIBED)])
def test_a_doubtful_one_is_nobody(words: str, least: float) -> None:
    choice = choice_in(article_of(TEXT.replace("she", words)), words)
    assert likeliest(choice, []) is None
    sure = chance_of(choice, 0, least)
    assert likeliest(choice, [sure]) is sure
    assert likeliest(choice, [sure._replace(chance=least - 0.01)]) is None
    meant = chance_of(choice, 0, CONFIRMED, by_rule=True)
    assert likeliest(choice, [meant]) is meant
    assert likeliest(choice, [meant._replace(chance=CONFIRMED - 0.01)]) is None


def test_whom_the_rules_mean_is_exchanged_for_a_pronoun_only() -> None:
    for words, exchanged in (("she", True), ("the mayor", False)):
        choice = choice_in(article_of(TEXT.replace("she", words)), words)
        other, meant = chance_of(choice, 1, 0.97), chance_of(choice, 0, 0.02, by_rule=True)
        assert (likeliest(choice, [other, meant]) is other) is exchanged


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (TEXT, "Maria Lopez"),
        (TEXT.replace("she", "he").replace("Anna", "Peter"), "Peter Brandt"),
        (TEXT.replace("she", "the mayor"), "Maria Lopez"),
    ],
)
def test_the_article_is_read_so(text: str, speaker: str) -> None:
    [statement] = annotate(Source(id="a-1", text=text, origin="-")).statements
    assert statement.speaker is not None
    assert statement.speaker.name == speaker


def test_the_only_mayor_is_meant_though_another_spoke_last() -> None:
    text = (
        "Anna Lind, the mayor, opened the port on Monday. It was cold. Karl Berg came too.\n\n"
        "“Nobody has won,” Berg said.\n\n“It is open,” said the mayor."
    )
    *_, last = annotate(Source(id="a-1", text=text, origin="-")).statements
    assert last.speaker is not None
    assert last.speaker.name == "Anna Lind"
