"""Appearances: a speaker as an article has it, and what tells whether a bare surname there is
somebody whom another article names in full.

"Mr Reid" of one article is Senator Harry Reid of another only where something else fits: a title
or description, or the publisher and the week. Who is who then is decided in speakers.py.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from msgspec import Struct

from service.domain import PartialDate, SourceReference, Speaker, SpeakerKind, Statement
from service.index.names import name_words, words_of

WEEK = 7
"""Days within which a surname alone is likely to go on from one article to the next."""


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
"""Fit alone: there is hardly a second one of the surname. "Spokesman" and "Dr" do not."""
_EMPTY = _words("a an the of for and in at on to s former then mr mrs ms miss dr doctor sir")


class Appearance(Struct, frozen=True, gc=False):
    """A speaker under whom an article lists statements. Where only a surname is known, of the
    speaker or of a member, also what may tell who that is: the article's publisher, its week (0:
    not known) and how it introduces the speaker."""

    speaker: Speaker
    publisher: str = ""
    week: int = 0
    title: str = ""


def is_bare(speaker: Speaker) -> bool:
    """Whether it is a person, or a group with one in it, known by one word only."""
    if speaker.members:
        return any(map(is_bare, speaker.members))
    return speaker.kind is SpeakerKind.PERSON and len(name_words(speaker.name)) == 1


def appearance_in(statement: Statement, speaker: Speaker) -> Appearance:
    """Of somebody whom the statement names, who may be another than its speaker."""
    if not is_bare(speaker):
        return Appearance(speaker)
    title = statement.title.text if statement.title and speaker == statement.speaker else ""
    source: SourceReference = statement.source
    return Appearance(speaker, source.publisher or "", week_of(source.published), title)


def week_of(published: PartialDate | None) -> int:
    """A number of its own for each week; 0 where the day is not known."""
    if published is None or published.year is None or published.day is None:
        return 0
    return date(published.year, published.month or 1, published.day).toordinal() // WEEK


@dataclass
class Evidence:
    """What articles say beside a full name: where and when it appears, what it is said to be."""

    places: set[tuple[str, int]] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def add(self, other: "Evidence") -> None:
        self.places |= other.places
        self.titles |= other.titles

    def fits(self, appearance: Appearance) -> bool:
        """Whether something beside the surname is the same."""
        there = (appearance.publisher, appearance.week)
        if all(there) and there in self.places:
            return True
        return any(may_be_same(appearance.title, title) for title in self.titles)


def may_be_same(one: str, other: str) -> bool:
    """Whether both say of somebody the same: the shorter nothing that the longer does not.

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
