"""Joined names: names split in two by marks within them.

"Robert “Butch” Tolliver" is one person, the "Tilden County Sheriff’s Office" is one body. The parts
are found in runs.py.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name
from service.names.folding import fold_name

_NICKNAME = re.compile(r"( [“\"‘'(])[^\W\d_][\w’'.-]{0,15}(?: [^\W\d_][\w-]{0,15})?[”\"’')] ")
NICKNAME_REACH = 40
"""Longest distance in characters between a first name and the surname after a nickname."""
_CLOSING = frozenset("”\"’')")
_POSSESSIVES = ("’s ", "'s ", "’ ", "' ")
_OWNED = word_class("owned_bodies")
_OWNERS = word_class("owners")
_SURNAME_WORDS = 3
"""Longest surname, in words, after a nickname: "van der Molen"."""


_KIN = re.compile(
    r"\b(?:sisters|brothers|twins|siblings|couple|parents|spouses|sons|daughters|cousins),? $",
    re.IGNORECASE,
)
KIN_REACH = 12
"""Characters before a name within which "siblings " begins."""


def with_joined(text: str, names: Iterable[Name]) -> list[Name]:
    """Returns the names with split parts joined."""
    found: list[Name] = []
    for name in names:
        start = name.span.start
        if found and text[start - 2 : start - 1] in _CLOSING:
            before = [one for one in found[-2:] if _is_nicknamed(text, one, name)]
            if before:
                while found.pop() is not before[0]:
                    pass
                name = _person(text, before[0], name)
        if found and text[found[-1].span.end : start] in _POSSESSIVES and _owns(found[-1], name):
            name = _body(text, found.pop().whole.start, name)
        if text[name.span.end + 1 : name.span.end + 2].isdigit():
            name = _numbered(text, name)
        found.append(name)
    return found


def _numbered(text: str, name: Name) -> Name:
    """The name with a number that belongs to it: "Andre 3000", but neither "May 12" nor a score, a
    share or a year.
    """
    number = _NUMBER.match(text, name.span.end)
    first = fold_name(name.words[0]) in people().first_names
    if number is None or not first or len(name.words) > 1 or name.words[0] in _MONTHS:
        return name
    span = Span(name.span.start, number.end())
    whole = Span(name.whole.start, number.end())
    words = (*name.words, number.group().strip())
    return replace(
        name, words=words, kind=NameKind.PERSON, span=span, whole=whole, text=" ".join(words)
    )


_NUMBER = re.compile(
    r" (?!(?:19|20)\d\d\b)(?:\d{3,4}(?=[.,;:?!]? |[.,;:?!]?[”\"\n]|[.,;:?!]?$)"
    r"|\d{1,2}(?= (?:said|says|told|tells|added|sang|raps)\b))"
)
_MONTHS = frozenset(("April", "May", "June", "August", "Jan", "Jun", "Avril"))


@named_rule("nickname-in-marks", False)
def _is_nicknamed(text: str, first: Name, last: Name) -> bool:
    """Whether the two are one name with a nickname: "Robert “Butch” Tolliver", "Mohamed (Mo)
    Farah".
    """
    start, end = first.span.end, last.span.start
    if end - start > NICKNAME_REACH or first.possessive or last.titles:
        return False
    marks = _NICKNAME.fullmatch(text, start, end)
    personal = (NameKind.PERSON, NameKind.UNKNOWN)
    if marks is None or first.kind not in personal or last.kind not in personal:
        return False
    known = fold_name(first.words[0]) in people().first_names
    is_person = known or (first.kind is NameKind.PERSON and "(" not in marks.group(1))
    return is_person and len(last.words) <= _SURNAME_WORDS


def _person(text: str, first: Name, last: Name) -> Name:
    words = (*first.words, *last.words)
    return Name(
        words,
        NameKind.PERSON,
        Span(first.span.start, last.span.end),
        Span(first.whole.start, last.span.end),
        titles=first.titles,
        gender=first.gender,
        possessive=last.possessive,
        nickname=text[first.span.end : last.span.start].strip()[1:-1],
    )


def with_shared_surnames(text: str, names: Sequence[Name]) -> list[Name]:
    """Returns the names, with the surname that a couple or siblings share given to both."""
    pairs = zip_longest(names, names[1:])
    return [(after and _with_surname(text, names, name, after)) or name for name, after in pairs]


@named_rule("shared-surname", None)
def _with_surname(text: str, names: Iterable[Name], name: Name, after: Name) -> Name | None:
    """ "Shane Purdy" for the first of "Shane and Leonie Purdy", unless the article has "Shane" in
    another name. Of five in 400 articles all share it.
    """
    two, alone = len(after.words) == len(("Leonie", "Purdy")), len(name.words) == 1
    if not (two and alone) or text[name.span.end : after.span.start] != " and ":
        return None
    known, (first, last) = people().first_names, after.words
    personal = fold_name(name.text) in known and fold_name(first) in known
    kin = _KIN.search(text, max(0, name.span.start - KIN_REACH), name.span.start)
    if not (personal or kin) or after.kind is not NameKind.PERSON:
        return None
    whole = (name.text, last)
    if any(name.text in one.words and one.words not in (whole, name.words) for one in names):
        return None
    return replace(name, words=whole, kind=NameKind.PERSON, text=" ".join(whole))


@named_rule("owned-body", False)
def _owns(owner: Name, body: Name) -> bool:
    """Whether the two name one body: "Sheriff’s Office", "St Ann’s Hospital", but not "Trump’s
    Cabinet".
    """
    saint = "st" in owner.titles or "saint" in owner.titles or owner.words[0] in ("St", "St.")
    last = owner.words[-1].lower()
    office = last in _OWNERS or (last in people().roles and len(owner.words) > 1)
    return (saint or office) and body.words[-1].lower() in _OWNED and body.titles == ()


def _body(text: str, start: int, body: Name) -> Name:
    span = Span(start, body.span.end)
    words = tuple(span.of(text).split())
    return replace(
        body, words=words, kind=NameKind.ORGANISATION, span=span, whole=span, text=" ".join(words)
    )
