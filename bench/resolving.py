"""Articles tagged once, with their mentions resolved any number of times.

Tagging takes most of the time and does not depend on the rules of service/extraction/speakers, so
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
    """An article and its decisions, before mentions are resolved."""

    name: str
    decided: Decided


class Answer(NamedTuple):
    """The speaker found for a statement's ``mention``, with the confidence."""

    mention: Span
    name: str | None
    confidence: float


def source_of(name: str, folders: Sequence[Path]) -> Source:
    """Reads NAME.txt from the first of ``folders`` that has it.

    Raises FileNotFoundError if none has, UnreadableSource if it cannot be read.
    """
    for folder in folders:
        path = folder / f"{name}.txt"
        if path.exists():
            (source,) = read(path)
            if isinstance(source, Source):
                return source
            raise source
    raise FileNotFoundError(f"{name}.txt is not in {', '.join(map(str, folders))}")


def tag(name: str, folders: Sequence[Path]) -> Tagged:
    """Tags an article. Raises what ``source_of`` does."""
    return Tagged(name, decide_statements(source_of(name, folders)))


def answers_of(tagged: Tagged, off: Iterable[str] = ()) -> list[Answer]:
    """Answers in the statements' order, for those with a mention."""
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
