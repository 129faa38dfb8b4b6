"""Words: an article's words with what names are read from, headlines told from the body.

Which words make a name is decided in names.py.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from service.domain import Span
from service.extraction.article import Article
from service.extraction.lexicon.people import word_class

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_](?:[’'.&‑-]?[^\W_])*")
_OPENING = "“\"„«‘'(["
HEADLINE_SHARE = 0.65
"""From this share of capitalised long words on, a line is set like a headline."""


class Word(NamedTuple):
    """A word without its possessive ending; ``first`` in its sentence, quotation or bracket."""

    text: str
    start: int
    end: int
    first: bool
    possessive: bool

    @property
    def lower(self) -> str:
        return self.text.lower().rstrip(".").replace("’", "'")

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def read_words(article: Article) -> list[Word]:
    """All words of the article in reading order."""
    starts = {sentence.start for sentence in article.sentences}
    words = []
    text = article.flow
    for match in WORD.finditer(text):
        start, end = match.span()
        found = match.group()
        possessive = found[-2:] in ("’s", "'s")
        if possessive:
            found, end = found[:-2], end - 2
        elif found[-1] in "sz" and text[end : end + 1] in ("’", "'"):
            possessive = not text[end + 1 : end + 2].isalnum()
        first = start in starts or (text[start - 1] in _OPENING and _opens(text, start, starts))
        words.append(Word(found, start, end, first, possessive))
    return words


def _opens(text: str, start: int, starts: set[int]) -> bool:
    """First in a quotation, or after marks that open a sentence."""
    before = start
    while before > 0 and text[before - 1] in _OPENING and start - before < 5:
        before -= 1
    return before in starts or (before < start and text[before] not in "([")


def apart(words: Sequence[Word], headlines: Sequence[Span]) -> tuple[list[Word], list[Word]]:
    """Words in headlines and words in the body."""
    titled: list[Word] = []
    body: list[Word] = []
    position = 0
    for line in headlines:
        first = bisect_left(words, line.start, key=lambda word: word.start)
        last = bisect_left(words, line.end, key=lambda word: word.start)
        body += words[position:first]
        titled += words[first:last]
        position = last
    body += words[position:]
    return titled, body


def find_headlines(article: Article) -> list[Span]:
    found = []
    for paragraph in article.paragraphs:
        line = paragraph.of(article.flow)
        long = [word for word in re.findall(r"[^\W\d_]{4,}", line[:300]) if word]
        capitals = sum(word[0].isupper() for word in long)
        if len(line) < 200 and len(long) > 2 and capitals >= HEADLINE_SHARE * len(long):
            sentence = line.endswith((".", ".”", '."'))
            if not sentence or _only_links_are_lower(line):
                found.append(paragraph)
    return found


def _only_links_are_lower(line: str) -> bool:
    """ "The Wind in the Willows." but not "Jane Doe met John Roe."."""
    lower = {word for word in re.findall(r"[^\W\d_]+", line) if word[0].islower()}
    return lower <= word_class("links") | {"s", "t"}
