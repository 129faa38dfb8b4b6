"""Turns of a transcript: who speaks stands before the colon."""

from service.domain import Source
from service.extraction import annotate
from service.extraction.page.layout import lay_out
from service.extraction.statements.transcripts import read_turns
from service.reading import source_from_text

MARKED = """Governor: No New Taxes

On Sunday's programme, Governor Alice Monroe spoke to host Dan Reilly.

"REILLY: Governor, will you raise taxes this year?

"MONROE: No. We have a surplus, and we will keep it.

"The people of this state have paid enough, and they know it.

"VIDEO: The governor of another state says otherwise.

"(CROSSTALK)

"REILLY: But the teachers are asking for more.

"MONROE: And they will get it out of growth."

Follow Dan Reilly on Twitter @danreilly.
"""

BRIEFING = """MR. EARNEST: Good afternoon to all of you.

I have one announcement before we begin.

(Laughter.)

It concerns the budget of the parks.

Q    Thank you very much.

MR. EARNEST: You are very welcome here.

MS. PARK: What about the money for the bridges?

MR. EARNEST: That is for Congress to say.

The briefing ended at noon, and the reporters left.
"""


def turns(text: str) -> list[tuple[str, list[str]]]:
    article = lay_out(Source(id="a", text=text, origin="-"))
    return [
        (turn.mention.of(text), [span.of(text) for span in turn.spans])
        for turn in read_turns(article)
        if turn.mention is not None
    ]


def test_a_turn_goes_on_where_its_marks_open_again() -> None:
    assert turns(MARKED) == [
        ("REILLY", ["Governor, will you raise taxes this year?"]),
        (
            "MONROE",
            [
                "No. We have a surplus, and we will keep it.",
                "The people of this state have paid enough, and they know it.",
            ],
        ),
        ("REILLY", ["But the teachers are asking for more."]),
        ("MONROE", ["And they will get it out of growth."]),
    ]


def test_labels_in_capitals_mean_the_people_of_the_article() -> None:
    spoken = annotate(Source(id="a", text=MARKED, origin="-")).statements[-4:]
    names = [statement.speaker.name for statement in spoken if statement.speaker]
    assert names == ["Dan Reilly", "Alice Monroe", "Dan Reilly", "Alice Monroe"]


def test_in_a_dense_transcript_paragraphs_without_a_label_go_on() -> None:
    said = turns(BRIEFING)
    assert said[0] == (
        "MR. EARNEST",
        [
            "Good afternoon to all of you.",
            "I have one announcement before we begin.",
            "It concerns the budget of the parks.",
        ],
    )
    assert said[-1] == ("MR. EARNEST", ["That is for Congress to say."])


def test_labels_of_the_page_and_headlines_say_nothing() -> None:
    text = (
        "THE FIX IS IN: The board meets again today.\n\nWATCH: The board met on Monday evening.\n"
    )
    assert turns(text) == []


def test_one_label_alone_speaks_if_the_article_names_it() -> None:
    words = "We have nothing to add to that."
    assert turns(f"The aide of Jane Roe left.\n\nROE: {words}\n") == [("ROE", [words])]
    assert turns(f"The aide left.\n\nROE: {words}\n") == []


def test_a_turn_without_words_is_none() -> None:
    assert turns("ROE: … … …\n\nDOE: You have said nothing at all.\n")[:1] == [
        ("DOE", ["You have said nothing at all."])
    ]


INTERVIEW = """‘I never wanted to be famous’: an interview with Ines Duarte

By Marco Bellini

The violinist Ines Duarte, 34, spoke to us in Lisbon.

Q: You left the conservatory at 17. Why?

A: Because I was bored. I wanted to play in bars.

Q: Critics say you play too fast.

A: They said the same of Heifetz.

Her manager, Paul Stone, disagrees: “She plays too fast.”
"""


def test_answers_are_those_of_whom_the_article_names_most() -> None:
    said = annotate(source_from_text(INTERVIEW, origin="-")).statements
    assert [(s.text, s.speaker.name) for s in said if s.speaker] == [
        ("Because I was bored. I wanted to play in bars.", "Ines Duarte"),
        ("They said the same of Heifetz.", "Ines Duarte"),
        ("She plays too fast.", "Paul Stone"),
    ]
