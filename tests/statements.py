"""The one factory of statements for all tests: made up, or extracted from a text."""

from collections.abc import Sequence
from typing import Any

from service.domain import (
    ELLIPSIS,
    Attribution,
    Context,
    Excerpt,
    Extractor,
    Form,
    Source,
    Span,
    Speaker,
    Statement,
    statement_id,
)
from service.extraction import annotate

AROUND = 40
"""Characters of context on each side: enough to see, and little to read when a test fails."""


def stated(
    source: Source,
    form: Form,
    spans: Sequence[Span],
    speaker: Speaker | None = None,
    attribution: Attribution | None = None,
    **rest: Any,
) -> Statement:
    """Entirely quoted unless it is reported speech or ``rest`` says otherwise."""
    text = source.text
    made: dict[str, Any] = {
        "id": statement_id(source.id, spans),
        "form": form,
        "text": ELLIPSIS.join(span.of(text) for span in spans),
        "spans": tuple(spans),
        "quoted": () if form is Form.INDIRECT else tuple(spans),
        "speaker": speaker,
        "attribution": attribution or Attribution(None, None, 0.9),
        "context": Context(text[: spans[0].start][-AROUND:], text[spans[-1].end :][:AROUND]),
        "source": source.reference(),
    }
    return Statement(**{**made, **rest})


def named(mention: Excerpt, cue: Excerpt | None = None, confidence: float = 0.9) -> Attribution:
    """An attribution to the speaker that the mention names."""
    return Attribution(mention, cue, confidence, (mention.text,))


def extracted(text: str, extractor: Extractor = Extractor.RULES) -> list[Statement]:
    """The statements of a text without declared metadata."""
    return list(annotate(Source("a", text, "-"), (), extractor).statements)
