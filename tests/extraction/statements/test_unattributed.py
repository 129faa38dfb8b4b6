"""Quotations nobody is named for."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import ELLIPSIS, AnnotatedSource, Form, Source, Statement
from service.extraction import annotate, with_unattributed

PIECES = st.sampled_from(
    ["“", "”", '"', "\n\n", "said Jane Doe", ",", ".", "we will go there on our way back home"]
)


def completed(text: str) -> AnnotatedSource:
    return with_unattributed(annotate(Source(id="a-1", text=text, origin="-")))


def alone(text: str) -> tuple[Statement, ...]:
    """Where nothing else was found."""
    return with_unattributed(
        AnnotatedSource(Source(id="a-1", text=text, origin="-"), (), "1")
    ).statements


def added(text: str) -> list[Statement]:
    known = annotate(Source(id="a-1", text=text, origin="-")).statements
    return [one for one in completed(text).statements if one not in known]


def test_quotation_without_anybody_is_kept_without_a_speaker() -> None:
    text = "Rain\n\nIt rained.\n\n“We will go there on our way back home.”\n\nIt snowed."
    (statement,) = alone(text)
    assert statement.text == "We will go there on our way back home."
    assert statement.form is Form.DIRECT
    assert statement.speaker is None
    assert statement.attribution.mention is None


def test_quotation_over_paragraphs_is_one() -> None:
    text = "Rain fell.\n\n“We will go there again.\n\n“And we will come back.”\n\nSnow fell."
    (statement,) = alone(text)
    assert statement.text == f"We will go there again.{ELLIPSIS}And we will come back."


def test_what_somebody_said_is_left_as_it_is() -> None:
    assert added("“We will go there on our way back home,” Jane Doe said.") == []


def test_a_title_is_hardly_a_quotation() -> None:
    [title] = alone("They watched “The Day After Tomorrow” again.")
    [quotation] = alone("“We will go there again, whatever it may cost.”")
    assert title.attribution.confidence < quotation.attribution.confidence


@settings(deadline=None)
@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_no_words_are_quoted_twice(text: str) -> None:
    statements = completed(text).statements
    assert [one.spans for one in statements] == sorted(one.spans for one in statements)
    new = added(text)
    for statement in new:
        others = [one for one in statements if one != statement]
        assert not any(
            span.overlaps(other)
            for span in statement.spans
            for one in others
            for other in one.spans
        )
