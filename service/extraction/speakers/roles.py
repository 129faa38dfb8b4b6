"""Roles: who has the role that a description names, and the evidence against each holder.

Holders may differ in nation, party, rank, body, time or gender. A holder may also be named only
soon after the description, or have been introduced beside another. descriptions.py asks.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import FORMER, Figure, role_words
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name

LONE_MALUS = -0.7
"""Lowest score at which the only holder of a role is accepted: the name may come any time later.
Set by hand.
"""
LEAD_SENTENCES = 4
"""Sentences after a headline's or lead's description within which the name comes."""
OTHER_TIME = 0.5
"""Penalty for a former chairman if the chairman is meant, and the other way round."""


@named_rule("gender-of-role", True)
def gender_fits(noun: str, figure: Figure) -> bool:
    """Whether the figure may have the gender of the noun, or is called so: no man is "the widow",
    but Ann Bell may be "the chairman".
    """
    wanted = people().gendered_roles.get(noun)
    called = noun == "chairman" or noun in figure.roles
    return wanted is None or figure.gender in (None, wanted) or called


def roles_meant(noun: str) -> frozenset[str]:
    """The roles that a noun may mean, itself included."""
    noun = people().short_roles.get(noun, noun)
    return people().also.get(noun, frozenset()) | {noun}


def asked_words(mention: Mention) -> set[str]:
    """Nations, names and qualities that the description gives beside the role."""
    words: set[str] = set()
    for piece in (*mention.modifiers, *mention.rest):
        if piece.text[0].isalnum():
            roles, attributes = role_words(piece.text)
            words |= roles | attributes
    lowers = [piece.lower for piece in mention.modifiers]
    words |= _states_of((*lowers, *map(" ".join, pairwise(lowers))))
    return words - {"former", "presidential", "top", "close", "republican", "democratic", "new"}


_RANKS = frozenset(("vice", "deputy", "assistant", "acting", "first"))
_PARTIES = {
    "republican": "republican",
    "gop": "republican",
    "democrat": "democrat",
    "democratic": "democrat",
    "libertarian": "libertarian",
    "green": "green",
    "labour": "labour",
    "lab": "labour",
    "conservative": "conservative",
    "con": "conservative",
    "tory": "conservative",
}


def _parties(words: Iterable[str]) -> set[str]:
    return {_PARTIES[word] for word in words if word in _PARTIES}


def contradicts(mention: Mention, asked: set[str], figure: Figure) -> bool:
    """Whether the article gives the figure another party, American state, nation or side in a
    trial than the description does.
    """
    has = figure.roles | figure.attributes
    nations, of_figure = nations_of(asked), nations_of(has)
    foreign = bool(nations and of_figure) and nations.isdisjoint(of_figure)
    return foreign or _of_others(mention, asked, has)


def _of_others(mention: Mention, asked: set[str], has: frozenset[str]) -> bool:
    differs = is_of_other_party(mention, has) or is_of_other_state(asked, has)
    return differs or is_other_office(mention, has)


@named_rule("other-party", False)
def is_of_other_party(mention: Mention, has: Iterable[str]) -> bool:
    """Whether the parties differ: "the Republican senator" is not a Democrat."""
    asked = _parties(piece.lower for piece in mention.head)
    belongs = _parties(has)
    return bool(asked and belongs and not asked & belongs)


def nations_of(words: Iterable[str]) -> set[str]:
    """Those of the words that are names of countries."""
    return {word for word in words if places().canonical.get(word) in places().countries}


def named_modifiers(mention: Mention) -> bool:
    """Whether a person's name precedes the head noun: "Trump adviser"."""
    return any(p.figure is not None and is_person(p.figure) for p in mention.modifiers)


@named_rule("by-role", None)
def by_role(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers with the likeliest holder of the role, or None."""
    wanted, asked = roles_meant(mention.noun), asked_words(mention)
    candidates: dict[Figure, None] = {}
    for role in sorted(wanted):
        candidates.update(dict.fromkeys(discourse.cast.by_role.get(role, ())[-200:]))
    others = of_others(mention, candidates)
    ranked = [
        (score, -at, figure)
        for at, figure in enumerate(candidates)
        if figure not in others
        if (score := role_score(discourse, mention, figure, asked)) is not None
    ]
    if not ranked:
        return None
    score, _, figure = max(ranked, key=lambda row: row[:2])
    # the only holder in the article may be named any time later
    if score < (LONE_MALUS if len(ranked) == 1 else 0):
        return None
    return Answer(figure, min(0.95, 0.75 + 0.1 * score), figure.name)


def of_others(mention: Mention, holders: Iterable[Figure]) -> frozenset[Figure]:
    """Holders of the role who are of no party or body that the description names, if another is:
    "the SNP leader" is not the Conservative one, though named last.
    """
    names = {piece.lower for piece in mention.modifiers if piece.text[0].isupper()}
    others = {figure for figure in holders if not names & figure.attributes} if names else set()
    return frozenset() if all(figure in others for figure in holders) else frozenset(others)


def role_score(
    discourse: Discourse, mention: Mention, figure: Figure, asked: set[str]
) -> float | None:
    """Score of a holder: None if excluded, below 0 if somebody else is more likely meant."""
    if not is_person(figure) or figure in mention.possessors or not figure.names:
        return None
    if not gender_fits(mention.noun, figure):
        return None
    has = figure.roles | figure.attributes
    score = 0.5 * len(asked & has)
    if _of_others(mention, asked, has):
        return None
    score -= _of_other_nation(asked, has)
    score -= _of_another(mention, has)
    score -= _at_other_time(mention, figure)
    score -= _of_other_rank(asked, has)
    return score + _nearness(discourse, mention, figure)


@named_rule("other-state", False)
def is_of_other_state(asked: Iterable[str], has: Iterable[str]) -> bool:
    """Whether the American states differ: "the Ohio Republican" is not "Ann Roe, R-Colo."."""
    states = _states_of(asked)
    held = _states_of(has) if states else set()
    return bool(held) and states.isdisjoint(held)


def _states_of(words: Iterable[str]) -> set[str]:
    states = places().states
    return {word for word in words if word in states}


@named_rule("other-office", False)
def is_other_office(mention: Mention, has: frozenset[str]) -> bool:
    """Whether a chief executive is meant and the holder is chief of something else, a council's
    leader and the holder leads the opposition, a minister and the holder is prime minister, a
    mayor and the holder is a deputy, or "the lawyer for the landlord" and the holder is a district
    attorney.
    """
    lowers = [piece.lower for piece in mention.head[-2:]]
    if mention.noun in _COUNSEL and mention.rest and mention.rest[0].lower == "for":
        return not _PROSECUTING.isdisjoint(has)
    top = mention.noun in _TOP or lowers == ["prime", "minister"]
    if top and not _UNDER.isdisjoint(has):
        return _UNDER.isdisjoint(piece.lower for piece in mention.head)
    if mention.noun == "minister" and "premier" in has:
        return "prime" not in lowers
    if mention.noun == "leader" and "opposition" in has:
        return "council" in (lowered := mention.text.lower()) and "opposition" not in lowered
    return lowers == ["chief", "executive"] and "chief" in has and "executive" not in has


_TOP = word_class("top_offices")
_UNDER = frozenset(("deputy", "vice", "assistant", "shadow", "associate"))
_COUNSEL = frozenset(("lawyer", "attorney", "counsel", "barrister", "solicitor"))
_PROSECUTING = frozenset(("prosecutor", "district"))


@named_rule("other-nation", 0.0)
def _of_other_nation(asked: set[str], has: frozenset[str]) -> float:
    """Penalty for another nation than the description's, smaller if the holder's is unknown."""
    nations = nations_of(asked)
    if not nations or nations & has:
        return 0.0
    return 2.0 if nations_of(has) else 0.6


@named_rule("of-another", 0.0)
def _of_another(mention: Mention, has: frozenset[str]) -> float:
    """Penalty for "Putin's ally" if the article does not connect the figure with Putin."""
    strangers = [
        possessor
        for possessor in mention.possessors
        if is_person(possessor) and not {word.lower() for word in possessor.words} & has
    ]
    return 2.0 * len(strangers)


@named_rule("other-time", 0.0)
def _at_other_time(mention: Mention, figure: Figure) -> float:
    """Penalty for a former chairman if the chairman is meant, and the other way round."""
    held = roles_meant(mention.noun) & figure.roles
    former = any(piece.lower in FORMER for piece in mention.modifiers)
    return OTHER_TIME if held and former != (held <= figure.past) else 0.0


@named_rule("other-rank", 0.0)
def _of_other_rank(asked: set[str], has: frozenset[str]) -> float:
    """Penalty for the president if the vice president is meant."""
    return 2.0 if (asked & _RANKS) - has else 0.0


@named_rule("nearness", 0.0)
def _nearness(discourse: Discourse, mention: Mention, figure: Figure) -> float:
    """Bonus for a recent name, and a penalty for one that comes only much later."""
    position = mention.span.start
    if figure.names[0].span.start >= position:
        soon = figure.names[0].span.start < discourse.sentences_from(position, LEAD_SENTENCES)
        return 0.0 if soon else -0.6
    at = bisect_left(figure.names, position, key=lambda name: name.span.start)
    latest = figure.names[at - 1].span.start
    distance = discourse.sentence_number(position) - discourse.sentence_number(latest)
    return max(0.0, 1 - 0.1 * distance)


_AGE = re.compile(r", \d\d,")
CATAPHORA_SENTENCES = 2
"""Sentences after a description within which its name may come."""


@named_rule("introduced-after", None)
def introduced_after(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "a top Russian security official" with the person first named right after it."""
    position = mention.span.end
    end = discourse.sentences_from(position, CATAPHORA_SENTENCES)
    wanted, asked = roles_meant(mention.noun), asked_words(mention)
    for name, figure in discourse.cast.between(position, end):
        if not is_person(figure) or figure.names[0].span.start < mention.span.start:
            continue
        if not gender_fits(mention.noun, figure) or len(name.words) < 2:
            continue
        if contradicts(mention, asked, figure):
            continue
        has = figure.roles | figure.attributes
        if wanted & figure.roles or (asked & has and mention.noun in people().gendered_roles):
            return Answer(figure, 0.8, name.text)
    return lead_speaker(discourse, mention)


@named_rule("lead-speaker", None)
def lead_speaker(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "A former chairman says", in the lead, with the next person to speak by name or to
    open a paragraph by name and age, or else the only holder of the role.
    """
    position = mention.span.start
    if discourse.sentence_number(position) >= LEAD_SENTENCES:
        return None
    end = discourse.sentences_from(position, LEAD_SENTENCES - 1)
    holders = _holders_named_after(discourse, mention)
    for name, figure in discourse.cast.between(mention.span.end, end):
        new = figure.names[0].span.start > position
        apart = discourse.paragraph_start(name.span.start) > position
        if not (is_person(figure) and new and apart):
            continue
        able = not holders or figure in holders
        if able and (discourse.speaks_at(name) or _introduced(discourse, name)):
            fits = gender_fits(mention.noun, figure) and not figure.roles - roles_meant(
                mention.noun
            )
            fits = fits and not contradicts(mention, asked_words(mention), figure)
            return Answer(figure, 0.65, name.text) if fits else None
    return Answer(holders[0], 0.6, holders[0].name) if len(holders) == 1 else None


def _holders_named_after(discourse: Discourse, mention: Mention) -> list[Figure]:
    """Holders of the role who are first named after the mention."""
    wanted = roles_meant(mention.noun)
    holders = (f for role in sorted(wanted) for f in discourse.cast.by_role.get(role, ())[:200])
    end = mention.span.end
    return [
        figure
        for figure in dict.fromkeys(holders)
        if is_person(figure) and figure.names and figure.names[0].span.start > end
    ]


@named_rule("introduced-by-age", False)
def _introduced(discourse: Discourse, name: Name) -> bool:
    """Whether "Jane Doe, 34," opens a paragraph."""
    opens = discourse.paragraph_start(name.span.start) == name.whole.start
    return opens and _AGE.match(discourse.text, name.span.end) is not None


@named_rule("introduced-beside", None)
def speaker_near(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "Putin's close ally" with a recent speaker who was introduced together with Putin."""
    for turn in discourse.recent_turns(mention.span.start, 3):
        figure = turn.figure
        if figure is None or not is_person(figure) or figure in mention.possessors:
            continue
        if not figure.names or not gender_fits(mention.noun, figure):
            continue
        introduced = discourse.article.sentences[
            max(0, discourse.sentence_number(figure.names[0].span.start))
        ]
        beside = {f for _, f in discourse.cast.between(introduced.start, introduced.end)}
        if beside & set(mention.possessors):
            return Answer(figure, 0.75, figure.name)
    return None
