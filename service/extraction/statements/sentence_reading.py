"""Sentence reading: the state of a sentence while its statements are read.

Shared by the patterns in rules.py, postposed.py and preposed.py.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.proposal import Proposal
from service.extraction.statements.cues import Cue
from service.extraction.statements.grammar import FINITE, is_verb
from service.extraction.statements.tokens import Token

CERTAIN, UNMISTAKABLE, LIKELY, POSSIBLE = 0.95, 0.9, 0.85, 0.7
"""Confidence of quoted words beside a cue, of cues of several words ("drew attention to"), of verbs
of saying, of verbs with other meanings.
"""

CLAUSE_TOKENS = 60
"""Tokens searched for a clause's verb, to keep time linear."""


class SentenceReading(Struct):
    """A sentence while it is read; ``free`` is the first token not yet used by a proposal."""

    article: Article
    tokens: Sequence[Token]
    proposals: list[Proposal] = []
    open_cue: tuple[Span, Span | None] | None = None
    free: int = 0
    mention: Span | None = None
    quotes: bool = False

    def __post_init__(self) -> None:
        tokens = self.tokens
        self.quotes = bool(tokens) and self.article.holds_quoted(tokens[0].start, tokens[-1].end)

    def propose(
        self,
        pieces: Sequence[tuple[int, int]],
        cue: Span,
        mention: Span | None,
        confidence: float,
        claimed: int = 0,
    ) -> bool:
        """Adds a proposal for the token ranges ``pieces``; False if they hold no words. Tokens
        before ``claimed`` are used up as well.
        """
        spans = [span for piece in pieces if (span := self._content(*piece)) is not None]
        if not spans:
            return False
        follows = mention is None and not is_passive(self.article, cue)
        self.proposals.append(Proposal(tuple(spans), cue, mention, confidence, follows=follows))
        self.free = max(self.free, claimed, *(last for _, last in pieces))
        self.mention = mention or self.mention
        return True

    def _content(self, first: int, last: int) -> Span | None:
        """The token range as a span, without punctuation at its ends except quotation marks; None
        if empty.
        """
        tokens = self.tokens
        while first < last and tokens[first].quote < 0 and not carries_words(tokens[first]):
            first += 1
        while last > first and tokens[last - 1].quote < 0 and not carries_words(tokens[last - 1]):
            last -= 1
        return Span(tokens[first].start, tokens[last - 1].end) if last > first else None

    def cue_span(self, cue: Cue) -> Span:
        return Span(self.tokens[cue.first].start, self.tokens[cue.last - 1].end)

    def quoted_after(self, at: int, within: int) -> int | None:
        """Index of the first quoted token at or after ``at``, fewer than ``within`` tokens away, or
        None.
        """
        if not self.quotes:
            return None
        for position in range(at, min(len(self.tokens), at + within)):
            if self.tokens[position].quote >= 0:
                return position
            if self.tokens[position].text == ";":
                return None
        return None

    def quote_end(self, at: int) -> int:
        """Index after the quotation that contains token ``at``."""
        number = self.tokens[at].quote
        while at < len(self.tokens) and self.tokens[at].quote == number:
            at += 1
        return at


PASSIVE_WORDS = 40
"""Characters before a cue that show "was", "has since been"."""

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be) (?:(?:\w+ly|also|often|once|now|since|not|then|later) )*"
    r"(?!\w+ing\b)\w+(?: (?:of|for|with|as|to|in|that))?$"
)


def is_passive(article: Article, cue: Span) -> bool:
    """Whether the cue is done to its subject: "was accused of “greed”" is not said by whoever spoke
    before, unlike "they were also urged to leave".
    """
    start = max(0, cue.start - PASSIVE_WORDS)
    found = _PASSIVE.search(article.lowered[start : cue.end])
    return found is not None and " also " not in found.group()


def carries_words(token: Token) -> bool:
    """Whether the token is part of a content, unlike punctuation at its ends."""
    return token.is_word or token.text in "$£€%#@&)]…("


def has_finite_verb(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether there is a finite verb, outside quotation marks."""
    last = min(last, len(tokens))
    return any(
        token.quote < 0
        and (
            token.word in FINITE
            or (token.word.endswith("ed") and not token.capital)
            or is_verb(token)
        )
        for token in tokens[max(first, last - CLAUSE_TOKENS) : last]
    )
