"""Names right beside what is said of them."""

import pytest

from service.domain import Extractor, Source
from service.extraction import annotate


def speaker_of(text: str, extractor: Extractor = Extractor.MODEL) -> str | None:
    statement = annotate(Source(id="a-1", text=text, origin="-"), (), extractor).statements[-1]
    return statement.speaker.name if statement.speaker else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("One of them, Harbour Group, said it would leave.", "Harbour Group"),
        ("One of the bidders, Lisbon-based group LNM, said it welcomed that.", "LNM"),
        ("He runs Vale News, a conservative website that says that it rains.", "Vale News"),
        ("She works at Roe Institute, a policy group that says that it rains.", "Roe Institute"),
    ],
)
def test_body_is_named_beside_what_it_is(text: str, name: str) -> None:
    assert speaker_of(text) == name


def test_somebodys_aide_is_named_after_the_name_beside_the_role() -> None:
    text = "Ann Roe left. “No,” said his wife, longtime Hilda Crane aide Huma Abbot."
    assert speaker_of(text) == "Huma Abbot"


def test_report_by_somebody_is_not_that_somebody() -> None:
    text = "A review by the state auditor, Mike Foley, found that the roof leaked."
    assert speaker_of(text) != "Mike Foley"


def test_name_that_somebody_gives_may_follow_a_place() -> None:
    text = "A voter in Arden, who gave her name only as Dot, said it was late."
    assert speaker_of(text) == "Dot"


def test_place_before_a_new_sentences_subject_is_not_described() -> None:
    assert speaker_of("In Lagos, a newspaper that says it was threatened was shut.") != "Lagos"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Sen. Ann Roe (Vt.)  and former Ohio governor Tom Hart said that it would pass.",
            "Ann Roe and Tom Hart",
        ),
        (
            "Jane Roe runs, and so does Ann Hart. The Roe and Hart campaigns said they agree.",
            "Roe campaign and Hart campaign",
        ),
    ],
)
def test_two_speak_together(text: str, name: str) -> None:
    assert speaker_of(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "A survivor, who gave his name only as Brian, said that the engine caught fire.",
        "A vendor who identified himself as Brian said that he ran.",
        "A man, speaking under the pseudonym Brian, said that he was afraid.",
        "One resident, who would only be named as Brian, said that it was dark.",
    ],
)
def test_a_name_that_somebody_gives_himself_is_his(text: str) -> None:
    assert speaker_of(text) == "Brian"


FRAME = (
    "Plan rejected\n\nA decision on the new terminal was postponed on Tuesday.\n\n"
    "“We will publish all the figures next week,” {} said on Monday.\n"
)


@pytest.mark.parametrize("extractor", Extractor)
@pytest.mark.parametrize(
    "mention",
    [
        "former Spurs and England defender {}",
        "Tottenham sporting director {}",
        "spokeswoman for women {}",
        "their longtime friend, international businessman {},",
        "another ally, Agriculture Secretary {},",
        "a former candidate -- {}, who lost the election --",
        "anti-terrorist prosecutor {}",
        "University of Oslo professor {}",
    ],
)
def test_the_full_name_at_its_end_is_who_it_is(mention: str, extractor: Extractor) -> None:
    assert speaker_of(FRAME.format(mention.format("Martha Halloran")), extractor) == (
        "Martha Halloran"
    )


@pytest.mark.parametrize("mention", ["lawyers for {}", "a cousin of actor {}", "fans of {}"])
def test_whose_somebody_is_does_not_speak(mention: str) -> None:
    assert speaker_of(FRAME.format(mention.format("Martha Halloran"))) is None


def test_two_who_are_named_speak_together() -> None:
    mention = "Sens. Martha Halloran (Ohio) and Mark Dunne (Iowa)"
    assert speaker_of(FRAME.format(mention)) == "Martha Halloran and Mark Dunne"


@pytest.mark.parametrize(
    ("name", "surname"), [("Brian May", "May"), ("Jason King", "King"), ("Ian Read", "Read")]
)
def test_a_surname_that_is_a_word_is_its_bearers(name: str, surname: str) -> None:
    text = (
        f"Tour announced\n\nThe guitarist {name} will be on the road in April.\n\n"
        f"“It is an odd life,” {surname} said on Monday.\n"
    )
    assert speaker_of(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The singer Paul White left. White, asked about the tour, said it was late.",
            "Paul White",
        ),
        ("The singer Paul West left. According to West, it was late.", "Paul West"),
        (
            "Ian Day was hurt in Perth.\n\nDay returned. Day told the sheriff: “I am late.”",
            "Ian Day",
        ),
    ],
)
def test_a_surname_that_is_a_word_is_known_by_what_is_beside_it(text: str, name: str) -> None:
    assert speaker_of(text) == name


def test_a_month_is_nobody() -> None:
    text = (
        "Tour announced\n\nThe guitarist Brian May is at home.\n\n"
        "In May he said that the tour would go on.\n"
    )
    assert speaker_of(text) == "Brian May"


def test_a_doubled_letter_makes_no_other_person() -> None:
    text = (
        "Rally held\n\nHillary Lanton opened the rally with Hilary Lanton’s own slogan.\n\n"
        "“We go on,” Mrs. Lanton said.\n"
    )
    assert speaker_of(text) == "Hillary Lanton"


def test_a_seats_member_is_not_the_seat() -> None:
    text = (
        "Plan rejected\n\nSarah Penn opposed it.\n\n"
        "“We will publish all the figures next week,” the Salford MP said on Monday.\n"
    )
    assert speaker_of(text) in (None, "Sarah Penn")


@pytest.mark.parametrize(
    "text",
    [
        "Kapsor MP Oscar Sule left.\n\nThe second-term Kapsor MP said it was late.",
        "“No,” Harrow East MP and Majority Whip in the National Assembly Oscar Sule said.",
        "Former minister and Daba Tehreek-e-Nur (DTN) supremo Oscar Sule said it was late.",
    ],
)
def test_a_seat_or_party_before_the_office_is_not_the_speaker(text: str) -> None:
    assert speaker_of(text) == "Oscar Sule"


def test_who_is_from_a_state_is_a_person() -> None:
    text = (
        "Debate held\n\nRick Penn, the governor of Texas, spoke first.\n\n"
        "“The voters do not want that,” the Texan said.\n"
    )
    assert speaker_of(text) == "Rick Penn"


def test_a_headlines_two_speak_together() -> None:
    text = (
        "Penn, Dunne pledge to work together\n\nMartha Penn and Mark Dunne met in Deal on Monday.\n"
    )
    speakers = [one.speaker for one in annotate(Source(id="a-1", text=text, origin="-")).statements]
    assert [one.name for one in speakers if one] == ["Martha Penn and Mark Dunne"]


def test_who_ends_a_description_is_not_described_by_what_follows() -> None:
    text = (
        "Guests mourned\n\nBackpackers met in the town of Van Vien.\n\n"
        "Ms Bowler’s father, Shaun Bowler, confirmed his daughter’s death to a broadcaster. "
        "“It is with broken hearts that we say goodbye,” he said.\n"
    )
    assert speaker_of(text) == "Shaun Bowler"


def test_it_is_what_the_sentence_before_is_about() -> None:
    text = (
        "Hearings held\n\nNorway sent nobody to the hearings and rejected the questions "
        "raised by the United Nations. It argued that no duty exists to answer them.\n"
    )
    assert speaker_of(text, Extractor.RULES) == "Norway"
