"""Marking: a page that shows sources with their statements marked, for proofreading."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from service.cli.pages import template
from service.domain import AnnotatedSource, Span, Statement


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text with the same marks throughout.

    ``numbers`` are the statements it belongs to; ``kinds`` their forms, "mention" and "cue";
    ``begins`` the statements that start here.
    """

    text: str
    kinds: tuple[str, ...]
    numbers: tuple[int, ...]
    begins: tuple[int, ...]


def marked_page(sources: Iterable[tuple[str, AnnotatedSource]]) -> str:
    """A self-contained HTML page of annotated sources, each with its path."""
    return template("marked.html").render(
        sources=[
            {
                "title": one.source.title.value if one.source.title else path,
                "path": path,
                "source": one.source,
                "statements": list(enumerate(one.statements, start=1)),
                "stretches": list(stretches(one)),
            }
            for path, one in sources
        ]
    )


def stretches(annotated: AnnotatedSource) -> Iterator[Stretch]:
    """The whole text in order, split wherever a mark starts or ends; marks may overlap."""
    text = annotated.source.text
    begin: dict[int, set[_Mark]] = defaultdict(set)
    end: dict[int, set[_Mark]] = defaultdict(set)
    for number, statement in enumerate(annotated.statements, start=1):
        for mark in _marks(number, statement):
            begin[mark.span.start].add(mark)
            end[mark.span.end].add(mark)
    here: set[_Mark] = set()
    for start, stop in pairwise(sorted({0, len(text), *begin, *end})):
        here = (here | begin[start]) - end[start]
        yield Stretch(
            text=text[start:stop],
            kinds=tuple(sorted({mark.kind for mark in here})),
            numbers=tuple(sorted({mark.number for mark in here})),
            begins=tuple(sorted(mark.number for mark in begin[start] if mark.first)),
        )


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    kind: str
    number: int
    first: bool = False


def _marks(number: int, statement: Statement) -> Iterator[_Mark]:
    for span in statement.spans:
        yield _Mark(span, statement.form, number, first=span == statement.spans[0])
    attribution = statement.attribution
    if attribution.mention is not None:
        yield _Mark(attribution.mention.span, "mention", number)
    if attribution.cue is not None:
        yield _Mark(attribution.cue.span, "cue", number)
