"""Words: an article's words with what names are read from, headlines apart from the body.

Which words make a name is decided in speakers/names.py.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, compress, count, islice
from operator import attrgetter
from typing import overload

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.page.layout import Article
from service.names.folding import ascii_marks

ACCENTS = "\u0300-\u036f"
"""Written after their letter, as macOS and PDF files have them."""
HIDDEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Where a page may break a word or must not, unseen."""
# Begins with a class of characters, which is looked for fast; most words are letters before a
# space. Nothing is given back, so that a word of a million letters takes no 200 MB to find.
WORD = re.compile(
    r"[^\W_](?:"
    r"[A-Za-z]*+(?=[ ,])"
    r"|(?<=[^\W\d_])\.(?:[^\W\d_]\.)++"
    rf"|[^\W_]*+(?:(?:[’'‘′＇.&‐‑﹣－-]|[{HIDDEN}]+)[^\W_]+|[{ACCENTS}]+[^\W_]*)*+)"
)
_PARTS = re.compile(f"({WORD.pattern})")
_UNSEEN = re.compile(rf"[{HIDDEN}]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONG = re.compile(r"[^\W\d_]{4,}")
_POSSESSIVE = ("’s", "'s", "ʼs", "‘s", "′s")
_ARTICLE = re.compile(r"(?:(?:a[dlnstz]|ash|ed|el|es|ul)[-‑]|d[’'])[^\W\d_a-z]")
"""Of a name: "al-Baghdadi", "d’Estaing"."""
_NO_HEADLINE = re.compile(
    r"(?:--|[–—―-]) ?|>>|(?:(?:M(?:r|rs|s)|Dr)\.?|Miss) [A-Z][^:\n]{0,80}: "
    r"|(?:The|Senator) [A-Z’'-]{2}[^:\n]{0,80}: "
)
"""A signature, and a turn of a record: "Mr PENDER (Leeton): ..."."""
_OPENING = "“\"„«‘'(["
_OPENER = re.compile(rf"[{re.escape(_OPENING)}](?=[^\W_])")
_CAPITAL = attrgetter("capital")
_REFERS = attrgetter("refers")
REFERRING = frozenset(("he", "she", "the"))
"""Begin what means somebody named elsewhere."""
COMMON_LETTERS = 40
"""No word longer than this is kept from one article to the next."""
FORMS = 1 << 15
"""So many words are kept."""
HEADLINE_CHARACTERS = 200
"""A headline has fewer."""
HEADLINE_SHARE = 0.65
"""From this share of capitalised long words on, a line is set like a headline."""


class Word(Struct, gc=False):
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


class Spelling(Struct, eq=False, gc=False):
    """What a word is wherever it occurs; ``length`` without a possessive ending, a bare apostrophe
    of which one that ``hisses`` may take. One that ``refers`` may mean what is named elsewhere."""

    text: str
    lower: str
    length: int
    capital: bool
    possessive: bool
    hisses: bool
    refers: bool


class Words(Sequence[Word]):
    """Words in reading order: the word that begins at ``starts[i]`` has the form ``forms[i]``.

    Most words are never asked for, so a ``Word`` is made when it is.
    """

    def __init__(
        self, text: str, forms: list[Spelling], starts: list[int], firsts: Container[int]
    ) -> None:
        self.forms = forms
        self.starts = starts
        self._text = text
        self._firsts = firsts

    def __len__(self) -> int:
        return len(self.forms)

    @overload
    def __getitem__(self, at: int) -> Word: ...

    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...

    def __getitem__(self, at: int | slice) -> Word | list[Word]:
        if isinstance(at, slice):
            return list(map(self._make, range(*at.indices(len(self.forms)))))
        return self._make(at)

    def _make(self, at: int) -> Word:
        form, start = self.forms[at], self.starts[at]
        end = start + form.length
        possessive = form.possessive
        if form.hisses and self._text[end : end + 1] in ("’", "'"):
            possessive = not self._text[end + 1 : end + 2].isalnum()
        first = start in self._firsts
        return Word(form.text, start, end, first, possessive, form.lower, form.capital)

    @cached_property
    def capitals(self) -> list[int]:
        """The numbers of the words with a capital."""
        return list(compress(count(), map(_CAPITAL, self.forms)))

    @cached_property
    def referring(self) -> list[int]:
        """The numbers of the words that may mean what is named elsewhere."""
        return list(compress(count(), map(_REFERS, self.forms)))

    def end(self, at: int) -> int:
        """Where it ends without a possessive ending."""
        return self.starts[at] + self.forms[at].length

    def is_first(self, at: int) -> bool:
        """In its sentence, quotation or bracket."""
        return self.starts[at] in self._firsts

    def apart(self, lines: Iterable[Span]) -> tuple["Words", "Words"]:
        """Those in ``lines``, which are in reading order, and those outside."""
        inside, outside = self._without_words(), self._without_words()
        position = 0
        for line in lines:
            first = bisect_left(self.starts, line.start, position)
            last = bisect_left(self.starts, line.end, first)
            outside._take(self, position, first)
            inside._take(self, first, last)
            position = last
        outside._take(self, position, len(self))
        return inside, outside

    def _without_words(self) -> "Words":
        return Words(self._text, [], [], self._firsts)

    def _take(self, words: "Words", first: int, last: int) -> None:
        self.forms += words.forms[first:last]
        self.starts += words.starts[first:last]


def read_words(article: Article) -> Words:
    """All words of the article."""
    forms: list[Spelling] = []
    starts: list[int] = []
    for paragraph in article.paragraphs:
        gap_and_word = _PARTS.split(paragraph.of(article.flow))[:-1]
        found = gap_and_word[1::2]
        forms += map(_FORMS.__getitem__, found)
        ends = accumulate(map(len, gap_and_word), initial=paragraph.start)
        starts += islice(ends, 1, None, 2)
    return Words(article.flow, forms, starts, _firsts(article))


class _Forms(dict[str, Spelling]):
    """Of an article on the news 9 words in 10 had occurred in those before."""

    def __missing__(self, found: str) -> Spelling:
        form = _read_form(found)
        if len(found) <= COMMON_LETTERS:
            if len(self) >= FORMS:
                self.clear()
            self[found] = form
        return form


_FORMS = _Forms()


def _read_form(found: str) -> Spelling:
    possessive = found.endswith(_POSSESSIVE)
    length = len(found) - 2 if possessive else len(found)
    seen = found[:length]
    if not seen.isascii():
        seen = legible(seen)
    lower = seen.lower().rstrip(".")
    if not lower.isascii():
        lower = ascii_marks(lower)
    capital = seen[0].isupper() or (
        ("-" in seen or seen[0] == "d") and _ARTICLE.match(seen) is not None
    )
    hisses = not possessive and found[-1] in "sz"
    refers = lower in REFERRING or lower in people().documents
    return Spelling(seen, lower, length, capital, possessive, hisses, refers)


def legible(word: str) -> str:
    """As it is seen, accents in their letters.

    >>> legible("Mun\\u0303\\u200boz")
    'Muñoz'
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", word))


def _firsts(article: Article) -> set[int]:
    """Where the words are that begin a sentence, a quotation or a bracket."""
    text = article.flow
    starts = {sentence.start for sentence in article.sentences}
    after_marks = (mark.end() for mark in _OPENER.finditer(text))
    return starts | {at for at in after_marks if _opens(text, at, starts)}


def _opens(text: str, start: int, starts: set[int]) -> bool:
    """First in a quotation, or after marks that open a sentence."""
    before = start
    while before > 0 and text[before - 1] in _OPENING and start - before < 5:
        before -= 1
    return before in starts or (before < start and text[before] not in "([")


def find_headlines(article: Article) -> list[Span]:
    found = []
    for paragraph in article.paragraphs:
        other = _NO_HEADLINE.match(article.flow, paragraph.start) is not None
        if other or len(paragraph) >= HEADLINE_CHARACTERS:
            continue
        line = paragraph.of(article.flow)
        if line.endswith(":"):
            continue  # it introduces what comes
        if line.endswith((".", ".”", '."')) and not _only_links_are_lower(line):
            continue
        long = _LONG.findall(line)
        capitals = sum(word[0].isupper() for word in long)
        if len(long) > 2 and capitals >= HEADLINE_SHARE * len(long):
            found.append(paragraph)
    return found


def _only_links_are_lower(line: str) -> bool:
    """ "The Wind in the Willows." but not "Jane Doe met John Roe."."""
    links = word_class("links")
    words = map(re.Match.group, _LETTERS.finditer(line))
    return all(word in links or word in ("s", "t") for word in words if word[0].islower())
