"""A small index that every kind of finding can be made in."""

from collections.abc import Callable
from functools import partial

import pytest

from service.domain import Form
from service.index.whoosh import WhooshIndex, open_index
from service.verification import verify
from service.verification.findings import Verification
from tests.index.articles import article

REPORTED = {"form": Form.INDIRECT}
TAXES = "We will not raise taxes on the middle class, but we will cut 1,500 jobs in March"
EUROPE = "I do not think that we will stay in Europe"
UNION = "If the parliament agrees, we will leave the union in 2025"
GROWTH = "The economy grew by 3.5 percent last year and the Bank of Norway can lend again"
PEACE = "We’ve never been closer to peace – a “lasting” peace, as Peña calls it"
HARVEST = "The farmers of this valley brought in the best harvest that anybody remembers"
DISASTER = "that the plan was a disaster for every village in the country"
NOBODY = "Nobody has ever counted the swallows under this bridge"
RUSSIAN = "Мы никогда не хотели этой войны, и мы закончим её"
CHINESE = "我们不会离开自己的朋友"
ARABIC = "لن نترك أصدقاءنا في هذه الحرب"

Ask = Callable[..., Verification]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    made = open_index(tmp_path_factory.mktemp("verification") / "index", create=True)
    made.add(
        [
            article("a1", ("Jane Doe", TAXES), ("Jane Doe", EUROPE), ("Jane Doe", UNION)),
            article("a2", ("John Roe", GROWTH), ("John Roe", PEACE), date="2021-01-01"),
            article(
                "a3", ("Mary Major", HARVEST), ("Jane Doe", DISASTER, REPORTED), (None, NOBODY)
            ),
            article("a4", ("Владимир Путин", RUSSIAN), ("习近平", CHINESE), ("أحمد", ARABIC)),
        ]
    )
    return made


@pytest.fixture
def ask(index: WhooshIndex) -> Ask:
    return partial(verify, index.snapshot())
