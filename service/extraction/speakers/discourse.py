"""Discourse: who has spoken and been mentioned up to a place in the article.

Keeps the resolutions of earlier statements and estimates which figure is most in focus. What a
mention asks for (a pronoun's gender, a description's role) is decided by its callers.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.speakers.cast import Cast
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.named_rules import is_off, name_weight
from service.extraction.speakers.names import Name, NameKind

REACH = 3000
"""Characters (about fifteen sentences) that a pronoun or description looks back."""

SENTENCE_REACH = 600
"""Characters of its sentence before a word that are looked at; a text may be one sentence."""

ECHOES = 40
"""Limit on the pronouns and descriptions searched for a figure's last one: about a page of them."""

NAMES_WEIGHED = 120
"""Limit on the names and echoes before a pronoun that are weighed, so that a thousand names in a
row cost no more.
"""


class Weights(NamedTuple):
    """Weights of a figure's likelihood in ``most_spoken_of``."""

    recency: float = 0.7
    """Deducted per sentence of distance."""
    subject: float = 0.9
    """Added for a grammatical subject."""
    possessive: float = 0.7
    """Deducted for a possessive ending."""
    quoted: float = 1.6
    """Deducted inside quotation marks."""
    frequency: float = 0.15
    """Added per mention."""
    here: float = 1.5
    """Added for a person who is a subject in the same paragraph."""
    turn_bonus: float = 1.7
    """Added for the speaker of an earlier statement."""
    turn_decay: float = 0.5
    """Deducted from the turn bonus per sentence."""


WEIGHTS = Weights()
_RULES = {field: f"weight-{field.replace('_', '-')}" for field in Weights._fields}
for _field, _rule in _RULES.items():
    name_weight(_rule, f"What makes somebody likely: {_field.replace('_', ' ')}.")


def _weights() -> Weights:
    """WEIGHTS without those that are switched off."""
    return WEIGHTS._replace(**{field: 0.0 for field, rule in _RULES.items() if is_off(rule)})


_OBJECT = re.compile(
    r"\b(?:of|to|with|for|by|from|against|about|at|on|in|over|under|between|behind|toward|towards|"
    r"than|like|as|met|told|tells|asked|called|backed|supported|attacked|criticized|endorsed|accused|"
    r"urged|including|supporting|defeating|facing)\s+(?:(?:the|a|an|his|her)\s+)?(?:[\w’'.-]+\s+){0,2}?$"
)


class Answer(Struct, frozen=True, gc=False):
    """The figure that a mention means; ``antecedent`` is the name it refers back to."""

    figure: Figure
    confidence: float
    antecedent: str | None = None


class Turn(Struct, frozen=True, gc=False):
    """A resolved mention: at ``position``, in sentence number ``sentence``, ``figure`` speaks; None
    if the speaker is unknown. An ``unsure`` one is given to nobody.
    """

    position: int
    sentence: int
    figure: Figure | None
    plural: bool
    text: str
    noun: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries, or two people, named together."""

    members: tuple[Figure, Figure]
    span: Span
    countries: bool


class Prominence(NamedTuple):
    """What a name's position contributes, independent of the mention that is resolved."""

    weight: float
    sentence: int
    quoted: bool
    subject: bool


class _Asked(NamedTuple):
    """A query for the figure in focus at ``position``. Names from ``low`` on are weighed, except in
    ``content``; ``outside`` says whether the position is outside quotation marks.
    """

    position: int
    low: int
    sentence: int
    paragraph: int
    outside: bool
    content: Sequence[Span]


_FIGURE = itemgetter(1)


@dataclass
class Discourse:
    """What is known of an article while its mentions are resolved in order.

    ``pairs`` and the statements' ``mentions`` are in reading order; ``echoes`` are pronouns and
    descriptions between the mentions, already resolved; ``made`` are figures that descriptions
    introduced, by name.
    """

    article: Article
    cast: Cast
    pairs: Sequence[Pair] = ()
    mentions: Sequence[Span] = ()
    turns: list[Turn] = field(default_factory=list)
    echoes: list[tuple[Name, Figure]] = field(default_factory=list)
    made: dict[str, Figure] = field(default_factory=dict)
    _prominences: dict[int, Prominence] = field(default_factory=dict)
    text: str = field(init=False)
    _named: list[tuple[Name, Figure]] = field(init=False)
    _starts: list[int] = field(init=False)
    _places: dict[Figure, tuple[list[int], list[Name]]] = field(default_factory=dict)
    _weights: Weights = field(default_factory=_weights)

    def __post_init__(self) -> None:
        self.text = self.article.flow
        named = self.cast.named
        self._named = [pair for pair in named if is_person(pair[1]) or not self.is_line(pair[0])]
        self._starts = [name.span.start for name, _ in self._named]
        for name, figure in self._named:
            self._keep_place(name, figure)

    def hear(self, name: Name, figure: Figure) -> None:
        """Records an echo: words that mean ``figure`` as if they named it."""
        self.echoes.append((name, figure))
        at = bisect_right(self._starts, name.span.start)
        self._starts.insert(at, name.span.start)
        self._named.insert(at, (name, figure))
        self._keep_place(name, figure)

    def _keep_place(self, name: Name, figure: Figure) -> None:
        starts, names = self._places.setdefault(figure, ([], []))
        at = bisect_right(starts, name.span.start)
        starts.insert(at, name.span.start)
        names.insert(at, name)

    def sentence_number(self, position: int) -> int:
        return self.article.sentence_at(position)

    def sentences_from(self, position: int, ahead: int) -> int:
        """End of the sentence ``ahead`` sentences after the one at ``position``, at most ``REACH``
        after it.
        """
        number = min(self.sentence_number(position) + ahead, len(self.article.sentences) - 1)
        end = self.article.sentences[number].end if number >= 0 else len(self.text)
        return min(end, position + REACH)

    def sentence_start(self, position: int) -> int:
        """Start of the sentence, but at most ``SENTENCE_REACH`` before ``position``."""
        number = self.sentence_number(position)
        start = self.article.sentences[number].start if number >= 0 else 0
        return max(start, position - SENTENCE_REACH)

    def paragraph_start(self, position: int) -> int:
        at = self.article.paragraph_at(position)
        return self.article.paragraphs[at].start if at >= 0 else 0

    def paragraph_end(self, position: int) -> int:
        at = self.article.paragraph_at(position)
        return self.article.paragraphs[at].end if at >= 0 else 0

    def quoted(self, position: int) -> bool:
        return self.article.is_quoted(position)

    def recent_turns(self, position: int, sentences: int) -> list[Turn]:
        """Turns before ``position`` in the last ``sentences`` sentences, the latest first."""
        here = self.sentence_number(position)
        found: list[Turn] = []
        for turn in reversed(self.turns):
            if here - turn.sentence > sentences or len(found) > 40:
                break
            if turn.position < position:
                found.append(turn)
        return found

    def is_line(self, name: Name) -> bool:
        """Whether the name is a line of its own, as a publisher's or a photographer's."""
        return self.text[name.whole.start - 1 : name.span.end + 1].strip(" ") == f"\n{name.text}\n"

    def is_subject(self, name: Name) -> bool:
        """Whether no preposition or transitive verb precedes the name in its sentence."""
        if name.possessive:
            return False
        low = max(name.whole.start - 60, self.sentence_start(name.whole.start))
        before = self.text[low : name.whole.start].rpartition("\n")[2]
        # the pattern has at most four words
        head, *words = before.rsplit(None, 4) or [""]
        return _OBJECT.search(before, len(head) if len(words) == 4 else 0) is None

    def speaks_at(self, name: Name) -> bool:
        """Whether the name is part of a statement's mention."""
        at = bisect_right(self.mentions, name.span.start, key=lambda span: span.start) - 1
        return at >= 0 and self.mentions[at].covers(name.span)

    def most_spoken_of(
        self, position: int, fits: Callable[[Figure], float | None], content: Sequence[Span] = ()
    ) -> Answer | None:
        """Returns the figure most in focus at ``position``: near, prominent, heard recently.

        ``fits`` gives a figure's penalty, or None to exclude it. Names in ``content`` (the words
        somebody says) do not count. With gold mentions, the weights above resolve 87 of 90 singular
        pronouns in 20 of PolNeAR's dev articles.
        """
        window = self.named_before(position)
        if not window:
            return None
        asked = _Asked(
            position,
            window[0][0].span.start,
            self.sentence_number(position),
            self.paragraph_start(position),
            not self.quoted(position),
            [span for span in content if span.start < position],
        )
        turn_bonuses = self._turn_bonuses(position)
        ranked = []
        for figure in dict.fromkeys(map(_FIGURE, window)):
            malus = fits(figure)
            place = None if malus is None else self._best_place(figure, asked)
            if malus is None or place is None:
                continue
            score, start, count = place
            score += self._weights.frequency * min(6, count) + turn_bonuses.get(figure, 0.0) - malus
            ranked.append((score, start, figure))
        if not ranked:
            return None
        ranked.sort(key=lambda row: row[:2], reverse=True)
        lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.0
        confidence = 0.65 + 0.15 * min(2.0, lead)
        return Answer(ranked[0][2], confidence, _named_at(ranked[0][2], position).text)

    def _best_place(self, figure: Figure, asked: "_Asked") -> tuple[float, int, int] | None:
        """Score and position of the figure's best name, and the number of its names; None without
        names.
        """
        starts, names = self._places[figure]
        high = bisect_left(starts, asked.position)
        low = bisect_left(starts, asked.low, 0, high)
        count = high - low
        for span in asked.content:
            count -= bisect_left(starts, span.end, low, high) - bisect_left(
                starts, span.start, low, high
            )
        best: tuple[float, int] | None = None
        weights = self._weights
        recency, most = weights.recency, weights.subject + weights.here
        person = figure.kind is NameKind.PERSON
        for at in range(high - 1, low - 1, -1):
            start = starts[at]
            if asked.content and any(span.start <= start < span.end for span in asked.content):
                continue
            weight, sentence, quoted, _ = self.prominence_of(names[at])
            back = recency * (asked.sentence - sentence)
            score = weight - back
            if quoted:
                score -= weights.quoted if asked.outside else 0.0
            elif person and weight > 0 and start >= asked.paragraph:
                score += weights.here
            if best is None or score > best[0]:
                best = score, start
            if best[0] >= most - back:
                break  # no name scores higher in its sentence, and earlier ones score less
        return None if best is None else (*best, count)

    def echoes_between(self, start: int, end: int) -> Sequence[tuple[Name, Figure]]:
        first = bisect_left(self.echoes, start, key=lambda pair: pair[0].span.start)
        return [pair for pair in self.echoes[first:] if pair[0].span.start < end]

    def named_before(self, position: int) -> Sequence[tuple[Name, Figure]]:
        """Names and echoes within reach, in reading order."""
        high = bisect_left(self._starts, position)
        low = bisect_left(self._starts, max(0, position - REACH), 0, high)
        return self._named[max(low, high - NAMES_WEIGHED) : high]

    def prominence_of(self, name: Name) -> Prominence:
        start = name.span.start
        prominence = self._prominences.get(start)
        if prominence is None:
            subject = self.is_subject(name)
            weight = self._weights.subject if subject else 0.0
            weight -= self._weights.possessive if name.possessive else 0.0
            prominence = Prominence(
                weight, self.sentence_number(start), self.quoted(start), subject
            )
            self._prominences[start] = prominence
        return prominence

    def last_echo(self, figure: Figure, position: int) -> int | None:
        """Position of the last pronoun or description before ``position`` that means the figure."""
        recent = reversed(self.echoes[-ECHOES:])
        starts = (name.span.start for name, meant in recent if meant is figure)
        return next((start for start in starts if start < position), None)

    def _turn_bonuses(self, position: int) -> dict[Figure, float]:
        here, weights = self.sentence_number(position), self._weights
        bonus: dict[Figure, float] = {}
        for turn in self.recent_turns(position, 5):
            if turn.figure is not None and turn.figure not in bonus:
                distance = here - turn.sentence
                bonus[turn.figure] = max(0.0, weights.turn_bonus - weights.turn_decay * distance)
        return bonus


def _named_at(figure: Figure, position: int) -> Name:
    """The figure's last name before ``position``, or else its first."""
    at = bisect_left(figure.names, position, key=lambda name: name.span.start)
    return figure.names[max(0, at - 1)]


def is_person(figure: Figure) -> bool:
    """Whether the figure is known to be a person."""
    return figure.kind is NameKind.PERSON
