"""Statements that a document's markup tells, beside those that are found."""

from service.domain import Form, Source, Span
from service.extraction import Proposal, annotate

TEXT = (
    "It rained in Moscow on Friday, for the whole day and the night after it.\n\n"
    "“We met in March.\n\n“We will meet again.” — Vladimir Putin\n\n"
    "“It is our choice,” Xi Jinping said.\n"
)


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_marked_up_statement_is_kept_and_changes_no_other() -> None:
    paragraphs = (span_of("We met in March."), span_of("We will meet again."))
    known = Proposal(paragraphs, None, span_of("Vladimir Putin"), confidence=1)
    source = Source(id="a-1", text=TEXT, origin="-")
    first, second = annotate(source, marked_up=[known]).statements
    assert first.spans == paragraphs
    assert first.form is Form.DIRECT
    assert first.speaker is not None
    assert first.speaker.name == "Vladimir Putin"
    assert second.text == "It is our choice"
    assert second.speaker is not None
    assert second.speaker.name == "Xi Jinping"
