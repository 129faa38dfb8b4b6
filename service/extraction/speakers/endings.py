"""Endings: a full name that ends a mention identifies it, whatever precedes it.

"Former Dover and England defender Ann Bell" is Ann Bell, and so is "spokeswoman for women Ann
Bell"; "a cousin of actor Ann Bell" and "lawyers for Ann Bell" are not.
"""

from collections.abc import Sequence
from itertools import takewhile

from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.discourse import is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.pieces import Piece

_LINKS = word_class("name_links")
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
    if field and len(before) > 1 and before[-1].lower in _LINKS and _is_office(before[-2]):
        return None if any(map(_is_addressed, field)) else pieces[at].figure
    titled = any(map(_is_office, pieces[:at])) and len(before) < at
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
    for piece, after in zip(before, (*before[1:], None), strict=True):
        figure = piece.figure
        if figure is None or figure is named or not is_person(figure) or piece.possessive:
            continue
        noun = after is not None and after.text.islower() and after.lower not in _LINKS
        if not noun or after is None or after.lower == "and":
            return True
    return False


def _introduces(before: Sequence[Piece], titled: bool) -> bool:
    """Whether the words before the name describe its bearer rather than a relative or superior; a
    title may include an office: "Bank of Canada Governor Ann Bell".
    """
    link = max((at for at, piece in enumerate(before) if piece.lower in _LINKS), default=-1)
    between = [piece for piece in before[link + 1 :] if piece.lower != "the"]
    if link < 0:
        return _is_said_of(before[-1])
    if titled and link == 1:
        return before[0].text[0].isupper() and before[0].lower in people().organisation_heads
    if not between or link == 0:
        return False
    if any(not piece.text[0].isalnum() for piece in between):
        return _is_said_of(before[-1])
    headed = before[link - 1]
    if _is_office(between[-1]):
        return headed.text[0].isupper() and headed.lower in people().organisation_heads
    personal = any(_is_office(piece) or piece.lower in people().honorifics for piece in between)
    return _is_office(headed) and not personal


def _is_said_of(piece: Piece) -> bool:
    """Whether the piece ends a description: a noun, a comma or a dash."""
    return piece.figure is None and piece.lower != "and" and not piece.possessive


def _is_addressed(piece: Piece) -> bool:
    """Whether the piece is a form of address: "Senator" in "an aide to Senator Ann Bell"."""
    return _is_office(piece) or piece.lower in people().honorifics


def _is_office(piece: Piece) -> bool:
    lexicon = people()
    role = lexicon.short_roles.get(piece.lower, piece.lower)
    held = role in lexicon.roles or piece.lower.endswith(("-general", "-in-chief"))
    return held and not piece.possessive
