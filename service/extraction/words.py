"""Words: an article's words with what names are read from, headlines told from the body.

Which words make a name is decided in names.py.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from service.domain import Span
from service.extraction.article import Article
from service.extraction.lexicon.people import word_class

ACCENTS = "\u0300-\u036f"
"""Written after their letter, as macOS and PDF files have them."""
HIDDEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Where a page may break a word or must not, unseen."""
# nothing is given back, so that a word of a million letters takes no 200 MB to find
WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}+"
    rf"|[^\W_]+(?:(?:[’'.&‑-]|[{HIDDEN}]+)[^\W_]+|[{ACCENTS}]+[^\W_]*)*+"
)
_UNSEEN = re.compile(rf"[{HIDDEN}]")
_LONG = re.compile(r"[^\W\d_]{4,}")
_ARTICLE = re.compile(r"(?:a[dlnstz]|ash|ed|el|es|ul)[-‑][^\W\d_a-z]")  # al-Baghdadi
_SIGNATURE = re.compile(r"(?:--|[–—―-]) ?")
_OPENING = "“\"„«‘'(["
_OPENER = re.compile(rf"[{re.escape(_OPENING)}](?=[^\W_])")
COMMON_LETTERS = 40
"""No word longer than this is kept from one article to the next."""
HEADLINE_CHARACTERS = 200
"""A headline has fewer."""
HEADLINE_SHARE = 0.65
"""From this share of capitalised long words on, a line is set like a headline."""


@dataclass(slots=True)  # frozen, it takes three times as long to make, and every word is one
class Word:
    """A word without its possessive ending; ``first`` in its sentence, quotation or bracket.

    ``text`` is what is seen, accents in their letters; ``lower`` has straight apostrophes and no
    full stop at its end.
    """

    text: str
    start: int
    end: int
    first: bool
    possessive: bool
    lower: str
    capital: bool


class _Form(NamedTuple):
    """What a word is wherever it stands; one that ``hisses`` may take a bare apostrophe."""

    text: str
    lower: str
    capital: bool
    possessive: bool
    hisses: bool


def read_words(article: Article) -> list[Word]:
    """All words of the article in reading order."""
    text = article.flow
    firsts = _firsts(article)
    words = []
    # most words stand there often: a fifth less time, and 20 MB less in a text of 1 MB
    forms: dict[str, _Form] = {}
    for match in WORD.finditer(text):
        start, end = match.span()
        found = match.group()
        form = forms.get(found)
        if form is None:
            form = _form_of(found) if end - start <= COMMON_LETTERS else _read_form(found)
            forms[found] = form
        seen, lower, capital, possessive, hisses = form
        if possessive:
            end -= 2
        elif hisses and text[end : end + 1] in ("’", "'"):
            possessive = not text[end + 1 : end + 2].isalnum()
        words.append(Word(seen, start, end, start in firsts, possessive, lower, capital))
    return words


@lru_cache(maxsize=1 << 14)  # of an article on the news 9 words in 10 stood in those before
def _form_of(found: str) -> _Form:
    return _read_form(found)


def _read_form(found: str) -> _Form:
    possessive = found.endswith(("’s", "'s"))
    seen = found[:-2] if possessive else found
    if not seen.isascii():
        seen = legible(seen)
    lower = seen.lower().replace("’", "'").rstrip(".")
    capital = seen[0].isupper() or ("-" in seen and _ARTICLE.match(seen) is not None)
    return _Form(seen, lower, capital, possessive, found[-1] in "sz")


def legible(word: str) -> str:
    """As it is seen, accents in their letters.

    >>> legible("Mun\\u0303\\u200boz")
    'Muñoz'
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", word))


def _firsts(article: Article) -> set[int]:
    """Where the words stand that begin a sentence, a quotation or a bracket."""
    text = article.flow
    starts = {sentence.start for sentence in article.sentences}
    behind_marks = (mark.end() for mark in _OPENER.finditer(text))
    return starts | {at for at in behind_marks if _opens(text, at, starts)}


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
        signed = _SIGNATURE.match(article.flow, paragraph.start) is not None
        if signed or len(paragraph) >= HEADLINE_CHARACTERS:
            continue
        line = paragraph.of(article.flow)
        long = _LONG.findall(line)
        capitals = sum(word[0].isupper() for word in long)
        if len(long) > 2 and capitals >= HEADLINE_SHARE * len(long):
            sentence = line.endswith((".", ".”", '."'))
            if not sentence or _only_links_are_lower(line):
                found.append(paragraph)
    return found


def _only_links_are_lower(line: str) -> bool:
    """ "The Wind in the Willows." but not "Jane Doe met John Roe."."""
    lower = {word for word in re.findall(r"[^\W\d_]+", line) if word[0].islower()}
    return lower <= word_class("links") | {"s", "t"}
