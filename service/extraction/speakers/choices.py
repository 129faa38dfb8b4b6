"""Choices: the persons within reach that a pronoun or a description may mean.

Candidates exclude only persons who are out of reach, of the other gender or named in the mention.
The evidence for each is listed in signs.py; the learned ranker.py picks the likeliest.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from service.domain import Span
from service.extraction.lexicon.people import people, places
from service.extraction.speakers import pronouns
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.groups import PERSON_NOUNS
from service.extraction.speakers.mentions import Mention, is_plural_office
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.opening_clauses import named_in_content, not_meant
from service.extraction.speakers.roles import (
    asked_words,
    gender_fits,
    is_of_other_party,
    is_of_other_state,
    is_other_office,
    of_others,
    roles_meant,
)
from service.extraction.speakers.signs import (
    Asking,
    Choice,
    Contender,
    Occurrence,
    circumstances_of,
    signs_of_candidate,
)

NEAREST = 11
"""Candidates by nearness; in 2,457 hand-labelled mentions the right one was among these or those
below in .99.
"""
HOLDERS = 3
"""Candidates added for their role alone, at any distance."""
FOLLOWING = 2
"""Candidates named only after the mention, within ``AHEAD`` sentences."""
AHEAD = 4
LEAD = 4
"""Sentences at the beginning in which "he" may be named only in a later paragraph."""
OCCURRENCES = 6
"""A candidate's names that are examined, the nearest first."""
EARLIER_NAMES = 40
"""A candidate's names that are searched for the last one in subject position."""
TURNS = 12
"""Sentences searched for the latest speakers."""
UNNAMED_WORDS = 4
"""A name of unknown kind may be a person's if it has fewer words than this."""


def asks_for_person(mention: Mention, bare: str) -> bool:
    """Whether the mention is a singular pronoun, "who", or a person's description without a
    name.
    """
    if bare in pronouns.SINGULAR or bare in ("who", "whom", "whose"):
        return True
    if mention.named is not None or not mention.head or bare in pronouns.PLURAL:
        return False
    if is_plural_office(mention):
        return False
    if any(piece.lower in people().honorifics for piece in mention.modifiers):
        return False  # "Mr. Singer" is a name
    noun = mention.noun
    role = people().short_roles.get(noun, noun)
    from_there = noun in places().nationalities or noun in places().demonyms
    return role in people().roles or from_there or noun in PERSON_NOUNS


def choice_of(
    discourse: Discourse,
    mention: Mention,
    bare: str,
    content: Sequence[Span],
    by_rule: Answer | None,
) -> Choice:
    """Returns the candidates for the mention with their signs; names in ``content`` (the quoted
    words) are ignored.
    """
    position, gender = mention.span.start, pronouns.SINGULAR.get(bare)
    asking = Asking(
        discourse,
        mention,
        content,
        position,
        discourse.sentence_number(position),
        discourse.paragraph_start(position),
        gender,
        bare in pronouns.RELATIVE,
        roles_meant(mention.noun),
        asked_words(mention),
        discourse.recent_turns(position, TURNS),
        by_rule,
        _named_beside(discourse, mention, bare, content),
    )
    candidates = tuple(
        _candidate(asking, figure, rank) for rank, figure in enumerate(_within_reach(asking))
    )
    return Choice(mention, circumstances_of(asking, candidates), candidates)


APPOSED = 3
"""Characters after a description within which its own name begins: "the anchor Ann Bell"."""


def _named_beside(
    discourse: Discourse, mention: Mention, bare: str, content: Sequence[Span]
) -> frozenset[Figure]:
    """Figures that the mention cannot mean because they are named in or beside it: for a pronoun in
    its clauses, for a description after it ("the judge told Roe") and, if it starts afresh
    ("judge", "a judge"), in its sentence.
    """
    position = mention.span.start
    start = position
    if bare in pronouns.SINGULAR:
        return not_meant(discourse, position, content)
    end = stop = mention.span.end
    if bare not in pronouns.RELATIVE:
        afresh = mention.indefinite or not mention.determiner
        start = discourse.sentence_start(position) if afresh else start
        ahead = (span.start for span in content if span.start > end and not afresh)
        stop = min([discourse.sentences_from(end, 0), *ahead])
    after = discourse.cast.between(end + APPOSED, stop)
    beside = frozenset(one for _, one in (*discourse.cast.between(start, end), *after))
    if bare not in pronouns.RELATIVE:
        beside |= named_in_content(discourse, position, content)
    roles = roles_meant(mention.noun)
    holders = [one for role in sorted(roles) for one in discourse.cast.by_role.get(role, ())[-200:]]
    return beside | of_others(mention, holders)


def _within_reach(asking: Asking) -> list[Figure]:
    """Candidates: the nearest first, then holders of the role, then those named soon after."""
    discourse = asking.discourse
    found: dict[Figure, None] = {}
    for name, figure in reversed(discourse.named_before(asking.position)):
        if len(found) == NEAREST:
            break
        if _is_possible(asking, figure) and not _is_in_content(asking, name):
            found[figure] = None
    found.update(dict.fromkeys(islice(_holders(asking, found), HOLDERS)))
    end = discourse.sentences_from(asking.mention.span.end, AHEAD - 1)
    in_lead = asking.sentence < LEAD
    if asking.gender is not None and not (in_lead and (asking.by_rule is None or not found)):
        end = min(end, discourse.paragraph_end(asking.position))
    after = dict.fromkeys(
        figure
        for _, figure in discourse.cast.between(asking.mention.span.end, end)
        if _is_possible(asking, figure) and figure not in found
    )
    found.update(dict.fromkeys(islice(after, FOLLOWING)))
    rule = asking.by_rule
    if rule is not None and _is_possible(asking, rule.figure):
        found[rule.figure] = None
    return list(found)


def _holders(asking: Asking, found: dict[Figure, None]) -> Sequence[Figure]:
    holders = {
        figure: None
        for role in sorted(asking.roles)
        for figure in asking.discourse.cast.by_role.get(role, ())[-NEAREST:]
        if figure not in found and is_person(figure) and figure.names
        if _is_possible(asking, figure)
    }
    return sorted(holders, key=lambda figure: -len(asking.qualities & figure.attributes))


def _is_possible(asking: Asking, figure: Figure) -> bool:
    """Whether the figure may be a person of the right gender and state who is not named in the
    mention.
    """
    differs = None not in (asking.gender, figure.gender) and asking.gender is not figure.gender
    differs = differs or not gender_fits(asking.mention.noun, figure)
    differs = differs or is_of_other_state(asking.qualities, figure.attributes)
    has = figure.roles | figure.attributes
    differs = differs or is_other_office(asking.mention, has)
    differs = differs or is_of_other_party(asking.mention, has)
    differs = differs or _is_known_before(asking, figure)
    return may_be_person(figure) and not differs and figure not in asking.named


@named_rule("indefinite-is-new", False)
def _is_known_before(asking: Asking, figure: Figure) -> bool:
    """Whether "a senior officer" would be somebody whom the text, apart from a headline, has named
    before.
    """
    if not asking.mention.indefinite or not figure.names:
        return False
    discourse = asking.discourse
    first = discourse.article.paragraphs[0]
    headed = discourse.text[first.end - 1] not in '.?!”"'
    before = discourse.cast.between(first.end if headed else 0, asking.position)
    return any(one is figure for _, one in before)


def may_be_person(figure: Figure) -> bool:
    """Whether the figure is a person, or a short name of unknown kind."""
    unknown = figure.kind is NameKind.UNKNOWN and len(figure.words) < UNNAMED_WORDS
    return not figure.members and (is_person(figure) or unknown)


def _is_in_content(asking: Asking, name: Name) -> bool:
    return any(span.start <= name.span.start < span.end for span in asking.content)


def _candidate(asking: Asking, figure: Figure, rank: int) -> Contender:
    at = bisect_left(figure.names, asking.position, key=_start)
    before = [
        _occurrence(asking, name)
        for name in reversed(figure.names[max(0, at - EARLIER_NAMES) : at])
        if not _is_in_content(asking, name)
    ]
    following = bisect_left(figure.names, asking.mention.span.end, key=_start)
    after = [_occurrence(asking, name) for name in figure.names[following : following + 1]]
    occurrences = [*before[: OCCURRENCES - 1], *after]
    return Contender(
        figure, tuple(occurrences), signs_of_candidate(asking, figure, rank, before, after)
    )


def _start(name: Name) -> int:
    return name.span.start


def _occurrence(asking: Asking, name: Name) -> Occurrence:
    place = asking.discourse.prominence_of(name)
    back, here = asking.sentence - place.sentence, name.span.start >= asking.paragraph
    return Occurrence(name.span, back, place.subject, name.possessive, place.quoted, here)
