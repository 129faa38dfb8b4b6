"""PolNeAR's annotated articles (Newell et al. 2018) in the terms of the measures.

The corpus is not part of this project; training/corpus.py reads its files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service.domain import Span
from training.corpus import Annotated, Range, read_corpus

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attributed:
    """A statement as annotated or predicted: content, the mention of who said it, the cue."""

    content: Spans
    mention: Spans
    cue: Spans


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """``undecided`` are characters the annotators set aside for discussion."""

    name: str
    text: str
    statements: tuple[Attributed, ...]
    undecided: frozenset[int]


def read_articles(folder: Path) -> Iterator[AnnotatedArticle]:
    """Each article once, with the annotation of the first annotator by name.

    Raises FileNotFoundError if ``folder`` holds no annotated article.
    """
    for versions in read_corpus(folder):
        yield _first(versions[0])


def _first(article: Annotated) -> AnnotatedArticle:
    statements = (
        Attributed(
            _spans(attribution.content), _spans(attribution.mention), _spans(attribution.cue)
        )
        for attribution in article.attributions
    )
    undecided = characters(_spans(article.unsure))
    return AnnotatedArticle(article.name, article.text, tuple(statements), undecided)


def _spans(ranges: Iterable[Range]) -> Spans:
    return tuple(Span(start, end) for start, end in ranges)


def characters(spans: Iterable[Span]) -> frozenset[int]:
    """The offsets that the spans cover."""
    return frozenset(at for span in spans for at in range(span.start, span.end))
