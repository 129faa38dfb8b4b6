"""Listed bodies: organisations that news names without explaining them.

lexicon/bodies.toml lists names that no rule reads in full ("Save the Children"), names that look
like a person's ("Ryanair said"), and words that end a body's name rather than a person's ("Tata
Steel").
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, count
from operator import attrgetter

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.bodies import name_endings, single_names, what_they_are, whole_names
from service.extraction.lexicon.people import people
from service.extraction.page.words import WORD, Words
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name
from service.extraction.speakers.persons import INITIAL

_TEXT = attrgetter("text")
_ENDINGS = ("’s", "'s")
_OPEN = frozenset((NameKind.PERSON, NameKind.UNKNOWN, NameKind.ORGANISATION))
_CAPITALS = r"(?:[A-Z][\w.]{0,20} ){0,4}"
_COURT = re.compile(
    rf"{_CAPITALS}(?:Court of Appeals|Circuit Court|Appeals Court|District Court) (?:for|of) the "
    rf"(?:{_CAPITALS}District of [A-Z]\w+(?: [A-Z]\w+){0, 2}|(?:\w+|D\.C\.) Circuit\b)"
)
LONGEST = 80
"""Longest name in the list, in characters."""


def with_listed(text: str, names: Sequence[Name], words: Words) -> list[Name]:
    """Returns the names with those in the list joined, unless they are part of a longer name."""
    listed = _listed(text, words)
    if not listed:
        return list(names)
    starts = [name.span.start for name in names]
    left, whole = set(range(len(names))), []
    for one in listed:
        low = bisect_left(starts, one.span.start - LONGEST)
        beside = [
            at
            for at in range(low, bisect_left(starts, one.span.end))
            if names[at].span.overlaps(one.span)
        ]
        if any(names[at].span.covers(one.span) and names[at].span != one.span for at in beside):
            continue
        left.difference_update(beside)
        whole.append(one)
    kept = [names[at] for at in sorted(left)]
    return sorted([*kept, *whole], key=lambda name: (name.span.start, name.span.end))


@named_rule("listed-body", ())
def _listed(text: str, words: Words) -> Sequence[Name]:
    """Listed names and courts in the text: "Save the Children", "Goldman Sachs", "easyJet"."""
    listed, courts = list(_listed_names(text, words)), list(_courts(text))
    return sorted([*listed, *courts], key=lambda name: name.span.start) if courts else listed


def _listed_names(text: str, words: Words) -> Iterator[Name]:
    """Yields listed names in reading order, without overlaps."""
    beginnings, end = _beginnings(), 0
    for at in compress(count(), map(beginnings.__contains__, map(_TEXT, words.forms))):
        start = words.starts[at]
        if start < end:
            continue
        named = beginnings[words.forms[at].text]
        if not text.startswith(named, start):
            continue
        found = next((one for one in named if _is_at(text, start, one)), None)
        if found is not None:
            end = start + len(found)
            span = Span(start, end)
            owns = text.startswith(_ENDINGS, end)
            parts = tuple(found.split())
            yield Name(parts, NameKind.ORGANISATION, span, span, possessive=owns)


def _courts(text: str) -> Iterator[Name]:
    """Yields names such as "U.S. Court of Appeals for the 4th Circuit"."""
    if "ourt" not in text or (" Circuit" not in text and " District of" not in text):
        return
    for found in _COURT.finditer(text):
        parts = tuple(found.group().split())
        yield Name(parts, NameKind.ORGANISATION, Span(*found.span()), Span(*found.span()))


def _is_at(text: str, start: int, name: str) -> bool:
    end = start + len(name)
    return text.startswith(name, start) and not text[end : end + 1].isalnum()


@named_rule("listed-kind", ())
def _kinds(names: Sequence[Name]) -> Sequence[Name]:
    """Returns the names with listed bodies marked: "Ryanair" unless it is a person's name in the
    article, "Tata Steel" by its last word.
    """
    borne = {
        word.lower()
        for name in names
        if name.kind is NameKind.PERSON and len(name.words) > 1
        for word in name.words
    }
    return [_with_kind(name, borne) for name in names]


def with_listed_kinds(names: list[Name]) -> list[Name]:
    """Returns the names; those that the lists show to be bodies' have that kind."""
    return list(_kinds(names)) or names


def _with_kind(name: Name, borne: set[str]) -> Name:
    if name.titles or name.body or name.kind not in _OPEN:
        return name
    if len(name.words) == 1 and name.text.endswith(_ENDINGS) and name.text[:-2].lower() in borne:
        return _owner(name)
    alone = len(name.words) == 1 and name.text.istitle()
    if alone and name.kind is NameKind.ORGANISATION and name.text.lower() in borne:
        return replace(name, kind=NameKind.UNKNOWN)  # "Fox told", of Michael Fox
    listed = _is_listed(name, borne)
    if not listed and name.kind is NameKind.PERSON:
        return name
    called = what_they_are().get(name.text.replace("’", "'"), "")
    called = called if len(name.words) > 1 or name.words[0].lower() not in borne else ""
    if not listed and not called:
        return name
    return replace(name, kind=NameKind.ORGANISATION, body=called)


def _owner(name: Name) -> Name:
    """The "Lowe" of "Lowe's wife", not a shop's, in an article that names Gareth Lowe."""
    text, span = name.text[:-2], Span(name.span.start, name.span.end - 2)
    return replace(
        name,
        words=(text,),
        text=text,
        kind=NameKind.UNKNOWN,
        span=span,
        whole=span,
        possessive=True,
    )


def _is_listed(name: Name, borne: set[str]) -> bool:
    first, last = name.words[0], name.words[-1].lower()
    if len(name.words) == 1:
        return last in single_names() and last not in borne
    named = first.lower() in people().first_names or INITIAL.fullmatch(first)
    return name.kind is not NameKind.ORGANISATION and last in name_endings() and not named


@cache
def _beginnings() -> Mapping[str, tuple[str, ...]]:
    """Listed names by their first word, the longest first, with either apostrophe."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in whole_names():
        first = WORD.match(name)
        if first is None:
            raise ValueError(f"bodies.toml: no word begins {name!r}")
        found[first.group().removesuffix("'s")] |= {name, name.replace("'", "’")}
    return {word: tuple(sorted(names, key=len, reverse=True)) for word, names in found.items()}
