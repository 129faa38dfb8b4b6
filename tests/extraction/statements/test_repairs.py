"""Content that the model draws beyond the quotation that is all of it."""

import pytest

from service.extraction import annotate
from service.reading import source_from_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "As to her “Fav Ex,” Liv Harr wrote: “Naw, I’m just playing!” Super Six and Midnight"
            " were dance troupes.",
            "Naw, I’m just playing!",
        ),
        (
            "In a post on her page, Ivy Snow wrote: “Gone fishing!” The lake lies north of town.",
            "Gone fishing!",
        ),
        (
            "Liv Harr wrote in her memoir, The Truths We Keep: An Island Journey, “I was twelve"
            " years old, and the thought of leaving was hard.”",
            "I was twelve years old, and the thought of leaving was hard.",
        ),
        (
            "Town hall row grows\n\nThe council met on Monday.\n\nLiv Harr wrote in her memoir, The"
            " Truths We Keep: An Island Journey, “I was twelve years old.”",
            "I was twelve years old.",
        ),
        (
            "Nell Frey writes in her book, Salt and Stone: Notes from the Coast, “The sea gives"
            " nothing back.”",
            "The sea gives nothing back.",
        ),
    ],
)
def test_a_statement_ends_where_its_quotation_does(text: str, words: str) -> None:
    found = annotate(source_from_text(text, origin="-")).statements
    assert ("direct", words) in [(statement.form.value, statement.text) for statement in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "On Channel Nine’s “Meet the Day,” Senator Ann Crow said the bill was dead.",
            ["the bill was dead"],
        ),
        (
            "In an interview on “Late Table,” actor Joe Hill said he was broke.",
            ["he was broke"],
        ),
        (
            "The owner of the club was warned that it could lose points.",
            ["that it could lose points"],
        ),
        (
            "The philosopher Simone Adler wrote that “every sorry is a small surrender”. I am not"
            " sure I agree.",
            ["every sorry is a small surrender"],
        ),
        (
            "Jo Lind, who runs a pub in Hamm, said she would have shut: “It’s as simple as that.”",
            ["she would have shut", "It’s as simple as that."],
        ),
        (
            "Ida Park told reporters “it is a beginning”, but it is not enough for the nurses.",
            ["it is a beginning"],
        ),
        (
            "‘I thought I would die’: Passengers tell of ferry terror\n\nA ferry hit a reef on"
            " Monday off the coast of Elwin.",
            ["I thought I would die"],
        ),
    ],
)
def test_a_statement_holds_nothing_beside_what_is_said(text: str, found: list[str]) -> None:
    statements = annotate(source_from_text(text, origin="-")).statements
    assert [statement.text for statement in statements] == found


def test_an_inscription_ends_with_its_marks() -> None:
    text = "A banner reading “Pay us now” hung from the bridge."
    (found,) = annotate(source_from_text(text, origin="-")).statements
    assert found.text == "Pay us now"
