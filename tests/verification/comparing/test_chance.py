"""What shares words with a statement by chance is not found; what was made of one is."""

import pytest

from service.index.whoosh import WhooshIndex, open_index
from service.verification import verify
from service.verification.findings import Flag, Verdict
from tests.index.articles import article

MOVEMENT = "It's not a campaign anymore, it's a movement"
CARTEL = "I am the only candidate who is ready to take on the Washington cartel and win"
DELEGATES = "I don't believe in superdelegates"
HARBOUR = "We are going to rebuild the harbour stone by stone, whatever the winter brings us"
USUAL = (
    "I don't believe in polls, and neither should you",
    "We are going to win the next election and the one after",
    "We are going to see who wins, and so much more",
    "I don't trust them and I never did",
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    made = open_index(tmp_path_factory.mktemp("chance") / "index", create=True)
    made.add(
        [
            article("b1", ("Jane Doe", MOVEMENT), ("John Roe", CARTEL)),
            article("b2", ("John Roe", DELEGATES), ("Mary Major", HARBOUR)),
            article("b3", *(("Mary Major", said) for said in USUAL)),
        ]
    )
    return made


@pytest.mark.parametrize(
    "claimed",
    [
        "I don't believe in the devil",
        "We are going to win so much",
        "who will take on the big banks",
        "It's not a secret that it's a bad deal",
        "every candidate on the debate stage",
        "a horse who is ready to be shown and fed",
    ],
)
def test_words_that_everybody_says_are_not_a_find(news: WhooshIndex, claimed: str) -> None:
    found = verify(news.snapshot(), claimed)
    assert (found.verdict, found.best, found.mentions) == (Verdict.NOT_FOUND, None, 0)


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        ("It's not a picnic anymore, it's some movement", MOVEMENT),
        ("I am the last candidate ready to take up the Boston cartel and sing", CARTEL),
        ("We were going to paint the harbour stone by wall, whatever a winter steals us", HARBOUR),
    ],
)
def test_whole_quotation_is_found_with_a_third_of_its_words_changed(
    news: WhooshIndex, claimed: str, said: str
) -> None:
    found = verify(news.snapshot(), claimed)
    assert found.verdict is Verdict.ALTERED
    assert found.best and found.best.statement.text == said
    assert found.mentions == 1 and found.first_seen == found.best.statement


def test_speaker_who_is_named_speaks_for_a_doubtful_find(news: WhooshIndex) -> None:
    claimed = "somebody who is ready to beat the cartel"
    alone, named = verify(news.snapshot(), claimed), verify(news.snapshot(), claimed, "John Roe")
    assert alone.verdict is Verdict.NOT_FOUND
    assert [one.statement.text for one in alone.others] == [CARTEL]
    assert named.verdict is Verdict.ALTERED
    assert verify(news.snapshot(), claimed, "Jane Doe").verdict is Verdict.NOT_FOUND


def test_scraps_of_sentences_are_not_pieces_of_a_quotation(news: WhooshIndex) -> None:
    scraps = "the only candidate who is ready going to rebuild the harbour stone"
    assert verify(news.snapshot(), scraps).verdict is Verdict.NOT_FOUND
    whole = verify(news.snapshot(), f"{DELEGATES}. {MOVEMENT}")
    assert [one.statement.text for one in whole.pieces] == [DELEGATES, MOVEMENT]
    assert all(Flag.PIECED in one.flags for one in whole.pieces)
