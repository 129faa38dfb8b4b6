"""Fitting bodies: which of the named organisations a common noun may mean."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.discourse import Answer, Discourse
from service.extraction.speakers.figures import BESIDE_BODIES, Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.nameless_bodies import SOLE
from service.extraction.speakers.names import NameKind

_TEAMS = frozenset(("team", "club", "franchise"))
BUSINESSES = word_class("businesses")
OFFICIAL = word_class("official_bodies")
_OWNERS = word_class("owners")
"""Have an office each: "the governor's office" is not the "Sheriff's Office"."""
_LEVELS = word_class("levels")
_OF_NEWS = frozenset(("news", "state", "official", "state-run", "national", "wire", "press"))
HEARS_REACH = 30
"""Characters before a name that are searched for what is done to an outlet."""
_HEARS = re.compile(
    r"(?:\b(?:t(?:old|ells|elling)|interview (?:with|to|on)|(?:seen|obtained|heard|reviewed) by"
    r"|sp(?:oke|eaks?|eaking) (?:to|with)|image source,) )(?:the )?$",
    re.IGNORECASE,
)
FAR_AHEAD = 0.95
"""Certainty of the body in focus from which it counts as the only one: of several that fit in 400
articles 17 of 17, 6 of 9 with less.
"""
_LOOSE = frozenset(("group", "organisation", "organization"))
"""Words for so many bodies that the only one that fits may not be it, unless it has just spoken."""
LOOSE_BACK = 4
"""Sentences since it spoke."""
SAID_TO_BE = 1.0
"""Bonus for an organisation that the article itself calls by this noun."""


def as_body(named: Figure, label: str) -> Figure | None:
    """The figure, marked as an organisation of this kind; None if it is something else."""
    short = named.kind is NameKind.PERSON and len(named.words) == 1  # only the model says so
    if (
        (named.kind is NameKind.UNKNOWN or short)
        and not named.gender
        and named.roles <= BESIDE_BODIES
    ):
        named.kind = NameKind.ORGANISATION
    if named.kind is not NameKind.ORGANISATION:
        return None
    named.roles |= {label}
    return named


@named_rule("body-headed-so", None)
def headed_so(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the observatory" with the likeliest body whose name the noun heads: "the Griffith
    Observatory", "the Port of Oakland".
    """
    if mention.determiner != "the" or len(mention.head) > 1 or mention.rest:
        return None
    found = bodies_fitting(discourse, mention, frozenset((mention.noun,)))
    fitting = {one: penalty for one, penalty in found.items() if mention.noun in _heads(one)}
    return in_focus(discourse, mention, fitting) if fitting else None


def _heads(figure: Figure) -> set[str]:
    words = [word.lower() for word in figure.words]
    return {words[-1], *(before for before, link in pairwise(words) if link in ("of", "for"))}


def bodies_fitting(
    discourse: Discourse, mention: Mention, words: frozenset[str]
) -> dict[Figure, float]:
    """The bodies whose name or description has one of the words, each with its penalty."""
    asked = {word for piece in mention.modifiers for word in piece.lower.split()}
    seats = {
        word.lower() for p in mention.modifiers for word in p.text.split() if word[0].isupper()
    } - _LEVELS
    owner = next((p.lower for p in mention.modifiers if p.possessive and p.lower in _OWNERS), "")
    business = mention.noun in BUSINESSES
    # a company's group is part of it, while a charity may be called a group
    said = (words - {"group"} if business else words) | {mention.noun}
    found: dict[Figure, float] = {}
    for figure in {figure: None for _, figure in discourse.named_before(mention.span.start)}:
        named = {word.lower().strip(".") for word in figure.words}
        able = figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN)
        official = business and not OFFICIAL.isdisjoint(map(str.lower, figure.words))
        fits = words & named or said & figure.roles or _plays(discourse, mention.noun, figure)
        hears = business and only_hears(discourse, figure)
        levels = asked & _LEVELS
        elsewhere = levels and named & _LEVELS and not named & levels  # "the state government"
        elsewhere = elsewhere or (levels & named and seats and seats.isdisjoint(named))
        other = owner and not any(word.startswith(owner) for word in named)
        elsewhere = elsewhere or _is_only_beside(discourse, figure, asked)
        if able and fits and not (official or hears or elsewhere or other):
            found[figure] = -0.5 * len(asked & named)
            found[figure] -= SAID_TO_BE if mention.noun in figure.roles else 0.0
    return found


@named_rule("only-beside", False)
def _is_only_beside(discourse: Discourse, figure: Figure, asked: set[str]) -> bool:
    """Whether it is a platform on which others write, "on its Twitter account", or a news agency of
    which more is said than that it is one: "the civil defence agency".
    """
    if "platform" in figure.roles and not any(map(discourse.is_subject, figure.names)):
        return True
    return "news-agency" in figure.roles and not asked <= _OF_NEWS


def _plays(discourse: Discourse, noun: str, figure: Figure) -> bool:
    """Whether the name is a team's, a place and a plural: "the Toledo Ironbacks"."""
    if noun not in _TEAMS or len(figure.words) < len(("Toledo", "Ironbacks")):
        return False
    start = figure.names[0].span.start
    article = discourse.text[max(0, start - 4) : start].lower() == "the "
    return article and figure.last_word.endswith("s") and figure.kind is NameKind.UNKNOWN


def in_focus(
    discourse: Discourse, mention: Mention, fitting: Mapping[Figure, float]
) -> Answer | None:
    """The likeliest of those that fit; None if the mention tells them apart by what is not kept."""
    link = mention.rest[0].lower if mention.rest else ""
    if link == "for" or (link == "of" and len(fitting) > 1):
        return None  # "the maker of" something that nothing else is said of
    based = any(piece.lower.endswith("-based") for piece in mention.modifiers)
    if based and len(fitting) > 1:
        return None  # of several, nothing is kept of where each of them is
    found = discourse.most_spoken_of(mention.span.start, fitting.get)
    if found is None or _beside_another(discourse, mention, found.figure, fitting):
        return None
    sole = len(fitting) == 1 or found.confidence >= FAR_AHEAD
    sole |= _goes_on(discourse, mention, found.figure, fitting)
    if mention.noun in _LOOSE and mention.noun not in found.figure.roles:
        turns = discourse.recent_turns(mention.span.start, LOOSE_BACK)
        sole &= any(turn.figure is found.figure for turn in turns)
    aside = mention.rest[:1] and mention.rest[0].text == ","  # "the union, which has members,"
    sure = SOLE if sole and (aside or not mention.rest) else 0.75
    return Answer(found.figure, sure, found.antecedent)


@named_rule("body-goes-on", False)
def _goes_on(
    discourse: Discourse, mention: Mention, figure: Figure, fitting: Iterable[Figure]
) -> bool:
    """Whether the figure has spoken right before in the paragraph, with no other named since that
    fits.
    """
    position = mention.span.start
    turn = next(iter(discourse.recent_turns(position, 1)), None)
    if turn is None or turn.figure is not figure or len(mention.head) > 1:
        return False
    others = set(fitting) - {figure}
    since = discourse.cast.between(turn.position, position)
    here = turn.position >= discourse.paragraph_start(position)
    return here and not any(other in others for _, other in since)


@named_rule("beside-another", False)
def _beside_another(
    discourse: Discourse, mention: Mention, figure: Figure, fitting: Iterable[Figure]
) -> bool:
    """Whether another that fits is named in the figure's last sentence or since, and the figure has
    not just spoken.
    """
    position = mention.span.start
    named = [name.span.start for name in figure.names if name.span.start < position]
    turns = discourse.recent_turns(position, LOOSE_BACK)
    bare = mention.noun in BUSINESSES and len(mention.head) == 1
    if not bare or not named or (turns and turns[0].figure is figure):
        return False
    since = discourse.cast.between(discourse.sentence_start(named[-1]), position)
    others = set(fitting) - {figure}
    return any(other in others for _, other in since)


@named_rule("only-hears", False)
def only_hears(discourse: Discourse, figure: Figure) -> bool:
    """Whether the article names the body only as whom somebody told something, "told Sky News", or
    on a line of its own, as its publisher.
    """
    text = discourse.text
    return all(
        _HEARS.search(text, max(0, name.whole.start - HEARS_REACH), name.whole.start)
        or discourse.is_line(name)
        for name in figure.names
    )


def may_be_body(figure: Figure) -> bool:
    return figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN) and not figure.gender


@named_rule("subject-body", False)
def subject_may_be(discourse: Discourse, mention: Mention, figure: Figure) -> bool:
    """Whether another body, the subject of the sentence before, may be meant as well: in "Hull City
    signed Roe from Leeds United. The club said", it is not Leeds.
    """
    start = discourse.sentence_start(mention.span.start)
    begin = discourse.sentence_start(max(0, start - 2))
    named = [(name, one) for name, one in discourse.cast.between(begin, start) if may_be_body(one)]
    if figure not in (one for _, one in named[1:]) or discourse.quoted(begin):
        return False
    name, subject = named[0]
    opens = name.whole.start - begin <= len("The ") and not name.possessive
    if subject is figure or not opens:
        return False
    words = {word.lower() for word in subject.words}
    stated = bool(subject.roles) or subject.last_word.lower() in people().organisation_heads
    fits = mention.noun in subject.roles | words
    fits |= not people().organisations_also.get(mention.noun, frozenset()).isdisjoint(words)
    return fits or not stated
