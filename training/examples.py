"""Examples: annotated articles as windows of labelled pieces, gathered into batches."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from service.extraction.page.marks import pair_marks
from service.extraction.tagger.pieces import CLS, PAD, SEP, Pieces, cut_pieces
from training.corpus import NAME_KINDS, Annotated, Range

IGNORED = -100  # excluded from the loss
OUTSIDE, CONTENT, CUE, MENTION = 0, 1, 3, 5  # the tag that begins; the next one continues

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """One window; all arrays are (pieces,). ``cue_of`` gives for each piece of a content, and
    ``mention_of`` for each piece of a cue, the position it points to, 0 for nothing.
    """

    ids: Labels
    types: Labels
    first: Labels
    tags: Labels
    names: Labels
    cue_of: Labels
    mention_of: Labels

    def __len__(self) -> int:
        return len(self.ids)

    def columns(self) -> Iterator[Labels]:
        return (getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples stacked, (examples, pieces); ``first`` is 0 at padding."""

    ids: torch.Tensor
    types: torch.Tensor
    first: torch.Tensor
    tags: torch.Tensor
    names: torch.Tensor
    cue_of: torch.Tensor
    mention_of: torch.Tensor


PADDING = Example(*(np.array(v) for v in (PAD, 0, 0, IGNORED, IGNORED, IGNORED, IGNORED)))


def label(article: Annotated, tokenizer: Tokenizer) -> Example:
    """The whole article as one example without a ``CLS``; pointers hold piece numbers or -1."""
    pieces = _joined(cut_pieces(article.text, pair_marks(article.text), tokenizer))
    words = np.flatnonzero(pieces.end > pieces.start)

    def inside(span: Range) -> Labels:
        low = np.searchsorted(pieces.start[words], span[0])
        high = np.searchsorted(pieces.end[words], span[1], side="right")
        return words[low:high]

    tags = np.zeros(len(pieces), np.int64)
    tags[pieces.ids == SEP] = IGNORED
    cue_of = np.full(len(pieces), IGNORED, np.int64)
    mention_of = cue_of.copy()

    def tag(ranges: Iterable[Range], kind: int) -> list[Labels]:
        found = [where for where in map(inside, ranges) if len(where)]
        for where in found:
            tags[where] = kind + 1
            tags[where[0]] = kind
        return found

    for span in article.unsure:
        tags[inside(span)] = IGNORED
    for attribution in article.attributions:
        cue = tag(attribution.cue, CUE)
        mention = tag(attribution.mention, MENTION)
        for where in tag(attribution.content, CONTENT):
            cue_of[where] = cue[0][0] if cue else -1
        for where in cue:
            mention_of[where] = mention[0][0] if mention else -1
    names = _names(article, pieces)
    ids, types = pieces.ids.astype(np.int64), pieces.types.astype(np.int64)
    return Example(ids, types, pieces.first.astype(np.int64), tags, names, cue_of, mention_of)


def _joined(sections: Iterable[Pieces]) -> Pieces:
    columns = zip(*((s.ids, s.types, s.start, s.end, s.first) for s in sections), strict=True)
    ids, types, start, end, first = (np.concatenate(column) for column in columns)
    return Pieces(ids, types, start, end, first)


def _names(article: Annotated, pieces: Pieces) -> Labels:
    if article.names is None:
        return np.full(len(pieces), IGNORED, np.int64)
    letters = np.zeros(len(article.text) + 1, np.int64)
    for start, end, kind in article.names:
        letters[start:end] = 1 + NAME_KINDS.index(kind)
    return np.where(pieces.ids == SEP, 0, letters[pieces.start])


def windows(whole: Example, most: int, rng: random.Random) -> Iterator[Example]:
    """``whole`` cut into stretches of at most ``most`` pieces, each with a ``CLS`` before it.

    Cuts are at random places, at a paragraph's end if one is near.
    """
    ends = np.flatnonzero(whole.ids == SEP) + 1
    start = 0
    while start < len(whole):
        room = rng.randint(most // 4, most - 1) if start == 0 else most - 1
        stop = min(len(whole), start + room)
        if stop < len(whole):
            near = ends[(ends > start + 0.75 * room) & (ends <= stop)]
            stop = int(near[-1]) if len(near) else stop
        yield _window(whole, start, stop)
        start = stop


def _window(whole: Example, start: int, stop: int) -> Example:
    def beginning_with(value: int, column: Labels) -> Labels:
        return np.concatenate([[value], column[start:stop]])

    def pointers(column: Labels) -> Labels:
        shifted = np.where((column >= start) & (column < stop), column - start + 1, IGNORED)
        return beginning_with(IGNORED, np.pad(np.where(column == -1, 0, shifted), 0))

    return Example(
        beginning_with(CLS, whole.ids),
        beginning_with(0, whole.types),
        beginning_with(0, whole.first),
        beginning_with(IGNORED, whole.tags),
        beginning_with(IGNORED, whole.names),
        pointers(whole.cue_of),
        pointers(whole.mention_of),
    )


def stack(examples: Sequence[Example]) -> Batch:
    """The examples as one batch, padded to the longest."""
    longest = max(map(len, examples))

    def column(name: str) -> torch.Tensor:
        rows = np.full((len(examples), longest), getattr(PADDING, name), np.int64)
        for row, example in zip(rows, examples, strict=True):
            row[: len(example)] = getattr(example, name)
        return torch.from_numpy(rows)

    return Batch(*(column(field.name) for field in fields(Example)))


def batches(examples: Iterable[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """Batches of about ``pieces`` pieces, with examples of similar length, in random order."""
    gathered: list[list[Example]] = []
    longest = 0
    for example in sorted(examples, key=lambda e: len(e) + rng.random() * 8, reverse=True):
        if gathered and (len(gathered[-1]) + 1) * longest <= pieces:
            gathered[-1].append(example)
        else:
            gathered.append([example])
            longest = len(example)
    rng.shuffle(gathered)
    return gathered
