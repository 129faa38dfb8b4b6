"""Staff: the body or person for which an unnamed person speaks.

"A White House official", "an airline spokesman", "a spokeswoman for Ms Doe", "her lawyer": the
speaker is unknown, and only the mention's words say on whose behalf. It is not guessed from the
last speaker.
"""

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers import pronouns
from service.extraction.speakers.campaigns import campaign_of
from service.extraction.speakers.discourse import Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.nameless_bodies import BODIES, SOLE
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.organisations import organisation
from service.extraction.speakers.roles import roles_meant

_STAFF = word_class("staff")
_FOR = frozenset(("for", "at", "of", "with", "from", "in", "inside"))
_OWNERS = (NameKind.ORGANISATION, NameKind.PERSON, NameKind.UNKNOWN)
QUALIFIERS = 3
"""Words such as "the airline" between "for" and the represented name."""


@named_rule("staff", None)
def represented(discourse: Discourse, mention: Mention) -> Figure | None:
    """Returns whom the mention's unnamed spokesman, official or lawyer represents; None for any
    other mention, and if it is uncertain.
    """
    if mention.noun not in _STAFF:
        return None
    return (
        _before(discourse, mention) or _after(discourse, mention) or _possessed(discourse, mention)
    )


@named_rule("same-staff", False)
def is_mentioned_again(mention: Mention) -> bool:
    """Whether it is "the spokesman" alone, who represents whom the last one did."""
    alone = not mention.modifiers and not mention.rest
    return alone and mention.determiner == "the" and mention.noun in _STAFF


@named_rule("known-otherwise", False)
def is_known_otherwise(mention: Mention, figure: Figure) -> bool:
    """Whether the article says something else of the figure than the mention does of a spokesman or
    lawyer: "the bank's lawyer" is not its governor.
    """
    if mention.noun not in _STAFF or not figure.roles:
        return False
    return roles_meant(mention.noun).isdisjoint(figure.roles)


def _before(discourse: Discourse, mention: Mention) -> Figure | None:
    """The body named before: "White House official", "Kolt campaign aide", "airline spokesman"."""
    for at in range(len(mention.modifiers) - 1, -1, -1):
        piece = mention.modifiers[at]
        if piece.figure is not None:
            campaign = any(p.lower in ("campaign", "camp") for p in mention.modifiers[at + 1 :])
            return campaign_of(discourse, piece.figure) if campaign else _able(piece.figure)
        if _is_body(piece) and mention.modifiers[:at] == ():
            return _spoken_of(discourse, piece)
    return None


def _after(discourse: Discourse, mention: Mention) -> Figure | None:
    """The name after: "spokesman for Ms Doe", "official at the Treasury", "lawyers for the
    airline".
    """
    rest = [piece for piece in mention.rest if piece.lower != "the"]
    if len(rest) < 2 or rest[0].lower not in _FOR:
        return None
    for at, piece in enumerate(rest[1 : QUALIFIERS + 2], start=1):
        named = _named_at(discourse, piece)
        if named is not None:
            listed = any(p.lower == "and" for p in rest[at + 1 : at + 2])
            campaign = any(p.lower == "campaign" for p in rest[at + 1 : at + 3])
            whole = campaign_of(discourse, named) if campaign else _able(named)
            return None if listed else whole
        if not piece.text[0].isalpha() or piece.lower in _FOR:
            return None
    return _spoken_of(discourse, rest[1]) if len(rest) == 2 and _is_body(rest[1]) else None


def _named_at(discourse: Discourse, piece: Piece) -> Figure | None:
    """The figure of the piece, even if the piece is only part of a place's or office's name."""
    named = discourse.cast.between(piece.start, piece.start + 1)
    return piece.figure or (named[0][1] if named else None)


def _possessed(discourse: Discourse, mention: Mention) -> Figure | None:
    """The figure of the possessive: "her lawyer", "its spokesman"."""
    owner = pronouns.possessor(discourse, mention.determiner, mention.span.start)
    return None if owner is None else _able(owner)


def _is_body(piece: Piece) -> bool:
    known = piece.lower in people().organisations_also or piece.lower in BODIES
    return known and piece.lower not in ("campaign", "party", "group", "office")


def _spoken_of(discourse: Discourse, piece: Piece) -> Figure | None:
    """The body that a common noun such as "airline" means there."""
    span = Span(piece.start, piece.end)
    answer = organisation(discourse, Mention(piece.text, span, "the", (piece,), ()))
    sole = answer is not None and answer.confidence >= SOLE
    return _able(answer.figure) if answer and sole else None


def _able(figure: Figure) -> Figure | None:
    """The figure if it can be represented: no country, whose officials are too many, and no body
    known only by its kind.
    """
    speaks = figure.kind in _OWNERS and not figure.nameless and not figure.members
    return figure if speaks or is_person(figure) else None
