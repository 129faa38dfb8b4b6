"""Augmentation: articles rewritten as other publishers print them.

PolNeAR's articles are clean: one paragraph per line, every mark in its place. Text from the web and
PDF is not. Each rewriting keeps every annotation on its words.
"""

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from service.domain import Span
from service.extraction.page.marks import MarkState, Quotation, pair_marks
from training.corpus import Annotated, Attribution, Range

STYLES = (("“", "”"), ('"', '"'), ("«", "»"), ("« ", " »"), ("''", "''"), ("``", "''"), ("‘", "’"))
STYLE_WEIGHTS = (3, 6, 1, 0.5, 1, 0.5, 2)

RATES = {"restyle": 0.35, "drop": 0.12, "block": 0.25, "wrap": 0.05, "shout": 0.1}
"""Probability of each rewriting of a document; several may combine."""

BLOCK_WORDS = 12  # shorter quotations are not set as blocks
LEAD_CHARACTERS = 110


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the text from ``start`` to ``end`` by ``new``: strings and ranges of the old text.

    A single string takes the place of what it replaces, annotations included.
    """

    start: int
    end: int
    new: tuple[str | Range, ...] = ()


def augment(article: Annotated, rng: random.Random) -> Annotated:
    """``article``, perhaps rewritten with probabilities ``RATES``."""
    for name, rewriting in REWRITINGS.items():
        if rng.random() < RATES[name]:
            article = rewrite(article, rewriting(article, rng))
    return article


def rewrite(article: Annotated, edits: Iterable[Edit]) -> Annotated:
    """The article after ``edits`` (which must not overlap), with annotations moved along."""
    parts: list[str] = []
    starts = np.full(len(article.text), -1, np.int64)  # where each old character begins now
    ends = starts.copy()
    length = 0

    def put(part: str | Range, replaced: Range | None = None) -> None:
        nonlocal length
        if not isinstance(part, str):
            starts[slice(*part)] = np.arange(length, length + part[1] - part[0])
            ends[slice(*part)] = starts[slice(*part)] + 1
            part = article.text[slice(*part)]
        elif replaced is not None and part.strip():
            starts[slice(*replaced)] = length + len(part) - len(part.lstrip())
            ends[slice(*replaced)] = length + len(part.rstrip())
        parts.append(part)
        length += len(part)

    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        put((at, edit.start))
        for part in edit.new:
            put(part, (edit.start, edit.end) if len(edit.new) == 1 else None)
        at = edit.end
    put((at, len(article.text)))

    def move(ranges: Iterable[Range]) -> tuple[Range, ...]:
        kept = (np.flatnonzero(starts[a:b] >= 0) + a for a, b in ranges)
        return tuple(sorted((int(starts[k].min()), int(ends[k].max())) for k in kept if len(k)))

    attributions = (
        Attribution(move(a.content), move(a.cue), move(a.mention)) for a in article.attributions
    )
    names = article.names and tuple(
        (*place, kind) for a, b, kind in article.names for place in move([(a, b)])
    )
    return replace(
        article,
        text="".join(parts),
        attributions=tuple(a for a in attributions if a.content),
        unsure=move(article.unsure),
        names=names,
    )


def _marks(quotation: Quotation) -> tuple[Span, Span]:
    inner, outer = quotation.inner, quotation.outer
    return Span(outer.start, inner.start), Span(inner.end, outer.end)


def restyle(article: Annotated, rng: random.Random) -> list[Edit]:
    """All quotation marks in one family; with straight ones also straight apostrophes."""
    opening, closing = rng.choices(STYLES, STYLE_WEIGHTS)[0]
    edits = []
    for quotation in pair_marks(article.text):
        before, after = _marks(quotation)
        edits += [Edit(before.start, before.end, (opening,))] if before else []
        edits += [Edit(after.start, after.end, (closing,))] if after else []
    if opening in ('"', "''"):
        taken = {edit.start for edit in edits}
        edits += [
            Edit(match.start(), match.end(), ("'",))
            for match in re.finditer(r"(?<=\w)’(?=\w)", article.text)
            if match.start() not in taken
        ]
    return edits


def drop(article: Annotated, rng: random.Random) -> list[Edit]:
    """Removes an opening or a closing mark here and there."""
    edits = []
    for quotation in pair_marks(article.text):
        mark = rng.choice(_marks(quotation))
        if mark and rng.random() < 0.25:
            edits.append(Edit(mark.start, mark.end))
    return edits


def wrap(article: Annotated, rng: random.Random) -> list[Edit]:
    """Breaks lines at a column, as in mail and PDF text."""
    width = rng.randint(40, 100)
    edits = []
    column = 0
    for word in re.finditer(r"\S+(\s*)", article.text):
        column = 0 if "\n" in word[1] else column + len(word[0])
        if word[1] == " " and column >= width:
            edits.append(Edit(word.end() - 1, word.end(), ("\n",)))
            column = 0
    return edits


def shout(article: Annotated, rng: random.Random) -> list[Edit]:
    """Sets the headline in capitals, which only the token types show, as the vocabulary is
    uncased.
    """
    del rng
    line = re.match(r"\s*([^\n]+)", article.text)
    if line is None:
        return []
    return [
        Edit(line.start(1) + at, line.start(1) + at + 1, (letter.upper(),))
        for at, letter in enumerate(line[1])
        if len(letter.upper()) == 1
    ]


def block(article: Annotated, rng: random.Random) -> list[Edit]:
    """Turns “...,” X said. into X said: and a paragraph without marks."""
    edits = []
    taken = 0
    quotations = [q for q in pair_marks(article.text) if q.state is MarkState.CLOSED]
    for attribution in sorted(article.attributions, key=lambda a: a.content):
        quotation = _only_quotation(attribution, quotations, article.text)
        if quotation is None or rng.random() > 0.5:
            continue
        edit = _as_block(article.text, quotation, attribution)
        if edit is not None and edit.start >= taken:
            edits.append(edit)
            taken = edit.end
    return edits


def _only_quotation(
    attribution: Attribution, quotations: list[Quotation], text: str
) -> Quotation | None:
    if len(attribution.content) != 1:
        return None
    start, end = attribution.content[0]
    for quotation in quotations:
        inner = quotation.inner
        if (
            abs(inner.start - start) < 3
            and abs(inner.end - end) < 3
            and len(inner.of(text).split()) >= BLOCK_WORDS
        ):
            return quotation
    return None


def _as_block(text: str, quotation: Quotation, attribution: Attribution) -> Edit | None:
    """The edit that sets a paragraph of only the quotation and its attribution as a block, or
    None.
    """
    low = text.rfind("\n", 0, quotation.outer.start) + 1
    high = text.find("\n", quotation.outer.end)
    high = len(text) if high < 0 else high
    inner, outer = quotation.inner, quotation.outer
    before, after = (low, outer.start), (outer.end, high)
    leads = [r for r in (before, after) if text[slice(*r)].strip(" .,:—-")]
    if len(leads) != 1 or leads[0][1] - leads[0][0] > LEAD_CHARACTERS:
        return None
    start, end = _trimmed(text, *leads[0], " .,:—-")
    if not all(start <= a and b <= end for a, b in (*attribution.cue, *attribution.mention)):
        return None
    words_end = _trimmed(text, inner.start, inner.end, " ,")[1]
    stop = "" if text[words_end - 1] in ".!?…”’" else "."
    return Edit(low, high, ((start, end), ":", "\n\n", (inner.start, words_end), stop))


def _trimmed(text: str, start: int, end: int, characters: str) -> Range:
    while start < end and text[start] in characters:
        start += 1
    while end > start and text[end - 1] in characters:
        end -= 1
    return start, end


REWRITINGS: dict[str, Callable[[Annotated, random.Random], list[Edit]]] = {
    "block": block,
    "drop": drop,
    "restyle": restyle,
    "wrap": wrap,
    "shout": shout,
}
