"""Rows: the names that one mention lists: "Ann Bell, 25, and her husband, Tom", "Acme and Orvo"."""

import re
from collections.abc import Iterable, Sequence

from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.discourse import Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind

_BETWEEN = re.compile(r"[’']?s? and (?:[Tt]he )?|, (?:and (?:[Tt]he )?)?")
_COMPANION = re.compile(
    r"(?:, \d{1,3})?,? and (?:his|her|its|their|the|a) (?:[\w’'-]+ ){0,4}?([\w-]+),? "
    r"(?:[A-Z][\w-]+\.? )?"
)

# Bounded, so that a row of a thousand commas takes linear time; Python 3.11 before 3.11.5 reads
# possessive quantifiers of groups wrongly.
_ASIDE = (
    r"(?: \([^()]*\)| (?:of|at|from|in)(?: (?!(?:and|or|&) )[^\s,;()]+){1,8}"
    r"|, (?!and |or )[^,;()]{1,90}(?=,)){0,4}"
)
_CUTS = word_class("cuts") - {"including"}
_APART = "|".join(sorted(word_class("cuts") | {"and", "to", "than"}))
_TITLES = rf"(?:(?!(?:{_APART}) )[\w’'.-]+,? ){{0,6}}"
AND = re.compile(rf"{_ASIDE},? {{1,2}}(?:and|&|or) {{1,2}}{_TITLES}")
COMMA = re.compile(rf"{_ASIDE}, {{1,2}}{_TITLES}")
_LED_IN = re.compile(rf"{_TITLES}|.*(?:including|such as|:|,| --| [—–-]) {_TITLES}", re.DOTALL)
_TAIL = re.compile(
    rf"{_ASIDE}(?:, [^,;()]{{2,90}})?(?: herself| himself)?[\s,.—–-]*(?:both|all)?"
    r"| (?:of|at|from|in) (?:(?! and )[^;()]){1,90}"
)
_OTHERS = r",? and (?:many |several |some |\d+ )?(?:other|more|others)\b.*"
_MORE = re.compile(_ASIDE + _OTHERS, re.DOTALL)


@named_rule("named-together", ())
def named_together(mention: Mention, text: str) -> tuple[Figure, ...]:
    """Members of "X, Y and Z" if that is the mention's head, else none."""
    several = any(piece.lower == "and" for piece in mention.head)
    aside = several and mention.rest[:1] and mention.rest[0].text == ","  # "Acme and Roe, which"
    pieces = _without_dateline([*mention.head, *(() if aside else mention.rest)])
    names = [piece for piece in pieces if piece.figure is not None]
    words = {p.lower for p in pieces if p.figure is None and p.text[0].isalnum()}
    if len(names) < 2 or "and" not in words or mention.head[-1:] == ():
        return ()
    first, last = names[0], names[-1]
    noun = mention.noun
    headed = noun.removesuffix("s") in people().roles or noun in people().documents
    others = headed and first in mention.rest
    if others and mention.rest[0].lower in _CUTS:
        return ()  # "lawyers for X and Y"
    chain = [first]
    for piece in names[1:]:
        start = piece.name.whole.start if piece.name else piece.start
        between = text[chain[-1].end : max(start, chain[-1].end)]
        if not _BETWEEN.fullmatch(between) and not has_companion(between):
            break
        chain.append(piece)
    leads = all(p.figure is not None or p.end <= first.start for p in pieces[:1])
    owner = chain[-1].possessive and last is not chain[-1]  # "Bell and Task, Labour’s Hart"
    if len(chain) < 2 or not leads or owner or (pieces[-1].figure is None and last is chain[-1]):
        return ()
    return tuple(piece.figure for piece in chain if piece.figure)


def _without_dateline(pieces: list[Piece]) -> list[Piece]:
    """The pieces without a dateline's town: "TOKYO - Acme and Roe"."""
    town = len(pieces) > 2 and pieces[0].figure is not None and pieces[0].text.isupper()
    return pieces[2:] if town and pieces[1].text in ("-", "–", "—", "--") else pieces


@named_rule("people-in-a-row", ())
def persons_together(mention: Mention, text: str) -> tuple[Figure, ...]:
    """Members of a row of persons, each perhaps with a description: "Ann Bell, 25, and her husband,
    Tom (R.)"; "Sens. Bell of Ohio and Task, and others".
    """
    pieces = (*mention.head, *mention.rest)
    named = [p for p in pieces if p.figure and is_person(p.figure) and not p.possessive]
    if (
        mention.noun in people().anonymous
        and mention.rest
        and mention.rest[0].lower in ("to", "for")
    ):
        return ()  # "advisers to four candidates - X, Y and Z"
    if len(named) < 2 or _LED_IN.fullmatch(text, mention.span.start, _begins(named[0])) is None:
        return ()
    chain = named[:1]
    for piece in named[1:]:
        if AND.fullmatch(text, chain[-1].end, _begins(piece)):
            tail = _TAIL.fullmatch(text, piece.end, mention.span.end)
            closed = tail is not None and piece is named[-1]
            return _members((*chain, piece)) if closed else ()
        if COMMA.fullmatch(text, chain[-1].end, _begins(piece)) is None:
            return ()
        chain.append(piece)
    more = _MORE.fullmatch(text, chain[-1].end, mention.span.end)
    headline = all(piece.figure or piece.text == "," for piece in pieces)
    return _members(chain) if len(chain) > 1 and (more or headline) else ()


@named_rule("listed-before", ())
def listed_before(discourse: Discourse, mention: Mention) -> Sequence[Figure]:
    """The names of the row that precede the mention in its sentence: "Ann Bell" of "Ann Bell, Tom
    Roe and Kim Fox said", of which the mention is the end.
    """
    text, start = discourse.text, mention.span.start
    first = next((piece for piece in mention.head if piece.figure), None)
    if first is None or first.figure is None:
        return ()
    row: list[tuple[Name, Figure]] = []
    begins, kind = _begins(first), _sort(first.figure)
    for name, figure in reversed(discourse.cast.between(discourse.sentence_start(start), start)):
        joined = COMMA.fullmatch(text, name.span.end, begins) and not name.possessive
        if _sort(figure) != kind or not joined:
            break
        row.append((name, figure))
        begins = name.whole.start
    return (
        [figure for _, figure in reversed(row)] if row and discourse.is_subject(row[-1][0]) else ()
    )


def _sort(figure: Figure) -> tuple[bool, bool]:
    return is_person(figure), is_place(figure)


def _begins(piece: Piece) -> int:
    return piece.name.whole.start if piece.name else piece.start


def _members(chain: Iterable[Piece]) -> tuple[Figure, ...]:
    return tuple(piece.figure for piece in chain if piece.figure)


@named_rule("companion", False)
def has_companion(between: str) -> bool:
    """Whether a companion joins the two names: "X and her deputy, Y"."""
    found = _COMPANION.fullmatch(between)
    return found is not None and found.group(1) in people().roles


def is_place(figure: Figure) -> bool:
    return figure.kind is NameKind.PLACE
