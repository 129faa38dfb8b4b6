"""Deciding: turns the taggers' proposals into statements.

Overlaps are resolved, spans are cut at furniture and at quotation marks, and each statement gets
its form. Mentions are resolved in speakers/.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from service.deadline import in_time
from service.domain import Act, Form, Span
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.cover import NESTED_SHARE, length
from service.extraction.statements.titled import is_titled

_COMPLEMENTIZER = re.compile(r"that\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")
_LOOSE_END = " \t\n,;:–—-"
_LOOSE_START = _LOOSE_END + ".!?)"
_CLOSED = re.compile(r"[”’»›\"'] ")
"""A mark that closes what is before the content."""

_Rival = TypeVar("_Rival", Proposal, "Decision")


class Decision(Struct, frozen=True, gc=False):
    """An accepted proposal, its spans cut to size. ``act`` None means that it is not a statement
    and only shows where a person is the subject.
    """

    proposal: Proposal
    form: Form
    spans: tuple[Span, ...]
    quoted: tuple[Span, ...]
    act: Act | None = Act.SPEECH

    @property
    def confidence(self) -> float:
        return self.proposal.confidence


def decide(article: Article, proposals: Iterable[Proposal]) -> list[Decision]:
    """Decisions in reading order, none of them inside another."""
    decided = []
    for proposal in in_time(_without_overlaps(proposals)):
        decision = _decide_one(article, _without_loose_ends(article.flow, proposal))
        if decision is not None:
            decided.append(decision)
    # spans grow to whole quotations, and may then cover another's
    return _without_overlaps(decided)


def _without_loose_ends(flow: str, proposal: Proposal) -> Proposal:
    """The proposal with white space and punctuation trimmed from its mention and cue."""

    def tightened(span: Span | None) -> Span | None:
        if span is None:
            return None
        start, end = span.start, span.end
        while end - start > 1 and flow[end - 1] in _LOOSE_END:
            end -= 1
        while end - start > 1 and flow[start] in _LOOSE_END:
            start += 1
        return span if (start, end) == (span.start, span.end) else Span(start, end)

    mention, cue = tightened(proposal.mention), tightened(proposal.cue)
    if mention is proposal.mention and cue is proposal.cue:
        return proposal
    return replace(proposal, mention=mention, cue=cue)


def _without_overlaps(proposals: Iterable[_Rival]) -> list[_Rival]:
    kept: list[_Rival] = []
    for proposal in sorted(proposals, key=lambda p: (p.spans[0], -p.confidence)):
        rival = next(
            (
                i
                for i in range(len(kept) - 1, max(-1, len(kept) - 4), -1)
                if _share(kept[i], proposal) > NESTED_SHARE
            ),
            None,
        )
        if rival is None:
            kept.append(proposal)
        elif proposal.confidence > kept[rival].confidence:
            kept[rival] = proposal
    return kept


def _share(one: Proposal | Decision, other: Proposal | Decision) -> float:
    common = 0
    if one.spans[-1].end <= other.spans[0].start:
        return 0.0
    for a in one.spans:
        for b in other.spans:
            if a.start < b.end and b.start < a.end:
                common += min(a.end, b.end) - max(a.start, b.start)
    return common / min(length(one.spans), length(other.spans)) if common else 0.0


def _decide_one(article: Article, proposal: Proposal) -> Decision | None:
    flow = article.flow
    pieces = [
        piece
        for span in proposal.spans
        for part in _without_furniture(article, _whole_quotations(article, span))
        if (piece := _trim(article, part)) is not None
    ]
    if not pieces:
        return None
    if proposal.block:
        whole = tuple(part for span in proposal.spans for part in _without_furniture(article, span))
        return Decision(proposal, Form.DIRECT, whole, whole)
    pieces = _merged(article, pieces)
    quoted = [inner for piece in pieces for inner in _quoted_in(article, piece)]
    form = _form(flow, pieces, quoted)
    if form is Form.DIRECT:
        spans = tuple(_without_comma(flow, span) for span in quoted)
        return Decision(proposal, form, spans, spans)
    if form is Form.MIXED:
        quoted = [inner for piece in pieces for inner in _said_in(article, piece)]
        form = Form.MIXED if quoted else Form.INDIRECT
    return Decision(proposal, form, tuple(pieces), tuple(quoted))


def _form(flow: str, pieces: Sequence[Span], quoted: Sequence[Span]) -> Form:
    if not quoted:
        return Form.INDIRECT
    outside = []
    for piece in pieces:
        that = _COMPLEMENTIZER.match(flow, piece.start, piece.end)
        position = piece.start if that is None else that.end()
        for span in quoted:
            if piece.start <= span.start < piece.end:
                outside.append(flow[position : span.start])
                position = span.end
        outside.append(flow[position : piece.end])
    return Form.DIRECT if _LETTER.search(" ".join(outside)) is None else Form.MIXED


def _whole_quotations(article: Article, span: Span) -> Span:
    """The span extended so that quotations are never split."""
    start, end = span.start, span.end
    for quotation in article.quotations_at(span):
        start, end = min(start, quotation.outer.start), max(end, quotation.outer.end)
    return Span(start, end)


def _without_furniture(article: Article, span: Span) -> Iterator[Span]:
    start = span.start
    low = bisect_left(article.furniture, span.start, key=lambda f: f.end)
    for at in range(low, len(article.furniture)):
        line = article.furniture[at]
        if line.start >= span.end:
            break
        if start < line.start:
            yield Span(start, line.start)
        start = max(start, line.end)
    if start < span.end:
        yield Span(start, span.end)


def _trim(article: Article, span: Span) -> Span | None:
    """The span without white space and loose punctuation at its ends; None if no words are left.
    Marks are removed only in pairs.
    """
    flow = article.flow
    start, end = span.start, span.end
    while start < end and (flow[start] in _LOOSE_START or _CLOSED.match(flow, start)):
        start += 1
    while end > start and (flow[end - 1] in _LOOSE_END or flow[end - 1] == "."):
        if flow[end - 1] == "." and not _is_full_stop(article, end):
            break
        end -= 1
    if flow.endswith(_CONJUNCTIONS, start, end) and not article.is_quoted(end - 1):
        end = start + len(flow[start:end].rpartition(" ")[0].rstrip(_LOOSE_END))
    return Span(start, end) if any(c.isalnum() for c in flow[start:end]) else None


_CONJUNCTIONS = (
    *(" and", " or", " but", " while", " whereas"),
    *(f"{stop} {word}" for stop in (",", " –", " —", " -") for word in ("which", "who")),
)
"""At the end these introduce what is not part of the content: "denied it and", "she said"."""


def _is_full_stop(article: Article, end: int) -> bool:
    """Whether the full stop is the reporter's, after a word; inside marks and in "U.S." it is
    content.
    """
    if article.is_quoted(end - 1):
        return False
    flow = article.flow
    return not (end >= 3 and flow[end - 2].isupper() and flow[end - 3] in ". ")


def _merged(article: Article, pieces: Iterable[Span]) -> list[Span]:
    """Pieces merged if they overlap or adjoin within a paragraph."""
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and _adjoin(article, merged[-1], piece):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, piece.end))
        else:
            merged.append(piece)
    return merged


def _adjoin(article: Article, one: Span, other: Span) -> bool:
    if other.start <= one.end:
        return True
    gap = Span(one.end, other.start)
    blank = gap.of(article.flow).strip(" ") == ""
    return blank and next(_without_furniture(article, gap), None) == gap


def _quoted_in(article: Article, piece: Span) -> Iterator[Span]:
    for quotation in article.quotations_at(piece):
        yield from _inner_of(article, quotation, piece)


def _said_in(article: Article, piece: Span) -> Iterator[Span]:
    """Quoted stretches without quoted names, which are not the speaker's words."""
    for quotation in article.quotations_at(piece):
        if not is_titled(article, quotation):
            yield from _inner_of(article, quotation, piece)


def _inner_of(article: Article, quotation: Quotation, piece: Span) -> Iterator[Span]:
    inner = Span(max(quotation.inner.start, piece.start), min(quotation.inner.end, piece.end))
    yield from _without_furniture(article, inner)


def _without_comma(flow: str, span: Span) -> Span:
    """The span without the comma before a closing mark, which is the reporter's, by American
    typesetting.
    """
    end = span.end
    while end > span.start and flow[end - 1] in _LOOSE_END:
        end -= 1
    return span if end == span.end else Span(span.start, end)
