"""Whose a quotation is that is a sentence of its own, by the model and by the rules."""

import pytest

from service.domain import Extractor
from service.extraction import annotate
from service.reading import source_from_text

Row = tuple[str, str | None, str]
BOTH = pytest.mark.parametrize("extractor", list(Extractor))


def rows(text: str, extractor: Extractor) -> list[Row]:
    """Form, speaker and words of each statement."""
    source = source_from_text(text, origin="-")
    return [
        (
            statement.form.value,
            statement.speaker.name if statement.speaker else None,
            statement.text,
        )
        for statement in annotate(source, extractor=extractor).statements
    ]


@BOTH
@pytest.mark.parametrize(
    ("text", "reported", "quoted"),
    [
        (
            "Owner Ravi Menon said he was shocked. “I have never seen it so bad.”",
            "he was shocked",
            "I have never seen it so bad.",
        ),
        (
            "Coach Ellen Varg said the team had earned it. “The girls ran until they dropped.” She"
            " will stay for another year.",
            "the team had earned it",
            "The girls ran until they dropped.",
        ),
        (
            "Vicar Ted Moss told the paper that the roof was leaking. ‘We put out buckets.’",
            "that the roof was leaking",
            "We put out buckets.",
        ),
        (
            "Nurse Clara Boyle said the ward was full.\n\n“We had twelve beds.\n\n“We put people"
            " in the corridor.”\n\nThe trust apologised on Monday.",
            "the ward was full",
            "We had twelve beds. […] We put people in the corridor.",
        ),
    ],
)
def test_a_quotation_after_a_reported_clause_is_a_statement_of_its_own(
    text: str, reported: str, quoted: str, extractor: Extractor
) -> None:
    (first, speaker, clause), (second, same, words), *_ = rows(text, extractor)
    assert (first, clause, second, words) == ("indirect", reported, "direct", quoted)
    assert speaker is not None
    assert same == speaker


def test_a_quotation_is_of_the_clause_before_it_rather_than_after() -> None:
    text = (
        "Author Pia Dahl confirmed she was writing a sequel. “It is about her daughter.” The book"
        " is due in March, her publisher said."
    )
    assert ("direct", "Pia Dahl", "It is about her daughter.") in rows(text, Extractor.MODEL)


@BOTH
def test_a_quotation_that_goes_on_after_its_clause_is_part_of_it(extractor: Extractor) -> None:
    text = "“We will appeal,” Lars Dahl said. “The law is with us.”\n\n“It always was.”\n"
    together = "We will appeal […] The law is with us. […] It always was."
    assert rows(text, extractor) == [("direct", "Lars Dahl", together)]


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        # a clause further off is about something else
        "The plan was cut to R5bn.\n\n“Talks with labour are under way. We meet again in May.”\n\n"
        "Defence lost R2bn.\n\nDo you want to comment on this article?\n",
        "The tower was closed in 1998.\n\n“Nothing was done for thirty years.”\n\nThe council"
        " bought it last month. Mayor Cora Lind said the roof would come first.\n",
        # others speak of whom something happens to
        "John Smith was arrested on Tuesday.\n\n“We found a knife on him.”\n",
        "Singer Dan Ford died on Monday.\n\n“I loved him like a brother.”\n",
        # no survey says "I", nor does a couple, nor who only did something
        "A survey found that a third of nurses smoke.\n\n“I can’t get through a night without.”\n",
        "Ann Ray and Bob Lund want the wall gone.\n\n“I never liked it.”\n",
        "Minister Ewa Lis signed it at noon.\n\n“This order is the end of the wetland.”\n",
        # who only nods
        "Henrik Aas shook his head.\n\n“I will sell the farm.” Then Tove Lie got up.\n",
        "Nobody moved. “We lost the harvest.” Dana Wirth listened in silence.\n",
    ],
)
def test_nobody_is_named_for_it(text: str, extractor: Extractor) -> None:
    direct = [
        (speaker, words) for form, speaker, words in rows(text, extractor) if form == "direct"
    ]
    assert [speaker for speaker, _ in direct] == [None]


@BOTH
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mayor Inga Brandt spoke to Erik Moe. “Our buses are late.” Moe nodded.", "Inga Brandt"),
        (
            "Fire chief Ilse Brandt was relieved.\n\n“Nobody was in the building at that hour.”\n",
            "Ilse Brandt",
        ),
        ("Harry Kane then missed from two yards.\n\n“I have to score that one.”\n", "Harry Kane"),
        ("Miss Tessa Orr only laughed. “Ask his accountant.”", "Tessa Orr"),
        (
            "Anna Draper meanwhile won in two hours.\n\n“Those girls have been role models for"
            " me.\n\n“I’m very lucky to have them, I suppose.”\n\nShe plays on Friday.",
            "Anna Draper",
        ),
    ],
)
def test_the_sentence_before_says_who_speaks(text: str, speaker: str, extractor: Extractor) -> None:
    assert [row[1] for row in rows(text, extractor) if row[0] == "direct"] == [speaker]


@BOTH
@pytest.mark.parametrize(
    "heading", ["‘WE WILL NEVER FORGET’", "“A stain on the club”", "‘Who could forget?’"]
)
def test_a_crosshead_joins_nothing_and_nothing_goes_on_over_it(
    heading: str, extractor: Extractor
) -> None:
    text = (
        f"“She was the best of us,” Olu Adeyemi said.\n\n{heading}\n\n“It was a cold night.”\n\n"
        "The club is 90 years old.\n"
    )
    found = rows(text, extractor)
    assert ("direct", "Olu Adeyemi", "She was the best of us") in found
    assert ("direct", None, "It was a cold night.") in found


@BOTH
def test_all_of_a_quotation_is_of_the_clause_beside_a_part_of_it(extractor: Extractor) -> None:
    before = "Rain fell.\n\n“It was a long night.\n\n“We won it,” said captain Isla Roy.\n"
    assert rows(before, extractor) == [("direct", "Isla Roy", "It was a long night. […] We won it")]
    after = "Pastor Joel Ames said: “They came.\n\n“We hid.\n\n“Nobody slept.”\n\nRain fell.\n"
    words = "They came. […] We hid. […] Nobody slept."
    assert rows(after, extractor) == [("direct", "Joel Ames", words)]


def test_a_reporters_next_sentence_is_not_part_of_a_reported_clause() -> None:
    text = "Coach Ellen Varg said they had earned it. ‘They ran and ran.’ She will stay for a year."
    assert [row[2] for row in rows(text, Extractor.MODEL)] == [
        "they had earned it",
        "They ran and ran.",
    ]


def test_the_subject_may_be_named_after_a_comma() -> None:
    text = "Rain fell.\n\nHis neighbour, Ida Holm, drives to work.\n\n“My bus takes an hour.”\n"
    assert ("direct", "Ida Holm", "My bus takes an hour.") in rows(text, Extractor.MODEL)


@BOTH
def test_what_is_said_again_elsewhere_joins_nothing(extractor: Extractor) -> None:
    text = (
        "“We did all we could,” surgeon Max Hale said.\n\n‘He squeezed my hand!’\n\nThe boy woke on"
        " Sunday. “He squeezed my hand! I knew then,” his mother, Tess Orme, said.\n"
    )
    speakers = [row[1] for row in rows(text, extractor) if row[2].startswith("We did")]
    assert ("direct", "Max Hale", "We did all we could") in rows(text, extractor)
    assert speakers == ["Max Hale"]
    assert "He squeezed my hand!" not in [row[2] for row in rows(text, extractor)]


@BOTH
def test_who_asks_between_answers_is_another(extractor: Extractor) -> None:
    text = "“No,” Karl Moser said. “Never.”\n\n“Why not?”\n\n“Because I am old.”\n\nHe smiled.\n"
    moser = [row[2] for row in rows(text, extractor) if row[1] == "Karl Moser"]
    assert moser == ["No […] Never."]


@BOTH
def test_what_follows_words_never_said_is_said(extractor: Extractor) -> None:
    text = "Mayor Ada Holm never said “we are broke”. “We are not, and we never were.”\n"
    statements = annotate(source_from_text(text, origin="-"), extractor=extractor).statements
    assert [(one.denied, one.text) for one in statements] == [
        (True, "we are broke"),
        (False, "We are not, and we never were."),
    ]


@BOTH
@pytest.mark.parametrize("end", [":", ";"])
def test_closed_paragraphs_below_a_colon_are_all_of_it(end: str, extractor: Extractor) -> None:
    text = (
        f"The chair, Pia Dahl, said{end}\n\n“We are glad that it is over. It took a year.”\n\n"
        f"“As a board we thank him.”\n\nLars Moe, the manager, said{end}\n\n“I admired her.”\n"
    )
    both = "We are glad that it is over. It took a year. […] As a board we thank him."
    assert [row[1:] for row in rows(text, extractor)] == [
        ("Pia Dahl", both),
        ("Lars Moe", "I admired her."),
    ]


@BOTH
def test_what_a_colon_introduces_is_left_to_it(extractor: Extractor) -> None:
    text = "Lawyer Pat Moro told the court:\n\n“We will not pay. We owe nothing.”\n"
    assert rows(text, extractor)[-1][1:] == ("Pat Moro", "We will not pay. We owe nothing.")


@BOTH
@pytest.mark.parametrize(
    "actor", ["Her sister shakes her head", "The coach, Ida Lowe, shrugs", "Tom Okafor only laughs"]
)
def test_after_the_gesture_of_another_the_quotation_is_not_the_speakers(
    actor: str, extractor: Extractor
) -> None:
    text = (
        "For the Pellows it is not enough. “We want our money back,” says Hannah Pellow."
        f" {actor}. “I want someone to say sorry.”"
    )
    said = {words: who for _, who, words in rows(text, extractor)}
    assert said["We want our money back"] == "Hannah Pellow"
    assert said["I want someone to say sorry."] != "Hannah Pellow"


@BOTH
def test_after_a_gesture_of_the_speakers_own_it_is(extractor: Extractor) -> None:
    text = "“I came home,” Mara Finn says. Her voice breaks. “There was nobody there.”"
    assert {who for _, who, _ in rows(text, extractor)} == {"Mara Finn"}
