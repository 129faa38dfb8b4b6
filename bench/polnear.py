"""PolNeAR's news articles and what people annotated in them (Newell et al. 2018).

A folder of the corpus, such as its dev split, holds text/NAME.txt and, in brat's stand-off
format, attributions/NAME_ANNOTATOR.ann. The corpus is no part of this project.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.domain import Span

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
    """Each article once, with the annotation that comes first by its annotator's name."""
    seen = set()
    for annotation in sorted((folder / "attributions").glob("*.ann")):
        name = annotation.stem.rsplit("_", 1)[0]
        article = folder / "text" / f"{name}.txt"
        if name not in seen and article.exists():
            seen.add(name)
            yield _read(name, article.read_bytes().decode(), annotation)


def _read(name: str, text: str, annotation: Path) -> AnnotatedArticle:
    stretches: dict[str, tuple[str, Spans]] = {}
    events: list[dict[str, list[str]]] = []
    for line in annotation.read_text(encoding="utf-8").split("\n"):
        number, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", number):
            label, _, places = rest.split("\t")[0].partition(" ")
            pairs = (place.split() for place in places.split(";"))
            stretches[number] = label, tuple(Span(int(a), int(b)) for a, b in pairs)
        elif re.fullmatch(r"E\d+", number):
            events.append(_roles(rest))

    def spans(roles: dict[str, list[str]], role: str) -> Spans:
        found = (stretches[t][1] for t in roles.get(role, []) if t in stretches)
        return tuple(sorted(span for spans in found for span in spans))

    statements = (
        Attributed(spans(roles, "Content"), spans(roles, "Source"), spans(roles, "Cue"))
        for roles in events
    )
    aside = (spans for label, spans in stretches.values() if label in ("Discard", "Discuss"))
    return AnnotatedArticle(
        name,
        text,
        tuple(statement for statement in statements if statement.content),
        characters(span for spans in aside for span in spans),
    )


def _roles(event: str) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for part in event.split("\t")[0].split():
        role, _, target = part.partition(":")
        roles.setdefault(role.rstrip("0123456789"), []).append(target)
    return roles


def characters(spans: Iterator[Span] | Spans) -> frozenset[int]:
    """The offsets that spans cover."""
    return frozenset(at for span in spans for at in range(span.start, span.end))
