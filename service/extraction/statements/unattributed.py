"""Unattributed quotations: quoted words, and answers to questions, without a named speaker.

An index has no use for them; the check of a draft reports every quotation in it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.domain import (
    ELLIPSIS,
    AnnotatedSource,
    Attribution,
    Form,
    Source,
    Span,
    Statement,
    statement_id,
)
from service.extraction.page.context import context_of
from service.extraction.page.layout import lay_out
from service.extraction.page.marks import with_continuations
from service.extraction.statements.answers import answers_in

SHORTEST = 7
"""Words. In PolNeAR's dev articles 81 quoted stretches are in no statement of ours: of those
shorter than this 65 of 76 are titles and scare quotes, of the others 1 of 5.
"""
LIKELIHOOD, UNLIKELY = 0.8, 0.14
"""Probability that these are somebody's words: the remaining share of those 5, and of those 76."""


def with_unattributed(annotated: AnnotatedSource) -> AnnotatedSource:
    """Returns the source with a statement for each quotation and each interview answer that has
    none.

    Their speaker is unknown. The confidence is low for fewer than SHORTEST words, which are rarely
    quotations.

    >>> source = Source(id="a-1", text="“We will go there on our way back home.”", origin="-")
    >>> [s.text for s in with_unattributed(AnnotatedSource(source, (), "1")).statements]
    ['We will go there on our way back home.']
    """
    found = [*annotated.statements, *_unattributed(annotated)]
    return replace(annotated, statements=tuple(sorted(found, key=lambda one: one.spans[0])))


def _unattributed(annotated: AnnotatedSource) -> Iterator[Statement]:
    source = annotated.source
    article = lay_out(source)
    taken = sorted(span for statement in annotated.statements for span in statement.spans)
    attributed = {quotation.inner for span in taken for quotation in article.quotations_at(span)}
    for group in with_continuations(article.quotations):
        spans = tuple(quotation.inner for quotation in group)
        text = ELLIPSIS.join(span.of(source.text) for span in spans)
        free = attributed.isdisjoint(spans) and not any(_meets(taken, span) for span in spans)
        if free and any(map(str.isalnum, text)):
            yield _statement(source, spans, _likelihood(text))
    spoken = sorted(
        span
        for statement in annotated.statements
        if statement.form is not Form.INDIRECT
        for span in statement.spans
    )
    for span in answers_in(source.text):
        if not _meets(spoken, span):
            yield _statement(source, (span,), LIKELIHOOD)


def _meets(taken: Sequence[Span], span: Span) -> bool:
    """Whether ``span`` overlaps one of ``taken``, which are sorted and disjoint."""
    at = bisect_right(taken, span.start, key=lambda one: one.end)
    return at < len(taken) and taken[at].start < span.end


def _statement(source: Source, spans: tuple[Span, ...], likelihood: float) -> Statement:
    text = ELLIPSIS.join(span.of(source.text) for span in spans)
    return Statement(
        id=statement_id(source.id, spans),
        form=Form.DIRECT,
        text=text,
        spans=spans,
        quoted=spans,
        speaker=None,
        attribution=Attribution(mention=None, cue=None, confidence=likelihood),
        context=context_of(source.text, spans),
        source=source.reference(),
    )


def _likelihood(text: str) -> float:
    return LIKELIHOOD if len(text.split()) >= SHORTEST else UNLIKELY
