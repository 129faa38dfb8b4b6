"""Tokens of a sentence, with what rules ask of each: its lower-case form and whether it is quoted.

Offsets are those of the article's flow. Which words are cues or names is decided elsewhere.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain import Span
from service.extraction.article import Article
from service.extraction.words import ACCENTS, HIDDEN

_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Sen|Rep|Gov|Gen|Sgt|Lt|Col|Capt|Prof|Rev|Reps|Sens|Hon|Adm|Maj)\."
    r"|(?:[A-Za-z]\.){2,}|[A-Z]\.(?= [A-Z])"
    rf"|\w+(?:(?:[’'.\-–/]|[{HIDDEN}]+)\w+|[{ACCENTS}]+\w*)*+(?:\.(?=\)))?"
    r"|``|''|--+|\.\.+|[^\w\s]"
)
OPENING = frozenset("“\"„«‘'‹") | {"``"}
CLOSING = frozenset("”\"»’'›") | {"''"}
_NONE = Span(sys.maxsize, sys.maxsize)
"""Stands for the quotation after the last."""


@dataclass(slots=True)  # frozen, it takes three times as long to make, and every word is one
class Token:
    """``quote`` numbers the article's quotation the token stands in (marks too), or is -1."""

    text: str
    word: str
    start: int
    end: int
    quote: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def tokenize(article: Article, sentence: Span) -> list[Token]:
    """Words and punctuation marks in reading order."""
    tokens = []
    flow, lowered, quotations = article.flow, article.lowered, article.quotations
    at = bisect_right(quotations, sentence.start, key=lambda q: q.outer.end)
    outer = quotations[at].outer if at < len(quotations) else _NONE
    for match in _TOKEN.finditer(flow, sentence.start, sentence.end):
        start, end = match.span()
        while outer.end <= start:
            at += 1
            outer = quotations[at].outer if at < len(quotations) else _NONE
        quote = at if outer.start <= start else -1
        tokens.append(Token(match.group(), lowered[start:end], start, end, quote))
    return tokens


def span_of(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """``tokens[first:last]`` without punctuation at its edges; None if nothing is left."""
    while last > first and not _is_edge(tokens[last - 1]):
        last -= 1
    while first < last and not _is_edge(tokens[first]):
        first += 1
    return Span(tokens[first].start, tokens[last - 1].end) if first < last else None


def _is_edge(token: Token) -> bool:
    return token.is_word or token.text in "$£€%#@&)]…" or token.text == "..."
