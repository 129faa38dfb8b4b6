"""Topics: content that only states a subject, or why a name is missing.

Asked about the delay, the minister left. His view was echoed by Lopez, who asked not to be named.
"""

import re

from service.extraction.page.layout import Article
from service.extraction.statements.deciding import Decision
from service.extraction.statements.grammar import FINITE

ANONYMOUS = re.compile(
    r"(?:on |for |under )?(?:the )?(?:conditions? of )?anonymity\b"
    r"|to (?:remain|stay|be) (?:anonymous|unnamed|unidentified)\b"
    r"|(?:to )?not (?:to )?be (?:named|identified|quoted)\b"
    r"|not to (?:give|use|reveal|publish|share) (?:his|her|their) (?:\w+ )?(?:sur)?names?\b"
    r"|that (?:he|she|they) (?:would |should )?not be (?:named|identified|quoted)\b"
    r"|that (?:\w+ )?(?:names?|identit\w+) (?:would |should )?not be \w+ed\b"
)
"""Requests of a source to a reporter: they explain why a name is missing, and nothing else."""
_ASKED_ABOUT = re.compile(r"\b(?:asked|questioned|quizzed|pressed)(?: \w+)? (?:about|on)$")
_ECHOED = re.compile(r"\b(?:echoed|shared|mirrored|reflected)(?: \w+)? by$")
_POINTS_BACK = frozenset(("his", "her", "their", "its", "that", "this", "those", "these", "the"))
"""Content of a noun after one of these refers to earlier words: "His view was echoed by"."""
ECHOED_WORDS = 5
"""Longest such content: "Councillor Nuala Byrne's concerns" has four."""
CLAUSE = re.compile(
    r"\b(?:that|how|why|whether|what|is|are|was|were|has|have|had|will|would|can|could|did|does)\b"
)


def is_topic(article: Article, decision: Decision, cue: str) -> bool:
    """Whether the content only states a subject: "Asked about the delay" if nobody is named who
    asked, and "His view was echoed by".
    """
    if decision.proposal.mention is None and _ASKED_ABOUT.search(cue):
        return CLAUSE.search(decision.spans[-1].of(article.lowered)) is None
    if not _ECHOED.search(cue):
        return False
    words = decision.spans[0].of(article.lowered).split()
    if len(words) > ECHOED_WORDS or not FINITE.isdisjoint(words[1:]):
        return False
    return words[0] in _POINTS_BACK or any(word.endswith(("'s", "s'")) for word in words)
