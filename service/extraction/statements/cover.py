"""Cover: how much of a statement's content others cover."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from service.domain import Span
from service.extraction.proposal import Proposal

NESTED_SHARE = 0.5
"""Two proposals that share more of the shorter one than this are the same statement."""


class Cover:
    """The characters that some proposals cover, for quick comparison with others."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        spans = sorted(span for proposal in proposals for span in proposal.spans)
        self._spans: list[Span] = []
        for span in spans:
            if self._spans and span.start <= self._spans[-1].end:
                last = self._spans.pop()
                span = Span(last.start, max(last.end, span.end))
            self._spans.append(span)

    def share_of(self, proposal: Proposal) -> float:
        """Share of the proposal's content that is covered, 0 to 1."""
        covered = 0
        for span in proposal.spans:
            at = bisect_left(self._spans, span.start, key=lambda s: s.end)
            while at < len(self._spans) and self._spans[at].start < span.end:
                other = self._spans[at]
                covered += min(span.end, other.end) - max(span.start, other.start)
                at += 1
        return covered / length(proposal.spans)


def length(spans: Sequence[Span]) -> int:
    """Total length of the spans in characters, at least 1."""
    return max(1, sum(map(len, spans)))
