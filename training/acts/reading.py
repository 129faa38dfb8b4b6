"""Reading: hand-labelled statements, each with what the service finds in its place.

A file of acts is a list of {"document": NAME, "spans": [[start, end], ...], "cue": [start, end],
"act": "speech", "attitude" or "none"}; NAME.txt is in one of the folders of texts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.resolving import source_of
from service.domain import Act, Extractor, Form, Span
from service.extraction.annotate import found_statements
from service.extraction.page.layout import Article
from service.extraction.statements.act_signs import (
    content_signs,
    cue_signs,
    has_verb_of_speech,
    mention_signs,
    place_signs,
)
from service.extraction.statements.acts import (
    OUTCOMES,
    cue_of,
    mention_of,
    outcome_at_once,
    parts_of,
    seen_of,
)
from service.extraction.statements.deciding import Decision
from service.extraction.states import Pointed

Floats = npt.NDArray[np.float32]

SHARED = 0.5
"""Share of the shorter one's characters at which two are the same statement."""


@dataclass(frozen=True, slots=True)
class Read:
    """A hand-labelled statement; ``outcome`` is an index into OUTCOMES."""

    article: str
    spans: tuple[Span, ...]
    form: Form
    outcome: int


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled statement with its signs; ``at_once`` holds the act if nothing is weighed."""

    read: Read
    signs: tuple[Floats, Floats, Floats]
    """Signs of the cue, the mention, and the content with its place."""
    seen: Floats | None
    at_once: tuple[Act | None] | None
    says: bool
    """Whether its cue has a word of speech."""


def read_acts(path: Path) -> dict[str, list[Read]]:
    """Labelled statements by article."""
    names = {"none" if act is None else act.value: n for n, act in enumerate(OUTCOMES)}
    found: dict[str, list[Read]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        spans = tuple(Span(*span) for span in row["spans"])
        one = Read(row["document"], spans, Form(row["form"]), names[row["act"]])
        found.setdefault(one.article, []).append(one)
    return found


def examples_of(
    acts: dict[str, list[Read]], texts: Sequence[Path], extractor: Extractor
) -> Iterator[Example]:
    """Yields examples for those statements that the service finds."""
    for name, rows in acts.items():
        article, decisions, pointed = found_statements(source_of(name, texts), extractor)
        for row in rows:
            decision = nearest(row, decisions)
            if decision is not None:
                yield _example(article, row, decision, pointed)


def for_extractor(
    extractor: Extractor, examples: Mapping[Extractor, Sequence[Example]]
) -> list[Example]:
    """The examples to learn from. The rules, which find half as many, also learn from what the
    model finds, without the network's outputs.
    """
    if extractor is Extractor.MODEL:
        return list(examples[extractor])
    return [replace(one, seen=None) for several in examples.values() for one in several]


def nearest(row: Read, decisions: Iterable[Decision]) -> Decision | None:
    """The decision that shares most of its characters with the row's, or None below SHARED."""
    shares = [(share(row.spans, decision.spans), decision) for decision in decisions]
    best = max(shares, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= SHARED else None


def share(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Share, 0 to 1, of the shorter one's characters that are in both."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return common / max(1, min(sum(map(len, one)), sum(map(len, other))))


def _example(article: Article, row: Read, decision: Decision, pointed: Pointed | None) -> Example:
    parts = parts_of(decision)
    act, is_settled = outcome_at_once(article, decision)
    content = (*content_signs(article, parts), *place_signs(article, parts))
    cue_text = cue_of(article, parts)
    signs = (cue_signs(cue_text), mention_signs(mention_of(article, parts)), content)
    cue, mention, content_row = (np.array(each, np.float32) for each in signs)
    seen = None if pointed is None else seen_of(pointed, decision)
    at_once = (act,) if is_settled else None
    says = has_verb_of_speech(cue_text)
    return Example(row, (cue, mention, content_row), seen, at_once, says)
