"""Rendering: a statement as lists show it, in JSON, stored pre-rendered in an index.

HitSchema serialises it once, when the statement is indexed; pages are assembled from the stored
bytes without reading or serialising a statement (python -m bench.http).
"""

import hashlib
from collections.abc import Iterator
from itertools import cycle

import orjson

from service.domain import (
    Act,
    Attribution,
    Candidate,
    Context,
    Excerpt,
    Form,
    Hit,
    PartialDate,
    SourceReference,
    SourceType,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from service.rendering.statements import HitSchema


class StatementRendering:
    """JSON as HitSchema dumps it. ``version`` identifies the format: it changes whenever a sample
    of statements is serialised differently."""

    def __init__(self, schema: HitSchema | None = None) -> None:
        self._write = (schema or HitSchema()).write
        written = b"\n".join(map(self, _sample()))
        self.version = hashlib.sha256(written).hexdigest()[:12]

    def __call__(self, hit: Hit) -> bytes:
        return orjson.dumps(self._write(hit))


def _sample() -> Iterator[Hit]:
    """Statements that together have and lack every optional part at least once."""
    spans = (Span(3, 7), Span(9, 12))
    persons = tuple(Speaker(name.lower(), name, SpeakerKind.PERSON) for name in ("A", "É"))
    speakers = cycle((None, *persons, Speaker("a+é", "A and É", SpeakerKind.GROUP, persons)))
    excerpts = cycle((None, Excerpt("“a\n", spans[0])))
    sources = (
        SourceReference("plain-1"),
        SourceReference("a/b é", "T", "P", PartialDate(2022, 2, 3), "https://example.org", "en"),
        SourceReference("c", published=PartialDate(None, 2, 3)),
    )
    for source in sources:
        for form in Form:
            attribution = Attribution(next(excerpts), next(excerpts), 0.25, ("he", "A"))
            speaker, context = next(speakers), Context("b\t", "")
            said = (form, "é […] \\", spans, spans[1:], speaker, attribution, context, source)
            statement = Statement(
                "s-1",
                *said,
                denied=source is sources[-1],
                relayed_by=persons[1] if source is sources[1] else None,
                speaker_confidence=0.5,
                candidates=(Candidate(persons[0], 0.25),) if speaker else (),
                source_type=SourceType.DOCUMENT if speaker else None,
                title=attribution.mention,
            )
            yield Hit(statement, spans if speaker else ())
    yield Hit(Statement("s-1", *said, act=Act.ATTITUDE))
    yield Hit(Statement("s-1", Form.DIRECT, "é" * 100_000, *said[2:]), (Span(0, 90_000),))


STATEMENT_JSON = StatementRendering()
