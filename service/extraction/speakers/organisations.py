"""Organisations mentioned by what they are: "the newspaper", "the campaign", "the Russian side"."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from service.domain import Span
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers import pronouns
from service.extraction.speakers.businesses import any_business
from service.extraction.speakers.campaigns import (
    campaign,
    campaign_of,
    owned_by_candidate,
    runs,
)
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.fitting_bodies import (
    BUSINESSES,
    as_body,
    bodies_fitting,
    in_focus,
    may_be_body,
    subject_may_be,
)
from service.extraction.speakers.groups import ROW, make_group
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
_STAFFS = frozenset(("office", "team"))
_LABELS = word_class("labels")
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
_BREAK = re.compile(r"(?:,|--| [—–-]) (?:the )?$")
_LED = ("-led", "-backed", "-run")
FIELD_WORDS = 4
"""Words after a ministry that belong to its name: "of defence", "for foreign affairs"."""


def organisation(discourse: Discourse, mention: Mention) -> Answer | None:
    """Resolves a common noun to an organisation; None if it could be any."""
    ending = _ends_so(discourse, mention)
    called = ending or _labelled(mention) or _called(discourse, mention)
    if called is not None:
        return Answer(called, SOLE if ending else 0.85, called.name)
    if mention.noun in _CAMPAIGNS or (mention.noun == "team" and owned_by_candidate(mention)):
        return campaign(discourse, mention)
    owner = next(filter(is_person, mention.possessors), None) if mention.noun == "office" else None
    if owner or (mention.noun in _STAFFS and mention.determiner in pronouns.SINGULAR):
        return _whose(discourse, mention, owner)
    nation = _nation(discourse, mention)
    if mention.noun in ("side", "party") and nation is not None:
        return Answer(nation, 0.85, nation.name)
    if _is_full_name(mention):
        name = _spelled_out(discourse, mention)
        figure = discourse.made.setdefault(name, Figure(name, NameKind.ORGANISATION))
        return Answer(figure, 0.8)
    owned = _owned(discourse, mention)
    if owned is not None:
        return owned
    if not mention.determiner:
        return _of_place(discourse, mention)
    if mention.indefinite or mention.determiner in ("my", "your"):
        return None
    if mention.noun == "city":
        return _city(discourse, mention)
    found = (
        _by_noun(discourse, mention)
        or institution(discourse, mention)
        or body_by_kind(discourse, mention)
    )
    outdone = found is not None and subject_may_be(discourse, mention, found.figure)
    return None if outdone else found


@named_rule("both-bodies", ())
def two_bodies(mention: Mention) -> tuple[Piece, ...]:
    """The two common nouns of "the union and the airline"; none otherwise."""
    words = [piece for piece in mention.head if piece.lower not in ("the", "its")]
    if [piece.lower for piece in words[1:2]] != ["and"] or len(words) != len(("a", "and", "b")):
        return ()
    pair = words[0], words[2]
    known = people().organisations_also
    return pair if all(p.figure is None and p.lower in known for p in pair) else ()


def each_of(discourse: Discourse, nouns: Sequence[Piece]) -> Answer | None:
    """Answers with all the bodies that the nouns mean; with nobody if one of them is unknown."""
    found = [
        organisation(discourse, Mention(noun.text, Span(noun.start, noun.end), "the", (noun,), ()))
        for noun in nouns
    ]
    figures = dict.fromkeys(answer.figure for answer in found if answer is not None)
    return Answer(make_group(figures), ROW) if len(figures) == len(nouns) else None


@named_rule("body-as-written", False)
def _is_full_name(mention: Mention) -> bool:
    """Whether the mention is a full name: "The Obama administration", "the Brits committee", "the
    Saudi-led coalition".
    """
    if mention.noun in BODIES:
        return any(_names(piece) and not _opens(mention, piece) for piece in mention.modifiers)
    if mention.modifiers[:1] and mention.modifiers[0].lower.endswith(_LED):
        return mention.modifiers[0].text[0].isupper()  # "the Saudi-led coalition"
    owned = any(piece.possessive for piece in mention.modifiers)
    heads = mention.noun in PANELS and mention.head[-1].text.islower()
    owned |= mention.determiner not in ("", "a", "an", "the")
    first = mention.modifiers[:1]
    umbrella = mention.noun == "agency" and bool(first) and first[0].text in _UMBRELLAS
    return heads and not (owned or umbrella) and bool(first) and _names(first[0])


def _opens(mention: Mention, piece: Piece) -> bool:
    """Whether it is a word in capitals only because it begins a sentence: "State police"."""
    first = piece.start == mention.span.start and piece.figure is None
    return first and piece.lower not in places().nationalities


def _names(piece: Piece) -> bool:
    role = piece.lower.removesuffix("s")
    is_word = piece.lower in people().common and piece.lower not in places().nationalities
    is_word |= role != piece.lower and role in people().roles  # "Nurses’ union", in a headline
    return piece.text[0].isupper() and "-based" not in piece.lower and not is_word


@named_rule("labelled-body", None)
def _labelled(mention: Mention) -> Figure | None:
    """The body named before a label: "The Mirror newspaper", "Reuters news agency"."""
    for before, label in pairwise(mention.head):
        named = before.figure
        labels = _LABELS | {"union"} if before.text.isupper() else _LABELS
        able = label.text.islower() and label.lower in labels and before.text not in _UMBRELLAS
        town = mention.indefinite and named and not named.roles  # "a Dover newspaper"
        if named and able and not town and not before.possessive:
            return as_body(named, label.lower)
    return None


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


@named_rule("body-ending-so", None)
def _ends_so(discourse: Discourse, mention: Mention) -> Figure | None:
    """The only body whose name ends with the mention's words: "state police" for the Ohio State
    Police.
    """
    if mention.determiner or len(mention.head) < 2 or mention.rest or mention.named is not None:
        return None
    ending, figures = f" {mention.core.lower()}", discourse.cast.figures
    found = [one for one in figures if one.name.lower().endswith(ending) and not is_person(one)]
    return found[0] if len(found) == 1 else None


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
def _whose(discourse: Discourse, mention: Mention, named: Figure | None) -> Answer | None:
    """Answers "his office" and "Gov. Roe's office" with an office named after its owner."""
    gender, start = pronouns.SINGULAR.get(mention.determiner), mention.span.start
    meant = pronouns.singular(discourse, start, gender) if gender and not named else None
    owner = meant.figure if meant else named
    if owner is None:
        return None
    if mention.noun == "team":
        return Answer(campaign_of(discourse, owner), 0.6) if runs(owner) else None
    owned = [piece.text for piece in mention.head if not named or piece.start > _last_of(mention)]
    name = f"{owner.name}’s {' '.join(owned)}"
    made = discourse.made.setdefault(name, Figure(name, NameKind.ORGANISATION))
    return Answer(made, 0.7 if meant else SOLE, meant.antecedent if meant else owner.name)


def _last_of(mention: Mention) -> int:
    """Start of the mention's last possessive."""
    return max(piece.start for piece in mention.modifiers if piece.possessive)


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
    bodies = (one for one in discourse.cast.figures if one.kind is NameKind.ORGANISATION)
    fitting = [one for one in bodies if words & {*one.roles, *map(str.lower, one.words)}]
    last = owner.text.split()[-1]  # "South Korea’s" is the Bank of Korea
    there = [figure for figure in fitting if last in figure.words]
    if len(there) == 1:
        return Answer(there[0], 0.85, there[0].name)
    if fitting or any(piece.figure is not None for piece in mention.modifiers[1:]):
        return None
    figure = Figure(mention.core, NameKind.ORGANISATION)
    return Answer(discourse.made.setdefault(mention.core, figure), 0.8)


@named_rule("body-of-body", None)
def _owned(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "Acme’s board" and "the federation’s disciplinary committee" under these words, with
    the owner’s name.
    """
    owner = mention.modifiers[0] if mention.modifiers else None
    if owner is None or not owner.possessive or mention.noun not in PANELS or mention.rest:
        return None
    body = owner.figure
    if body is None and mention.determiner == "the":
        span = Span(owner.start, owner.end)
        found = _by_noun(discourse, Mention(owner.text, span, "the", (owner,), ()))
        body = None if found is None else found.figure
    if body is None or body.kind is not NameKind.ORGANISATION or body.nameless or body.members:
        return None
    name = f"{body.name}’s {discourse.text[mention.head[1].start : mention.head[-1].end]}"
    figure = Figure(name, NameKind.ORGANISATION)
    return Answer(discourse.made.setdefault(name, figure), SOLE)


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
        fitting = bodies_fitting(discourse, mention, kinds.get(mention.noun, frozenset()))
        if fitting and latest is None:
            return in_focus(discourse, mention, fitting)
    if latest is not None:
        return Answer(latest, SOLE, latest.name)
    return any_business(discourse, mention) if mention.noun in BUSINESSES else None


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
    if not unstated or figure.gender or figure.nameless or figure.members:
        return None
    if figure in discourse.made.values():
        return None  # known by a description only
    stated = any(word.lower() in heads for word in (figure.words[0], figure.last_word))
    between = discourse.cast.between(latest.position, position)
    others = any(other is not figure and may_be_body(other) for _, other in between)
    named = any(piece.figure for piece in mention.modifiers)
    here = latest.position >= discourse.paragraph_start(position)
    return figure if here and not (stated or others or named) else None
