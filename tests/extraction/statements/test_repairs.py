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
