"""Reduced passives: headlines that leave out "is", whose subject does not speak.

    Water firm described as “a disaster” by MPs    Mayor accused of lying    Acme told to pay

The words are said by whom "by" names, or by nobody named.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.proposal import Proposal

LONGEST = 140
"""Characters of the longest headline."""
_PASSIVE = re.compile(
    r"(?:described|branded|hailed|label?led|dubbed|slammed) as\b"
    r"|(?:accused|cleared|suspected|convicted) of\b"
    r"|(?:criticised|criticized|praised|blamed|condemned|slammed|mocked|rebuked|hailed|denounced)"
    r" (?:for|over|by|after|amid)\b"
    r"|(?:urged|told|asked|ordered|warned|begged|invited|advised) (?:not )?to\b"
    r"|(?:warned|quizzed|questioned|grilled) (?:over|by)\b"
)
_VERDICT = re.compile(r"found (?:not )?guilty\b")
_AGENT = re.compile(r"\bby ([^,;:“”\"]+?)(?= (?:over|after|for|in|at|on|amid|as)\b|[\s'’”]*$)")


def read_reduced_passives(article: Article, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals, with no headline's passive subject as a speaker, and without verdicts."""
    for proposal in proposals:
        line = _headline(article, proposal)
        if line is None or proposal.cue is None:
            yield proposal
        elif _PASSIVE.match(article.flow, proposal.cue.start):
            yield replace(proposal, mention=_agent(article.flow, proposal.cue, line))
        elif not _VERDICT.match(article.flow, proposal.cue.start):
            yield proposal


def _headline(article: Article, proposal: Proposal) -> Span | None:
    """The line without a full stop in which the cue follows the mention; None otherwise."""
    mention, cue = proposal.mention, proposal.cue
    if mention is None or cue is None or cue.start != mention.end + 1:
        return None
    line = article.paragraphs[article.paragraph_at(cue.start)]
    headed = len(line) <= LONGEST and article.flow[line.end - 1] not in ".!?"
    return line if headed else None


def _agent(text: str, cue: Span, line: Span) -> Span | None:
    found = _AGENT.search(text, cue.end, line.end)
    return None if found is None else Span(*found.span(1))
