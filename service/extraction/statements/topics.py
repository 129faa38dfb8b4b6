"""Topics: content that only states a subject, or why a name is missing.

Asked about the delay, the minister left. His view was echoed by Lopez, who asked not to be named.
"""

import re

from service.extraction.lexicon.people import people, word_class
from service.extraction.page.layout import Article
from service.extraction.statements.deciding import Decision
from service.extraction.statements.grammar import DETERMINERS, FINITE, PREPOSITIONS

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
_DISCUSSED = re.compile(r"\b(?:discuss(?:es|ed|ing)?|refer(?:s|red|ring)? to)$")
_RAISED = re.compile(
    r"(?:(?:rais|spark|prompt|provok|draw|caus|fuell?)\w* )?"
    r"(?:questions?|concerns?|fears|criticism|debate)"
    r" (?:about|over|of|around)"
)
"""What something causes, though nobody says so: "The sale drew criticism over the price"."""
_ECHOED = re.compile(r"\b(?:echoed|shared|mirrored|reflected)(?: \w+)? by$")
_POINTS_BACK = frozenset(("his", "her", "their", "its", "that", "this", "those", "these", "the"))
"""Content of a noun after one of these refers to earlier words: "His view was echoed by"."""
ECHOED_WORDS = 5
"""Longest such content: "Councillor Nuala Byrne's concerns" has four."""
OBJECT_WORDS, TOPIC_WORDS = 4, 8
"""Longest person and longest subject as a verb's object: "criticised the deputy mayor", "discussed
the matter with the treasurer".
"""
_MANY = word_class("many")
_NAMING = re.compile(r"\b(?:as|accus\w+|charg\w+|call\w*|label\w*|brand\w*|dub\w*|declar\w+)$")
"""What follows these may be what somebody is called."""
CLAUSE = re.compile(
    r"\b(?:that|how|why|whether|what|is|are|was|were|has|have|had|will|would|can|could|did|does)\b"
)


def is_topic(article: Article, decision: Decision, cue: str) -> bool:
    """Whether the content only states a subject: "Asked about the delay" if nobody is named who
    asked, "discussed the matter", "criticised the mayor", and "His view was echoed by"; and whether
    it is the reader's: "Please tell us what you think".
    """
    if _is_asked_of_reader(article, decision) or _is_object(article, decision, cue):
        return True
    if decision.proposal.mention is None and _RAISED.fullmatch(cue):
        return True
    if decision.proposal.mention is None and _ASKED_ABOUT.search(cue):
        return CLAUSE.search(decision.spans[-1].of(article.lowered)) is None
    if not _ECHOED.search(cue):
        return False
    words = decision.spans[0].of(article.lowered).split()
    if len(words) > ECHOED_WORDS or not FINITE.isdisjoint(words[1:]):
        return False
    return words[0] in _POINTS_BACK or any(word.endswith(("'s", "s'")) for word in words)


def _is_asked_of_reader(article: Article, decision: Decision) -> bool:
    cue, mention = decision.proposal.cue, decision.proposal.mention
    if mention is not None:
        return mention.of(article.lowered) in ("you", "please")
    return cue is not None and article.lowered.endswith("please ", 0, cue.start)


def _is_object(article: Article, decision: Decision, cue: str) -> bool:
    """Whether the content is somebody, or a subject discussed, and says nothing of either."""
    first, *others = decision.spans
    words = first.of(article.lowered).split()
    after = decision.proposal.cue is not None and decision.proposal.cue.end <= first.start
    if others or not after or not FINITE.isdisjoint(words) or _NAMING.search(cue):
        return False
    if _DISCUSSED.search(cue):
        return len(words) <= TOPIC_WORDS
    if not 2 <= len(words) <= OBJECT_WORDS or words[0] not in DETERMINERS:
        return False
    if not PREPOSITIONS.isdisjoint(words):
        return False
    roles = people().roles
    return not roles.isdisjoint((words[-1], words[-1].removesuffix("s"))) or words[-1] in _MANY
