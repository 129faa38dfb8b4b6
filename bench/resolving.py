"""Articles tagged once, and whom their mentions mean as often as is asked.

Tagging takes most of the time and knows nothing of the rules of service/extraction/speakers, so
that each of these can be switched off in turn (bench/identities.py).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from service.domain import Source, Span
from service.extraction.annotate import Decided, decide_statements, resolve
from service.extraction.speakers.named_rules import without
from service.reading import read


class Tagged(NamedTuple):
    name: str
    decided: Decided


class Answer(NamedTuple):
    """Whom a statement's ``mention`` means, and how sure that is."""

    mention: Span
    name: str | None
    confidence: float


def tag(name: str, folders: Sequence[Path]) -> Tagged:
    """Raises FileNotFoundError where none of the folders has the article."""
    for folder in folders:
        path = folder / f"{name}.txt"
        if path.exists():
            (source,) = read(path)
            if isinstance(source, Source):
                return Tagged(name, decide_statements(source))
            raise source
    raise FileNotFoundError(f"{name}.txt is not in {', '.join(map(str, folders))}")


def answers_of(tagged: Tagged, off: Iterable[str] = ()) -> list[Answer]:
    """In the statements' order; those without a mention have none."""
    with without(off):
        resolutions = resolve(tagged.decided)
    return [
        Answer(
            decision.proposal.mention,
            resolution.speaker.name if resolution.speaker else None,
            resolution.confidence,
        )
        for decision, resolution in zip(tagged.decided.decisions, resolutions, strict=True)
        if decision.proposal.mention is not None and decision.act is not None
    ]
