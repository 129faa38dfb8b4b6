"""Mentions: a speaker's noun phrase, taken apart into head, names and what follows.

Uses no parser: the head ends at the first comma, relative or preposition outside a name.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import force_setattr

from service.domain import Span
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers.cast import Cast
from service.extraction.speakers.companies import is_legal_form
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.persons import is_postnominal
from service.extraction.speakers.pieces import (
    POSSESSIVE,
    is_of_a_list,
    nobody,
    pieces_of,
    speaker_name_end,
    with_introduced,
    without_places,
)
from service.extraction.speakers.pieces import Piece as Piece

_CUTS = word_class("cuts")
_REFLEXIVES = frozenset(("himself", "herself", "itself", "themselves"))
_PARTICIPLES = word_class("participles")
_TIME = re.compile(
    r" (?:today|yesterday|tonight|earlier|later|also|then|however)(?: \(\d{1,2}\))?\Z"
)
NAME_REACH = 80
"""Characters before a mention within which a name begins that extends into it."""
TITLE_REACH = 40
"""Characters after a mention within which the name after its title begins."""
_OPENING = re.compile(
    r"(?:After|At|Before|During|In|Inside|On|Outside) (?:[^,\s]+ ){0,4}?[^,\s]+, (?=\w)"
    r"|[A-Z][\w. ]{2,20}, [A-Z][a-z]{2,8}\.? \d{1,2} \([\w /]{2,20}\) (?=\w)"
)
_BASED = re.compile(r"[\w.]+[-–]based ")
_OF_STATE = re.compile(r"((?:[A-Z][\w.’'-]*,? ){1,3}(?<=, )[A-Z][\w.]*(?: [A-Z]\w+)?[-–]based) ")
"""A town, its state and "based"."""
_SEAT = re.compile(r"\b(?:[Tt]he|[Aa]n?) (?:[A-Z][\w.’'-]* ?){1,3}, $")
_NUMBERS = frozenset(("both", "two", "some", "all", "many", "several", "most", "one"))
"""Determiners that stay in the head, as they may be all of it."""
_OF_CLAUSES = frozenset(("the", "its", "his", "her", "their"))
"""Begin a clause after a document: "a survey the county held"."""
_DETERMINERS = word_class("determiners") | _NUMBERS | {"another"}


class Mention(Struct, frozen=True, gc=False):
    """A parsed mention: ``head`` holds the pieces up to the head noun, without determiner, ``rest``
    those after it; ``noun`` is read from the head.
    """

    text: str
    span: Span
    determiner: str
    head: tuple[Piece, ...]
    rest: tuple[Piece, ...]
    noun: str = ""

    def __post_init__(self) -> None:
        force_setattr(self, "noun", _noun_of(self.head))  # here, as every rule asks for it

    @property
    def named(self) -> Figure | None:
        """The figure that the head noun names: "Russian President Vladimir Putin"."""
        if not self.head:
            return None
        last = self.head[-1]
        return last.figure

    @property
    def modifiers(self) -> tuple[Piece, ...]:
        return self.head[:-1]

    @property
    def possessors(self) -> tuple[Figure, ...]:
        return tuple(p.figure for p in self.modifiers if p.figure and p.possessive)

    @property
    def indefinite(self) -> bool:
        return self.determiner in ("a", "an", "one", "another", "some")

    @property
    def core(self) -> str:
        """The head's words as written, without determiner and possessive ending."""
        return POSSESSIVE.sub("", self._spelled)

    @property
    def _spelled(self) -> str:
        return " ".join(
            p.text
            + (_ending_of(p.text) if p.name and p.possessive and p is not self.head[-1] else "")
            for p in self.head
        )


def _noun_of(head: Sequence[Piece]) -> str:
    if not head:
        return ""
    last = head[-1].lower
    last = last.removeprefix("ex-") if last not in people().roles else last  # "ex-minister"
    before = head[-2].lower if len(head) > 1 else ""
    if f"{before} {last}" in places().nationalities or f"{before} {last}" in places().demonyms:
        return f"{before} {last}"  # "the New Zealander"
    return f"{before}-{last}" if f"{before}-{last}" in people().organisations_also else last


def _ending_of(name: str) -> str:
    return "’" if name.endswith("s") else "’s"


def read_mention(text: str, span: Span, cast: Cast) -> Mention:
    """Parses the mention at ``span``, with the names of ``cast`` in it; without a head if it
    names no speaker.
    """
    if is_of_a_list(text, span):
        return Mention(span.of(text), span, "", (), ())
    whole = _with_seat(text, _without_time(text, _without_opening(text, span)))
    span = with_introduced(text, _with_name(text, whole, cast), cast)
    pieces = pieces_of(text, span, cast)
    determiner = ""
    if pieces and pieces[0].figure is None and pieces[0].lower in _DETERMINERS:
        determiner = pieces[0].lower
        if determiner not in _NUMBERS:
            pieces = pieces[1:]
    pieces = _with_seat_joined(text, _without_seat(determiner, pieces))
    cut = next((at for at, piece in enumerate(pieces) if _ends_head(pieces, at)), len(pieces))
    pieces = without_places(pieces, cut)
    name_end = speaker_name_end(text, pieces, cut)
    if name_end is not None:
        cut = name_end
        pieces = [*(nobody(piece) for piece in pieces[: name_end - 1]), *pieces[name_end - 1 :]]
    cut = cut or min(1, len(pieces))
    return Mention(span.of(text), span, determiner, tuple(pieces[:cut]), tuple(pieces[cut:]))


def _with_seat(text: str, span: Span) -> Span:
    """Extends "Sweden-based firm" to "the Stockholm, Sweden-based firm"."""
    if _BASED.match(text, span.start, span.end) is None:
        return span
    seat = _SEAT.search(text, max(0, span.start - TITLE_REACH), span.start)
    return span if seat is None else Span(seat.start(), span.end)


def _without_opening(text: str, span: Span) -> Span:
    """The mention without an adverbial or dateline before it: "Outside court, Peter Roe's wife,
    Deb", "Elwin, July 26 (PA) The mayor".
    """
    opening = _OPENING.match(text, span.start, span.end)
    return Span(opening.end(), span.end) if opening else span


def _without_time(text: str, span: Span) -> Span:
    """The mention without a time after its name: "Ann Bell today"."""
    time = _TIME.search(text, span.start, span.end)
    return span if time is None else Span(span.start, time.start())


def _with_name(text: str, span: Span, cast: Cast) -> Span:
    """Extends the mention to whole names: "Mr" of "Mr. Jones" to Jones, of "Mr. Jones and Ann Bell"
    to both, and a mention that begins within a name to all of it.
    """
    cut = cast.between(max(0, span.start - NAME_REACH), span.start)
    if cut and cut[-1][0].span.end > span.start:
        span = Span(cut[-1][0].whole.start, max(span.end, cut[-1][0].span.end))
    after = cast.between(span.end, span.end + TITLE_REACH)[:2]
    if not after or cast.between(span.start, span.end):
        return span
    if not span.start <= after[0][0].whole.start < span.end:
        return span
    first, last = after[0][0], after[-1][0]
    both = text[first.span.end : last.whole.start] == " and "
    return Span(span.start, last.span.end if both else first.span.end)


def is_plural_office(mention: Mention) -> bool:
    """Whether it reads "attorneys general", the plural of whose noun is inside."""
    *before, last = mention.head or (None,)
    office = last is not None and last.lower in ("general", "in-chief") and last.figure is None
    return office and bool(before) and before[-1] is not None and before[-1].lower.endswith("s")


def _ends_head(pieces: Sequence[Piece], at: int) -> bool:
    piece = pieces[at]
    if piece.name is not None or _is_titles(pieces, at):
        return False
    if not piece.text[0].isalnum():
        return piece.text != "-"
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if at > 0 and (piece.lower in _REFLEXIVES or _is_after_name(pieces[at - 1], piece, after)):
        return True
    if at > 0 and piece.text in _OF_CLAUSES and pieces[at - 1].lower in people().documents:
        return True
    return piece.lower in _CUTS or (at > 0 and _describes(pieces[at - 1], piece, after))


def _is_titles(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the piece is within the title of a name: "Court of Appeals Judge Jane Doe"."""
    names = (piece.name for piece in pieces[at + 1 :] if piece.name is not None)
    named = next(names, None)
    return named is not None and named.whole.start <= pieces[0].start and bool(named.titles)


def _is_after_name(before: Piece, piece: Piece, after: Piece | None) -> bool:
    """Whether the piece follows a name as letters or number: "Jane Doe KC", "Acme NV", "Andre
    3000", but not "the Channel 9 poll".
    """
    number = piece.text.isdigit() and not (after is not None and after.text.islower())
    if before.figure is None:
        return False
    body = before.figure.kind is NameKind.ORGANISATION  # "Labour MP Jane Doe"
    letters = is_legal_form(piece.text) or (is_postnominal(piece.text) and not body)
    return letters or number


def _without_seat(determiner: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces without a seat's name: "the Salford MP" does not name Salford, nor "the Glasgow
    Kelvin MP" Kelvin.
    """
    for at, (piece, after) in enumerate(pairwise(pieces)):
        if piece.figure is None or not is_postnominal(after.text):
            continue
        bearer = piece.figure.kind is NameKind.PERSON and at > 0  # "the former minister Roe MP"
        if piece.figure.kind is NameKind.PLACE or (determiner in ("the", "a") and not bearer):
            return [*pieces[:at], nobody(piece), *pieces[at + 1 :]]
    return pieces


def _with_seat_joined(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces with a seat of several words as one: "the Reno, Nev.-based firm" names neither
    Reno nor Nevada.
    """
    found = _OF_STATE.match(text, pieces[0].start, pieces[-1].end) if pieces else None
    if found is None:
        return pieces
    start, end = found.span(1)
    seat = text[start:end]
    after = [piece for piece in pieces if piece.start >= end]
    return [Piece(seat, seat.lower(), start, end, possessive=False), *after]


@named_rule("participle", False)
def _describes(noun: Piece, piece: Piece, after: Piece | None) -> bool:
    """Whether a participle ends the head: "statement signed by", but not "the Dover sporting
    director".
    """
    participle = piece.lower.endswith(("ed", "ing")) or piece.lower in _PARTICIPLES
    if not participle or not piece.text.islower() or noun.possessive:
        return False
    lexicon = people()
    if noun.name is not None:
        return not (after is not None and after.lower in lexicon.roles)
    roles = (noun.lower, noun.lower.removesuffix("s"))
    return noun.lower in lexicon.documents or any(role in lexicon.roles for role in roles)
