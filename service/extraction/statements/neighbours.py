"""Neighbours: each quotation keeps the clause that stands right beside it.

“It is deep,” said Jurgen Weiss. “It is wet,” said Dorde Saric. “It is dark,” said Sean Foley.

The network may lose count in such a row; the rules cannot. Nothing else of what it proposes is
asked here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.sentence_reading import CERTAIN

_BETWEEN = " \n,:–—-"
"""What may stand between a quotation and the clause beside it."""


class _Pair(Struct, frozen=True, gc=False):
    """A quotation and the clause that says whose it is, as the rules read them."""

    quotation: Quotation
    clause: Span
    by_rules: Proposal


def keep_neighbours(
    article: Article, proposals: Iterable[Proposal], by_rules: Iterable[Proposal]
) -> list[Proposal]:
    """``proposals`` with every quotation that has a clause beside it under that clause's cue."""
    standing = list(proposals)
    pairs = sorted(_pairs(article, by_rules), key=lambda pair: pair.quotation.outer)
    starts = [pair.quotation.outer.start for pair in pairs]
    lost: list[_Pair] = []
    for at, proposal in enumerate(standing):
        foreign = [] if proposal.settled else list(_foreign(article, proposal, pairs, starts))
        if foreign:
            standing[at] = replace(proposal, spans=tuple(_without(proposal.spans, foreign)))
            lost += foreign
    _give_back(standing, lost)
    return [proposal for proposal in standing if proposal.spans]


def _pairs(article: Article, by_rules: Iterable[Proposal]) -> Iterator[_Pair]:
    for proposal in by_rules:
        if proposal.settled or proposal.confidence < CERTAIN:
            continue
        if proposal.cue is None or proposal.mention is None:
            continue
        clause = _hull(proposal.cue, proposal.mention)
        for span in proposal.spans:
            for quotation in article.quotations_at(span):
                if _stand_together(article.flow, quotation, clause):
                    yield _Pair(quotation, clause, proposal)


def _hull(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _stand_together(flow: str, quotation: Quotation, clause: Span) -> bool:
    """Nothing between them, and no full stop: "“We stay.” Roe told us: “Go home.”"."""
    outer = quotation.outer
    if outer.overlaps(clause):
        return False
    first, second = sorted((outer, clause))
    words = quotation.inner.of(flow).rstrip("’'”\"")
    stopped = first == outer and words.endswith(".")
    return not stopped and not flow[first.end : second.start].strip(_BETWEEN)


def _foreign(
    article: Article, proposal: Proposal, pairs: Sequence[_Pair], starts: Sequence[int]
) -> Iterator[_Pair]:
    """Quotations of the proposal that another clause stands beside."""
    for span in proposal.spans:
        low = max(0, bisect_right(starts, span.start) - 1)
        for pair in pairs[low : bisect_left(starts, span.end)]:
            if pair.quotation.inner.overlaps(span) and not _agree(article, proposal, pair):
                yield pair


def _agree(article: Article, proposal: Proposal, pair: _Pair) -> bool:
    """The same clause, or another one of the quotation's own sentence: the network knows best."""
    if proposal.cue is None:
        return False
    here = article.sentence_at(pair.quotation.outer.start)
    return article.sentence_at(proposal.cue.start) == here


def _without(spans: Iterable[Span], pairs: Iterable[_Pair]) -> Iterator[Span]:
    """``spans`` without the pairs' quotations and clauses."""
    taken = sorted(_hull(pair.quotation.outer, pair.clause) for pair in pairs)
    for span in spans:
        start = span.start
        for other in taken:
            if start < other.start < span.end:
                yield Span(start, other.start)
            if other.overlaps(span):
                start = max(start, other.end)
        if start < span.end:
            yield Span(start, span.end)


def _give_back(standing: list[Proposal], pairs: Iterable[_Pair]) -> None:
    """To the proposal with the pair's cue; where there is none, the rules' own stands."""
    cues = sorted((one.cue.start, at) for at, one in enumerate(standing) if one.cue is not None)
    for pair in pairs:
        outer, clause = pair.quotation.outer, pair.clause
        first = bisect_left(cues, (clause.start, 0))
        if first == len(cues) or cues[first][0] >= clause.end:
            standing.append(replace(pair.by_rules, spans=(outer,)))
            continue
        at = cues[first][1]
        spans = (*(span for span in standing[at].spans if not span.overlaps(outer)), outer)
        standing[at] = replace(
            standing[at],
            spans=tuple(sorted(spans)),
            mention=pair.by_rules.mention,
            confidence=CERTAIN,
        )
