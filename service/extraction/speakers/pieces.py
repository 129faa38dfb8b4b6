"""Pieces: a mention's words in order, each name as one piece, and which names are the speaker's.

"Secretary of State John Kerry" is John Kerry; "residents of Dover and Deal" are neither; "a marine
biologist", right after a name that begins the clause, is that person.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.domain import Span
from service.extraction.lexicon.people import people, places
from service.extraction.page.words import WORD
from service.extraction.speakers.cast import Cast
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind

_PIECE = re.compile(WORD.pattern + r"|[,()–—:;-]+")
POSSESSIVE = re.compile(r"[’'](?:s|(?<=s[’']))?$")
_ENDING = re.compile(r"[’']s?")


class Piece(NamedTuple):
    """A word of the mention, or a name in it as one piece.

    ``lower`` is without possessive ending and full stop, with straight apostrophes.
    """

    text: str
    lower: str
    start: int
    end: int
    possessive: bool
    name: Name | None = None
    figure: Figure | None = None


def pieces_of(text: str, span: Span, cast: Cast) -> list[Piece]:
    """Words, names and punctuation of the mention in order."""
    named = [
        (name, figure)
        for name, figure in cast.between(span.start, span.end)
        if name.span.end <= span.end and name.kind is not NameKind.OTHER
    ]
    pieces: list[Piece] = []
    position = span.start
    for name, figure in named:
        pieces += _words(text, position, name.span.start)
        start, end = name.span.start, name.span.end
        lower = _lowered(name.text)
        pieces.append(Piece(name.text, lower, start, end, name.possessive, name, figure))
        position = name.span.end + _ending(text, name, span.end)
    pieces += _words(text, position, span.end)
    return pieces


def _ending(text: str, name: Name, end: int) -> int:
    """Length of the possessive ending after the name."""
    found = _ENDING.match(text, name.span.end, end) if name.possessive else None
    return len(found.group()) if found else 0


def _words(text: str, start: int, end: int) -> list[Piece]:
    pieces = []
    for match in _PIECE.finditer(text, start, end):
        word = match.group()
        possessive = POSSESSIVE.search(word) is not None
        pieces.append(Piece(word, _lowered(word), *match.span(), possessive))
    return pieces


def _lowered(text: str) -> str:
    lower = text.lower()
    if lower.endswith(("’s", "'s")):
        lower = lower[:-2]
    return lower.replace("’", "'").rstrip(".")


INTRODUCTION_REACH = 40
"""Characters before a description within which the name it describes begins."""
_WHERE = frozenset(("of", "in", "from", "at", "across", "around", "near"))
_LISTED = re.compile(
    r"\b([A-Za-z]+) (?:of|in|from|at|across|around|near) "
    r"(?:[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*, )+(?:and )?$"
)
LIST_REACH = 120
"""Characters before a mention within which the list begins that it ends."""


@named_rule("end-of-a-list", False)
def is_of_a_list(text: str, span: Span) -> bool:
    """Whether the mention is only the end of a list of places: "Deal and Hythe", of "Firefighters
    from Dover, Deal and Hythe".
    """
    before = text[max(0, span.start - LIST_REACH) : span.start]
    if not before.endswith((", ", ", and ")) or not (
        before.endswith("and ") or " and " in span.of(text)
    ):
        return False
    listed = _LISTED.search(before)
    return listed is not None and is_several(listed.group(1).lower())


def without_places(pieces: list[Piece], cut: int) -> list[Piece]:
    """The pieces without names that are only places: "Residents of Dover and Deal" are neither."""
    head = pieces[cut - 1].lower if 0 < cut < len(pieces) else ""
    if not head.endswith(("s", "people")) or any(piece.figure for piece in pieces[:cut]):
        return pieces
    for at in range(cut, len(pieces)):
        if pieces[at].lower in _WHERE and any(is_several(piece.lower) for piece in pieces[:at]):
            return [*pieces[: at + 1], *map(nobody, pieces[at + 1 :])]
        if pieces[at].figure is not None:
            break
    return pieces


def is_several(noun: str) -> bool:
    """Whether the noun is a plural for people: "residents", "voters", but neither "one" nor
    "polls".
    """
    lexicon = people()
    plural = noun.endswith("s") or noun == "people"
    document = noun.removesuffix("s") in lexicon.documents or noun == "studies"
    return plural and not document and (noun in lexicon.anonymous or noun[:-1] in lexicon.roles)


def with_introduced(text: str, span: Span, cast: Cast) -> Span:
    """Extends a description, "an oceanographer at New Harbour", to the name before it if that
    begins the clause.
    """
    start = span.start
    if not text.startswith(("a ", "an ", "the "), start) or text[start - 2 : start] != ", ":
        return span
    before = cast.between(max(0, start - INTRODUCTION_REACH), start)
    if not before or before[-1][0].span.end != start - 2:
        return span
    name, figure = before[-1]
    opens = name.whole.start == 0 or text[name.whole.start - 2 : name.whole.start] in _BEFORE_CLAUSE
    named = figure.kind is NameKind.PERSON and len(name.words) > 1
    return Span(name.whole.start, span.end) if opens and named else span


_BEFORE_CLAUSE = frozenset((",”", "” ", '" ', "’ ", "\n\n", ". ", "? ", "! "))


def nobody(piece: Piece) -> Piece:
    """The piece as plain words, without the figure it names."""
    return piece._replace(name=None, figure=None)


@named_rule("introduced-name", None)
def speaker_name_end(text: str, pieces: Sequence[Piece], cut: int) -> int | None:
    """Index after the full name that an office before the cut introduces, "Secretary of State John
    Kerry"; None without one, as in "an aide to Senator John Kerry".
    """
    if not 0 < cut < len(pieces) or _is_person(pieces[cut - 1]):
        return None
    if pieces[cut - 1].lower in people().documents:
        return None  # "a review by the auditor, Ann Bell"
    at = next((at for at in range(cut + 1, len(pieces)) if _is_person(pieces[at])), None)
    if at is None or pieces[at].possessive or not _is_named_fully(pieces[at]):
        return None
    name, between = pieces[at].name, pieces[cut + 1 : at]
    name_pieces = [piece for piece in between if name is None or piece.start < name.whole.start]
    if any(piece.lower in _RELATIVES for piece in (pieces[cut], *between)):
        return None
    office_last = len(name_pieces) > 1 and is_office(name_pieces[-2])
    if name_pieces and name_pieces[-1].text == "," and (office_last or is_office(pieces[cut - 1])):
        return at + 1
    if not is_office(pieces[cut - 1]):
        return None
    office = pieces[cut - 1].lower
    if office in people().relations:
        return (
            at + 1 if name_pieces and name_pieces[-1].name and _is_body(name_pieces[-1]) else None
        )
    return at + 1 if _is_field(name_pieces, between) else None


_RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))


def is_office(piece: Piece) -> bool:
    """Whether the piece is an office or an occupation, and not part of a name."""
    lexicon = people()
    held = piece.lower in lexicon.roles or piece.lower in lexicon.short_roles
    held = held or piece.lower.endswith(("-general", "-in-chief"))
    return held and piece.figure is None and not piece.possessive


def is_form_of_address(piece: Piece) -> bool:
    """Whether the piece is an office or honorific: "Senator" in "an aide to Senator Ann Bell"."""
    return is_office(piece) or piece.lower in people().honorifics


def _is_person(piece: Piece) -> bool:
    return piece.figure is not None and piece.figure.kind is NameKind.PERSON


def _is_named_fully(piece: Piece) -> bool:
    """Whether the name has two words, or one after "Mr"."""
    name = piece.name
    titled = name is not None and not people().honorifics.keys().isdisjoint(name.titles)
    return name is not None and (len(name.words) > 1 or titled)


def _is_body(piece: Piece) -> bool:
    return piece.figure is not None and piece.figure.kind is NameKind.ORGANISATION


def _is_field(name_pieces: Sequence[Piece], between: Sequence[Piece]) -> bool:
    """Whether the words between are the office's field, "State", and not another's title,
    "President".
    """
    words = [piece for piece in between if piece.lower != "the" and piece.text[0].isalnum()]
    if not words:
        return False
    first, lexicon = words[0], people()
    title = first.lower in lexicon.roles or first.lower in lexicon.honorifics
    nation = first.figure is None and first.lower in places().nationalities
    return bool(name_pieces) or not (title or nation)
