"""The stretches of a marked text."""

from hypothesis import given
from hypothesis import strategies as st

from service.cli.marking import marked_page, stretches
from service.domain import (
    AnnotatedSource,
    Attribution,
    Excerpt,
    Form,
    Source,
    Span,
    Statement,
)
from tests.statements import stated


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length))
    return Span(start, draw(st.integers(start, length)))


@st.composite
def annotated_sources(draw: st.DrawFn) -> AnnotatedSource:
    text = draw(st.text(max_size=40))
    source = Source("a", text, "a.txt")

    def statement() -> Statement:
        span, mention = draw(spans(len(text))), draw(st.none() | spans(len(text)))
        named = None if mention is None else Excerpt(mention.of(text), mention)
        attribution = Attribution(named, None, 0.5)
        form = draw(st.sampled_from(Form))
        return stated(source, form, [span], None, attribution, quoted=())

    count = draw(st.integers(0, 4))
    return AnnotatedSource(source, tuple(statement() for _ in range(count)), "1")


@given(annotated_sources())
def test_stretches_together_are_the_text(annotated: AnnotatedSource) -> None:
    assert "".join(one.text for one in stretches(annotated)) == annotated.source.text


@given(annotated_sources())
def test_stretches_of_a_statement_are_its_words(annotated: AnnotatedSource) -> None:
    cut = list(stretches(annotated))
    for number, statement in enumerate(annotated.statements, start=1):
        if statement.attribution.mention is None:
            assert "".join(one.text for one in cut if number in one.numbers) == statement.text


@given(annotated_sources())
def test_page_lists_every_statement(annotated: AnnotatedSource) -> None:
    page = marked_page([("a.txt", annotated)])
    assert page.count('<li id="statement-') == len(annotated.statements)
