"""Organisations spoken of by what they are: "the newspaper", "the campaign", "the Russian side"."""

from itertools import takewhile

from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind

BODIES = word_class("bodies")
_OWNERS = (NameKind.PERSON, NameKind.UNKNOWN)
REACH_SENTENCES = 6
FIELD_WORDS = 4
"""Words that follow a ministry: "of defence", "for foreign affairs"."""
SAID_TO_BE = 1.0
"""What speaks for an organisation that the article itself calls by the noun asked for."""


def organisation(discourse: Discourse, mention: Mention) -> Answer | None:
    """Which organisation a common noun means; None where it could be any."""
    if mention.noun == "campaign" or (mention.noun == "team" and _owned_by_candidate(mention)):
        return campaign(discourse, mention)
    nation = _nation(discourse, mention)
    if mention.noun in ("side", "party") and nation is not None:
        return Answer(nation, 0.85, nation.name)
    body = _body_as_written(discourse, mention)
    if body is not None:
        return body
    if mention.indefinite or not mention.determiner:
        return None
    if mention.noun == "city":
        return _city(discourse, mention)
    return _by_noun(discourse, mention)


@named_rule("body-as-written", None)
def _body_as_written(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "The British ministry of defence" goes by these words."""
    if mention.noun in BODIES and any(p.text[0].isupper() for p in mention.modifiers):
        return Answer(Figure(_spelled_out(discourse, mention), NameKind.ORGANISATION), 0.8)
    return None


def _spelled_out(discourse: Discourse, mention: Mention) -> str:
    """ "British ministry of defence"."""
    rest = list(takewhile(lambda piece: piece.text[0].isalnum(), mention.rest[:FIELD_WORDS]))
    if not rest or rest[0].lower not in ("of", "for") or len(rest) < 2:
        return mention.core
    return f"{mention.core} {discourse.text[rest[0].start : rest[-1].end]}"


@named_rule("campaign", None)
def campaign(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "Trump's campaign", "the Trump campaign", "the campaign" of the candidate spoken of."""
    candidates = [p for p in mention.modifiers if p.figure and p.figure.kind in _OWNERS]
    if candidates and candidates[-1].figure:
        return Answer(_campaign_of(discourse, candidates[-1].figure), 0.85)
    for turn in discourse.recent_turns(mention.span.start, REACH_SENTENCES):
        figure = turn.figure
        if figure is not None and figure.name.endswith(" campaign"):
            return Answer(figure, 0.75, turn.text)
        if figure is not None and is_person(figure):
            return Answer(_campaign_of(discourse, figure), 0.6, turn.text)
    return None


def _owned_by_candidate(mention: Mention) -> bool:
    roles = people().also["candidate"] | {"candidate"}
    return any(p.figure and roles & p.figure.roles for p in mention.modifiers)


def _campaign_of(discourse: Discourse, figure: Figure) -> Figure:
    name = f"{figure.last_word} campaign"
    return discourse.made.setdefault(name, Figure(name, NameKind.ORGANISATION))


@named_rule("nation", None)
def _nation(discourse: Discourse, mention: Mention) -> Figure | None:
    """ "The Russian side" is Russia."""
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
    """ "The city" is the town it is said to be of, or the one spoken of."""
    for piece in mention.rest:
        if piece.figure and piece.figure.kind is NameKind.PLACE:
            return Answer(piece.figure, 0.9, piece.text)

    def fits(figure: Figure) -> float | None:
        town = figure.kind is NameKind.PLACE and figure.name not in places().countries
        return 0.0 if town else None

    found = discourse.most_spoken_of(mention.span.start, fits)
    return None if found is None else Answer(found.figure, 0.6, found.antecedent)


@named_rule("body-by-noun", None)
def _by_noun(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "The newspaper": who is likeliest of the organisations that are one."""
    words = people().organisations_also.get(mention.noun)
    if words is None:
        return None
    asked = {piece.lower for piece in mention.modifiers}
    bodies = (words - {"group"}) | {mention.noun}  # in a name only it may be a company
    fitting: set[Figure] = set()

    def fits(figure: Figure) -> float | None:
        if figure.kind not in (NameKind.ORGANISATION, NameKind.UNKNOWN):
            return None
        named = {word.lower().strip(".") for word in figure.words}
        if not (words & named or bodies & figure.roles):
            return None
        fitting.add(figure)
        return -0.5 * len(asked & named) - _said_to_be(mention, figure)

    found = discourse.most_spoken_of(mention.span.start, fits)
    if mention.rest and mention.rest[0].lower == "of" and len(fitting) > 1:
        return None  # "the maker of" something no more is known of
    return None if found is None else Answer(found.figure, 0.75, found.antecedent)


@named_rule("said-to-be", 0.0)
def _said_to_be(mention: Mention, figure: Figure) -> float:
    """The article itself calls the organisation by the noun."""
    return SAID_TO_BE if mention.noun in figure.roles else 0.0
