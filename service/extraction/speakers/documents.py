"""Documents: which report, poll, lawsuit or letter a mention means.

A document goes by the article's own words for it, as full as they come: what qualifies its kind,
the kind, who made it and what it is of. A mention of no more than the kind ("the survey") means
the likeliest document the article has spoken of. One that carries its author's own words
("Trump's tweet") speaks for the author.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.page.words import Words
from service.extraction.speakers import pronouns
from service.extraction.speakers.discourse import Answer, Discourse
from service.extraction.speakers.document_names import (
    CLAUSES,
    JOINTS,
    PAST,
    RELEASED,
    document_complement,
    document_head,
    kind_of,
    of_document,
)
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention, Piece, read_mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.organisations import organisation

_ASKED = frozenset(("poll", "survey"))
"""What they are "of" is who was asked."""
_DETERMINERS = word_class("determiners")
_MAKER = re.compile(
    rf"(?:,? {PAST}(?: [\w,]+){{0,5}}?)? (by|from) (?:the )?"
    r"((?:(?!in |on |at |and |that |who )[\w’'-]+ ){0,4}?(?:[\w’'-]+, )?)"
)
_ANY = frozenset(("document", "text"))
"""Whatever is written may be called so."""
_NO_NAME = frozenset(("figure", "finding", "law", "number", "result", "rule", "statistic"))
"""Without another word they say of no document which it is."""
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_BESIDE = re.compile(r"(?:[’']s?)? ")
_WHOSE = re.compile(r"^[a-z-]+[’']s? ")
LEFT_REACH = 7
"""Words before a document's kind in which what qualifies it begins."""
MAKER_REACH = 90
"""Characters after a document's kind in which who made it is named."""
PAPERS = 30
"""At most so many documents before a mention, and after it, are weighed."""

# What makes a document the one that a mention of its kind alone means: of the same kind or of one
# that may be called so, with a name, near. Any of them may change by half and of 280 such mentions
# in 400 articles three at most are answered differently.
SAME_KIND = 1.0
SAME_FAMILY = 0.6
NAMED = 0.5
QUALIFIED = 0.2
PER_SENTENCE = 0.08
SPOKE = 0.5
TURNS_BACK = 10
"""Sentences in which it spoke before."""
AFTER = 0.3
"""The document is named after the mention only."""
LEAST = 0.7
LEAD_SENTENCES = 3
"""Sentences in which a survey may speak that is introduced afterwards."""
INTRODUCED_AFTER = 4
"""Sentences after it in which it is."""
CLEAR, UNCLEAR = 0.9, 0.5
"""Of 57 mentions that mean a document spoken of, 24 of 30 are right where that is of the same kind
(or the mention fits any kind) and has a name, 17 of the other 27."""


class Paper(Struct, gc=False):
    """A place where the article speaks of a document of this ``kind``, qualified by ``words``;
    ``named`` where somebody's name is among them."""

    start: int
    kind: str
    words: frozenset[str]
    figure: Figure
    named: bool
    plural: bool


class Papers:
    """The documents an article speaks of, read when the first of them is asked for."""

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
        """The document whose kind is the mention's head."""
        head = mention.head[-1]
        at = bisect_left(self._all, head.start, key=lambda paper: paper.start)
        found = self._all[at : at + 1]
        return found[0] if found and found[0].start < head.end else None

    def around(self, position: int) -> Sequence[Paper]:
        """Those before it and those after it, but not the one that stands there."""
        low = bisect_left(self._all, position, key=lambda paper: paper.start)
        high = bisect_right(self._all, position, low, key=lambda paper: paper.start)
        return (*self._all[max(0, low - PAPERS) : low], *self._all[high : high + PAPERS])

    def _read(self, start: int, end: int, left: int, known: Sequence[Paper]) -> Paper | None:
        discourse = self._discourse
        at = bisect_right(discourse.mentions, start, key=lambda span: span.start) - 1
        inside = at >= 0 and discourse.mentions[at].end >= end
        if not inside and left == start:
            return None  # of a bare noun no more is known than of the mention that asks
        span = discourse.mentions[at] if inside else Span(left, end)
        mention = of_document(discourse, read_mention(discourse.text, span, discourse.cast))
        if not mention.head or not mention.head[-1].start <= start < mention.head[-1].end:
            return None
        kind = kind_of(mention)
        if not kind:
            return None
        name, named = self._name(mention, kind)
        words = frozenset(name.lower().split()) - {mention.noun}
        same = (p.figure for p in reversed(known[-20:]) if _same(p, kind, words, named))
        figure = next(same, None) or Figure(name, NameKind.DOCUMENT, nameless=not named)
        figure.name = max(figure.name, name, key=_fullness)
        return Paper(start, kind, words, figure, named, mention.noun != kind)

    def _name(self, mention: Mention, kind: str) -> tuple[str, bool]:
        """What the document is called, and whether somebody's name is in it: its maker's, too, that
        stands after it ("the poll, conducted by Acme,")."""
        text, end = self._discourse.text, mention.head[-1].end
        head, made = document_head(text, mention), self._maker(end)
        named = " " in mention.head[-1].text or any(map(_is_name, mention.modifiers))
        complement = document_complement(text, mention)
        if made and not named and (", " in made or complement.islower() or not complement):
            return head + made.replace(", ", " "), True
        if named and (kind in _ASKED or RELEASED.match(complement)):
            return head, True
        return head + complement, named or any(p.figure for p in mention.rest)

    def _maker(self, end: int) -> str:
        """ " by Acme" where that follows, whatever else is said of Acme and of when."""
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
                return f" {found.group(1)}{apart}{text[name.whole.start : last]}"
        return ""


def _is_name(piece: Piece) -> bool:
    nations = places().nationalities
    return piece.figure is not None or any(part in nations for part in piece.lower.split("-"))


def _fullness(name: str) -> tuple[int, int]:
    """The more names, the fuller; no longer than it need be."""
    return sum(word[0].isupper() for word in name.split()), -len(name)


def _same(paper: Paper, kind: str, words: frozenset[str], named: bool) -> bool:
    nested = paper.words <= words or words <= paper.words
    return nested and named and paper.named and paper.kind == kind


def _left(text: str, words: Words, at: int) -> int:
    """Where the noun phrase begins whose head is the word at ``at``."""
    first = at
    for before in range(at - 1, max(-1, at - 1 - LEFT_REACH), -1):
        word = words.forms[before]
        if not _BESIDE.fullmatch(text, words.end(before), words.starts[before + 1]):
            break
        if word.lower in _DETERMINERS:
            return words.starts[before]
        if word.lower in JOINTS or word.lower in CLAUSES:
            break
        named = word.capital and not words.is_first(before)
        first = before if named and first == before + 1 else first
    return words.starts[first]


@named_rule("documents", None)
def document(discourse: Discourse, papers: Papers, mention: Mention) -> Answer | None:
    """Which document, or whose, a mention with a document for its head means."""
    mention = of_document(discourse, mention)
    spoken = _author(mention, kind_of(mention)) or _owner_speaking(discourse, mention)
    if spoken is not None:
        return Answer(spoken, 0.8, spoken.name)
    paper = papers.at_head(mention)
    if paper is None:
        return None
    if paper.named:
        return Answer(paper.figure, 0.85, paper.figure.name)
    owner = _owner(discourse, mention)
    if owner is not None:
        name = f"{owner.name}’s {_WHOSE.sub('', paper.figure.name)}"
        return Answer(Figure(name, NameKind.DOCUMENT), 0.7)
    meant = _likeliest(discourse, papers, paper, mention.determiner in _DEFINITE)
    if meant is not None:
        clear = meant.named and (meant.kind == paper.kind or paper.kind in _ANY)
        return Answer(meant.figure, CLEAR if clear else UNCLEAR, meant.figure.name)
    return Answer(paper.figure, 0.6) if _is_of_holder(mention, paper) else None


@named_rule("author", None)
def _author(mention: Mention, kind: str) -> Figure | None:
    """Whose words a personal document carries: before it ("Trump's tweet") or after "by"."""
    if kind not in people().personal_documents:
        return None
    for piece in reversed(mention.modifiers):
        whose = piece.figure.kind if piece.figure else NameKind.OTHER
        if whose is NameKind.PERSON or (whose is NameKind.UNKNOWN and piece.possessive):
            return piece.figure
    for by, piece in zip(mention.rest, mention.rest[1:], strict=False):
        if by.lower in ("by", "from") and piece.figure is not None:
            return None if piece.possessive else piece.figure
    return None


@named_rule("document-owner", None)
def _owner(discourse: Discourse, mention: Mention) -> Figure | None:
    """ "her plan", "its filings", "the committee's report"."""
    position = mention.span.start
    whose = mention.modifiers[-1:]
    if mention.determiner == "the" and whose and whose[0].possessive and not whose[0].figure:
        owner = Mention(whose[0].text, Span(position, whose[0].end), "the", whose, ())
        body = organisation(discourse, owner)
        return body.figure if body and not body.figure.nameless else None
    if mention.determiner in ("his", "her"):
        answer = pronouns.singular(discourse, position, pronouns.SINGULAR[mention.determiner])
    elif mention.determiner == "its":
        answer = pronouns.neuter(discourse, position)
    else:
        return None
    return answer.figure if answer else None


def _owner_speaking(discourse: Discourse, mention: Mention) -> Figure | None:
    personal = kind_of(mention) in people().personal_documents
    return _owner(discourse, mention) if personal and mention.determiner in ("his", "her") else None


def _is_of_holder(mention: Mention, paper: Paper) -> bool:
    """Whether the mention's own words are all there is to say of the document: "exit polls", but
    not "the unsigned opinion", which the article has spoken of otherwise."""
    if mention.determiner in pronouns.SINGULAR or mention.determiner in ("its", "their"):
        return False
    if not paper.words and paper.kind in _NO_NAME:
        return False
    if mention.determiner not in _DEFINITE or paper.plural:
        return True
    any_holder = paper.kind not in people().personal_documents and paper.kind not in _ANY
    return any_holder and not paper.words


@named_rule("document-spoken-of", None)
def _likeliest(discourse: Discourse, papers: Papers, paper: Paper, definite: bool) -> Paper | None:
    """Of the documents spoken of the one that a mention without a name means; what is new to the
    reader may only be introduced right after."""
    here = discourse.sentence_number(paper.start)
    per_sentence = PER_SENTENCE / 3 if paper.kind in _ANY else PER_SENTENCE
    best: tuple[float, Paper | None] = (LEAST, None)
    spoke = {turn.figure for turn in discourse.recent_turns(paper.start, TURNS_BACK)}
    for other in papers.around(paper.start):
        ahead = discourse.sentence_number(other.start) - here
        follows = other.start > paper.start
        soon = follows and other.named and ahead <= INTRODUCED_AFTER and here <= LEAD_SENTENCES
        if definite or soon:
            score = _likeness(paper, other) - per_sentence * abs(ahead)
            score -= AFTER if follows and definite else 0.0
            score += SPOKE if score > 0 and other.figure in spoke else 0.0
            best = max(best, (score, other), key=itemgetter(0))
    return best[1]


def _likeness(paper: Paper, other: Paper) -> float:
    if paper.plural != other.plural:
        return 0.0
    score = NAMED if other.named else QUALIFIED if other.words else 0.0
    if paper.kind == other.kind:
        return score + SAME_KIND
    related = paper.kind in _ANY or _family(paper.kind) & _family(other.kind)
    return score + SAME_FAMILY if related else 0.0


def _family(kind: str) -> frozenset[str]:
    return people().document_families.get(kind, frozenset())
