"""Owners: decides whose a freestanding quotation is.

Reporters print it after the clause or the sentence that names the speaker. It becomes a statement
of its own with that clause's speaker, or part of what that clause quotes already. Its speaker is
not a person named further away, who only nods, or who could not say so. After a sentence without a
cue, subjects.py finds the speaker.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.freestanding import EDGE, Passage, find_passages
from service.extraction.statements.passages import SCARE_QUOTE_WORDS, UNNAMED
from service.extraction.statements.subjects import another_acts, may_say, only_moves, speaker_of

BY_SUBJECT = 0.6
"""Confidence of a quotation attributed to the subject of the sentence before it."""

NEGATION = 12
"""Characters before "said" that are searched for "never" or "did not"."""

_DENIALS = frozenset(("never", "not", "didn", "doesn", "deny", "denies", "denied", "denying"))
_WORD = re.compile(r"[a-z]+")
_MARKS = "“\"„«‘'‹`"


def settle_freestanding(
    article: Article, proposals: Iterable[Proposal], persons: Sequence[Span] = ()
) -> list[Proposal]:
    """Returns ``proposals`` with every freestanding quotation assigned to its speaker."""
    settled = list(proposals)
    passages = list(find_passages(article, settled))
    return _Settling(article, settled, passages, persons).settled() if passages else settled


class _Settling:
    """Assigns passages to proposals.

    ``_by_start`` are the cues of proposals with a mention, in reading order, with the proposals'
    numbers; ``_first`` is the first proposal of each cue that has other content too.
    """

    def __init__(
        self,
        article: Article,
        proposals: Sequence[Proposal],
        passages: Sequence[Passage],
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
        self._held = {
            quotation.outer.start: number
            for number, pieces in enumerate(self._homes)
            for piece in pieces
            for quotation in article.quotations_at(piece)
        }
        self._first: dict[Span | None, int] = {}
        for number, proposal in enumerate(proposals):
            if self._homes[number]:
                self._first.setdefault(proposal.cue, number)
        self._by_start = sorted(
            (proposal.cue.start, number)
            for number, proposal in enumerate(proposals)
            if proposal.cue is not None and proposal.mention is not None
        )

    def settled(self) -> list[Proposal]:
        joined: dict[int, list[Passage]] = {}
        apart: list[Proposal] = []
        for number, passage in enumerate(self._passages):
            owner = self._owner(passage, sorted(self._claims.get(number, ())))
            if owner is not None:
                joined.setdefault(owner, []).append(passage)
            elif (alone := self._alone(passage, number in self._claims)) is not None:
                apart.append(alone)
        attributed = (
            self._with(number, joined.get(number, ())) for number in range(len(self._proposals))
        )
        return [*(one for each in attributed for one in each), *apart]

    def _home(self, number: int) -> tuple[Span, ...]:
        """The proposal's content without freestanding quotations, which are recorded as its
        claims.
        """
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

    def _owner(self, passage: Passage, claimants: Iterable[int]) -> int | None:
        """Number of the proposal whose cue names the speaker: one that claims the passage, or the
        last one of its lead.
        """
        if passage.display:
            return None
        if passage.attributed is not None:
            return self._holder(passage.attributed)
        near = [number for number in claimants if self._is_near(number, passage)]
        before = [number for number in near if self._begins(number) < passage.whole.start]
        only = [number for number in near if not self._homes[number]]
        chosen = before or only or self._nearest_in(passage) or near
        if not chosen:
            return None
        surest = max(chosen, key=lambda number: self._proposals[number].confidence)
        return self._first.get(self._proposals[surest].cue, surest)

    def _holder(self, quotation: Quotation) -> int | None:
        """Number of the proposal that contains the quotation, or None."""
        return self._held.get(quotation.outer.start)

    def _begins(self, number: int) -> int:
        cue = self._proposals[number].cue
        return -1 if cue is None else cue.start

    def _nearest_in(self, passage: Passage) -> list[int]:
        """The number of the last proposal whose cue is in the lead, if it is near."""
        if passage.lead is None:
            return []
        low = bisect_left(self._by_start, (passage.lead.start, 0))
        high = bisect_left(self._by_start, (passage.lead.end, 0), low)
        near = [number for _, number in self._by_start[low:high] if self._is_near(number, passage)]
        return near[-1:]

    def _is_near(self, number: int, passage: Passage) -> bool:
        article, cue = self._article, self._proposals[number].cue
        if cue is None or article.is_quoted(cue.start):
            return False
        words = _WORD.findall(article.lowered, cue.start, cue.end)
        home, here = map(article.paragraph_at, (cue.start, passage.whole.start))
        if not words or only_moves(words, home == here and cue.end <= passage.whole.start):
            return False
        mention = self._proposals[number].mention
        lead = passage.lead
        if lead and cue.end <= lead.start and another_acts(article, lead, mention):
            return False
        if not may_say(article, words, mention, passage.whole, home == here):
            return False
        if cue.start >= passage.whole.end:
            if article.lowered.startswith(" it ", cue.end) or "it" in words:
                return False  # "“Tell them no.” Doe wrote it down."
            says = not cues().report.isdisjoint(words)
            return says and home == article.paragraph_at(passage.whole.end - 1)
        return passage.lead is not None and home == article.paragraph_at(passage.lead.start)

    def _with(self, number: int, passages: Sequence[Passage]) -> Iterator[Proposal]:
        """The proposal with its speaker's passages: joined to what it quotes already, or as a
        statement of their own beside reported speech.
        """
        proposal, home = self._proposals[number], self._homes[number]
        spans = tuple(span for passage in passages for span in passage.spans)
        together = home and self._begins_quoted(home) and not self._negates(proposal.cue)
        if not home or not spans or together:
            if home or spans:
                yield replace(proposal, spans=tuple(sorted((*home, *spans))))
            return
        reported = tuple(one for one in home if not self._narrates(one, spans[0], proposal.cue))
        yield replace(proposal, spans=reported or home)
        yield replace(proposal, spans=spans)

    def _narrates(self, piece: Span, quoted: Span, cue: Span | None) -> bool:
        """Whether the piece is the reporter's: it follows the quotation in a sentence without
        a cue.
        """
        article = self._article
        if cue is None or piece.start < quoted.end or article.quotations_at(piece):
            return False
        return article.sentence_at(piece.start) != article.sentence_at(cue.start)

    def _negates(self, cue: Span | None) -> bool:
        """Whether the cue is negated, as in "Never said “we are broke”": then the next quotation is
        a separate statement.
        """
        if cue is None:
            return False
        before = Span(max(0, cue.start - NEGATION), cue.start)
        start = max([before.start, *(one.outer.end for one in self._article.quotations_at(before))])
        return not _DENIALS.isdisjoint(_WORD.findall(self._article.lowered, start, cue.end))

    def _begins_quoted(self, pieces: Sequence[Span]) -> bool:
        quotation = next(iter(self._article.quotations_at(pieces[0])), None)
        if quotation is None:
            return False
        words = self._article.lowered[pieces[0].start : quotation.inner.start].strip(EDGE + _MARKS)
        return words in ("", "that")

    def _alone(self, passage: Passage, claimed: bool) -> Proposal | None:
        """A statement of the subject of the sentence before, or of an unknown speaker; None for
        titles, short exclamations and what is said again elsewhere.
        """
        if passage.repeated:
            return None
        mention = None
        if passage.lead is not None and not passage.display:
            mention = speaker_of(self._article, passage.lead, passage.whole, self._persons)
        if mention is not None:
            return Proposal(passage.spans, None, mention, BY_SUBJECT)
        words = sum(len(span.of(self._article.flow).split()) for span in passage.spans)
        long = words >= SCARE_QUOTE_WORDS
        # a quotation below a headline that names nobody may be part of a list
        stated = claimed and long if passage.display else claimed or (long and passage.lead)
        return Proposal(passage.spans, None, None, UNNAMED) if stated else None
