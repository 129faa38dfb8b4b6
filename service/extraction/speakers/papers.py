"""Papers: the places where an article mentions a report, a poll, a lawsuit or a letter.

Each is read for its kind, its qualifying words and its author, who may be named after it. Which of
them a mention means is decided in documents.py.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.page.words import Words
from service.extraction.speakers.discourse import Discourse
from service.extraction.speakers.document_names import (
    CLAUSES,
    JOINTS,
    PAST,
    RELEASED,
    SHOWN,
    document_complement,
    document_head,
    kind_of,
    of_document,
)
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention, Piece, read_mention
from service.extraction.speakers.names import NameKind

_ASKED = frozenset(("poll", "survey"))
"""Kinds whose "of" names the people asked."""
_DETERMINERS = word_class("determiners")
_OTHERWISE = frozenset(("paper", "outlook", "index", "summary"))
"""Kinds that may be none: a newspaper, the outlook for an economy."""
_PRONOUNS = frozenset(("i", "you", "he", "she", "it", "we", "they"))
_MAKER = re.compile(
    r"(?: (?:of|among) [a-z\d][a-z\d, -]{1,50}?)?"
    rf"(?:,? (?!{SHOWN}){PAST}(?: [\w,]+){{0,5}}?)? (by|from) (?:the )?"
    r"((?:(?!in |on |at |and |that |who )[\w’'-]+ ){0,4}?(?:[\w’'-]+, )?)"
)
_GOES_ON = re.compile(r"[’'/]| (?:in|of|for|on|and) (?:the )?[A-Z]")
"""More of the maker’s name: "Congress’s Joint Committee", "ABC/Roe University"."""
_PART = re.compile(r"(?:[’']s)? (?:campaign|camp|team|administration|government|office)\b")
""""By the Roe campaign" names no Roe."""
_BESIDE = re.compile(r"(?:[’']s?)? ")
_OPENING = re.compile(r"(?:(?:The|This|An?|Their|Its|His|Her) )?(?:[\w’'-]+ ){0,3}")
"""Text from a sentence's beginning to the kind of a document that is its subject."""
LEFT_REACH = 7
"""Words before a document's kind that are read as its qualifiers."""
MAKER_REACH = 90
"""Characters after a document's kind within which its author is named."""
PAPERS = 30
"""Limit on the documents weighed before a mention, and on those after it."""


class Paper(Struct, gc=False):
    """A place where the article mentions a document of this ``kind``, qualified by ``words``;
    ``named`` says whether they include somebody's name.
    """

    start: int
    kind: str
    words: frozenset[str]
    figure: Figure
    named: bool
    plural: bool


class Papers:
    """The documents an article mentions, read on first use."""

    def __init__(self, discourse: Discourse, words: Words) -> None:
        self._discourse = discourse
        self._places = [
            (words.starts[at], words.end(at), _left(discourse.text, words, at))
            for at in words.referring
            if words.forms[at].lower in people().documents
        ]

    @cached_property
    def _all(self) -> list[Paper]:
        found: list[Paper] = []
        for start, end, left in self._places:
            paper = self._read(start, end, left, found)
            if paper is not None:
                found.append(paper)
        return found

    def at_head(self, mention: Mention) -> Paper | None:
        """The document whose kind is the mention's head, or None."""
        head = mention.head[-1]
        at = bisect_left(self._all, head.start, key=lambda paper: paper.start)
        found = self._all[at : at + 1]
        return found[0] if found and found[0].start < head.end else None

    def around(self, position: int) -> Sequence[Paper]:
        """The documents before and after ``position``, without the one at it."""
        low = bisect_left(self._all, position, key=lambda paper: paper.start)
        high = bisect_right(self._all, position, low, key=lambda paper: paper.start)
        return (*self._all[max(0, low - PAPERS) : low], *self._all[high : high + PAPERS])

    def opening(self, start: int, end: int) -> Mention | None:
        """The mention of one document with which text[start:end] begins, up to its kind: "A new
        report".
        """
        discourse = self._discourse
        at = bisect_left(self._all, start, key=lambda paper: paper.start)
        for paper in self._all[at : at + 1]:
            single = not paper.plural and paper.kind not in _OTHERWISE
            if (
                paper.start < end
                and single
                and _OPENING.fullmatch(discourse.text, start, paper.start)
            ):
                stop = paper.start + len(paper.kind)
                return read_mention(discourse.text, Span(start, stop), discourse.cast)
        return None

    def _read(self, start: int, end: int, left: int, known: Sequence[Paper]) -> Paper | None:
        discourse = self._discourse
        at = bisect_right(discourse.mentions, start, key=lambda span: span.start) - 1
        inside = at >= 0 and discourse.mentions[at].end >= end
        if not inside and left == start:
            return None  # a bare noun says no more than the mention to be resolved
        span = discourse.mentions[at] if inside else Span(left, end)
        mention = of_document(discourse, read_mention(discourse.text, span, discourse.cast))
        if not mention.head or not mention.head[-1].start <= start < mention.head[-1].end:
            return None
        kind = kind_of(mention)
        if not kind:
            return None
        name, named = self._name(mention, kind)
        words = frozenset(name.lower().split()) - {mention.noun.split()[-1]}
        same = (p.figure for p in reversed(known[-20:]) if _same(p, kind, words, named))
        figure = next(same, None) or Figure(name, NameKind.DOCUMENT, nameless=not named)
        figure.name = max(figure.name, name, key=_fullness)
        plural = mention.noun.split()[-1] != kind
        return Paper(start, kind, words, figure, named, plural)

    def _name(self, mention: Mention, kind: str) -> tuple[str, bool]:
        """The document's name, and whether it includes somebody's, be it the author's after it
        ("the poll, conducted by Acme,").
        """
        text, end = self._discourse.text, mention.head[-1].end
        head, made = document_head(text, mention), self._maker(end)
        named = " " in mention.head[-1].text or any(map(_is_name, mention.modifiers))
        complement = document_complement(text, mention)
        by_maker = not complement or (
            _MAKER.match(complement) is not None and not complement.endswith(made)
        )
        if made and not named and (", " in made or complement.islower() or by_maker):
            return head + made.replace(", ", " "), True
        if named and (kind in _ASKED or RELEASED.match(complement)):
            return head, True
        name = (head + complement).rstrip("’'")  # "The lawsuit, filed in York," names nothing
        return name, named or (" " in name and any(p.figure for p in mention.rest))

    def _maker(self, end: int) -> str:
        """ " by Acme" if an author follows, without what else is said in between; "" otherwise."""
        text = self._discourse.text
        makers = self._discourse.cast.between(end, end + MAKER_REACH)[:3]
        for at, (name, figure) in enumerate(makers):
            found = _MAKER.fullmatch(text, end, name.whole.start)
            if found is not None and figure.kind is not NameKind.PLACE:
                apart = ", " if found.group(2) else " "
                last = name.span.end
                for other, _ in makers[at + 1 : at + 2]:
                    joined = text[last : other.whole.start] == " and "
                    last = other.span.end if joined else last
                if _GOES_ON.match(text, last):
                    return ""
                part = _PART.match(text, last)
                last = last if part is None else part.end()
                beside = found.end(1) + len(" the ") == name.whole.start
                the = "the " if beside and text.startswith(" the ", found.end(1)) else ""
                return f" {found.group(1)}{apart}{the}{text[name.whole.start : last]}"
        return ""


def _is_name(piece: Piece) -> bool:
    nations = places().nationalities
    return piece.figure is not None or any(part in nations for part in piece.lower.split("-"))


def _fullness(name: str) -> tuple[int, int]:
    """Sort key: names with more capitalised words first, then shorter ones."""
    return sum(word[0].isupper() for word in name.split()), -len(name)


def _same(paper: Paper, kind: str, words: frozenset[str], named: bool) -> bool:
    nested = paper.words <= words or words <= paper.words
    return nested and named and paper.named and paper.kind == kind


def _left(text: str, words: Words, at: int) -> int:
    """Start of the noun phrase whose head is the word at ``at``."""
    first = at
    for before in range(at - 1, max(-1, at - 1 - LEFT_REACH), -1):
        word = words.forms[before]
        if not _BESIDE.fullmatch(text, words.end(before), words.starts[before + 1]):
            break
        if word.lower in _PRONOUNS:
            break
        if word.lower in _DETERMINERS:
            return words.starts[before]
        if word.lower in JOINTS or word.lower in CLAUSES:
            break
        named = word.capital and not words.is_first(before)
        first = before if named and first == before + 1 else first
    return words.starts[first]
