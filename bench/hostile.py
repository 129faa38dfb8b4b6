"""Hostile records: sources that make legal requests expensive, added to the synthetic ones.

One quotation in ten thousand wordings by as many people called John; quotations of 50 kB and of 1
MB; texts of 10 MB; one formula shared by thousands of statements; titles and names of any length.
Generated from their numbers alone, like bench/synthetic.py's.
"""

from collections.abc import Iterator, Sequence
from random import Random

from bench.synthetic import Writer
from service.domain import (
    AnnotatedSource,
    Attested,
    Attribution,
    Context,
    Excerpt,
    Form,
    PartialDate,
    Provenance,
    Source,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    slug,
    statement_id,
)

WORDINGS = 10_000
QUOTATION = "We will never give up the {} {} that our people built with their own hands"
FORMULA = "God bless the United States of America"
FORMULAS = 2_000
LONG, LONGEST, HUGE = 50_000, 1_000_000, 10_000_000
"""Characters of quotations, and of a text."""
MANY_LONG, MANY_LONGEST = 200, 3
REPRINTS, SPEECH = 1_000, 2_000
"""One speech of this many characters, with a different word wrong in each copy."""
A_SOURCE = 4


def sources(writer: Writer) -> Iterator[AnnotatedSource]:
    """Yields some 13,200 statements in all."""
    random = Random(11)
    words = [word for word in writer.words[100:300] if word.isalpha()]
    wordings = [QUOTATION.format(words[k // 100], words[k % 100]) for k in range(WORDINGS)]
    for first in range(0, WORDINGS, A_SOURCE):
        yield _source(f"wordings-{first:05}", wordings[first : first + A_SOURCE], first)
    for first in range(0, FORMULAS, A_SOURCE):
        yield _source(f"formulas-{first:05}", [FORMULA] * A_SOURCE, WORDINGS + first)
    for number in range(MANY_LONG):
        yield _source(f"long-{number:03}", [_text(random, writer.words, LONG)], 30_000 + number)
    for number in range(MANY_LONGEST):
        longest = _text(random, writer.words, LONGEST)
        yield _source(f"longest-{number}", [longest], 40_000 + number)
    said = speech(writer).split()
    for number in range(REPRINTS):
        copy = [*said[: number % 300], f"x{number}", *said[number % 300 + 1 :]]
        yield _source(f"speech-{number:04}", [" ".join(copy)], 60_000 + number)
    rest = _text(random, writer.words, HUGE)
    yield _source("huge", [FORMULA], 50_000, rest)


def speech(writer: Writer) -> str:
    return _text(Random(12), writer.words, SPEECH)


def long(writer: Writer) -> str:
    """The first of the long quotations."""
    random = Random(11)
    return _text(random, writer.words, LONG)


def _text(random: Random, words: Sequence[str], length: int) -> str:
    chosen = random.choices(words[:3_000], k=length // 6)
    return " ".join(chosen)[:length]


def _source(id: str, quotations: Sequence[str], number: int, rest: str = "") -> AnnotatedSource:
    text = "".join(f"“{words}”, John said. " for words in quotations) + rest
    day = PartialDate(2000 + number % 20, 1 + number % 12, 1 + number % 28)
    source = Source(
        id=id,
        text=text,
        origin=f"{id}.jsonl",
        title=Attested(f"What was said, {number}", Provenance.DECLARED),
        publisher=Attested("The Hostile Post", Provenance.DECLARED),
        published=Attested(day, Provenance.DECLARED),
        language=Attested("en", Provenance.DECLARED),
    )
    start, statements = 0, []
    for place, words in enumerate(quotations):
        start = text.index(words, start)
        span = Span(start, start + len(words))
        statements.append(_statement(source, span, number + place))
        start = span.end
    return AnnotatedSource(source, tuple(statements), id)


def _statement(source: Source, span: Span, number: int) -> Statement:
    name = f"John Q{number:05} {'von Hohenlohe ' * (number % 7)}Smith{number}"
    mention, cue = Span(span.end + 3, span.end + 7), Span(span.end + 8, span.end + 12)
    return Statement(
        id=statement_id(source.id, [span]),
        form=Form.DIRECT,
        text=span.of(source.text),
        spans=(span,),
        quoted=(span,),
        speaker=Speaker(slug(name), name, SpeakerKind.PERSON),
        attribution=Attribution(
            Excerpt("John", mention), Excerpt("said", cue), 0.9, ("John", name)
        ),
        context=Context(source.text[: span.start][-150:], source.text[span.end :][:150]),
        source=source.reference(),
    )
