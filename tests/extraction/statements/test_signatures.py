"""Quotations signed behind a dash."""

import pytest

from service.domain import Source
from service.extraction import annotate
from service.extraction.page.layout import lay_out
from service.extraction.statements.signatures import read_signatures

VOICES = """Readers Answer: What Would You Tell The Mayor?

We asked readers what they think of the tram line that opened this year.

“The tram has been late every day since May, and nobody explains why.” ― Peter Lind
“I sold my car because of the tram.” — Maria Sosa, Harbour Street
"Give us a night line, please." -- Tom Okafor.
“My shop lost half of its customers during the works.”– Oscar P. Duarte Jr.

“She promised a stop at the hospital and she has to keep that promise.”
— Lena Brandt, nurse
"""


def signed(text: str) -> list[tuple[str, list[str]]]:
    article = lay_out(Source(id="a", text=text, origin="-"))
    return [
        (one.mention.of(text), [span.of(text) for span in one.spans])
        for one in read_signatures(article)
        if one.mention is not None
    ]


def test_each_voice_of_a_collection_has_its_own_speaker() -> None:
    found = annotate(Source(id="a", text=VOICES, origin="-")).statements
    names = {s.text: s.speaker.name for s in found if s.speaker is not None}
    assert names == {
        "The tram has been late every day since May, and nobody explains why.": "Peter Lind",
        "I sold my car because of the tram.": "Maria Sosa",
        "Give us a night line, please.": "Tom Okafor",
        "My shop lost half of its customers during the works.": "Oscar P. Duarte Jr.",
        "She promised a stop at the hospital and she has to keep that promise.": "Lena Brandt",
    }


def test_marks_within_do_not_end_a_signed_quotation() -> None:
    words = "I’d rather live in what he calls “hell” than in a world he leads."
    assert signed(f"“{words}” ― Ada Roe\n") == [("Ada Roe", [words])]


def test_a_signature_signs_the_paragraphs_its_quotation_goes_on_from() -> None:
    text = "“I was there for the first day.\n\n“I will be there for the last.” — Tomas Rey\n"
    words = ["I was there for the first day.", "I will be there for the last."]
    assert signed(text) == [("Tomas Rey", words)]


@pytest.mark.parametrize(
    "text",
    [
        "The court said “no” — Reuters",
        "“Never again” — a sign at the rally",
        "“We won,” Ada Roe said. “It is over.” — Tomas Rey",
        "“We will win this war” — in March he had promised that",
        "“We won.”\n\nIt was late — Monday\n",
        "“We will win this war.” – Reuters",
        "“We will win this war.” — Harrow News Agency",
    ],
)
def test_lines_that_are_not_signatures(text: str) -> None:
    assert signed(text) == []


POSTS = """The firm folded on Monday.

We are sorry. We will fix it. https://t.example/abc

— Acme Support (@acme) June 3, 2023

“The firm has failed,” Tom Reed said.

Thank you all!
It was a good year.
— Ann Bell (@ann) 3 Jun 2023

What a year it was! pic.example.com/xyz— Jo Marsh (@jo) May 1, 2020

“We lost it all.” — Ida Park (@ida) May 1, 2021

The firm — which Ann Bell (@ann) owns — is old.

It was late — wrote Ann Bell (@ann)
"""


def test_the_signature_of_a_post_signs_what_is_above_it() -> None:
    assert signed(POSTS) == [
        ("Ida Park", ["We lost it all."]),
        ("Acme Support", ["We are sorry. We will fix it."]),
        ("Ann Bell", ["Thank you all!", "It was a good year."]),
        ("Jo Marsh", ["What a year it was!"]),
    ]


def test_a_name_and_handle_on_one_line_sign_the_post_below() -> None:
    text = (
        "Readers on the tram\n\nAnn Bell @annbell\nIt is late.\nIt is always late.\n\nThe firm"
        " was silent.\n\nMayor Jo Marsh (@jo) · 3h\n\nNobody asked the shops.\n\nIt opened.\n"
    )
    assert signed(text) == [
        ("Ann Bell", ["It is late.", "It is always late."]),
        ("Jo Marsh", ["Nobody asked the shops."]),
    ]


def test_a_single_name_and_handle_are_the_authors() -> None:
    assert signed("Trams late\n\nAnn Bell @annbell\n\nI took the tram on Monday.\n") == []


def test_a_post_goes_on_over_paragraphs_that_speak_of_themselves() -> None:
    post = "I never met this man.\n\nMy lawyers will deal with it."
    text = f"Mr Cole answered within an hour.\n\n{post}\n\n— Stan Cole (@cole) 9 May 2024\n"
    assert signed(text) == [("Stan Cole", post.split("\n\n"))]


@pytest.mark.parametrize(
    "line", ["Inge Dahl, council leader", "Anna Dahl", "— Inge Dahl", "(Inge Dahl, leader)"]
)
def test_a_name_below_a_quotation_signs_it(line: str) -> None:
    text = f"The council met.\n\n“We had no choice at all.”\n\n{line}\n\nThe pool had lost money.\n"
    assert signed(text) == [(line.strip("— ()"), ["We had no choice at all."])]


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "'{}'"])
@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
def test_any_marks_may_precede_a_signature(marks: str, gap: str) -> None:
    quotation = marks.format("We had no choice at all.")
    text = f"The council met.\n\n{quotation}{gap}— Inge Dahl, leader\n\nThe pool lost money.\n"
    assert signed(text) == [("Inge Dahl, leader", ["We had no choice at all."])]


@pytest.mark.parametrize("end", [";", ":", ",", ""])
def test_who_says_what_is_below_signs_nothing_above(end: str) -> None:
    text = f"“We had no choice at all.”\n\nInge Dahl, the leader, said{end}\n\n“It is over.”\n"
    assert signed(text) == []


def test_a_post_in_small_letters_is_not_the_one_above() -> None:
    text = (
        "Well? This is our pool, for all to see — Rui Salto (@rs) May 4, 2023\n\n"
        "and who will pay for it — Ann Bell (@ann) May 4, 2023\n"
    )
    assert signed(text) == [
        ("Rui Salto", ["Well? This is our pool, for all to see"]),
        ("Ann Bell", ["and who will pay for it"]),
    ]


def test_a_title_line_may_say_what_it_is_about() -> None:
    for between in (" Inge Dahl, on", "\nInge Dahl on"):
        text = f"“No choice at all.”{between} the sale of the pool\n\nIt had lost money.\n"
        assert signed(text) == [("Inge Dahl", ["No choice at all."])]


def test_a_post_between_its_head_and_its_time() -> None:
    text = (
        "The pool had lost money.\n\nInge Dahl, MP\n@ingedahl\n\nThe pool stays open.\n\n"
        "I promise you that.\n\n9:14 AM · May 3, 2022\n\nNobody believed her.\n"
    )
    assert signed(text) == [("Inge Dahl, MP", ["The pool stays open.", "I promise you that."])]


def test_without_blank_lines_a_post_is_the_line_above() -> None:
    text = "The coach has left.\nThank you, boss. Come back soon.\n— Rui Salto (@rs) 4 May 2023\n"
    assert signed(text) == [("Rui Salto", ["Thank you, boss. Come back soon."])]


@pytest.mark.parametrize("line", ["Winter Games", "The pool closed", "In May, nobody came"])
def test_a_crosshead_below_a_quotation_does_not(line: str) -> None:
    assert signed(f"“We had no choice at all.”\n\n{line}\n\nThe pool had lost money.\n") == []
