"""Appositions: mentions explained by a name right beside them, or by the full name they end with.

"Former Dover and England defender Ann Bell" is Ann Bell, and so is "spokeswoman for women Ann
Bell"; "a cousin of actor Ann Bell" and "lawyers for Ann Bell" are not.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile, zip_longest

from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.companies import is_legal_form
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.document_names import kind_of
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.nameless_bodies import BODIES, PANELS
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.pieces import Piece, is_form_of_address, is_office
from service.extraction.speakers.titles import is_no_noun

_LINKS = word_class("name_links") | {"and"}
_ONE_OF = re.compile(
    r"(?:[Oo]ne|[Aa]nother) (?:of (?:the |these |those )?)?[\w’' -]{2,60}?"
    r"(?:,| --| [—–-]) (?:the )?(?:[\w’-]+-based )?(?:[a-z]+ ){0,2}"
)
_CLOSED_CUE = re.compile(r"(?: \w+){0,3},")
"""Closes a clause put in: "Ann Bell, a superintendent said, was late"."""
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
        after_comma = piece.text in (",", "-", "–", "—", "named") or (
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
    """Answers with what is named right before its description: "Acme News, a conservative website
    that says", "Ann Bell, a superintendent told".
    """
    text, start = discourse.text, mention.span.start
    named = discourse.cast.between(max(0, start - REACH), start)
    if not named or text[named[-1][0].span.end : start] != ", ":
        return None
    name, figure = named[-1]
    noun = mention.noun
    if is_person(figure) and noun in people().roles and mention.determiner in ("", "a", "an"):
        leading = text[discourse.sentence_start(start) : name.whole.start].split()
        opens = all(word[0].isupper() and not is_no_noun(word) for word in leading)
        closed = _CLOSED_CUE.match(text, mention.span.end) is not None
        return Answer(figure, 0.85, figure.name) if opens and not closed else None
    if mention.determiner not in ("a", "an"):
        return None
    body = noun in people().organisations_also or noun in BODIES or noun in PANELS
    if not (body or kind_of(mention)):
        return None
    able = figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN) and not figure.gender
    before = text[max(0, name.whole.start - 12) : name.whole.start]
    if not able or _INTRODUCES.search(before) or not _GOES_ON.match(text, mention.head[-1].end):
        return None
    return Answer(figure, 0.85, figure.name)


_JOINS = word_class("name_links")
_BREAKS = word_class("clauses") | {"who", "whom", "whose", "that", "which"}


@named_rule("name-at-the-end", None)
def name_at_end(mention: Mention) -> Figure | None:
    """The person whose full name ends the mention, or None: "Former Dover and England defender Ann
    Bell", "spokeswoman for women Ann Bell".
    """
    pieces = (*mention.head, *mention.rest)
    if mention.noun in people().documents and mention.rest:
        return None  # "a review by the auditor, Ann Bell"
    at = next((at for at, piece in enumerate(pieces) if _is_full_name(piece)), 0)
    if at == 0 or any(map(_breaks, pieces[:at])) or not _ends(pieces[at + 1 :]):
        return None
    before = [piece for piece in pieces[:at] if not _is_title(piece, pieces[at])]
    if len(before) < at and before[-1:] and before[-1].lower == "the":
        before.pop()  # "attorney for the Ninth Circuit Ann Bell"
    if not before or _names_another(before, pieces[at].figure):
        return None
    if before[-1].lower == "and" and len(before) < at:
        return pieces[at].figure  # "Dover and England defender Ann Bell"
    field = [piece for piece in pieces[:at] if _is_title(piece, pieces[at])]
    if field and len(before) > 1 and before[-1].lower in _JOINS and is_office(before[-2]):
        return None if any(map(is_form_of_address, field)) else pieces[at].figure
    titled = any(map(is_office, pieces[:at])) and len(before) < at
    return pieces[at].figure if _introduces(before, titled) else None


def _is_full_name(piece: Piece) -> bool:
    figure, name = piece.figure, piece.name
    if figure is None or name is None or piece.possessive or not is_person(figure):
        return False
    return len(name.words) > 1


def _is_title(piece: Piece, named: Piece) -> bool:
    """Whether the piece is a title before the name: "Sen." of "Sen. Ann Bell"."""
    return named.name is not None and piece.start >= named.name.whole.start


def _breaks(piece: Piece) -> bool:
    return piece.lower in _BREAKS


def _ends(after: Sequence[Piece]) -> bool:
    """Whether the name ends the mention, apart from a clause that names nobody else."""
    if not after:
        return True
    rest = list(takewhile(lambda piece: not _breaks(piece), after))
    another = any(piece.figure and is_person(piece.figure) for piece in rest)
    return not after[0].text[0].isalnum() and not another


def _names_another(before: Sequence[Piece], named: Figure | None) -> bool:
    """Whether the words before name another person: "Ann Bell and her deputy", but not "longtime
    Bell aide".
    """
    for piece, after in zip_longest(before, before[1:]):
        figure = piece.figure
        if figure is None or figure is named or not is_person(figure) or piece.possessive:
            continue
        noun = after is not None and after.text.islower() and after.lower not in _JOINS
        if not noun or after is None or after.lower == "and":
            return True
    return False


def _introduces(before: Sequence[Piece], titled: bool) -> bool:
    """Whether the words before the name describe its bearer rather than a relative or superior; a
    title may include an office: "Bank of Canada Governor Ann Bell".
    """
    link = max((at for at, piece in enumerate(before) if piece.lower in _JOINS), default=-1)
    between = [piece for piece in before[link + 1 :] if piece.lower != "the"]
    if link < 0:
        return _is_said_of(before[-1])
    if titled and link == 1:
        return before[0].lower in people().organisation_heads
    if not between or link == 0:
        return False
    if any(not piece.text[0].isalnum() for piece in between):
        return _is_said_of(before[-1])
    headed = before[link - 1]
    if is_office(between[-1]):
        return headed.text[0].isupper() and headed.lower in people().organisation_heads
    personal = any(map(is_form_of_address, between))
    return is_office(headed) and not personal


def _is_said_of(piece: Piece) -> bool:
    """Whether the piece ends a description: a noun, a comma or a dash."""
    return piece.figure is None and piece.lower != "and" and not piece.possessive
