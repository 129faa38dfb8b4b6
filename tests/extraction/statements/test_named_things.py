"""What stands between quotation marks and is nobody's words."""

import pytest

from service.domain import Extractor, Source
from service.extraction import annotate

MODEL, RULES = Extractor.MODEL, Extractor.RULES


def texts(text: str, extractor: Extractor) -> list[str]:
    return [found.text for found in annotate(Source("a", text, "-"), (), extractor).statements]


@pytest.mark.parametrize("extractor", [MODEL, RULES])
@pytest.mark.parametrize(
    "text",
    [
        "Among the works was a print called “Cowboys and Ferrymen” from 1987.",
        "Her first novel was named “Salt on the Window”.",
        "Police seized a boat named “Second Wind” and a van.",
        "The exhibition, titled “Bread and Iron”, runs until May.",
        "Ann Doe, star of the reality show “Bread and Iron”, left on Monday.",
        "The dish is called “poor man’s caviar” in the south.",
        "The policy, known as “stop and search”, was dropped.",
        "The bill, dubbed “the Fish Act”, passed on Tuesday.",
        "He is best known for the song “My Heart Is a Lighthouse”, a hit in 1984.",
        "“Salt on the Window,” her first novel, came out in 1999.",
        "The painting “Girl with a Lamp” was sold for two million.",
        "Crowds sang “Abide with Me” as the coffin passed.",
        "She read from “The Tide Book” before the vote.",
        "The term “carbon leakage” is used for factories that move abroad.",
        "The phrase “fake harbour” was coined in 2003.",
        "What locals call “the bends” is a stretch of road near Hamm.",
        "Joe “the Boss” Smith was arrested on Tuesday with Anna “Needles” Moretti.",
        "The group calls itself “Free Harbour” and has ten members.",
        "The town’s so-called “smart” bins have cost a fortune.",
        "CLARIFICATION: An earlier version of this article said the ferry sank in 2019.",
        "The app’s “dislike” button has been removed.",
        "He typed “cats” into the search box and waited.",
        "The plaintiff, known to neighbours as “the Baron”, owned eleven dogs.",
        "This release contains “forward-looking statements” within the meaning of the act.",
        "Ada Lund wrote 14 novels, among them “Salt Road” (1974).",
        "Her first book, “Small Weather”, was rejected by 19 publishers.",
        "Scribe House is set to publish “Lund Revealed,” a biography by two reporters.",
        "There is a collection from the cartoonist Bo Park called “Thirty Years on the Pier.”",
        "Ada Lund’s commentary, “Save the pier,” is thoughtful.",
        "The director makes this clear in her new documentary “Salt.” It opens on Friday.",
        "The firm was founded by Ada Lund in 1990. The firm’s motto is “Fix it once”.",
        "He used the name “Mr Fox” when he met clients.",
        "(This story has been refiled to say that the vote is on Tuesday, not Monday)",
        "(Corrects to say that the mayor, not her deputy, said so in paragraph 3)",
        "Editor’s note: This story was updated to say that the mayor resigned.",
        "(This story has not been edited by our staff, and the desk reserves the right to cut it.)",
    ],
)
def test_names_of_things_and_notes_are_not_statements(text: str, extractor: Extractor) -> None:
    assert texts(text, extractor) == []


_TALE = "The mill on the Tarn has been closed since the flood, and nobody knows for how long.\n\n"


@pytest.mark.parametrize("extractor", [MODEL, RULES])
@pytest.mark.parametrize("agency", ["(Reuters)", "(AP)", "(Xinhua/NAN)", "(ANI)"])
def test_a_report_may_end_with_its_agency(agency: str, extractor: Extractor) -> None:
    said = f"Ada Lund said on Monday that the mill would not open again. {agency}"
    quoted = f"“The mill is closed for good,” said Ada Lund. {agency}"
    assert "that the mill would not open again" in texts(_TALE + said, extractor)
    assert "The mill is closed for good" in texts(f"{_TALE}{quoted}\n\n{_TALE}", extractor)
    caption = "Ada Lund says the mill is closed, in Harrow on Monday. (Reuters)"
    assert "the mill is closed" not in texts(f"{_TALE}{caption}\n\n{_TALE}", extractor)


@pytest.mark.parametrize("extractor", [MODEL, RULES])
def test_a_list_of_works_says_nothing(extractor: Extractor) -> None:
    text = (
        f"Ten songs\n\nAda Lund: “Salt on the Window”\n\n{_TALE}Tom Reed: “We Are Late”\n\n{_TALE}"
    )
    assert not any("Salt" in found or "Late" in found for found in texts(text, extractor))


@pytest.mark.parametrize("extractor", [MODEL, RULES])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mayor Ada Lund called the plan “a disgrace”.", "the plan “a disgrace”"),
        ("Ada Lund called it “A Disgrace”.", "it “A Disgrace”"),
        ("Ada Lund said the film “The Quiet Harbour” was a gem.", "the film “The Quiet Harbour”"),
        ("The painting is titled “Woman at the Pier”, said Ana Holm.", "“Woman at the Pier”"),
        ("Ada Lund used the phrase “fake harbour” on Monday.", "fake harbour"),
        (
            "The tanker “Aurora” ran aground, the coastguard said.",
            "The tanker “Aurora” ran aground",
        ),
        ("“Big Harbour Means Big Money,” Ada Lund said.", "Big Harbour Means Big Money"),
    ],
)
def test_what_somebody_said_or_said_of_them_stays(
    text: str, words: str, extractor: Extractor
) -> None:
    assert any(words in found for found in texts(text, extractor))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "It was a goal that delighted the club’s manager, who saw it live. The club’s own "
            "commentator saw a goal the coach called “the shot of the year”.",
            "the shot of the year",
        ),
        ("Under what Mr. Lund called “the old economy”, it lost money.", "the old economy"),
    ],
)
def test_what_somebody_called_it_stays(text: str, words: str) -> None:
    assert words in " ".join(texts(text, MODEL))


def test_a_fragment_that_somebody_named_it_stays() -> None:
    for text in (
        "The plan, which Ada Lund called “a disgrace”, failed.",
        "The plan was called “a disgrace” by Ada Lund.",
    ):
        found = annotate(Source("a", text, "-")).statements
        assert "Ada Lund" in [one.speaker.name for one in found if one.speaker]


@pytest.mark.parametrize("extractor", [MODEL, RULES])
@pytest.mark.parametrize(
    ("text", "form", "quoted"),
    [
        ("Ada Lund said the film “Salt Road” was a gem.", "indirect", []),
        ("Ada Lund said the so-called “smart” bins had cost a fortune.", "indirect", []),
        ("The row cost a part in the film “Salt Road”, according to Ada Lund.", "indirect", []),
        ("Police said John “Boss” Smith was in custody.", "indirect", []),
        ("Ada Lund said its “Thunder” bikes had sold out.", "indirect", []),
        ("Ada Lund said the 2019 “Safe Roads” plan had failed.", "indirect", []),
        ("Her favourite song, Ada Lund said, is “Fly Me Home”.", "indirect", []),
        ("Ada Lund said the stock has a “hold” rating.", "indirect", []),
        ("Ada Lund said the “Thunder” was a gem.", "mixed", ["Thunder"]),
        ("Ada Lund said the book titled “Rain” was “a scandal” to her.", "mixed", ["a scandal"]),
        ("Ada Lund called the ruling “A Disgrace”.", "mixed", ["A Disgrace"]),
        ("Ada Lund said the word “Genocide” was right.", "mixed", ["Genocide"]),
    ],
)
def test_a_name_in_marks_is_not_quoted_speech(
    text: str, form: str, quoted: list[str], extractor: Extractor
) -> None:
    (found,) = annotate(Source("a", text, "-"), (), extractor).statements
    assert (found.form, [span.of(text) for span in found.quoted]) == (form, quoted)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In a note titled “Game over?”, he cut his price target to $6.", []),
        (
            "In a blog post headlined “Enough is enough”, Ada Lund said the board had failed.",
            ["the board had failed"],
        ),
    ],
)
def test_the_title_of_the_piece_that_says_it_is_left_out(text: str, words: list[str]) -> None:
    assert texts(text, MODEL) == words
