"""Passages: applies the rules beyond the sentence.

Reads an article paragraph by paragraph, passes its sentences to rules.py, and attributes what they
leave: quotations that continue after "he said", quotations without a cue, and block quotations
without marks after a colon. Speakers named by the layout have been read by transcripts.py and
signatures.py before.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from service.domain import Span
from service.extraction.page.layout import Article, is_bullet
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.cues import holds_cue
from service.extraction.statements.headlines import read_headline
from service.extraction.statements.interviews import read_interview
from service.extraction.statements.letters import read_letters
from service.extraction.statements.rules import read_sentence
from service.extraction.statements.signatures import read_signatures
from service.extraction.statements.tokens import tokenize
from service.extraction.statements.transcripts import read_turns

SURE, GOES_ON, UNNAMED = 0.9, 0.8, 0.5
"""Confidence of a passage after a colon, of a quotation that continues the one before, and of one
without a named speaker.
"""

SCARE_QUOTE_WORDS = 5
"""Fewer quoted words without a cue are a title or a scare quote; PolNeAR's scorer counts from 5."""
BLOCK_WORDS = 8
"""Least words of a block quotation's paragraph; shorter ones are captions and headings. Set
by hand.
"""


def propose_by_rules(article: Article) -> list[Proposal]:
    """Statements found by the rules, in reading order; linear in the text's length."""
    turns = read_turns(article) or read_interview(article)
    settled = [*turns, *read_signatures(article), *read_letters(article), *read_headline(article)]
    settled_in = _paragraphs_of(article, settled)
    passages = _Passages(article)
    for paragraph in article.paragraphs:
        if paragraph.start in settled_in:
            passages.forget()
        else:
            passages.read(paragraph)
    proposals = settled + [draft.proposal() for draft in passages.proposals]
    return sorted(proposals, key=lambda proposal: proposal.spans[0])


def _paragraphs_of(article: Article, proposals: Iterable[Proposal]) -> set[int]:
    """Starts of the paragraphs that contain words or cues of ``proposals``."""
    starts = [paragraph.start for paragraph in article.paragraphs]
    return {
        starts[bisect_right(starts, span.start) - 1]
        for proposal in proposals
        for span in (*proposal.spans, *([proposal.cue] if proposal.cue else []))
    }


class _Draft(Struct):
    """A proposal that may still gain pieces."""

    spans: list[Span]
    cue: Span | None
    mention: Span | None
    confidence: float
    follows: bool = False
    block: bool = False

    def proposal(self) -> Proposal:
        spans = tuple(sorted(self.spans))
        return Proposal(
            spans,
            self.cue,
            self.mention,
            self.confidence,
            block=self.block,
            follows=self.follows,
            settled=self.block,
        )


@dataclass(slots=True)
class _Passages:
    """Reads an article's paragraphs in order.

    ``talk`` is the number of the last proposal with quoted words; ``open_cue`` ended a paragraph
    with ":"; ``carried`` are paragraphs of a quotation whose speaker has not been named yet.
    """

    article: Article
    proposals: list[_Draft] = field(default_factory=list)
    talk: int | None = None
    open_cue: tuple[Span, Span | None] | None = None
    carried: list[Quotation] = field(default_factory=list)

    def read(self, paragraph: Span) -> None:
        opened, self.open_cue = self.open_cue, None
        quotations = self.article.quotations_in(paragraph)
        starts_quoted = bool(quotations) and quotations[0].outer.start == paragraph.start
        if opened is not None and not starts_quoted and self._is_block(paragraph):
            cue, mention = opened
            follows = mention is None
            self.proposals.append(_Draft([paragraph], cue, mention, SURE, follows, block=True))
            self.talk = len(self.proposals) - 1
            return
        first = len(self.proposals)
        self._read_sentences(paragraph, quotations)
        if not quotations and len(self.proposals) == first:
            return
        claimed = self._claimed(first)
        quoting = self._quoting(first)
        for quotation in quotations:
            if quotation.outer.start not in claimed and not self._carry(quotation):
                self._settle(quotation, first, quoting, opened)
            if self.carried and quotation.continues:
                self._hand_over(quotation, first)
        self._remember_talk(first)

    def forget(self) -> None:
        """Skips a settled paragraph: nothing before it continues after it."""
        self.talk = self.open_cue = None
        self.carried.clear()

    def _is_block(self, paragraph: Span) -> bool:
        words = paragraph.of(self.article.flow)
        return not is_bullet(words) and len(words.split()) >= BLOCK_WORDS

    def _read_sentences(self, paragraph: Span, quotations: Sequence[Quotation]) -> None:
        flow = self.article.flow
        colons = [one.outer.start for one in quotations if self.article.is_introduced(one)]
        ends = {one.outer.start: one.outer.end for one in quotations}
        for sentence in self.article.sentences_in(paragraph):
            if ends.get(sentence.start) == sentence.end:
                continue  # the sentence is a quotation
            label = flow.find(":", sentence.start, sentence.start + 40) >= 0
            at = bisect_left(colons, sentence.start)
            introduced = at < len(colons) and colons[at] < sentence.end
            if not (label or introduced or holds_cue(self.article.lowered, sentence)):
                continue
            reading = read_sentence(self.article, tokenize(self.article, sentence))
            self.proposals += (
                _Draft(list(p.spans), p.cue, p.mention, p.confidence, follows=p.follows)
                for p in reading.proposals
            )
            if sentence.end == paragraph.end:
                self.open_cue = reading.open_cue

    def _claimed(self, first: int) -> set[int]:
        """Starts of the quotations in proposals from number ``first`` on."""
        return {
            quotation.outer.start
            for proposal in self.proposals[first:]
            for span in proposal.spans
            for quotation in self.article.quotations_at(span)
        }

    def _quoting(self, first: int) -> list[tuple[int, int]]:
        """Start and number of the proposals with quoted words, in reading order."""
        numbers = range(first, len(self.proposals))
        return sorted((self.proposals[i].spans[0].start, i) for i in numbers if self._quotes(i))

    def _carry(self, quotation: Quotation) -> bool:
        """Keeps a quotation that its paragraph leaves open and the next one reopens, until a
        speaker is named; returns whether it is one.
        """
        quotations = self.article.quotations
        after = bisect_left(quotations, quotation.outer.end, key=lambda q: q.outer.start)
        goes_on = after < len(quotations) and quotations[after].continues
        if goes_on and self._opens_sentence(quotation):
            self.carried.append(quotation)
            return True
        return False

    def _hand_over(self, quotation: Quotation, first: int) -> None:
        """Adds the carried paragraphs to the statement that names the speaker."""
        talk = [] if self.talk is None else [self.talk]
        for number in (*range(first, len(self.proposals)), *talk):
            if self._holds(number, quotation):
                for carried in self.carried:
                    self._append(number, carried)
                self.carried.clear()
                return

    def _holds(self, number: int, quotation: Quotation) -> bool:
        return any(span.overlaps(quotation.inner) for span in self.proposals[number].spans)

    def _opens_sentence(self, quotation: Quotation) -> bool:
        before = self.article.flow[max(0, quotation.outer.start - 4) : quotation.outer.start]
        return before.rstrip(" ")[-1:] in ("", "\n", ".", "!", "?", "”", '"', ":")

    def _is_alone(self, quotation: Quotation) -> bool:
        """Whether the quotation is all of its sentence."""
        after = self.article.flow[quotation.outer.end : quotation.outer.end + 2].strip(" ")[:1]
        return self._opens_sentence(quotation) and not (after.islower() or after in tuple(",;"))

    def _settle(
        self,
        quotation: Quotation,
        first: int,
        quoting: Sequence[tuple[int, int]],
        opened: tuple[Span, Span | None] | None,
    ) -> None:
        """Attributes a quotation without a cue of its own; scare quotes are dropped."""
        alone = self._is_alone(quotation)
        words = len(quotation.inner.of(self.article.flow).split())
        if not alone and words < SCARE_QUOTE_WORDS:
            return
        if opened is None and self.article.is_introduced(quotation):
            self._add(quotation, None, None, confidence=UNNAMED)
            return
        at = bisect_left(quoting, (quotation.outer.start, 0))
        before = quoting[at - 1][1] if at else None
        after = quoting[at][1] if at < len(quoting) else None
        if before is not None and self._opens_sentence(quotation):
            self._append(before, quotation)
        elif after is not None and alone:
            self._append(after, quotation)
        elif opened is not None:
            self._add(quotation, *opened, confidence=SURE)
        elif before is not None or after is not None or len(self.proposals) > first:
            nearest = before if before is not None else after if after is not None else first
            near = self.proposals[nearest]
            self._add(quotation, near.cue, near.mention, confidence=GOES_ON)
        else:
            self._settle_by_talk(quotation, alone)

    def _settle_by_talk(self, quotation: Quotation, alone: bool) -> None:
        """Attributes the only quotation of a paragraph to the last speaker, if there is one."""
        if self.talk is None:
            self._add(quotation, None, None, confidence=UNNAMED)
        elif alone:
            self._append(self.talk, quotation)
        else:
            talk = self.proposals[self.talk]
            self._add(quotation, talk.cue, talk.mention, confidence=UNNAMED)

    def _quotes(self, number: int) -> bool:
        """Whether the proposal has quoted words."""
        spans = self.proposals[number].spans
        return any(self.article.quotations_in(span) for span in spans)

    def _append(self, number: int, quotation: Quotation) -> None:
        self.proposals[number].spans.append(quotation.outer)

    def _add(
        self, quotation: Quotation, cue: Span | None, mention: Span | None, confidence: float
    ) -> None:
        self.proposals.append(_Draft([quotation.outer], cue, mention, confidence))

    def _remember_talk(self, first: int) -> None:
        quoted = [i for i in range(first, len(self.proposals)) if self._quotes(i)]
        if quoted:
            self.talk = quoted[-1]
        elif len(self.proposals) > first:
            self.talk = len(self.proposals) - 1
