"""Source types: the kind of source that speaks, in five kinds customary in journalism.

A source with a name is a named person or organisation; reports, polls and lawsuits are documents;
others are one or several people whom the article does not name. Mentions are resolved before, in
resolving.py.
"""

import re
from collections.abc import Mapping, Sequence

from service.domain import SourceType, Speaker, SpeakerKind
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers import pronouns
from service.extraction.speakers.discourse import is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.groups import PERSON_NOUNS
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.ranker import Chance

_BY_KIND: Mapping[SpeakerKind, SourceType] = {
    SpeakerKind.PERSON: SourceType.NAMED_PERSON,
    SpeakerKind.ORGANISATION: SourceType.NAMED_ORGANISATION,
    SpeakerKind.DOCUMENT: SourceType.DOCUMENT,
}
_LIKELY = 0.5
"""Least probability, over all candidates, at which "he" or "the judge" counts as one of the persons
named.
"""
_QUANTITIES = word_class("quantities")
_SEVERAL = word_class("several")
"""Nouns for several people that are singular in form."""
_BODIES = (
    people().organisation_heads
    | word_class("bodies")
    | word_class("institutions")
    | word_class("businesses")
    | word_class("panels")
    | word_class("labels")
) - {"police", "team", "jury", "panel", "developer", "carrier", "producer", "maker", "operator"}
_DEFINITE = frozenset(("the", "this", "that", "its", "his", "her", "their", "our"))
_THINGS = pronouns.NEUTER | {"that", "which"}
_STAFF = word_class("staff")
_UNKNOWN = _STAFF | {"man", "woman", "boy", "girl"}
"""Descriptions that are most often of nobody named."""
_AFTER = word_class("after_noun")
_COUNTED = re.compile(
    r"(?:\w+ ){0,2}?(?:\d[\d.,]*(?: ?%| ?percent)?|two|three|four|six|nine) (?:in|of|out)\b"
    r"|one (?:in|out)\b"
    r"|(?:\w+ ){0,2}?\d[\d.,]* ?(?:%|per ?cent|[a-z]+s\b|people)"
    r"|(?:\w+ ){0,2}?(?:an? )?(?:half|dozens?|majority|minority|much|[a-z]+-(?:thirds|quarters))\b"
    r"|an? (?:[a-z-]+ )?(?:group|lot|array|mix|range|handful|number|couple|clutch|slew|host|chorus"
    r"|coalition|string|bunch|variety|team|pair|trio) of (?:[\w’'.-]+ )*?[\w’'-]+s\b"
)
"""Begins "nine in ten voters", "54%", "34,000 people", "at least a dozen members", "a group of
rabbis".
"""
_SEVERAL_OF = frozenset(
    word for word in places().nationalities if word.endswith("s") and not word.endswith("ss")
) | word_class("several_of")
_OUTSIDE = re.compile(r"\b(?:those|people|others|many|some|\w{2,}s),? $")
"""Before "who", a plural."""


def type_of_speaker(mention: Mention, figure: Figure, speaker: Speaker) -> SourceType:
    """Type of a resolved speaker. A group has the type of its first member; a body mentioned only
    by its kind ("a local firm") and several of a kind ("Some Germans") are unnamed.
    """
    kind = speaker.members[0].kind if speaker.members else speaker.kind
    several = mention.determiner in _QUANTITIES or figure.name.split()[-1].lower() in _SEVERAL_OF
    definite = mention.determiner in _DEFINITE or not figure.nameless
    if kind is SpeakerKind.ORGANISATION and not speaker.members and (several or not definite):
        return SourceType.UNNAMED_GROUP
    return _BY_KIND.get(kind, SourceType.UNNAMED_GROUP)


def type_of_mention(
    text: str, mention: Mention, bare: str, chances: Sequence[Chance] | None
) -> SourceType:
    """Type of an unresolved mention, by its own words; ``text`` is the article's, ``chances`` the
    probabilities of its candidates, None without a model.
    """
    named = _type_of_name(mention)
    if named is not None:
        return named
    likely = sum(one.chance for one in chances or ()) >= _LIKELY
    if bare in pronouns.SINGULAR:
        return SourceType.NAMED_PERSON if likely else SourceType.UNNAMED_PERSON
    if bare in ("who", "whom", "whose"):
        return _several(_OUTSIDE.search(text, max(0, mention.span.start - 30), mention.span.start))
    if bare in _THINGS:
        return SourceType.NAMED_ORGANISATION
    return _type_of_noun(mention, bare, None if chances is None else likely)


def _type_of_name(mention: Mention) -> SourceType | None:
    """Type of a mention that contains a name: an ambiguous one, one beside others ("Ms Doe and her
    aides") or at the end ("the minister, Jane Doe"); None without a name.
    """
    if mention.named is not None:
        return _TYPES.get(mention.named.kind, SourceType.NAMED_PERSON)
    first, last = mention.head[:1], mention.rest[-1:]
    joined = bool(mention.head) and mention.head[1:2] != () and mention.head[1].lower == "and"
    if joined and (_names_person(first[0]) or first[0].lower in pronouns.SINGULAR):
        return SourceType.NAMED_PERSON
    whole = last if len(mention.head) > 1 else (*first, *last)
    able = any(map(_names_person, whole)) and mention.noun not in _STAFF | _SEVERAL
    return SourceType.NAMED_PERSON if able else None


def _names_person(piece: Piece) -> bool:
    return piece.figure is not None and is_person(piece.figure) and not piece.possessive


_TYPES: Mapping[NameKind, SourceType] = {
    NameKind.ORGANISATION: SourceType.NAMED_ORGANISATION,
    NameKind.PLACE: SourceType.NAMED_ORGANISATION,
    NameKind.UNKNOWN: SourceType.NAMED_ORGANISATION,
    NameKind.DOCUMENT: SourceType.DOCUMENT,
}


def _type_of_noun(mention: Mention, bare: str, likely: bool | None) -> SourceType:
    """Type of a description by its noun; ``likely`` says whether the ranker takes it for one of the
    persons named, None without a model. Of 70 definite ones left open, those likely are named
    in 46 of 47, the others in 2 of 14.
    """
    noun = _noun_of(mention)
    counted = mention.determiner in _QUANTITIES or _COUNTED.match(bare) is not None
    if noun in people().documents and not (counted and noun == "number"):
        return SourceType.DOCUMENT
    role = people().short_roles.get(noun, noun)
    counted |= any(piece.lower in _QUANTITIES for piece in mention.modifiers)
    definite = mention.determiner in _DEFINITE or bool(mention.possessors)
    if role in people().roles and not counted:
        known = definite and (noun not in _UNKNOWN if likely is None else likely)
        return SourceType.NAMED_PERSON if known else _several(False)
    if noun in _BODIES and not counted:
        return SourceType.NAMED_ORGANISATION if definite else SourceType.UNNAMED_GROUP
    listed = noun in _SEVERAL or noun in PERSON_NOUNS or noun in _QUANTITIES
    plural = noun.endswith(("s", "men")) and not noun.endswith(("ss", "us"))
    several = counted or listed or plural or bare in pronouns.PLURAL or bare in ("we", "us")
    return _several(
        several or (noun in people().anonymous and not noun.endswith(("one", "body", "other")))
    )


def _noun_of(mention: Mention) -> str:
    """The head's last word before what follows it there: "people familiar", "aides and friends"."""
    for at, piece in enumerate(mention.head):
        before = mention.head[at - 1].lower if at else ""
        several = before.endswith("s") or before in _SEVERAL
        ends = piece.lower in _AFTER or piece.text in ("-", "–", "—")
        ends = ends or (piece.lower.endswith("ing") and piece is not mention.head[-1])
        ends = ends or (several and piece.lower.endswith("ed"))
        if ends and before.isalpha() and (several or piece.lower not in ("and", "or")):
            return before
    return mention.noun


def _several(is_several: object) -> SourceType:
    return SourceType.UNNAMED_GROUP if is_several else SourceType.UNNAMED_PERSON
