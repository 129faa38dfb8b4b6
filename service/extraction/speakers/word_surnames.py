"""Word surnames: surnames that are also ordinary words.

"May said" is Brian May if the article names him, "said King" Billie Jean King. As the surname is
also a word, a month or an office, it counts as a name only beside a verb of saying.
"""

import re
from collections.abc import Container, Sequence
from functools import cache

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name
from service.names.folding import fold_name
from service.names.persons import surname_is_first

SAYS = (
    r"(?:sa(?:id|ys)|told|tells|wr(?:ote|ites)"
    r"|(?:add|ask|insist|explain|tweet|recall|warn|claim|note)(?:e?d|s)"
    r"|(?:argue|continue|believe|hope|joke|denie|concede|acknowledge)[ds]|admit(?:ted|s)|repl(?:ied|ies))"
)


ASIDE = 160
"""Longest aside between such a surname and its verb: "King, asked on Monday about it, said"."""


def with_word_surnames(text: str, names: Sequence[Name]) -> list[Name]:
    """Returns the names with such surnames, used alone, added."""
    names = _titled(text, names)
    found = _said(text, names)
    if not found:
        return list(names)
    spans = {name.span for name in found}
    kept = [name for name in names if name.span not in spans]
    return sorted([*kept, *found], key=lambda name: (name.span.start, name.span.end))


@cache
def _words() -> frozenset[str]:
    """Words that do not begin a name on their own."""
    lexicon = people()
    return lexicon.common | lexicon.honorifics.keys() | lexicon.titles | lexicon.events


@named_rule("titled-word", ())
def _titled(text: str, names: Sequence[Name]) -> Sequence[Name]:
    """The names, with "Inez Park" a person's if the article also has a "Ms. Park"."""
    titled = {name.words[-1] for name in names if len(name.words) == 1 and _is_addressed(name)}
    return [
        replace(name, kind=NameKind.PERSON) if _is_titled(text, name, titled) else name
        for name in names
    ]


def _is_addressed(name: Name) -> bool:
    """Whether "Ms" or an office such as "Cr" precedes the name."""
    return bool(name.gender or (name.titles and name.kind is NameKind.PERSON))


def _is_titled(text: str, name: Name, titled: Container[str]) -> bool:
    """Whether the name, not known for a person's, is of one of the surnames."""
    thing = name.kind is not NameKind.PERSON
    two = len(name.words) == 2 and name.words[-1] in titled and not name.titles and not name.body
    return thing and two and not text.endswith(("the ", "The "), 0, name.span.start)


@named_rule("word-as-surname", ())
def _said(text: str, names: Sequence[Name]) -> Sequence[Name]:
    """Names of such surnames in the text: "King says", of Billie Jean King."""
    surnames = {
        word
        for name in names
        if name.kind is NameKind.PERSON and len(name.words) > 1
        for word in name.words[:1] * surname_is_first(tuple(map(fold_name, name.words)))
        + name.words[-1:]
        if word.istitle() and word.lower() in _words()
    }
    if not surnames:
        return ()
    either = "|".join(map(re.escape, sorted(surnames)))
    beside = re.compile(
        rf"\b({either})\b(?=, (?:\d\d,|who\b)"
        rf"|(?:, [a-z][^.;:“”\"\n]{{1,{ASIDE}}},)? (?:has |had |also |later |then )?{SAYS}\b)"
        rf"|(?<=\bsaid )({either})\b(?! \d)|(?<=ccording to )({either})\b(?=[,.])"
    )
    spans = (Span(*found.span()) for found in beside.finditer(text))
    return [
        Name((span.of(text),), NameKind.UNKNOWN, span, span)
        for span in spans
        if all(
            name.kind is NameKind.OTHER and name.whole == span
            for name in names
            if name.whole.overlaps(span)
        )
    ]
