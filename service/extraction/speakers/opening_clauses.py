"""Opening clauses: the people named in a participle clause at a sentence's beginning.

They are not the sentence's subject, and neither are those whom its subject speaks to or about by
name: "he told Roe" and "he said Roe would go" are not Roe's. "Asked by Ms Roe whether it was hers,
she said no" is somebody else's answer, as is "Describing Mr Roe as a liar, he left": the subject
would not be named within its own participle clause.
"""

import re
from collections.abc import Sequence

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.speakers.discourse import Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.word_surnames import SAYS

_OPENS = re.compile(
    r"[“\"]?(?:(?:And|But|Then) )?(?:(?:When|While|After|Before|On|Upon|By|In) (?:being |later )?)?"
    r"(?:(?i:asked|pressed|questioned|quizzed|challenged|cross-examined|interviewed|told|warned"
    r"|reminded|grilled|prompted|probed|confronted|faced|reply|response|answer)"
    r"|(?!(?i:following|regarding|concerning|during|considering|pending|including|barring)\b)"
    r"[A-Za-z][a-z]+ing)\b"
)
"""Excludes prepositions that look like a participle, which may be followed by the subject's name:
"Following Ms Roe's defeat, she said".
"""
_SAYS = re.compile(rf"\b{SAYS}\b")
_COMMA = re.compile(r",[”\"]? $")


def not_meant(discourse: Discourse, position: int, content: Sequence[Span]) -> frozenset[Figure]:
    """People whom "he" or "she" at ``position`` cannot mean, as the sentence names them elsewhere;
    ``content`` is what the pronoun says.
    """
    return (
        named_in_opening(discourse, position)
        | named_in_content(discourse, position, content)
        | named_as_object(discourse, position)
        | _asker_before(discourse, position)
    )


@named_rule("opening-clause", frozenset())
def named_in_opening(discourse: Discourse, position: int) -> frozenset[Figure]:
    """People named in the participle clause before the word at ``position``; empty without one."""
    start = discourse.sentence_start(position)
    named = discourse.cast.between(start, position)
    beside = bool(named) and named[-1][0].span.end == position - 1  # "Turning to Roe he said"
    if not beside and not _COMMA.search(discourse.text, max(start, position - 3), position):
        return frozenset()
    opened = _OPENS.match(discourse.text, start, position)
    if opened is None or _SAYS.search(discourse.text, opened.end(), position) is not None:
        return frozenset()  # "Asked about it, Ms Roe said that, she added, ..."
    return frozenset(figure for name, figure in named if not discourse.quoted(name.span.start))


@named_rule("named-in-content", frozenset())
def named_in_content(
    discourse: Discourse, position: int, content: Sequence[Span]
) -> frozenset[Figure]:
    """The subject of the reported words after the pronoun at ``position``: in "he said Roe would
    go", he is not Roe. Quoted words do not count, as people quote themselves by name.
    """
    ahead = [span for span in content if position < span.start < position + CONTENT_REACH]
    here = discourse.sentence_number(position)
    return frozenset(
        figure
        for span in ahead
        if discourse.sentence_number(span.start) == here
        for name, figure in discourse.cast.between(
            span.start, min(span.end, span.start + SUBJECT_REACH)
        )
        if not discourse.quoted(name.span.start)
    )


@named_rule("named-as-object", frozenset())
def named_as_object(discourse: Discourse, position: int) -> frozenset[Figure]:
    """People named after "he" or "she" at ``position`` in its own clause: in "he told Roe", he is
    not Roe.
    """
    end = discourse.sentences_from(position, 0)
    clause = _SUBJECT.match(discourse.text, position, end)
    if clause is None:
        return frozenset()
    named = discourse.cast.between(position, clause.end())
    return frozenset(figure for _, figure in named if is_person(figure))


_SUBJECT = re.compile(
    r"(?i:s?he)’?'?\w* (?!(?:is|was|be|became|being)\b)(?:(?!(?:and|or)\b)[\w.’'-]+ ?){1,8}"
)
"""The pronoun and the words after it, up to a mark or an "and"; "he was Roe" may be Roe."""


@named_rule("asker-before", frozenset())
def _asker_before(discourse: Discourse, position: int) -> frozenset[Figure]:
    """Who asked in the sentence before, if "he" or "she" replies: "Roe asked whether Bell would go.
    “Yes,” he replied".
    """
    turn = next(iter(discourse.recent_turns(position, 2)), None)
    if turn is None or turn.figure is None or not _REPLIES.match(discourse.text, position):
        return frozenset()
    asks = _ASKS.match(discourse.text, turn.position + len(turn.text))
    return frozenset((turn.figure,)) if asks else frozenset()


_ASKS = re.compile(r"(?: of [\w’' ]{2,60}?(?: \([A-Z]+\))?)? (?:\w+ly |then |also )?asked\b")
_REPLIES = re.compile(
    r"(?i:s?he) (?:\w+ly |then |simply )?(?:replied|responded|answered|retorted)\b"
)


@named_rule("owner-of-subject", False)
def is_of_owned(discourse: Discourse, position: int) -> bool:
    """Whether an unnamed person of somebody's opens the sentence, so that the pronoun at
    ``position`` is nobody named: "One of Roe's advisers resigned after he said so". In "Roe's
    mother said he did", he may be Roe.
    """
    start = discourse.sentence_start(position)
    for name, _ in discourse.cast.between(start, position)[:1]:
        opens = _ONE_OF.fullmatch(discourse.text, start, name.whole.start)
        had = _HAD.match(discourse.text, name.span.end, position)
        words = had.group(1).split() if opens and had and name.possessive else ()
        role = next((word for word in words if word.removesuffix("s") in people().roles), "")
        others = discourse.cast.between(name.span.end, position)
        known = role.removesuffix("s") in people().gendered_roles
        if role and not known and not any(is_person(one) for _, one in others):
            return True
    return False


_ONE_OF = re.compile(
    r"\W*(?:(?:[Oo]ne|[Aa]nother|[Tt]wo|[Ss]ome|[Ss]everal) of )?(?:[A-Z][a-z]+\.? )?"
)
_HAD = re.compile(r"(?:[’']s?)?((?: [a-z-]+){1,3})")

CONTENT_REACH, SUBJECT_REACH = 60, 15
"""Characters after a pronoun within which the words that it says begin, and after their beginning
within which their subject is named.
"""
