"""Title tails: a section or publisher after a title on the same line.

    Ten dead in fire | Harrow News
    Mining blasts shatter homes - Basuto Times
    Talks go on | World | The Daily Record

After a bar, any few words are a tail; after a dash they must name a publisher. "BUDGET 3.0 | "
"Tax agency gets R4bn to hire collectors" is a title as a whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.domain import Excerpt
from service.reading.lexicon import is_agency, words
from service.reading.lines import Line

SHORTEST = 10
"""Characters that must remain of the title."""

_BREAK = re.compile(r"\s+(?:(?P<bar>[|•·])|--|[-–—])\s+")
_LONGEST = 60
"""Characters of a publisher's name."""
_SECTION_WORDS = 4
_BREAKS = 8
"""Breaks examined from the end of the line, to keep time linear."""

_HOST = re.compile(r"(?:www\.)?[a-z0-9-]{2,40}(?:\.[a-z]{2,12}){1,2}", re.IGNORECASE)
_BODY = re.compile(
    r"(?:the )?(?:office|ministry|department|university|city|government|bureau|embassy|council) of "
    r"(?:the )?[A-Z]",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:by|from|source:|©)\s+", re.IGNORECASE)
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "de", "&"))


@dataclass(frozen=True, slots=True)
class Tail:
    """A tail; ``start`` is where the title ends on its line."""

    start: int
    publisher: Excerpt | None


def tail_of(line: Line, lines: Sequence[Line]) -> Tail | None:
    """The text after the title; ``lines`` are those at the top of the text, which may name it."""
    breaks = list(_BREAK.finditer(line.text))[-_BREAKS:]
    tail: Tail | None = None
    end = len(line.text)
    for found in reversed(breaks):
        segment = line.excerpt(found.end(), end)
        publishes = is_publisher(segment.text, lines)
        section = found["bar"] and len(segment.text.split()) <= _SECTION_WORDS
        if not publishes and not section:
            break
        if len(line.text[: found.start()].split()) <= 1 and not publishes:
            break
        publisher = tail.publisher if tail else None
        tail = Tail(found.start(), publisher or (segment if publishes else None))
        end = found.start()
    return tail


def is_publisher(name: str, lines: Iterable[Line] = ()) -> bool:
    """Whether it reads like the name of a newspaper, a station or an office, or the text is signed
    so."""
    if not name or len(name) > _LONGEST:
        return False
    if is_agency(name) or _HOST.fullmatch(name) or _is_signed(name, lines):
        return True
    parts = [part.strip(".,'’") for part in name.split()]
    if not all(part[:1].isupper() or part.casefold() in _SMALL for part in parts):
        return False
    if _BODY.match(name):
        return True
    folded = {part.casefold().rstrip("0123456789") or part for part in parts}  # News24
    return len(parts) <= 6 and not words("publishers").isdisjoint(folded)


def _is_signed(name: str, lines: Iterable[Line]) -> bool:
    return any(
        line.text[len(sign[0]) :].strip() == name
        for line in lines
        if (sign := _SIGNED.match(line.text))
    )
