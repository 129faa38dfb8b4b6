"""Matches: a comparison as a finding, with its diff, its flags and whose words they are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from service.domain import Span, Speaker, Statement
from service.verification.comparing.claimants import Claimant
from service.verification.comparing.comparison import Comparison
from service.verification.comparing.flags import flags_of, names_in
from service.verification.comparing.truncation import truncated
from service.verification.findings import (
    AttributionFinding,
    DiffPart,
    Flag,
    Match,
)
from service.verification.texts.lexicon import FUNCTION_WORDS, GRAMMAR_WORDS
from service.verification.texts.words import Folded, fold_words

IsName = Callable[[str], bool]


def _is_none(word: str) -> bool:
    return False


LEAST_TELLING = 2
"""Distinct words: a single one is in thousands of statements of any speaker ("peace")."""


@dataclass(frozen=True)
class Claim:
    """A claimed quotation: its words, the origin of each character, and who is said to have said
    them (``claimant`` None: nobody).
    """

    folded: Folded
    origins: Sequence[int]
    claimant: Claimant | None
    repairs: tuple[str, ...] = ()

    @property
    def speaker(self) -> str | None:
        """The name beside the quotation, or None."""
        return self.claimant.name if self.claimant else None

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """The speakers whom that name means."""
        return self.claimant.speakers if self.claimant else ()

    @property
    def is_too_short(self) -> bool:
        """Whether it has fewer than two informative words."""
        telling = {
            word
            for place, word in enumerate(self.folded.words)
            if place not in self.folded.bracketed and word not in GRAMMAR_WORDS
        }
        return len(telling) < LEAST_TELLING

    def part(self, first: int, last: int) -> "Claim":
        """The claim of only the words from ``first`` up to ``last``."""
        start, end = self.folded.edges[first][0], self.folded.edges[last - 1][1]
        folded = fold_words(self.folded.text[start:end])
        return Claim(folded, self.origins[start : end + 1], self.claimant)

    def attribution_of(self, statement: Statement) -> AttributionFinding:
        if self.claimant is None:
            return AttributionFinding.NOT_CLAIMED
        return self.claimant.attribution_of(statement)

    def is_of(self, statement: Statement) -> bool:
        """Whether the statement's speaker is the claimed one."""
        theirs = statement.speaker
        return theirs is not None and self.claimant is not None and self.claimant.means(theirs)


def match_of(claim: Claim, comparison: Comparison, is_name: IsName = _is_none) -> Match:
    """The match for ``comparison``, which must have steps; its words are all or part of the
    claim's. ``is_name`` says whether a word is a name, for words capitalised at a sentence's
    beginning.
    """
    statement = comparison.passage.statement
    left_out, flags = truncated(comparison)
    flags |= _flags(comparison, is_name)
    return Match(
        statement=statement,
        wording=comparison.wording,
        attribution=claim.attribution_of(statement),
        similarity=round(comparison.similarity, 3),
        diff=tuple(_diff(comparison)),
        flags=tuple(flag for flag in Flag if flag in flags),
        claimed=Span(claim.origins[0], claim.origins[len(comparison.claimed.text)]),
        spans=comparison.passage.spans(*_stretch(comparison)),
        normalizations=comparison.normalizations,
        truncated=left_out,
    )


def _flags(comparison: Comparison, is_name: IsName) -> set[Flag]:
    claimed, text = comparison.claimed, comparison.passage.folded
    changed = _changed_capitals(comparison)
    names = _names(comparison) if changed else frozenset()
    names |= {word for word in changed - names if word not in FUNCTION_WORDS and is_name(word)}
    flags = flags_of(claimed, text, comparison.steps, names)
    if comparison.reports:
        flags.add(Flag.REPORTED)
    return flags


def _changed_capitals(comparison: Comparison) -> frozenset[str]:
    """Changed words with a capital, which may be names."""
    claimed, text = comparison.claimed, comparison.passage.folded
    return frozenset(
        side.words[word]
        for step in comparison.changes
        for side, first, last in ((claimed, step.i1, step.i2), (text, step.j1, step.j2))
        for word in range(first, last)
        if side.surface(word)[:1].isupper()
    )


def _names(comparison: Comparison) -> frozenset[str]:
    statement = comparison.passage.statement
    around = f"{statement.context.before}\n{statement.context.after}"
    return (
        names_in(comparison.claimed)
        | names_in(comparison.passage.folded)
        | names_in(fold_words(around))
        | frozenset(fold_words(statement.speaker.name if statement.speaker else "").words)
    )


def _stretch(comparison: Comparison) -> tuple[int, int]:
    """Indices of the first and the last word found."""
    return comparison.steps[0].j1, comparison.steps[-1].j2 - 1


def _diff(comparison: Comparison) -> Iterator[DiffPart]:
    """Parts that together make up both texts: each run includes what separates it from the next."""
    claimed, text = comparison.claimed, comparison.passage.folded
    first, last = _stretch(comparison)
    for step in comparison.steps:
        yield DiffPart(
            step.op,
            claimed.text[_cut(claimed, step.i1) : _cut(claimed, step.i2)],
            text.text[
                _found_cut(text, step.j1, first, last) : _found_cut(text, step.j2, first, last)
            ],
            step.elided,
        )


def _cut(text: Folded, word: int) -> int:
    """Start of a run that begins with this word; the first and last runs include the text's
    edges.
    """
    if word == 0:
        return 0
    return text.edges[word][0] if word < len(text.words) else len(text.text)


def _found_cut(text: Folded, word: int, first: int, last: int) -> int:
    return text.edges[last][1] if word > last else text.edges[max(word, first)][0]
