"""Summings: words first, then a clause or a sentence that says whose they are.

“Shambolic” was how Tess Arkle summed up the rollout.    “A disgrace” is what he called it.
Prices rose by 4 percent in May. That is according to the statistics office.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

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
_BACK = re.compile(
    r"(?:that|this)(?:'s| is| was| comes) (?:at least |all )?(?P<cue>according to"
    r"|(?:the|a) (?:[a-z]+ )?(?:view|verdict|message|warning|claim|conclusion|assessment|finding)"
    r" (?:of|from)) (?P<who>[^.,;:“”\"\n]{2,80})"
)
"""A sentence about the one before it."""


def read_summings(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Returns ``proposals`` with each such quotation or sentence as one statement of the person
    named.
    """
    kept = list(proposals)
    for before, sentence in pairwise(article.sentences):
        found = _BACK.match(article.lowered, sentence.start, sentence.end)
        if found is not None and not article.is_quoted(sentence.start):
            kept = _pointing_back(article, kept, before, found)
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


def _pointing_back(
    article: Article, proposals: Iterable[Proposal], before: Span, found: re.Match[str]
) -> list[Proposal]:
    """The proposals with the sentence before as a statement, unless it is somebody's already."""
    cue, mention = Span(*found.span("cue")), Span(*found.span("who"))
    kept: list[Proposal] = []
    for one in proposals:
        if one.cue is None or not one.cue.overlaps(cue):
            kept.append(one)
        elif one.mention is not None and one.mention.start == mention.start:
            mention = one.mention
    taken = any(one.mention and any(map(before.overlaps, one.spans)) for one in kept)
    if taken or (article.title is not None and article.title.overlaps(before)):
        return kept
    return [*kept, Proposal((before,), cue, mention, CERTAIN)]


def _is_of(proposal: Proposal, quoted: Span, cue: Span) -> bool:
    """Whether the proposal contains the quotation, or its cue."""
    if proposal.settled:
        return False
    same = proposal.cue is not None and proposal.cue.overlaps(cue)
    return same or any(span.overlaps(quoted) for span in proposal.spans)
