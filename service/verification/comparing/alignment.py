"""Alignment: claimed words matched to the words of a text.

The claimed words are searched for in a stretch of the text, not in all of it, so that the words
around the stretch do not count. If the claimed quotation contains "...", its parts are searched for
one after the other, and the words between them are open omissions. The methods are those of
rapidfuzz (Levenshtein distance, partial ratio) applied to words instead of letters: each distinct
claimed word is encoded as one character, and all other words as another.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein, Opcode

from service.deadline import check_deadline
from service.verification.comparing.brackets import in_brackets, is_open, puts_in_openly
from service.verification.findings import DiffOp
from service.verification.texts.words import Folded

MOST_ELISIONS = 40
"""With more "..." than this it is a table of contents, not a quotation; they are ignored."""
PRICE_OF_RUN = 0.6
"""Cost of a run in words: one more run costs more than half a word."""
TELLING_RUN = 5
"""Length of a run of words that is reported even if the rest is not found."""
LEAST_RUN = 3
"""Least number of remaining words searched for elsewhere in the text; fewer occur anywhere."""

WORD_BITS = 64
"""Words that rapidfuzz compares at once."""
MOST_STEPS = 5_000_000
"""Limit on the steps of a partial ratio: 30 ms. 200 words beside 6,000 take as many, real requests
a hundredth of it.
"""


@dataclass(frozen=True, slots=True)
class Step:
    """claimed[i1:i2] beside found[j1:j2], as word indices. ``elided``: an open omission or
    insertion.
    """

    op: DiffOp
    i1: int
    i2: int
    j1: int
    j2: int
    elided: bool = False


class Block(NamedTuple):
    """``size`` words from claimed word ``i`` on are equal to those from word ``j`` of the text."""

    i: int
    j: int
    size: int


class _Gap(NamedTuple):
    """Claimed words [i1:i2] to search for, in words [j1:j2] of the text."""

    i1: int
    i2: int
    j1: int
    j2: int


def align(claimed: Folded, text: Folded) -> tuple[Step, ...]:
    """Returns the steps from the first to the last claimed word; empty if no word is shared.

    All claimed words are in the steps, but of the text only those of one stretch.
    """
    if not text.words:
        return ()
    blocks = locate(claimed.line, claimed.line_of(text.words), claimed.elisions)
    return tuple(_steps(claimed, text, blocks)) if blocks else ()


def locate(claimed: str, text: str, cuts: frozenset[int]) -> list[Block]:
    """Returns the blocks of ``text`` that match ``claimed``, ascending on both sides; "..."
    precedes the words in ``cuts``. The longest part is placed first, the others around it.
    """
    inner = sorted(cuts - {0, len(claimed)})
    elisions = inner if len(inner) <= MOST_ELISIONS else []
    blocks: list[Block] = []
    gaps = [_Gap(0, len(claimed), 0, len(text))]
    while gaps:
        check_deadline()
        gap = gaps.pop()
        part = _longest_part(gap, elisions)
        sought = _Gap(*part, gap.j1, gap.j2)
        end = _End.NEITHER if not blocks else _End.RIGHT if gap.j1 == 0 else _End.LEFT
        found = _run(claimed, text, sought, end, apart=bool(elisions))
        if not found:
            continue
        blocks += found
        before = _Gap(gap.i1, found[0].i, gap.j1, found[0].j)
        after = _Gap(found[-1].i + found[-1].size, gap.i2, found[-1].j + found[-1].size, gap.j2)
        gaps += [one for one in (before, after) if _may_align(one, part, gap)]
    return _joined(sorted(blocks))


def _joined(blocks: list[Block]) -> list[Block]:
    """Merges blocks that adjoin on both sides."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and (last.i + last.size, last.j + last.size) == (block.i, block.j):
            joined[-1] = last._replace(size=last.size + block.size)
        else:
            joined.append(block)
    return joined


def _longest_part(gap: _Gap, elisions: Sequence[int]) -> tuple[int, int]:
    inside = [cut for cut in elisions if gap.i1 < cut < gap.i2]
    edges = [gap.i1, *inside, gap.i2]
    return max(pairwise(edges), key=lambda part: part[1] - part[0])


def _may_align(rest: _Gap, part: tuple[int, int], gap: _Gap) -> bool:
    """Whether the gap is worth a search; a single word is searched for only after an elision."""
    if rest.i1 == rest.i2 or rest.j1 == rest.j2:
        return False
    across_elision = rest.i1 < part[0] or rest.i2 > part[1]
    return across_elision or rest.i2 - rest.i1 >= LEAST_RUN


def _run(claimed: str, text: str, gap: _Gap, near: "_End", apart: bool) -> list[Block]:
    """Blocks where most of these words are close together; of equal places the one nearest to the
    blocks already found, with words in between if ``apart``.
    """
    needle, stretch = claimed[gap.i1 : gap.i2], text[gap.j1 : gap.j2]
    if not needle:
        return []
    exact = _placed(needle, stretch, near) if apart else None
    if exact is None:
        exact = _find(needle, stretch, last=near is _End.RIGHT)
    if exact is not None:
        return [Block(gap.i1, gap.j1 + exact, len(needle))]
    if len(needle) < LEAST_RUN:
        return []
    start, end = _window(needle, stretch)
    aligned = (
        _blocks(gap, start, distance.opcodes(needle, stretch[start:end]))
        for distance in (Levenshtein, Indel)
    )
    drawn = (_pruned(_drawn_together(claimed, text, blocks)) for blocks in aligned)
    blocks = max(drawn, key=_worth)
    enough = 2 * sum(block.size for block in blocks) >= len(needle)
    return blocks if enough or any(block.size >= TELLING_RUN for block in blocks) else []


def _blocks(gap: _Gap, start: int, opcodes: Iterable[Opcode]) -> list[Block]:
    return [
        Block(gap.i1 + one.src_start, gap.j1 + start + one.dest_start, size)
        for one in opcodes
        if one.tag == "equal" and (size := one.src_end - one.src_start)
    ]


def _worth(blocks: Sequence[Block]) -> float:
    """Score of an alignment: words found, minus a cost per run. Levenshtein prefers to replace a
    word rather than move to its place, while the insertions and deletions of Indel tear words
    apart.
    """
    return sum(block.size for block in blocks) - PRICE_OF_RUN * len(blocks)


class _End(Enum):
    """The end of the stretch at which blocks are already known."""

    NEITHER = 0
    LEFT = 1
    RIGHT = 2


def _placed(needle: str, stretch: str, near: _End) -> int | None:
    """Position after an elision: not right beside the known end, as words were left out; or
    None.
    """
    if near is _End.LEFT:
        place = _find(needle, stretch[1:], last=False)
        return None if place is None else place + 1
    return _find(needle, stretch[:-1], last=True) if near is _End.RIGHT else None


def _find(needle: str, stretch: str, last: bool) -> int | None:
    place = stretch.rfind(needle) if last else stretch.find(needle)
    return None if place < 0 else place


def find_run(needle: Sequence[str], stretch: Sequence[str], last: bool) -> int | None:
    """Index of the first, or the last, place where these words are in a row; None without one."""
    line, sought = f" {' '.join(stretch)} ", f" {' '.join(needle)} "
    place = line.rfind(sought) if last else line.find(sought)
    return None if place < 0 else line.count(" ", 0, place)


def _window(needle: str, stretch: str) -> tuple[int, int]:
    """Range of ``stretch`` most like ``needle``, with room for omitted words."""
    if len(stretch) <= len(needle):
        return 0, len(stretch)
    if is_dear(needle, stretch):
        return _densest(needle, stretch)
    found = fuzz.partial_ratio_alignment(needle, stretch)
    if found is None:
        return 0, len(stretch)
    room = LEAST_RUN + len(needle)
    return max(0, found.dest_start - room), found.dest_end + room


def is_dear(one: str, other: str) -> bool:
    """Whether a partial ratio of these words takes too long."""
    short, long = sorted((len(one), len(other)))
    return short * long * (short // WORD_BITS + 1) > MOST_STEPS


def _densest(needle: str, stretch: str) -> tuple[int, int]:
    """Range of ``stretch`` with most of these words, weighted by their rarity in it.

    It is about three times as long as ``needle``; the time is linear in both. Only the places of
    wanted words are summed, which are few in a speech: the best range ends with one.
    """
    places, weights = _weights(needle, stretch)
    if not len(places):
        return 0, 2 * min(len(needle), len(stretch))
    sums = np.zeros(len(weights) + 1)
    np.cumsum(weights, out=sums[1:])
    size = min(len(needle), len(stretch))
    starts = np.maximum(places - (size - 1), 0)
    best = int(np.argmax(sums[1:] - sums[places.searchsorted(starts)]))
    start = int(starts[best])
    return max(0, start - size), start + 2 * size


def _weights(needle: str, stretch: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Positions in ``stretch`` of words of ``needle``, with the rarity of each."""
    words = np.frombuffer(stretch.encode("utf-32-le", "surrogatepass"), "<u4")
    wanted = np.frombuffer("".join(set(needle)).encode("utf-32-le", "surrogatepass"), "<u4")
    is_wanted = np.zeros(max(int(words.max()), int(wanted.max())) + 1, dtype=bool)
    is_wanted[wanted] = True
    places = np.flatnonzero(is_wanted.take(words))
    there = words.take(places)
    return places, 1 / np.bincount(there).take(there)


def shared_at_most(needle: str, stretch: str) -> float:
    """Upper bound of a partial ratio, of 100, in linear time: words in any order."""
    short, long = sorted((needle, stretch), key=len)
    there = {word for word in set(short) if word in long}
    return 100 * sum(word in there for word in short) / max(1, len(short))


def _pruned(blocks: list[Block]) -> list[Block]:
    """The blocks without those at the ends that are too far from the rest."""
    while len(blocks) > 1 and _far(blocks[0], blocks[1], blocks[0].size):
        blocks = blocks[1:]
    while len(blocks) > 1 and _far(blocks[-2], blocks[-1], blocks[-1].size):
        blocks = blocks[:-1]
    return blocks


def _far(left: Block, right: Block, size: int) -> bool:
    skipped = (right.j - left.j) - (right.i - left.i)
    return skipped > 2 * size + 2


def _drawn_together(claimed: str, text: str, blocks: list[Block]) -> list[Block]:
    """Moves each run to its place nearest to the longest run."""
    if len(blocks) < 2:
        return blocks
    drawn = list(blocks)
    longest = blocks.index(max(blocks, key=lambda block: block.size))
    for k in reversed(range(longest)):
        drawn[k] = _moved(claimed, text, drawn[k], (drawn[k].j, drawn[k + 1].j), last=True)
    for k in range(longest + 1, len(blocks)):
        start, end = drawn[k - 1].j + drawn[k - 1].size, drawn[k].j + drawn[k].size
        drawn[k] = _moved(claimed, text, drawn[k], (start, end), last=False)
    return drawn


def _moved(claimed: str, text: str, block: Block, stretch: tuple[int, int], last: bool) -> Block:
    start, end = stretch
    place = _find(claimed[block.i : block.i + block.size], text[start:end], last)
    return block if place is None else block._replace(j=start + place)


def _steps(claimed: Folded, text: Folded, blocks: list[Block]) -> Iterator[Step]:
    first, last = blocks[0], blocks[-1]
    start = _room_before(text, first.j, first.i)
    rest = len(claimed.words) - last.i - last.size
    end = _room_after(text, last.j + last.size, rest)
    i, j = 0, start
    for block in [*blocks, Block(len(claimed.words), end, 0)]:
        yield from _between(claimed, text, _Gap(i, block.i, j, block.j))
        i, j = block.i + block.size, block.j + block.size
        if block.size:
            yield Step(DiffOp.EQUAL, block.i, i, block.j, j)


_SENTENCE_END = re.compile(r"[.!?。！？؟।]")


def _room_before(text: Folded, word: int, wanted: int) -> int:
    """Index up to ``wanted`` words before this one within the same sentence."""
    place = word
    while place > 0 and word - place < wanted and not _SENTENCE_END.search(text.gap(place)):
        place -= 1
    return place


def _room_after(text: Folded, word: int, wanted: int) -> int:
    place = word
    while (
        place < len(text.words)
        and place - word < wanted
        and not _SENTENCE_END.search(text.gap(place))
    ):
        place += 1
    return place


def _between(claimed: Folded, text: Folded, gap: _Gap) -> Iterator[Step]:
    """Yields the steps between two blocks."""
    i1, i2, j1, j2 = gap
    cuts = [cut for cut in claimed.elisions if i1 <= cut <= i2]
    inner = i1 > 0 and i2 < len(claimed.words)
    if not (cuts and inner):
        yield from _changed(claimed, text, gap)
        return
    cut = min(cuts)
    left = min(cut - i1, j2 - j1)
    right = min(i2 - cut, j2 - j1 - left)
    yield from _changed(claimed, text, _Gap(i1, cut, j1, j1 + left))
    if j1 + left < j2 - right:
        yield Step(DiffOp.DELETE, cut, cut, j1 + left, j2 - right, elided=True)
    yield from _changed(claimed, text, _Gap(cut, i2, j2 - right, j2))


def _changed(claimed: Folded, text: Folded, gap: _Gap) -> Iterator[Step]:
    i1, i2, j1, j2 = gap
    if i1 == i2 and j1 == j2:
        return
    if i1 == i2:
        yield Step(DiffOp.DELETE, *gap, elided=in_brackets(text, j1, j2))
    elif j1 == j2:
        yield Step(DiffOp.INSERT, *gap, elided=puts_in_openly(claimed, i1, i2))
    else:
        openly = is_open(claimed, (i1, i2), text, (j1, j2))
        yield Step(DiffOp.REPLACE, *gap, elided=openly)
