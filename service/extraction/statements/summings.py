"""Summings: a quotation first, then how or what somebody called it.

“Shambolic” was how Tess Arkle summed up the rollout.    “A disgrace” is what he called it.
"""

import re
from collections.abc import Iterable

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.proposal import Proposal
from service.extraction.statements.sentence_reading import CERTAIN

_SUMMED = re.compile(
    r" (?:is|was|were) (?:how|what) (?P<who>[^.,;:“”\"\n]{2,80}?),? "
    r"(?<!\bis )(?<!\bwas )(?<!\bare )(?<!\bwere )(?<!\bbeen )"
    r"(?P<cue>puts? it|sums? (?:it |things )?up|summed (?:it |things )?up|describe[sd]|call(?:s|ed)"
    r"|characteri[sz]e[sd]|recall(?:s|ed)|remember(?:s|ed)|label(?:s|led)|termed|branded|dubbed)\b"
)


def read_summings(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Returns ``proposals`` with each such quotation as one statement of the person named."""
    kept = list(proposals)
    for quotation in article.quotations:
        outer = quotation.outer
        if not article.lowered.startswith((" is ", " was ", " were "), outer.end):
            continue
        found = _SUMMED.match(article.lowered, outer.end)
        if found is None or article.holds_quoted(*found.span()):
            continue
        cue, mention = Span(*found.span("cue")), Span(*found.span("who"))
        kept = [one for one in kept if not _is_of(one, outer, cue)]
        kept.append(Proposal((outer,), cue, mention, CERTAIN))
    return kept


def _is_of(proposal: Proposal, quoted: Span, cue: Span) -> bool:
    """Whether the proposal contains the quotation, or its cue."""
    if proposal.settled:
        return False
    same = proposal.cue is not None and proposal.cue.overlaps(cue)
    return same or any(span.overlaps(quoted) for span in proposal.spans)
