"""How near predicted statements come to annotated ones: precision, recall and F1.

quoted         runs of five words or more between quotation marks: the same words (Jaccard of
               characters 0.8) and an overlapping mention of the speaker
quoted_span    the same runs, with any speaker
statement      content with Jaccard 0.5 and overlapping mentions
content        characters of content
content_exact  the content of paired statements, equal except for marks and punctuation at its ends
source, cue    mentions and cues of paired statements that overlap
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench.polnear import AnnotatedArticle, Attributed, Spans, characters
from service.domain import Span

T = TypeVar("T")

MEASURES = ("quoted", "quoted_span", "statement", "content", "content_exact", "source", "cue")
RUN_WORDS, SAME_WORDS, SAME_CONTENT = 5, 0.8, 0.5

_EDGES = " \t\n\r.,;:!?“”\"'‘’«»„()—–-"
_RUN = re.compile(r"“([^”\n]*)”?|\"(?=\S)([^\"\n]*)\"?|„([^”\n]*)”?|«([^»\n]*)»?")


@dataclass(slots=True)
class Tally:
    """Counts: ``right`` of ``predicted`` and of ``annotated``."""

    right: int = 0
    predicted: int = 0
    annotated: int = 0

    def add(self, right: int, predicted: int, annotated: int) -> None:
        self.right += right
        self.predicted += predicted
        self.annotated += annotated

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


Tallies = dict[str, Tally]


def score(article: AnnotatedArticle, predicted: Sequence[Attributed], tallies: Tallies) -> None:
    """Adds one article's counts to ``tallies``, which has a Tally for each of MEASURES."""
    predicted = [
        statement
        for statement in predicted
        if len((covered := characters(statement.content)) & article.undecided) <= len(covered) / 2
    ]
    _score_runs(article, predicted, tallies)
    _score_statements(article, predicted, tallies)


def _score_runs(
    article: AnnotatedArticle, predicted: Sequence[Attributed], tallies: Tallies
) -> None:
    ours, theirs = (
        [
            run
            for run in _attributed_runs(article.text, statements)
            if not run[0] & article.undecided
        ]
        for statements in (predicted, article.statements)
    )
    paired = _pair(ours, theirs, lambda a, b: _at_least(SAME_WORDS, _jaccard(a[0], b[0])))
    right = sum(overlap(ours[i][1], theirs[j][1]) for i, j in paired)
    tallies["quoted_span"].add(len(paired), len(ours), len(theirs))
    tallies["quoted"].add(right, len(ours), len(theirs))


def _score_statements(
    article: AnnotatedArticle, predicted: Sequence[Attributed], tallies: Tallies
) -> None:
    annotated = article.statements
    paired = [(predicted[i], annotated[j]) for i, j in pair_statements(predicted, annotated)]
    sizes = len(predicted), len(annotated)
    tallies["statement"].add(sum(overlap(a.mention, b.mention) for a, b in paired), *sizes)
    exact = sum(
        trimmed(article.text, a.content) == trimmed(article.text, b.content) for a, b in paired
    )
    tallies["content_exact"].add(exact, *sizes)
    roles: dict[str, Callable[[Attributed], Spans]] = {
        "source": lambda statement: statement.mention,
        "cue": lambda statement: statement.cue,
    }
    for name, role in roles.items():
        right = sum(
            bool(role(a)) and bool(role(b)) and overlap(role(a), role(b)) for a, b in paired
        )
        tallies[name].add(
            right, sum(bool(role(s)) for s in predicted), sum(bool(role(s)) for s in annotated)
        )
    ours, theirs = (
        frozenset().union(*(characters(s.content) for s in statements))
        for statements in (predicted, annotated)
    )
    tallies["content"].add(len(ours & theirs), len(ours), len(theirs))


def pair_statements(
    predicted: Sequence[Attributed], annotated: Sequence[Attributed]
) -> list[tuple[int, int]]:
    """Index pairs of statements with the same content (Jaccard SAME_CONTENT), each used once."""
    content = {id(s): characters(s.content) for s in (*predicted, *annotated)}
    return _pair(
        predicted,
        annotated,
        lambda a, b: _at_least(SAME_CONTENT, _jaccard(content[id(a)], content[id(b)])),
    )


def _runs(text: str) -> Iterator[Span]:
    # two apostrophes or grave accents are one mark; the filler keeps every offset
    for match in _RUN.finditer(text.replace("``", '"\u200b').replace("''", '"\u200b')):
        span = Span(*match.span(match.lastindex or 0))
        if len(span.of(text).split()) >= RUN_WORDS:
            yield span


def _attributed_runs(
    text: str, statements: Sequence[Attributed]
) -> list[tuple[frozenset[int], Spans]]:
    """Each quoted run that is mostly in a statement's content, with the speaker's mention."""
    found: dict[Span, tuple[frozenset[int], Spans]] = {}
    runs = list(_runs(text))
    for statement in statements:
        content = characters(statement.content)
        for run in runs:
            body = frozenset(range(run.start, run.end))
            if run not in found and len(body & content) >= len(body) / 2:
                found[run] = body & content, statement.mention
    return list(found.values())


def _pair(
    ours: Sequence[T], theirs: Sequence[T], alike: Callable[[T, T], float]
) -> list[tuple[int, int]]:
    """Index pairs of each of ours with the most similar one of theirs that is still free."""
    pairs: list[tuple[int, int]] = []
    free = set(range(len(theirs)))
    for i, one in enumerate(ours):
        best = max(((alike(one, theirs[j]), -j) for j in free), default=(0.0, 0))
        if best[0] > 0:
            free.discard(-best[1])
            pairs.append((i, -best[1]))
    return pairs


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _at_least(bar: float, value: float) -> float:
    return value if value >= bar else 0.0


def overlap(one: Spans, other: Spans) -> bool:
    """Whether they share a character, or both are empty."""
    if not one or not other:
        return not one and not other
    return any(a.overlaps(b) for a in one for b in other)


def trimmed(text: str, spans: Spans) -> list[Span]:
    """The spans without marks, punctuation and white space at their ends; empty ones left out."""
    kept = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if start < end:
            kept.append(Span(start, end))
    return kept
