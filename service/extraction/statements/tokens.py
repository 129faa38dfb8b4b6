"""Tokens of a sentence, with their lower-case form and whether they are quoted.

Offsets are those of the article's flow. Which words are cues or names is decided elsewhere.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, repeat

from msgspec import Struct

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.page.words import ACCENTS, HIDDEN

# the most frequent alternatives come first: 40 % faster
_PARTS = re.compile(
    r"( *+)([A-Za-z][a-z]*+(?=[ ,])|[,.“”](?!\.)"
    r"|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Sen|Rep|Gov|Gen|Sgt|Lt|Col|Capt|Prof|Rev|Reps|Sens|Hon|Adm|Maj)\."
    r"|(?:[A-Za-z]\.){2,}|[A-Z]\.(?= [A-Z])"
    rf"|\w+(?:(?:[’'.\-–/]|[{HIDDEN}]+)\w+|[{ACCENTS}]+\w*)*+(?:\.(?=\)))?"
    r"|``|''|--+|\.\.+|[^\w\s])"
)
OPENING = frozenset("“\"„«‘'‹") | {"``"}
CLOSING = frozenset("”\"»’'›") | {"''"}


class Token(Struct, gc=False):
    """A word or mark; ``quote`` is the number of the article's quotation it is in (marks
    too), or -1.
    """

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
    parts = _PARTS.split(sentence.of(article.flow))  # nothing, a gap, a token, and so on
    edges = list(accumulate(map(len, parts), initial=sentence.start))
    starts, ends = edges[2:-1:3], edges[3::3]
    lowered = map(article.lowered.__getitem__, map(slice, starts, ends))
    tokens = list(map(Token, parts[2::3], lowered, starts, ends, repeat(-1)))
    quotations = article.quotations
    number = bisect_right(quotations, sentence.start, key=lambda q: q.outer.end)
    while number < len(quotations) and quotations[number].outer.start < sentence.end:
        outer = quotations[number].outer
        for token in tokens[bisect_left(starts, outer.start) : bisect_left(starts, outer.end)]:
            token.quote = number
        number += 1
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
