"""Neighbours: gives each quotation the clause right beside it.

“It is deep,” said Jurgen Weiss. “It is wet,” said Dorde Saric. “It is dark,” said Sean Foley.

The network may shift clauses and quotations in such a row; the rules do not. Its other proposals
are left unchanged.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.sentence_reading import CERTAIN

NAME = r"[^\W\d_a-z][\w.’'-]*"
_CLAUSE = re.compile(
    rf",? (?:(?P<before>[a-z]+) )?(?P<who>{NAME}(?: {NAME}){{1,4}})(?: (?P<after>[a-z]+))?(?=[.;,])"
)
"""“...,” laughed Ann Ray. “...,” Bob Lund sighed."""

_BETWEEN = " \n,:–—-"
"""Characters that may separate a quotation and the clause beside it."""


class _Pair(Struct, frozen=True, gc=False):
    """A quotation and the clause that attributes it, as read by the rules; ``bare`` clauses are
    only a verb and a name.
    """

    quotation: Quotation
    clause: Span
    by_rules: Proposal
    bare: bool = False


def keep_neighbours(
    article: Article, proposals: Iterable[Proposal], by_rules: Iterable[Proposal]
) -> list[Proposal]:
    """Returns ``proposals`` with every quotation that has a clause beside it under that
    clause's cue.
    """
    kept = list(proposals)
    pairs = sorted(
        {pair.quotation.outer: pair for pair in _all_pairs(article, by_rules)}.values(),
        key=lambda pair: pair.quotation.outer,
    )
    starts = [pair.quotation.outer.start for pair in pairs]
    lost: list[_Pair] = []
    for at, proposal in enumerate(kept):
        foreign = [] if proposal.settled else list(_foreign(article, proposal, pairs, starts))
        if foreign:
            kept[at] = replace(proposal, spans=tuple(_without(proposal.spans, foreign)))
            lost += foreign
    _give_back(kept, lost)
    return [proposal for proposal in kept if proposal.spans]


def _all_pairs(article: Article, by_rules: Iterable[Proposal]) -> Iterator[_Pair]:
    yield from _pairs(article, by_rules)
    yield from _bare_pairs(article)


def _bare_pairs(article: Article) -> Iterator[_Pair]:
    """Pairs whose clause is only a verb and a name, after a comma within the marks; any verb
    counts.
    """
    for quotation in article.quotations:
        outer, flow = quotation.outer, article.flow
        if flow[quotation.inner.end - 1] not in ",!?" and flow[outer.end : outer.end + 1] != ",":
            continue
        clause = _CLAUSE.match(flow, outer.end)
        if clause is None or (clause["before"] is None) == (clause["after"] is None):
            continue
        verb = "before" if clause["after"] is None else "after"
        if clause[verb] not in cues().saying and not clause[verb].endswith("ed"):
            continue
        cue, mention = Span(*clause.span(verb)), Span(*clause.span("who"))
        by_rule = Proposal((outer,), cue, mention, CERTAIN)
        yield _Pair(quotation, _hull(cue, mention), by_rule, bare=True)


def _pairs(article: Article, by_rules: Iterable[Proposal]) -> Iterator[_Pair]:
    for proposal in by_rules:
        if proposal.settled or proposal.confidence < CERTAIN:
            continue
        if proposal.cue is None or proposal.mention is None:
            continue
        clause = _hull(proposal.cue, proposal.mention)
        for span in proposal.spans:
            for quotation in article.quotations_at(span):
                if _are_adjacent(article.flow, quotation, clause):
                    yield _Pair(quotation, clause, proposal)


def _hull(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _are_adjacent(flow: str, quotation: Quotation, clause: Span) -> bool:
    """Whether nothing separates them, not even a full stop, as in "“We stay.” Roe told us: “Go
    home.”".
    """
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
    """Pairs of the proposal's quotations that are beside another clause."""
    clause_pair = _pair_of(proposal.cue, pairs, starts)
    for span in proposal.spans:
        low = max(0, bisect_right(starts, span.start) - 1)
        for pair in pairs[low : bisect_left(starts, span.end)]:
            if pair.quotation.inner.overlaps(span) and not _agree(
                article, proposal, pair, clause_pair
            ):
                yield pair


def _pair_of(cue: Span | None, pairs: Sequence[_Pair], starts: Sequence[int]) -> _Pair | None:
    """The pair whose bare clause, right after its quotation, contains the cue."""
    at = -1 if cue is None else bisect_right(starts, cue.start) - 1
    if cue is None or at < 0:
        return None
    return pairs[at] if pairs[at].bare and pairs[at].clause.overlaps(cue) else None


def _agree(article: Article, proposal: Proposal, pair: _Pair, clause_pair: _Pair | None) -> bool:
    """Whether the proposal's cue is of the same clause, or of another one in the quotation's
    sentence, where the network is the better judge.
    """
    if proposal.cue is None:
        return False
    if clause_pair is pair:
        named, whose = proposal.mention, pair.by_rules.mention
        return named is not None and whose is not None and named.overlaps(whose)
    if clause_pair is not None and pair.bare:
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


def _give_back(kept: list[Proposal], pairs: Iterable[_Pair]) -> None:
    """Adds each pair's quotation to the proposal with its cue, or adds the rules' proposal."""
    starts = sorted((one.cue.start, at) for at, one in enumerate(kept) if one.cue is not None)
    for pair in pairs:
        outer, clause = pair.quotation.outer, pair.clause
        first = bisect_left(starts, (clause.start, 0))
        if first == len(starts) or starts[first][0] >= clause.end:
            kept.append(replace(pair.by_rules, spans=(outer,)))
            continue
        at = starts[first][1]
        spans = (*(span for span in kept[at].spans if not span.overlaps(outer)), outer)
        kept[at] = replace(
            kept[at],
            spans=tuple(sorted(spans)),
            mention=pair.by_rules.mention,
            confidence=CERTAIN,
        )
