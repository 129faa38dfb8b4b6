"""Comparison: a claimed quotation beside one passage, with its figures and findings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz

from service.domain import Statement
from service.verification.comparing.alignment import Step, align, find_run
from service.verification.comparing.brackets import in_brackets, is_footnote
from service.verification.comparing.flags import is_negation
from service.verification.comparing.stretches import is_long, stretch_in
from service.verification.findings import DiffOp, Wording
from service.verification.texts import lexicon
from service.verification.texts.folding import QUOTATION_MARKS
from service.verification.texts.passages import Passage, passage_of
from service.verification.texts.typography import (
    BRACKETS,
    FOOTNOTE_MARKS,
    INTERRUPTION,
    differences,
    end_differences,
)
from service.verification.texts.words import Folded

NEAR_SPELLING = 70
"""Least fuzz.ratio, of 100, of two spellings of one word."""
FUNCTION_WORD_WEIGHT = 0.25
MOVED_WEIGHT = 0.5
"""Weight of a word that is elsewhere in the stretch."""
FARTHEST_MOVE = 12
"""Most words between the stretch found and a run of claimed words that was moved."""
LONGEST_INTERRUPTION = 12
"""Most words of an interruption: "Mr. Putin told reporters after the meeting in Beijing on
Thursday" has 11.
"""

_MARKS = frozenset(QUOTATION_MARKS)


@dataclass(frozen=True)
class Comparison:
    """``steps`` lead through all claimed words and one stretch of the passage; there may be none.
    Open changes (``elided``) do not count in the figures.
    """

    claimed: Folded
    passage: Passage
    steps: tuple[Step, ...]

    @cached_property
    def similarity(self) -> float:
        """2 m / (c + f), 0 to 1: words matched, words claimed, words of the stretch found."""
        counted = [step for step in self.steps if not step.elided]
        claimed = sum(step.i2 - step.i1 for step in counted)
        found = sum(step.j2 - step.j1 for step in counted)
        matched = MOVED_WEIGHT * self._moved.total()
        for step in counted:
            ours, theirs = step.i2 - step.i1, step.j2 - step.j1
            matched += sum(self.matched(step)) * (ours + theirs) / (2 * ours) if ours else 0
        return min(1.0, 2 * matched / (claimed + found)) if claimed + found else 0.0

    @cached_property
    def coverage(self) -> float:
        """Share of the claimed words found, 0 to 1, weighted by how informative they are."""
        counted = [step for step in self.steps if not step.elided]
        weights = [weight(word) for word in self.claimed.words]
        matched = sum(
            part * weights[i]
            for step in counted
            for i, part in enumerate(self.matched(step), start=step.i1)
        )
        matched += sum(MOVED_WEIGHT * weight(word) * n for word, n in self._moved.items())
        total = sum(sum(weights[step.i1 : step.i2]) for step in counted)
        return matched / total if total else 0.0

    def matched(self, step: Step) -> Sequence[float]:
        """Degree to which each claimed word of the step is found: 1, or less if spelled
        differently.
        """
        size = step.i2 - step.i1
        if step.op is DiffOp.EQUAL:
            return [1.0] * size
        if step.op is not DiffOp.REPLACE or step.elided:
            return [0.0] * size
        ours = self.claimed.words[step.i1 : step.i2]
        return _near(ours, self.passage.folded.words[step.j1 : step.j2])

    @cached_property
    def _moved(self) -> Counter[str]:
        """Words on both sides in another order; empty if more of them are on one side only."""
        ours, theirs = self.claimed.words, self.passage.folded.words
        put_in = Counter(word for step in self.changes for word in ours[step.i1 : step.i2])
        moved = put_in & Counter(
            word for step in self.changes for word in theirs[step.j1 : step.j2]
        )
        return moved if 2 * moved.total() > put_in.total() else Counter()

    @property
    def found(self) -> str:
        """The stretch of the passage's text, as written."""
        edges, text = self.passage.folded.edges, self.passage.folded.text
        first, last = self.steps[0].j1, self.steps[-1].j2
        return text[edges[first][0] : edges[last - 1][1]]

    @cached_property
    def changes(self) -> tuple[Step, ...]:
        """Changes in words that are not open."""
        return tuple(s for s in self.steps if s.op is not DiffOp.EQUAL and not s.elided)

    @cached_property
    def speaker_share(self) -> float:
        """The speaker's share of the words found, 0 to 1.

        1 too if the claim sets the others apart as the source does: with a quotation mark wherever
        the speaker's words begin or end.
        """
        places = self._places
        spoken = [is_spoken for _, is_spoken in places]
        edges = [right[0] for left, right in pairwise(places) if left[1] != right[1]]
        if all(spoken) or (edges and all(self._is_marked(word) for word in edges)):
            return 1.0
        return sum(spoken) / len(spoken)

    @property
    def reports(self) -> bool:
        """Whether some of the words found are the reporter's, even if set apart."""
        return not all(is_spoken for _, is_spoken in self._places)

    @cached_property
    def _places(self) -> list[tuple[int, bool]]:
        """Each claimed word found, with whether it is the speaker's own."""
        return [
            (step.i1 + k, self.passage.spoken[step.j1 + k])
            for step in self.steps
            if step.op is DiffOp.EQUAL
            for k in range(step.j2 - step.j1)
        ]

    def _is_marked(self, word: int) -> bool:
        return not _MARKS.isdisjoint(self.claimed.gap(word))

    @cached_property
    def normalizations(self) -> tuple[str, ...]:
        runs = [(s.i1, s.j1, s.i2 - s.i1) for s in self.steps if s.op is DiffOp.EQUAL]
        text, breaks = self.passage.folded, self.passage.breaks
        names = differences(self.claimed, text, runs, breaks)
        names += filter(None, map(self._left_out, self.steps))
        names += end_differences(self.claimed, text, self.steps[-1].j2)
        return tuple(dict.fromkeys(names))

    @cached_property
    def wording(self) -> Wording:
        if not self.steps:
            return Wording.ABSENT
        if self.speaker_share == 0:
            return Wording.PARAPHRASE
        if self.speaker_share < 1 or self.changes:
            return Wording.ALTERED
        if any(step.elided and not self._left_out(step) for step in self.steps):
            return Wording.ELIDED
        glyphs = set(self.normalizations) - {INTERRUPTION}
        return Wording.TYPOGRAPHIC if glyphs else Wording.VERBATIM

    def _left_out(self, step: Step) -> str:
        """The kind of what only one side has without changing the words, or an empty string."""
        if step.op is DiffOp.INSERT and step.elided:
            footnote = is_footnote(self.claimed, step.i1, step.i2)
            return FOOTNOTE_MARKS if footnote else BRACKETS
        if step.op is DiffOp.DELETE and step.elided:
            text = self.passage.folded
            if in_brackets(text, step.j1, step.j2):
                return FOOTNOTE_MARKS if is_footnote(text, step.j1, step.j2) else BRACKETS
        return INTERRUPTION if self._interrupts(step) else ""

    def _interrupts(self, step: Step) -> bool:
        """Whether only the reporter's words are between the speaker's."""
        between = self.passage.spoken[step.j1 : step.j2]
        return step.op is DiffOp.DELETE and step.elided and not any(between)


def compare(claimed: Folded, passage: Passage) -> Comparison:
    """Aligns the claimed words with the passage, with moved words and negations at the edges."""
    text = passage.folded
    steps = [_opened(step, passage) for step in align(claimed, text)]
    if steps:
        steps = _with_moved(claimed, text, steps)
        first, last = steps[0], steps[-1]
        cut_openly = 0 in claimed.elisions
        if first.op is DiffOp.EQUAL and not cut_openly and _negated_before(text, first.j1):
            steps.insert(0, Step(DiffOp.DELETE, 0, 0, first.j1 - 1, first.j1))
        if last.op is DiffOp.EQUAL and _is_negated_after(text, last.j2):
            steps.append(Step(DiffOp.DELETE, last.i2, last.i2, last.j2, last.j2 + 1))
    return Comparison(claimed, passage, tuple(steps))


def compare_with(claimed: Folded, statement: Statement) -> Comparison:
    """Compares with the statement; with a long one, only with the stretch of it that has the
    claim.
    """
    if not is_long(statement.text):
        return compare(claimed, passage_of(statement))
    return compare(claimed, passage_of(statement, *stretch_in(statement.text, claimed)))


def without_overhang(comparison: Comparison) -> Comparison:
    """The comparison with replaced words at the ends turned into additions."""
    first, *rest = comparison.steps
    if not rest:
        return comparison
    *inner, last = rest
    steps = (_added(first, first.j2), *inner, _added(last, last.j1))
    return replace(comparison, steps=steps)


def _added(step: Step, place: int) -> Step:
    if step.op is not DiffOp.REPLACE or step.elided:
        return step
    return Step(DiffOp.INSERT, step.i1, step.i2, place, place)


def _with_moved(claimed: Folded, text: Folded, steps: list[Step]) -> list[Step]:
    """Extends the stretch to missing claimed words nearby."""
    first, last = steps[0].j1, steps[-1].j2
    before, after = max(0, first - FARTHEST_MOVE), last + FARTHEST_MOVE
    for step in steps:
        run = claimed.words[step.i1 : step.i2]
        if step.op is DiffOp.EQUAL or step.elided or len(run) < 2:
            continue
        place = find_run(run, text.words[before:first], last=True)
        if place is not None:
            return [Step(DiffOp.DELETE, 0, 0, before + place, first), *steps]
        place = find_run(run, text.words[last:after], last=False)
        if place is not None:
            end, size = last + place + len(run), len(claimed.words)
            return [*steps, Step(DiffOp.DELETE, size, size, last, end)]
    return steps


def _opened(step: Step, passage: Passage) -> Step:
    """The step marked as open if it omits a short "he said" between two quoted stretches."""
    if step.op is not DiffOp.DELETE or not passage.is_window:
        return step
    short = step.j2 - step.j1 <= LONGEST_INTERRUPTION
    return (
        replace(step, elided=True) if short and not any(passage.spoken[step.j1 : step.j2]) else step
    )


def _negated_before(text: Folded, word: int) -> bool:
    """Whether a negation is right before the word, separated only by a space."""
    return word > 0 and is_negation(text.words[word - 1]) and text.gap(word).isspace()


def _is_negated_after(text: Folded, word: int) -> bool:
    """Whether the word negates what is right before it."""
    there = word < len(text.words) and text.words[word] in lexicon.NEGATING_AFTER
    return there and text.gap(word).isspace()


def weight(word: str) -> float:
    """Weight of a folded word: less than 1 for function words."""
    return FUNCTION_WORD_WEIGHT if word in lexicon.FUNCTION_WORDS else 1.0


def _near(ours: Sequence[str], theirs: Sequence[str]) -> Sequence[float]:
    """Similarity of each word, 0 to 1, with 0 below ``NEAR_SPELLING``.

    >>> _near(("goverment",), ("government",)), _near(("every", "one"), ("everyone",))
    ([0.9473684210526316], [1.0, 1.0])
    """
    if len(ours) == len(theirs):
        ratios = [fuzz.ratio(a, b) for a, b in zip(ours, theirs, strict=True)]
    else:
        ratios = [fuzz.ratio("".join(ours), "".join(theirs))] * len(ours)
    return [ratio / 100 if ratio >= NEAR_SPELLING else 0.0 for ratio in ratios]
