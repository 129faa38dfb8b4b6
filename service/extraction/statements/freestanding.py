"""Freestanding quotations: sentences of their own, with no clause beside them that says whose.

Reporters print them after the clause or the sentence that names the speaker:

    Tarek Ahmadi says the problem is the cost.

    “It does not pay. It is just too dear.”

Such a quotation is a statement of its own with that clause's speaker. It joins no clause that is
further off, none of somebody who only nods, and a crosshead joins nothing. Below a sentence without
a cue subjects.py says who speaks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.lexicon.people import word_class
from service.extraction.page.layout import Article
from service.extraction.page.marks import MarkState, Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.passages import SCARE_QUOTE_WORDS, UNNAMED
from service.extraction.statements.subjects import only_moves, speaker_of

BY_SUBJECT = 0.6
"""Confidence of a quotation that only the subject of the sentence before it is named for."""

LEAD_REACH = 200
"""Characters back from a quotation in which a colon introduces it, over blank lines."""

_WORD = re.compile(r"[a-z]+")
_LETTERS = re.compile(r"[^\W\d_][\w’'-]*")
_EDGE = " .,!?-–—*•…[]()"
_MARKS = "“\"„«‘'‹`"
_TERMINALS = ".!?…,–—-"


class _Passage(Struct, frozen=True, gc=False):
    """A freestanding quotation with the paragraphs that go on from it.

    ``lead`` is the sentence before it and before those right before it; None after a crosshead.
    ``display``: a crosshead or a pull quote, set apart and not ended as a sentence is.
    """

    quotations: tuple[Quotation, ...]
    lead: Span | None
    display: bool

    @property
    def whole(self) -> Span:
        return Span(self.quotations[0].outer.start, self.quotations[-1].outer.end)

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(quotation.outer for quotation in self.quotations)


def settle_freestanding(
    article: Article, proposals: Iterable[Proposal], persons: Sequence[Span] = ()
) -> list[Proposal]:
    """``proposals`` with every freestanding quotation given to whom it belongs."""
    standing = list(proposals)
    passages = list(_find_passages(article, standing))
    return _Settling(article, standing, passages, persons).settled() if passages else standing


def _find_passages(article: Article, proposals: Iterable[Proposal]) -> Iterator[_Passage]:
    settled = sorted(span for one in proposals if one.settled for span in one.spans)
    before: _Passage | None = None
    for group in _groups(article):
        if not all(_is_free(article, quotation, settled) for quotation in group):
            continue
        lead = _lead(article, group[0], before)
        before = _Passage(group, lead, len(group) == 1 and _is_display(article, group[0]))
        yield before


def _groups(article: Article) -> Iterator[tuple[Quotation, ...]]:
    """Each quotation with those that go on from it: it is left open and they open again."""
    group: list[Quotation] = []
    for quotation in article.quotations:
        if group and not (quotation.continues or _goes_on(article, group[-1], quotation)):
            yield tuple(group)
            group.clear()
        group.append(quotation)
    if group:
        yield tuple(group)


def _goes_on(article: Article, one: Quotation, other: Quotation) -> bool:
    """In one paragraph: "It was late. "It was dark." """
    between = article.flow[one.outer.end : other.outer.start]
    return one.state is MarkState.UNCLOSED and not between.strip(" ")


def _is_free(article: Article, quotation: Quotation, settled: Sequence[Span]) -> bool:
    """All of its sentence, not introduced by a colon, and no headline."""
    outer, flow = quotation.outer, article.flow
    sentence = article.sentences[max(0, article.sentence_at(outer.start))]
    around = flow[sentence.start : outer.start] + flow[outer.end : sentence.end]
    if around.strip(_EDGE) or not sentence.covers(outer):
        return False
    if flow[max(0, sentence.start - LEAD_REACH) : sentence.start].rstrip().endswith(":"):
        return False
    at = bisect_right(settled, outer.start, key=lambda span: span.end)
    taken = at < len(settled) and settled[at].start < outer.end
    return not taken and (article.title is None or not article.title.overlaps(outer))


def _lead(article: Article, quotation: Quotation, before: _Passage | None) -> Span | None:
    number = article.sentence_at(quotation.outer.start)
    if number < 1:
        return None
    lead = article.sentences[number - 1]
    if before is not None and before.whole.overlaps(lead):
        return None if before.display else before.lead
    titled = article.title is not None and article.title.overlaps(lead)
    headline = titled and article.flow[lead.end - 1] not in ".!?"
    return None if headline or _is_set_as_title(lead.of(article.flow)) else lead


def _is_display(article: Article, quotation: Quotation) -> bool:
    paragraph = article.paragraphs[article.paragraph_at(quotation.outer.start)]
    words, after = quotation.inner.of(article.flow), article.flow[quotation.outer.end :][:1]
    apart = (
        not Span(paragraph.start, paragraph.end)
        .of(article.flow)
        .replace(quotation.outer.of(article.flow), "")
        .strip(_EDGE)
    )
    if not apart or quotation.state is not MarkState.CLOSED:
        return False
    ended = words[-1] in _TERMINALS or after in tuple(_TERMINALS)
    return words.isupper() or not ended or _is_set_as_title(words)


def _is_set_as_title(words: str) -> bool:
    """ "All Bets Are Off." """
    found = _LETTERS.findall(words)
    capitals = sum(word[0].isupper() for word in found)
    links = word_class("links")
    small = [word for word in found if word[0].islower()]
    return capitals > 2 and 2 * capitals > len(found) and links.issuperset(small)


class _Settling:
    """``_told`` are the cues of those who are named, in reading order, with their proposals;
    ``_first`` is the first proposal of each cue that has other content too."""

    def __init__(
        self,
        article: Article,
        proposals: Sequence[Proposal],
        passages: Sequence[_Passage],
        persons: Sequence[Span],
    ) -> None:
        self._article, self._proposals = article, proposals
        self._passages, self._persons = passages, persons
        self._passage_at = {
            quotation.outer.start: number
            for number, passage in enumerate(passages)
            for quotation in passage.quotations
        }
        self._claims: dict[int, set[int]] = {}
        self._homes = list(map(self._home, range(len(proposals))))
        self._first: dict[Span | None, int] = {}
        for number, proposal in enumerate(proposals):
            if self._homes[number]:
                self._first.setdefault(proposal.cue, number)
        self._told = sorted(
            (proposal.cue.start, number)
            for number, proposal in enumerate(proposals)
            if proposal.cue is not None and proposal.mention is not None
        )

    def settled(self) -> list[Proposal]:
        joined: dict[int, list[_Passage]] = {}
        apart: list[Proposal] = []
        for number, passage in enumerate(self._passages):
            owner = self._owner(passage, sorted(self._claims.get(number, ())))
            if owner is not None:
                joined.setdefault(owner, []).append(passage)
            elif (alone := self._alone(passage, number in self._claims)) is not None:
                apart.append(alone)
        told = (
            self._with(number, joined.get(number, ())) for number in range(len(self._proposals))
        )
        return [*(one for each in told for one in each), *apart]

    def _home(self, number: int) -> tuple[Span, ...]:
        """The proposal's content without freestanding quotations, which it then only claims."""
        proposal = self._proposals[number]
        if proposal.settled:
            return proposal.spans
        return tuple(
            piece
            for span in proposal.spans
            for piece in self._without_passages(number, span)
            if any(map(str.isalnum, piece.of(self._article.flow)))
        )

    def _without_passages(self, number: int, span: Span) -> Iterator[Span]:
        start = span.start
        for quotation in self._article.quotations_at(span):
            outer = quotation.outer
            passage = self._passage_at.get(outer.start)
            if passage is None:
                continue
            self._claims.setdefault(passage, set()).add(number)
            if start < outer.start:
                yield Span(start, outer.start)
            start = max(start, outer.end)
        if start < span.end:
            yield Span(start, span.end)

    def _owner(self, passage: _Passage, claimants: Iterable[int]) -> int | None:
        """The proposal whose cue says whose it is: one that claims it, or the last of its lead."""
        if passage.display:
            return None
        near = [number for number in claimants if self._is_near(number, passage)]
        before = [number for number in near if self._begins(number) < passage.whole.start]
        only = [number for number in near if not self._homes[number]]
        chosen = before or only or self._told_in(passage) or near
        if not chosen:
            return None
        surest = max(chosen, key=lambda number: self._proposals[number].confidence)
        return self._first.get(self._proposals[surest].cue, surest)

    def _begins(self, number: int) -> int:
        cue = self._proposals[number].cue
        return -1 if cue is None else cue.start

    def _told_in(self, passage: _Passage) -> list[int]:
        """The last proposal whose cue the lead holds."""
        if passage.lead is None:
            return []
        low = bisect_left(self._told, (passage.lead.start, 0))
        high = bisect_left(self._told, (passage.lead.end, 0), low)
        told = [number for _, number in self._told[low:high] if self._is_near(number, passage)]
        return told[-1:]

    def _is_near(self, number: int, passage: _Passage) -> bool:
        article, cue = self._article, self._proposals[number].cue
        if cue is None or article.is_quoted(cue.start):
            return False
        words = _WORD.findall(article.lowered, cue.start, cue.end)
        home, here = map(article.paragraph_at, (cue.start, passage.whole.start))
        if not words or only_moves(words, home == here and cue.end <= passage.whole.start):
            return False
        if cue.start >= passage.whole.end:
            says = not cues().report.isdisjoint(words)
            return says and home == article.paragraph_at(passage.whole.end - 1)
        return passage.lead is not None and home == article.paragraph_at(passage.lead.start)

    def _with(self, number: int, passages: Sequence[_Passage]) -> Iterator[Proposal]:
        """The proposal with the passages that are its speaker's: part of what is quoted already, a
        statement of their own beside what is only reported."""
        proposal, home = self._proposals[number], self._homes[number]
        spans = tuple(span for passage in passages for span in passage.spans)
        if not home or not spans or self._begins_quoted(home):
            if home or spans:
                yield replace(proposal, spans=tuple(sorted((*home, *spans))))
            return
        yield replace(proposal, spans=home)
        yield replace(proposal, spans=spans)

    def _begins_quoted(self, pieces: Sequence[Span]) -> bool:
        quotation = next(iter(self._article.quotations_at(pieces[0])), None)
        if quotation is None:
            return False
        words = self._article.lowered[pieces[0].start : quotation.inner.start].strip(_EDGE + _MARKS)
        return words in ("", "that")

    def _alone(self, passage: _Passage, claimed: bool) -> Proposal | None:
        """A statement of the sentence's subject before it, or of nobody where taggers see one."""
        mention = None
        if passage.lead is not None and not passage.display:
            mention = speaker_of(self._article, passage.lead, passage.whole, self._persons)
        if mention is not None:
            return Proposal(passage.spans, None, mention, BY_SUBJECT)
        words = sum(len(span.of(self._article.flow).split()) for span in passage.spans)
        told = claimed and (words >= SCARE_QUOTE_WORDS or not passage.display)
        return Proposal(passage.spans, None, None, UNNAMED) if told else None
