"""Bodies under all their names, two at once, and what is theirs but does not speak for them."""

import pytest

from service.domain import Source, Statement
from service.extraction import annotate


def last(text: str) -> Statement:
    return annotate(Source("a", text, "-")).statements[-1]


def last_speaker(text: str) -> str | None:
    found = last(text).speaker
    return None if found is None else found.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The drugs fail, the New York Times reports. According to the Times, that is new.",
            "New York Times",
        ),
        (
            "Dazzle Pharmaceuticals Inc had no news. “We are late,” Dazzle Pharma said.",
            "Dazzle Pharmaceuticals",
        ),
        (
            "American Airlines ended talks on Sunday. American said the union had left.",
            "American Airlines",
        ),
        ("Talks failed. Eagan, Minn.-based Northwest said it would go on.", "Northwest"),
        (
            "It snowed. “We are closed,” St. John's International Airport tweeted.",
            "St. John's International Airport",
        ),
        (
            "Mattby has a new app. The decentralized social network said on Tuesday it was free.",
            "Mattby",
        ),
        (
            "The Association of Flying Dancers met. The union, representing 18,000 dancers, "
            "announced it would strike.",
            "Association of Flying Dancers",
        ),
        (
            "Talks between Northern Airlines and the Mechanics Union ended. The union and the "
            "airline said they would meet again.",
            "Mechanics Union and Northern Airlines",
        ),
        (
            "“We are tired,” said a statement issued Wednesday by ULF President Laura Bell.",
            "Laura Bell",
        ),
        (
            "A joint statement signed by Ann Bell and Tom Roe is out. It says “we agree”.",
            "joint statement by Ann Bell and Tom Roe",
        ),
        (
            "The National Institute of Water and Atmospheric Research (NIWA) met. NIWA said yes.",
            "National Institute of Water and Atmospheric Research",
        ),
        ("Médecins sans Marrow (MSM) met. MSM said 17 people were hurt.", "Médecins sans Marrow"),
        ("Nurses Without Borders (PSF) met. PSF said 17 were hurt.", "Nurses Without Borders"),
        ("On Monday Goldman Sachs met. Goldman said growth would slow.", "Goldman Sachs"),
        ("On Monday Amnesty International met. Amnesty said 40 died.", "Amnesty International"),
        ("Tom Roe of Man Utd left. Man Utd said it was glad.", "Man Utd"),
        ("The GMB met. The GMB union said it is appalled.", "GMB"),
        ("Shells fell, Reuters and The New York Times report.", "Reuters and New York Times"),
        ("It rained. But the Saudi-led coalition denied that it had.", "Saudi-led coalition"),
        (
            "The Dover Bank’s board said rates would fall. The outlook remained uncertain. “Prices "
            "rise,” it said.",
            "Dover Bank’s board",
        ),
        ("Harlow Steel’s chairman left on Monday. It said the mills will close.", "Harlow Steel"),
    ],
)
def test_a_body_is_known_by_what_the_article_calls_it(text: str, name: str) -> None:
    assert last_speaker(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Northern Airlines and its mechanics ended, the union and airline said.",
        "Harlow Steel makes filters. Harlow Steel’s filter works all day. It says who is late.",
        "A UNION at a factory in the Valleys said workers were angry.",
        "Xinhua reported rain. The civil defence agency, which is small, said it was late.",
        "Acme said on its Twitter account that it rained. The government-run network said no.",
        "The plant in Wexley closed. Shops in Wexley did, too. The confectioner said no.",
    ],
)
def test_what_may_be_another_is_left_open(text: str) -> None:
    assert last_speaker(text) is None


def test_staff_serve_no_body_that_only_may_be_meant() -> None:
    text = (
        "Acme Foundation Trust was criticised by the Dover Hospitals NHS Trust. A trust spokesman "
        "said: “We know nothing of it.”"
    )
    assert last(text).on_behalf_of is None


def test_they_are_several_whom_two_nouns_mean() -> None:
    text = (
        "Talks between Northern Airlines and its mechanics ended, the union and airline said. "
        "“Nothing is planned,” the airline said."
    )
    assert last_speaker(text) == "Northern Airlines"
