"""Appositions: mentions explained by a name right beside them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.companies import is_legal_form
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.document_names import kind_of
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.nameless_bodies import BODIES, PANELS
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.pieces import Piece

_LINKS = word_class("name_links") | {"and"}
_ONE_OF = re.compile(
    r"(?:[Oo]ne|[Aa]nother) (?:of (?:the |these |those )?)?[\w’' -]{2,60}?"
    r"(?:,| --| [—–-]) (?:the )?(?:[\w’-]+-based )?(?:[a-z]+ ){0,2}"
)
_GOES_ON = re.compile(r"[,.]|\s(?:that|which|in|of|for|focused|based|run|founded)\b")
_INTRODUCES = re.compile(r"(?:^|[.!?:;,–—(]|\b(?:In|At|From|To|For|Of|On|With|Unlike|Like)) ?$")
_NAMES_HIMSELF = re.compile(
    r"(?: (?:in|of|from|at) [^.,;:“”\"\n]{2,40})?"
    r",? (?:(?:who|speaking|using|identif|giving|gave|named|called|known)\b|identif)"
    r"[^.;:“”\"\n]{0,60}?\b(?:nam|identif|call|known|pseudonym|goes by|going by)"
    r"[^.;:“”\"\n]{0,40}?,? $"
    r"|,? (?:named|called|identified as|known as|nicknamed) (?:only |just )?(?:as )?$"
)
REACH = 80
"""Reach in characters: how far before a mention the name it describes may begin, and how far after
one the name that somebody gives may begin.
"""


@named_rule("apposition", None)
def apposition(mention: Mention) -> Figure | None:
    """Returns the figure named in apposition, or None: "The campaign's chairman, Phil Lovas," and
    "her rival, Senator Sanders of Vermont". Right after the head it may also be a body: "its
    landlord, Acme Holdings,".
    """
    lexicon = people()
    after_comma = False
    rest = [piece for piece in mention.rest if piece.lower != "the"]
    for at, piece in enumerate(rest):
        if piece.figure is not None and after_comma:
            aide = _name_after(rest, at)
            if aide is not None:
                return aide
            direct = at == 1 and all(p.text in ",(" or is_legal_form(p.text) for p in rest[2:3])
            direct = direct or (piece is rest[-1] and _is_body(mention.noun))
            body = piece.figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN)
            return piece.figure if is_person(piece.figure) or (direct and body) else None
        after_comma = piece.text in (",", "named") or (
            after_comma
            and (
                piece.lower in lexicon.roles
                or piece.lower in lexicon.modifiers
                or piece.lower in lexicon.honorifics
            )
        )
    return None


def _is_body(noun: str) -> bool:
    """Whether a body is described: "the military body that runs the crossing, ACME"."""
    return noun in people().organisations_also or noun in BODIES or noun == "body"


def _name_after(pieces: Sequence[Piece], at: int) -> Figure | None:
    """The person whom the name at ``at`` only describes: "longtime Bell aide Tom Rask"."""
    for before, piece in pairwise(pieces[at + 1 :]):
        if not before.text.islower() or not before.text.isalpha() or before.lower in _LINKS:
            return None
        if piece.figure is not None:
            role = before.lower in people().roles and is_person(piece.figure)
            return piece.figure if role else None
    return None


@named_rule("names-himself", None)
def names_himself(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers with the name somebody gives: "A survivor, who gave his name only as Brian,"."""
    if not mention.head or mention.named is not None:
        return None
    end = mention.head[-1].end
    named = discourse.cast.between(end, end + REACH)[:2]  # the first may be a place
    for name, figure in named:
        between = discourse.text[end : name.whole.start]
        able = is_person(figure) or figure.kind is NameKind.UNKNOWN
        if able and _NAMES_HIMSELF.fullmatch(between):
            figure.kind = NameKind.PERSON
            return Answer(figure, 0.9, figure.name)
    return None


@named_rule("one-of-them", None)
def one_of_them(mention: Mention) -> Answer | None:
    """Answers with the one named of several: "One of them, Acme," "one of the bidders, Lisbon-based
    group Acme,".
    """
    last = next((p for p in reversed(mention.rest[-2:]) if p.figure), None)
    if last is None or last.figure is None or is_person(last.figure):
        return None
    before = mention.text[: last.start - mention.span.start]
    return Answer(last.figure, 0.85, last.figure.name) if _ONE_OF.fullmatch(before) else None


@named_rule("body-described", None)
def described(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers with the body named right before its description: "Acme News, a conservative website
    that says".
    """
    if mention.determiner not in ("a", "an"):
        return None
    noun = mention.noun
    body = noun in people().organisations_also or noun in BODIES or noun in PANELS
    if not (body or kind_of(mention)):
        return None
    text, start = discourse.text, mention.span.start
    named = discourse.cast.between(max(0, start - REACH), start)
    if not named or text[named[-1][0].span.end : start] != ", ":
        return None
    name, figure = named[-1]
    able = figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN) and not figure.gender
    before = text[max(0, name.whole.start - 12) : name.whole.start]
    if not able or _INTRODUCES.search(before) or not _GOES_ON.match(text, mention.head[-1].end):
        return None
    return Answer(figure, 0.85, figure.name)
