"""Inscriptions: words in quotation marks that are written on a thing, not said by its bearer.

    Jane Doe held up a sign reading “No on J”.    She wore a T-shirt with the words “I am late”.
    They walked past posters urging people to “vote early”.

They stay statements, of nobody: who wrote a sign is not who carries it.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon import cues, things
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal

LEAD = 80
"""Characters before a quotation that are searched for the thing it is written on."""
ARTICLE = 20
"""Characters of "a large yellow " before the thing."""

_WORDS = r"(?:words?|message|slogan|legend|phrase|inscription|motto|text)"
_READING = re.compile(
    r" (?:(?!(?:and|as|but|when|while|he|she|they) )[\w'-]+ ){0,6}?"
    r"(?P<verb>reading|saying|proclaiming|declaring|demanding|bearing|marked"
    r"|(?:emblazoned|printed|painted|daubed) with|urging (?:\w+ ){1,3}to"
    rf"|with (?:the |an? )?(?:\w+ )?{_WORDS}"
    r"|(?:(?:that|which) )?(?:reads?|said|says|proclaim(?:s|ed)|declare[sd]?|bore|bears?))"
    rf"(?: it all|(?: the| an?)?(?: \w+)?)(?: {_WORDS})?[,:]? ?"
)


def read_inscriptions(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Returns the proposals; what only quotes words on a thing loses its speaker."""
    return [_of_nobody(article, one) for one in proposals]


def _of_nobody(article: Article, proposal: Proposal) -> Proposal:
    if proposal.settled or proposal.block or proposal.denied or proposal.mention is None:
        return proposal
    quotations = [one for span in proposal.spans for one in article.quotations_at(span)]
    found = [_inscribed(article, one) for one in quotations]
    first = next(iter(found), None)
    if first is None or None in found or _is_reported(article, proposal, first):
        return proposal
    spans = tuple(one.outer for one in quotations)
    return replace(proposal, spans=spans, cue=first[1], mention=None, follows=False)


def _inscribed(article: Article, quotation: Quotation) -> tuple[Span, Span] | None:
    """The thing and the verb of "a sign reading “No on J”", or None."""
    start, end = max(0, quotation.outer.start - LEAD), quotation.outer.start
    for thing in things().inscribed.finditer(article.lowered, start, end):
        found = _READING.fullmatch(article.lowered, thing.end(), end)
        if found is not None:
            return Span(*thing.span()), Span(*found.span("verb"))
    return None


def _is_reported(article: Article, proposal: Proposal, inscribed: tuple[Span, Span]) -> bool:
    """Whether somebody says that it is written there: "Doe said a sign read “No entry”"."""
    thing, verb = inscribed
    cue = proposal.cue
    if proposal.spans[0].start < thing.start - ARTICLE:
        return True
    if cue is None or cue.overlaps(verb):
        return False
    words = cue.of(article.lowered).split()
    return not cues().report.isdisjoint(words) or not cues().saying.isdisjoint(words)
