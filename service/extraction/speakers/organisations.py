"""Organisations mentioned by what they are: "the newspaper", "the campaign", "the Russian side"."""

import re
from collections.abc import Mapping
from itertools import pairwise, takewhile

from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers import pronouns
from service.extraction.speakers.campaigns import (
    REACH_SENTENCES,
    campaign,
    campaign_of,
    owned_by_candidate,
    runs,
)
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.nameless_bodies import (
    BODIES,
    PANELS,
    SOLE,
    body_by_kind,
    institution,
)
from service.extraction.speakers.names import NameKind

_CAMPAIGNS = frozenset(("campaign", "camp"))
_UMBRELLAS = frozenset(("UN", "U.N.", "EU", "E.U.", "US", "U.S.", "UK", "U.K.", "AU", "NHS"))
"""They have agencies: "the UN agency"."""
_TEAMS = frozenset(("team", "club", "franchise"))
_STAFFS = frozenset(("office", "team"))
_LABELS = word_class("labels")
_BUSINESSES = word_class("businesses")
_OFFICIAL = word_class("official_bodies")
_OF_PLACES = PANELS | {"central-bank", "regulator", "watchdog", "agency", "bureau"} - word_class(
    "also_named_otherwise"
)
"""Bodies of which a country or town has one in each field."""
_CHAMBERS = frozenset(("parliament", "congress"))
_CAPITAL = r"(?:[A-Z][\w’'-]*|\d+)"
_NAMED_SO = re.compile(
    r"(?:\b(?:called|named|dubbed|known as)|^(?:[Oo]ne|[Aa]n?|[Aa]nother) [a-z][a-z -]+,) "
    rf"([A-Z][\w’'-]*(?:(?: for| of| the| and| at){{0,2}} {_CAPITAL})*)"
)
HEARS_REACH = 30
"""Characters before a name that are searched for what is done to an outlet."""
_HEARS = re.compile(
    r"(?:\b(?:t(?:old|ells|elling)|interview (?:with|to|on)|(?:seen|obtained|heard|reviewed) by"
    r"|sp(?:oke|eaks?|eaking) (?:to|with)|image source,) )(?:the )?$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?:,|--| [—–-]) (?:the )?$")
NAME_REACH = 60
"""Characters before "the airline" within which the name begins that it follows."""
FIELD_WORDS = 4
"""Words after a ministry that belong to its name: "of defence", "for foreign affairs"."""
UNSURE = 0.3
"""Penalty for a name that nothing shows to be a body's."""
CLEARLY = 0.6
"""Lead that a body needs to be "the company" if nothing calls it a company."""
FAR_AHEAD = 0.95
"""Certainty of the body in focus from which it counts as the only one: of several that fit in 400
articles 17 of 17, 6 of 9 with less.
"""
_LOOSE = frozenset(("group", "organisation", "organization"))
"""Words for so many bodies that the only one that fits may not be it, unless it has just spoken."""
LOOSE_BACK = 4
"""Sentences since it spoke."""
NAMES_READ = 5
"""A figure's first names that are examined; enough to tell a body from a place."""
SAID_TO_BE = 1.0
"""Bonus for an organisation that the article itself calls by this noun."""


def organisation(discourse: Discourse, mention: Mention) -> Answer | None:
    """Resolves a common noun to an organisation; None if it could be any."""
    called = _labelled(mention) or _called(discourse, mention)
    if called is not None:
        return Answer(called, 0.85, called.name)
    if mention.noun in _CAMPAIGNS or (mention.noun == "team" and owned_by_candidate(mention)):
        return campaign(discourse, mention)
    if mention.noun in _STAFFS and mention.determiner in pronouns.SINGULAR:
        return _whose(discourse, mention)
    nation = _nation(discourse, mention)
    if mention.noun in ("side", "party") and nation is not None:
        return Answer(nation, 0.85, nation.name)
    if _is_full_name(mention):
        name = _spelled_out(discourse, mention)
        figure = discourse.made.setdefault(name, Figure(name, NameKind.ORGANISATION))
        return Answer(figure, 0.8)
    if not mention.determiner:
        return _of_place(discourse, mention)
    if mention.indefinite or mention.determiner in ("my", "your"):
        return None
    if mention.noun == "city":
        return _city(discourse, mention)
    return (
        _by_noun(discourse, mention)
        or institution(discourse, mention)
        or body_by_kind(discourse, mention)
    )


@named_rule("body-as-written", False)
def _is_full_name(mention: Mention) -> bool:
    """Whether the mention is a full name: "The Obama administration", "the Brits committee"."""
    if mention.noun in BODIES:
        return any(_names(piece) for piece in mention.modifiers)
    owned = any(piece.possessive for piece in mention.modifiers)
    heads = mention.noun in PANELS and mention.head[-1].text.islower()
    owned |= mention.determiner not in ("", "a", "an", "the")
    first = mention.modifiers[:1]
    umbrella = mention.noun == "agency" and bool(first) and first[0].text in _UMBRELLAS
    return heads and not (owned or umbrella) and bool(first) and _names(first[0])


def _names(piece: Piece) -> bool:
    is_word = piece.lower in people().common and piece.lower not in places().nationalities
    return piece.text[0].isupper() and "-based" not in piece.lower and not is_word


@named_rule("labelled-body", None)
def _labelled(mention: Mention) -> Figure | None:
    """The body named before a label: "The Mirror newspaper", "Reuters news agency"."""
    for before, label in pairwise(mention.head):
        named = before.figure
        able = label.text.islower() and label.lower in _LABELS and before.text not in _UMBRELLAS
        town = mention.indefinite and named and not named.roles  # "a Dover newspaper"
        if named and able and not town and not before.possessive:
            return _as_body(named, label.lower)
    return None


def _as_body(named: Figure, label: str) -> Figure | None:
    """The figure, marked as an organisation of this kind; None if it is something else."""
    short = named.kind is NameKind.PERSON and len(named.words) == 1  # only the model says so
    if (named.kind is NameKind.UNKNOWN or short) and not named.gender and not named.roles:
        named.kind = NameKind.ORGANISATION
    if named.kind is not NameKind.ORGANISATION:
        return None
    named.roles |= {label}
    return named


@named_rule("body-called", None)
def _called(discourse: Discourse, mention: Mention) -> Figure | None:
    """The body that the mention gives a name: "A super PAC called Future 45", "one group, Occupy
    Main Street,".
    """
    apposed = _apposed(mention)
    if apposed is not None:
        return apposed
    found = _NAMED_SO.search(mention.text)
    if found is None:
        return None
    start = mention.span.start + found.start(1)
    named = discourse.cast.between(start, start + 1)
    known = bool(named) and len(named[0][1].name) >= len(found.group(1))
    return named[0][1] if known else Figure(found.group(1), NameKind.ORGANISATION)


def _apposed(mention: Mention) -> Figure | None:
    """The body in apposition: "One of the bidders, Acme," "another holdout — the Mine Workers
    —".
    """
    opened = mention.indefinite or mention.noun in ("one", "another")
    last = next((p for p in reversed(mention.rest[-2:]) if p.figure), None)
    if not opened or last is None or last.figure is None or is_person(last.figure):
        return None
    apart = _BREAK.search(mention.text, 0, last.start - mention.span.start)
    return last.figure if apart else None


@named_rule("whose-office", None)
def _whose(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "his office" with an office named after its owner."""
    gender = pronouns.SINGULAR[mention.determiner]
    owner = pronouns.singular(discourse, mention.span.start, gender)
    if owner is None:
        return None
    if mention.noun == "team":
        return Answer(campaign_of(discourse, owner.figure), 0.6) if runs(owner.figure) else None
    name = f"{owner.figure.name}’s {mention.core}"
    made = discourse.made.setdefault(name, Figure(name, NameKind.ORGANISATION))
    return Answer(made, 0.7, owner.antecedent)


def _spelled_out(discourse: Discourse, mention: Mention) -> str:
    """The body's full name with its field: "British ministry of defence"."""
    rest = list(takewhile(lambda piece: piece.text[0].isalnum(), mention.rest[:FIELD_WORDS]))
    if len(rest) < 2 or rest[0].lower not in ("of", "for", "on"):
        return mention.core
    return f"{mention.core} {discourse.text[rest[0].start : rest[-1].end]}"


@named_rule("nation", None)
def _nation(discourse: Discourse, mention: Mention) -> Figure | None:
    """The nation of the mention: Russia for "the Russian side"."""
    for piece in mention.modifiers:
        name = places().nationalities.get(piece.lower)
        if name:
            figure = discourse.cast.by_key.get(name.lower())
            return figure or Figure(name, NameKind.PLACE)
        if piece.figure and piece.figure.kind is NameKind.PLACE:
            return piece.figure
    return None


@named_rule("city", None)
def _city(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the city" with the town named after it, or with the one most in focus."""
    for piece in mention.rest:
        if piece.figure and piece.figure.kind is NameKind.PLACE:
            return Answer(piece.figure, 0.9, piece.text)

    def fits(figure: Figure) -> float | None:
        town = figure.kind is NameKind.PLACE and figure.name not in places().countries
        return 0.0 if town else None

    found = discourse.most_spoken_of(mention.span.start, fits)
    return None if found is None else Answer(found.figure, 0.6, found.antecedent)


@named_rule("body-of-place", None)
def _of_place(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "Japan's central bank" with the Bank of Japan; "Kyiv's city council" under these
    words if the article does not name a council.
    """
    owner = mention.modifiers[0] if mention.modifiers else None
    if owner is None or not owner.possessive or mention.noun not in _OF_PLACES:
        return None
    place = owner.figure is not None and owner.figure.kind is NameKind.PLACE
    if not (place or owner.lower in _CHAMBERS) or mention.rest:
        return None
    words = people().organisations_also.get(mention.noun, frozenset()) | {mention.noun}
    fitting = [
        figure
        for figure in discourse.cast.figures
        if figure.kind is NameKind.ORGANISATION
        if words & figure.roles or words & {word.lower() for word in figure.words}
    ]
    there = [figure for figure in fitting if owner.text in figure.words]
    if len(there) == 1:
        return Answer(there[0], 0.85, there[0].name)
    if fitting or any(piece.figure is not None for piece in mention.modifiers[1:]):
        return None
    figure = Figure(mention.core, NameKind.ORGANISATION)
    return Answer(discourse.made.setdefault(mention.core, figure), 0.8)


@named_rule("body-by-noun", None)
def _by_noun(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers with the likeliest body that the noun fits: one whose name or description contains
    it, or else, for words that fit any business, one whose kind is not stated.
    """
    lexicon = people()
    if mention.noun not in lexicon.organisations_also:
        return None
    latest = _just_spoken(discourse, mention)
    for kinds in (lexicon.organisations_also, lexicon.organisations_otherwise):
        fitting = _fitting(discourse, mention, kinds.get(mention.noun, frozenset()))
        if fitting and latest is None:
            return _in_focus(discourse, mention, fitting)
    if latest is not None:
        return Answer(latest, SOLE, latest.name)
    return _any_business(discourse, mention) if mention.noun in _BUSINESSES else None


@named_rule("body-just-spoken", None)
def _just_spoken(discourse: Discourse, mention: Mention) -> Figure | None:
    """The body of unstated kind that spoke right before in the paragraph, which "the organization"
    means rather than one that only fits the word.
    """
    position = mention.span.start
    turns = discourse.recent_turns(position, 1)
    latest = turns[0] if turns else None
    if latest is None or latest.figure is None or mention.rest or mention.determiner != "the":
        return None
    figure = latest.figure
    unstated = figure.kind is NameKind.ORGANISATION and not figure.roles
    heads = people().organisation_heads
    if not unstated or figure.gender or figure.nameless or figure.members or not figure.names:
        return None
    stated = any(word.lower() in heads for word in (figure.words[0], figure.last_word))
    between = discourse.cast.between(latest.position, position)
    others = any(other is not figure and _may_be_body(other) for _, other in between)
    named = any(piece.figure for piece in mention.modifiers)
    here = latest.position >= discourse.paragraph_start(position)
    return figure if here and not (stated or others or named) else None


@named_rule("business-goes-on", None)
def business_before(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the company" at a sentence's beginning with the business that opens the sentence
    before, or the only one that it calls a business: "the oil giant Acme".
    """
    position = mention.span.start
    start = discourse.sentence_start(position)
    distinct = mention.rest or any(
        _nationality(piece) or "-based" in piece.lower for piece in mention.modifiers
    )
    if mention.noun not in _BUSINESSES or mention.determiner != "the" or distinct:
        return None
    beside = discourse.cast.between(max(0, position - NAME_REACH), position)[-1:]
    for name, figure in beside:  # "with Orvane Air, the airline said"
        apart = discourse.text[name.span.end : position] == ", "
        served = discourse.text.endswith((" with ", " for ", " by "), 0, name.whole.start)
        if apart and served and not name.possessive and figure.kind is NameKind.UNKNOWN:
            _as_body(figure, mention.noun)
        if apart and not name.possessive and _may_be_business(discourse, figure):
            return Answer(figure, SOLE, name.text)
    subject = pronouns.subject_before(discourse, position)
    if subject is not None and _may_be_business(discourse, subject.figure):
        return Answer(subject.figure, SOLE, subject.antecedent)
    before = discourse.sentence_start(max(0, start - 2))
    named = {f: None for _, f in discourse.cast.between(before, start) if f.roles & _BUSINESSES}
    sole = next(iter(named)) if len(named) == 1 and position - start <= 1 else None
    able = sole is not None and _may_be_business(discourse, sole)
    return Answer(sole, SOLE, sole.name) if sole is not None and able else None


def _may_be_business(discourse: Discourse, figure: Figure) -> bool:
    """Whether nothing shows the name to be a public body's, a person's or a mere place's."""
    words = {word.lower() for word in figure.words} | figure.roles
    stated = figure.kind is NameKind.ORGANISATION or figure.roles & _BUSINESSES
    other = not words.isdisjoint(_OFFICIAL) or figure.gender or _only_hears(discourse, figure)
    return bool(stated) and not other


def _fitting(discourse: Discourse, mention: Mention, words: frozenset[str]) -> dict[Figure, float]:
    """The bodies whose name or description has one of the words, each with its penalty."""
    asked = {piece.lower for piece in mention.modifiers}
    business = mention.noun in _BUSINESSES
    # a company's group is part of it, while a charity may be called a group
    said = (words - {"group"} if business else words) | {mention.noun}
    found: dict[Figure, float] = {}
    for figure in {figure: None for _, figure in discourse.named_before(mention.span.start)}:
        named = {word.lower().strip(".") for word in figure.words}
        able = figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN)
        official = business and not _OFFICIAL.isdisjoint(map(str.lower, figure.words))
        fits = words & named or said & figure.roles or _plays(discourse, mention.noun, figure)
        hears = business and _only_hears(discourse, figure)
        if able and fits and not official and not hears:
            found[figure] = -0.5 * len(asked & named)
            found[figure] -= SAID_TO_BE if mention.noun in figure.roles else 0.0
    return found


def _plays(discourse: Discourse, noun: str, figure: Figure) -> bool:
    """Whether the name is a team's, a place and a plural: "the Toledo Ironbacks"."""
    if noun not in _TEAMS or len(figure.words) < len(("Toledo", "Ironbacks")):
        return False
    start = figure.names[0].span.start
    article = discourse.text[max(0, start - 4) : start].lower() == "the "
    return article and figure.last_word.endswith("s") and figure.kind is NameKind.UNKNOWN


def _in_focus(
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
    if found is None:
        return None
    sole = len(fitting) == 1 or found.confidence >= FAR_AHEAD
    if mention.noun in _LOOSE and mention.noun not in found.figure.roles:
        turns = discourse.recent_turns(mention.span.start, LOOSE_BACK)
        sole &= any(turn.figure is found.figure for turn in turns)
    sure = SOLE if sole and not mention.rest else 0.75
    return Answer(found.figure, sure, found.antecedent)


@named_rule("only-hears", False)
def _only_hears(discourse: Discourse, figure: Figure) -> bool:
    """Whether the article names the body only as whom somebody told something, "told Sky News", or
    on a line of its own, as its publisher.
    """
    text = discourse.text
    return all(
        _HEARS.search(text, max(0, name.whole.start - HEARS_REACH), name.whole.start)
        or text[name.whole.start - 1 : name.span.end + 1].strip(" ") == f"\n{name.text}\n"
        for name in figure.names
    )


@named_rule("any-business", None)
def _any_business(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the firm" with the body most in focus of those not called anything else, if it leads
    clearly.
    """
    heads = people().organisation_heads - people().organisations_also["company"]
    turns = discourse.recent_turns(mention.span.start, REACH_SENTENCES)
    spoke = {turn.figure for turn in turns}
    bodies = [
        figure
        for figure in discourse.cast.figures
        if _may_be_body(figure) and _acts(discourse, figure)
        if figure.names[0].span.start < mention.span.start
    ]
    sole = bodies[0] if len(bodies) == 1 else None
    if any(_nationality(piece) for piece in mention.modifiers) or mention.rest:
        return None

    def fits(figure: Figure) -> float | None:
        if not _may_be_body(figure) or not _acts(discourse, figure):
            return None
        other = figure.roles - _BUSINESSES or figure.words[-1].lower() in heads
        once = len(figure.names) < 2 and figure not in spoke
        if other or (once and figure is not sole):
            return None
        return 0.0 if figure.kind is NameKind.ORGANISATION else UNSURE

    found = discourse.most_spoken_of(mention.span.start, fits)
    if found is None or found.confidence < 0.65 + 0.15 * CLEARLY:
        return None
    return Answer(found.figure, SOLE if found.figure is sole else 0.65, found.antecedent)


def _may_be_body(figure: Figure) -> bool:
    return figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN) and not figure.gender


def _acts(discourse: Discourse, figure: Figure) -> bool:
    """Whether the name is a sentence's subject, unlike a town's ("in Wrexham"), or that of a body
    that is not only told something.
    """
    known = figure.kind is NameKind.ORGANISATION and not _only_hears(discourse, figure)
    return known or any(discourse.is_subject(name) for name in figure.names[:NAMES_READ])


def _nationality(piece: Piece) -> bool:
    names = {*places().nationalities, "us", "uk", "u.s", "european"}
    return any(part in names for part in piece.lower.split("-"))
