"""Appearances: a speaker as named in one article, with clues to whom a bare surname refers.

"Mr Reid" in one article is Senator Harry Reid of another only if something else matches: a title or
description, or the publisher and the week. speakers.py makes the decision.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from msgspec import Struct

from service.domain import PartialDate, SourceReference, Speaker, SpeakerKind, Statement
from service.index.names import name_words, words_of

WEEK = 7
"""Days within which a bare surname probably refers to the same person in the next article."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHORT = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "pres": "president",
    "sec": "secretary",
    "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain",
    "sgt": "sergeant",
}
_OFFICES = _words(
    "president premier chancellor senator congressman congresswoman governor mayor pope king queen"
)
"""Sufficient on their own: two holders of such an office rarely share a surname. "Spokesman" and
"Dr" are not."""
_EMPTY = _words("a an the of for and in at on to s former then mr mrs ms miss dr doctor sir")


class Appearance(Struct, frozen=True, gc=False):
    """A speaker under whose name an article lists statements.

    If only the surname of the speaker or of a member is known, also the clues to who it is: the
    article's publisher, its week (0: unknown) and the title it gives the speaker.
    """

    speaker: Speaker
    publisher: str = ""
    week: int = 0
    title: str = ""


def is_bare(speaker: Speaker) -> bool:
    """Whether it is a person, or a group with a person, known by a single word."""
    if speaker.members:
        return any(map(is_bare, speaker.members))
    return speaker.kind is SpeakerKind.PERSON and len(name_words(speaker.name)) == 1


def appearance_in(statement: Statement, speaker: Speaker) -> Appearance:
    """The appearance of anybody the statement names, not only its speaker."""
    if not is_bare(speaker):
        return Appearance(speaker)
    title = statement.title.text if statement.title and speaker == statement.speaker else ""
    source: SourceReference = statement.source
    return Appearance(speaker, source.publisher or "", week_of(source.published), title)


def week_of(published: PartialDate | None) -> int:
    """A distinct number per week; 0 if the day is unknown."""
    if published is None or published.year is None or published.day is None:
        return 0
    return date(published.year, published.month or 1, published.day).toordinal() // WEEK


@dataclass
class Evidence:
    """The publishers, weeks and titles with which a full name appears."""

    places: set[tuple[str, int]] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def add(self, other: "Evidence") -> None:
        self.places |= other.places
        self.titles |= other.titles

    def fits(self, appearance: Appearance) -> bool:
        """Whether a clue of ``appearance`` matches, besides the surname."""
        there = (appearance.publisher, appearance.week)
        if all(there) and there in self.places:
            return True
        return any(may_be_same(appearance.title, title) for title in self.titles)


def may_be_same(one: str, other: str) -> bool:
    """Whether two titles may describe the same person: the shorter says nothing that the longer
    does not.

    >>> may_be_same("Sen.", "Democratic senator from Nevada"), may_be_same("Dr", "Dr")
    (True, False)
    >>> may_be_same("spokesman", "spokesman for Acme")
    False
    """
    shorter, longer = sorted((_telling(one), _telling(other)), key=len)
    few = len(shorter) == 1 and shorter.isdisjoint(_OFFICES)
    return bool(shorter) and shorter <= longer and not few


@lru_cache(maxsize=1 << 12)
def _telling(title: str) -> frozenset[str]:
    words = (word.removesuffix("’s").removesuffix("'s") for word in words_of(title))
    return frozenset(_SHORT.get(word, word) for word in words) - _EMPTY
