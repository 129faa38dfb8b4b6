"""Joined names: names of which one was found as two, or two as one.

"Robert “Butch” Tolliver" is one person and the "Tilden County Sheriff’s Office" one body. "Public
Works and Procurement Ruritania (PWPR)" is one name because its words begin with these letters, but
"in New York Trump said" has two that no comma separates. The parts are found in runs.py.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.bodies import single_names, whole_names
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.page.words import AMPERSANDS, Words
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name
from service.extraction.speakers.word_surnames import SAYS
from service.names.folding import fold_name

_NICKNAME = re.compile(r"( [“\"‘'(])[^\W\d_][\w’'.-]{0,15}(?: [^\W\d_][\w-]{0,15})?[”\"’')] ")
_AGED = re.compile(r", (?:aged )?\d{1,3}[,.]")
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
    known = fold_name(first.words[-1]) in people().first_names  # "Welder Rolando “Dodong” Diaz"
    known = known or ("(" not in marks.group(1) and _AGED.match(text, last.span.end) is not None)
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
    whose, head = owner.words[-1].lower(), body.words[-1].lower()
    office = whose in _OWNERS or (whose in people().roles and len(owner.words) > 1)
    able = head in _OWNED or (saint and head in people().organisation_heads)
    return (saint or office) and able and body.titles == ()


def _body(text: str, start: int, body: Name) -> Name:
    span = Span(start, body.span.end)
    words = tuple(span.of(text).split())
    return replace(
        body, words=words, kind=NameKind.ORGANISATION, span=span, whole=span, text=" ".join(words)
    )


FEWEST_LETTERS = 3
"""Two letters in brackets are often something else: "(JD)" is a magazine, "(R)" a party."""

MOST_WORDS = 14
"""Limit on the words before an acronym that are searched for the name."""

_SMALL = word_class("linking")
_GAPS = frozenset((" ", ", ", *AMPERSANDS, "-"))


def with_spelled_out(text: str, names: Sequence[Name], words: Words) -> list[Name]:
    """Returns ``names`` with each name that a bracketed acronym spells out joined into one."""
    bracketed = (at for at, name in enumerate(names) if text[name.span.start - 1] == "(")
    grown = [one for at in bracketed if (one := _grown(text, names, at, words))]
    if not grown:
        return list(names)
    return sorted(
        [*grown, *_outside(names, [name.span for name in grown])],
        key=lambda name: (name.span.start, name.span.end),
    )


def _outside(names: Sequence[Name], spans: Sequence[Span]) -> Iterator[Name]:
    at = 0
    for name in names:
        while at < len(spans) and spans[at].end <= name.span.start:
            at += 1
        if at == len(spans) or not spans[at].overlaps(name.whole):
            yield name


def _grown(text: str, names: Sequence[Name], at: int, words: Words) -> Name | None:
    """Returns the name before the brackets around ``names[at]`` that its letters spell, or None."""
    acronym = names[at]
    start, end = acronym.span.start, acronym.span.end
    letters = acronym.text.replace(".", "")
    bracketed = text[max(0, start - 2) : start] == " (" and text[end : end + 1] == ")"
    if not bracketed or len(letters) < FEWEST_LETTERS or not letters.isupper():
        return None
    last = bisect_left(words.starts, start - 2) - 1
    first = _first_word(text, words, last, letters)
    if first is None and len(letters) > FEWEST_LETTERS:
        first = _first_word(text, words, last - 1, letters)  # NIWA omits "Research"
    before = names[at - 1] if at else None
    if first is None or (before and before.span.start <= words.starts[first]):
        return None
    span = Span(words.starts[first], words.end(last))
    spelled = tuple(text[span.start : span.end].split())
    if is_office(spelled):
        return None
    return Name(spelled, NameKind.ORGANISATION, span, span)


def is_office(words: Sequence[str]) -> bool:
    """Whether the words are an office, not a body: "Deputy Commissioner of Police"."""
    links = (at for at, word in enumerate(words) if word in ("of", "for", "in"))
    head = words[: next(links, len(words))]
    return bool(head) and head[-1].lower() in people().roles


def _first_word(text: str, words: Words, last: int, letters: str) -> int | None:
    """Index of the first word of the phrase ending at ``last`` that ``letters`` spell, or None."""
    if last < 0:
        return None
    left = len(letters)
    for at in range(last, max(-1, last - MOST_WORDS), -1):
        form = words.forms[at]
        if at < last and text[words.end(at) : words.starts[at + 1]] not in _GAPS:
            return None
        parts = "".join(fold_name(part[:1]).upper() for part in form.text.split("-"))
        parts = parts if letters.endswith(parts, 0, left) else parts[0]  # "Socio-Economic"
        fits = letters.endswith(parts, 0, left)
        if form.capital and not fits:
            return None
        if not (form.capital or fits or form.lower in _SMALL):
            return None
        if fits and (form.capital or left > 1):
            left -= len(parts)
            if left == 0:
                return at
    return None


_BEFORE = re.compile(
    r"\b(?:in|at|to|with|from|of|for|outside|inside|near|by|on|about|against|across|around)"
    r" (?:the )?$",
    re.IGNORECASE,
)
_SAYS_AFTER = re.compile(rf" (?:has |had |also )?{SAYS}\b")
REACH = 20
"""Characters of a preposition and an article."""


def apart(text: str, names: list[Name]) -> list[Name]:
    """Returns the names, with those that run together split in two."""
    return list(_apart(text, names)) or names


@named_rule("run-together", ())
def _apart(text: str, names: Sequence[Name]) -> Sequence[Name]:
    """Splits "New York Trump", in "after a rally in New York Trump said"."""
    surnames = {
        name.words[-1] for name in names if name.kind is NameKind.PERSON and len(name.words) > 1
    }
    return [part for name in names for part in _parts(text, name, surnames)]


def _parts(text: str, name: Name, surnames: set[str]) -> Iterator[Name]:
    *before, last = name.words
    start, end = name.span.start, name.span.end
    together = (
        before
        and not name.titles
        and last in surnames
        and _SAYS_AFTER.match(text, end) is not None
        and _BEFORE.search(text, max(0, start - REACH), start) is not None
    )
    kind = _kind_of(before) if together else None
    if kind is None:
        yield name
        return
    first, second = Span(start, start + len(" ".join(before))), Span(end - len(last), end)
    yield Name(tuple(before), kind, first, first)
    yield Name((last,), NameKind.UNKNOWN, second, second, possessive=name.possessive)


def _kind_of(words: Sequence[str]) -> NameKind | None:
    """Kind of the first name; None if its words may be somebody's first names."""
    text, last = " ".join(words), words[-1].lower()
    if words[0].lower() in people().first_names:
        return None
    if text.lower() in places().canonical:
        return NameKind.PLACE
    body = last in people().organisation_heads or text in whole_names() or last in single_names()
    return NameKind.ORGANISATION if body else None
