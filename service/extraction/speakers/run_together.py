"""Run together: splits two names that no comma separates, "in New York Trump said".

The last word is a surname of somebody in the article, and the words before it name a place or a
body. "According to Chelsea Clinton" is not split, even if another Clinton is named.
"""

import re
from collections.abc import Iterator, Sequence

from service.domain import Span
from service.extraction.lexicon.bodies import single_names, whole_names
from service.extraction.lexicon.people import people, places
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name
from service.extraction.speakers.word_surnames import SAYS

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
