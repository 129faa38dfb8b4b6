"""Echoes: pronouns and descriptions between the mentions: "But the president paused."

They show who is in focus when the next mention comes.
"""

from collections.abc import Iterator

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon.people import people, places
from service.extraction.page.words import REFERRING, Words
from service.extraction.speakers.discourse import Discourse
from service.extraction.speakers.names import Name, NameKind

MODIFIERS = 3
"""Words between "the" and a role: "the former longtime Vermont senator"."""


class Echo(Struct, frozen=True, gc=False):
    """Words that mean somebody named elsewhere: a pronoun, or else a description by role."""

    span: Span
    pronoun: bool

    def name(self, text: str) -> Name:
        """The words as a Name."""
        return Name((self.span.of(text),), NameKind.PERSON, self.span, self.span)


def find_echoes(discourse: Discourse, words: Words) -> Iterator[Echo]:
    """Yields the pronouns and definite descriptions outside quotations, in reading order."""
    for at in words.referring:
        start, lower = words.starts[at], words.forms[at].lower
        if lower not in REFERRING or discourse.quoted(start):
            continue
        pronoun = lower != "the"
        end = at if pronoun else _description_end(words, at)
        if end is not None:
            yield Echo(Span(start, words.end(end)), pronoun)


def _description_end(words: Words, at: int) -> int | None:
    """Index of the role in "the former Vermont senator" if neither a name nor "of" follows, or
    None.
    """
    lexicon = people()
    for end in range(at + 1, min(at + 2 + MODIFIERS, len(words) - 1)):
        word = words.forms[end]
        if word.text in lexicon.roles and word.text not in lexicon.relations:
            after = words.forms[end + 1]
            beside = words.starts[end + 1] == words.end(end) + 1
            goes_on = beside and (
                after.capital or after.text in lexicon.roles or after.text == "of"
            )
            return None if goes_on else end
        if not (
            word.capital or word.lower in lexicon.modifiers or word.lower in places().nationalities
        ):
            return None
    return None
