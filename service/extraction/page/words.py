"""Words: an article's words as needed to find names, with headlines apart from the body.

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

AMPERSANDS = (" & ", " &amp; ")
"""What joins two names of a firm; plain text copied from a web page may have the entity."""
_ENTITY = re.compile(r"&(?:#\d{1,5}|[a-z]{2,6});")
ACCENTS = "\u0300-\u036f"
"""Combining accents, which follow their letter, as macOS and PDF files have them."""
HIDDEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Invisible characters that allow or forbid a line break."""
# Begins with a character class, which is searched for fast; most words are letters before a space.
# Possessive quantifiers do not backtrack, so that a word of a million letters does not take 200 MB
# to find.
WORD = re.compile(
    r"[^\W_](?:"
    r"[A-Za-z]*+(?=[ ,])"
    r"|(?<=[^\W\d_])\.(?:[^\W\d_]\.)++"
    rf"|[^\W_]*+(?:(?:[’'‘′＇`´ʼ.&‐‑﹣－-]|[{HIDDEN}]+)[^\W_]+|[{ACCENTS}]+[^\W_]*)*+)"
)
_PARTS = re.compile(f"({WORD.pattern})")
_UNSEEN = re.compile(rf"[{HIDDEN}]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONG = re.compile(r"[^\W\d_]{4,}")
_POSSESSIVE = ("’s", "'s", "ʼs", "‘s", "′s")
_ARTICLE = re.compile(r"(?:(?:a[dlnstz]|ash|ed|el|es|ul)[-‑]|d[’'])[^\W\d_a-z]")
"""Articles within a name: "al-Baghdadi", "d’Estaing"."""
_NO_HEADLINE = re.compile(
    r"(?:--|[–—―-]) ?|>>|(?:(?:M(?:r|rs|s)|Dr)\.?|Miss) [A-Z][^:\n]{0,80}: "
    r"|(?:The|Senator) [A-Z’'-]{2}[^:\n]{0,80}: "
    r"|(?:Full |Joint )?(?:Remarks|Statement|Speech|Address|Interview|Testimony|Transcript"
    r"|(?:Press|News|Media) (?:Briefing|Conference|Gaggle)|Briefing)"
    r" (?:[\w ]{0,40} )?(?:by|with|of) [A-Z]"
    r"|(?:[A-Z][a-z]+\.? ){1,2}[A-Z][A-Z’'-]+(?: [A-Z’'-]{2,})?\. [A-Z]"
)
"""A signature, or a turn in a record: "Mr PENDER (Leeton): ...", "Captain MOSS. I do."; or the
heading of a transcript, which names the speaker: "Remarks by President Ann Bell".
"""
_ENDS = (".", ".”", '."', "!”", '!"', "?”", '?"')
"""Ends of sentences, which headlines seldom have."""
_CAPITALS = re.compile(r"[A-Z][A-Z’'-]*+(?: [A-Z0-9][A-Z0-9’'-]*+){3,30}(?=(?: [-–—]+)? [A-Z])")
"""Four words in capitals before a capitalised one: not a speaker's label or name."""
_IN_NAMES = frozenset(("a", "an", "the", "of", "for", "and", "in"))
"""Small words in names of bodies: "THE BANK OF AMERICA"."""
_OPENING = "“\"„«‘'(["
_OPENER = re.compile(rf"[{re.escape(_OPENING)}](?=[^\W_])")
_KICKER = re.compile(r"^[^|\n]{2,30} \| ")
"""A kicker before a headline: "Opinion | ..."."""
_CAPITAL = attrgetter("capital")
_REFERS = attrgetter("refers")
REFERRING = frozenset(("he", "she", "the"))
"""Words that may refer to somebody named elsewhere."""
COMMON_LETTERS = 40
"""Longest word that is cached between articles."""
FORMS = 1 << 15
"""Number of words cached."""
HEADLINE_CHARACTERS = 200
"""A headline is shorter than this, in characters."""
HEADLINE_SHARE = 0.65
"""Least share of capitalised long words in a line set like a headline."""


class Word(Struct, gc=False):
    """A word without its possessive ending; ``first`` in its sentence, quotation or bracket.

    ``text`` is as displayed, accents composed with their letters; ``lower`` has straight
    apostrophes and no full stop at its end.
    """

    text: str
    start: int
    end: int
    first: bool
    possessive: bool
    lower: str
    capital: bool


class Spelling(Struct, eq=False, gc=False):
    """The properties of a word that do not depend on its position. ``length`` excludes a possessive
    ending; a word that ``hisses`` (ends in s or z) may take a bare apostrophe. One that
    ``refers`` may refer to somebody or something named elsewhere.
    """

    text: str
    lower: str
    length: int
    capital: bool
    possessive: bool
    hisses: bool
    refers: bool


class Words(Sequence[Word]):
    """Words in reading order: the word that begins at ``starts[i]`` has the form ``forms[i]``.

    A ``Word`` is made only on access, as most are never needed.
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
        """Indices of the words with a capital."""
        return list(compress(count(), map(_CAPITAL, self.forms)))

    @cached_property
    def inner_capitals(self) -> list[int]:
        """Indices of the words with a capital that are not first in their sentence."""
        starts, firsts = self.starts, self._firsts
        return [at for at in self.capitals if starts[at] not in firsts]

    @cached_property
    def referring(self) -> list[int]:
        """Indices of the words that may refer to something named elsewhere."""
        return list(compress(count(), map(_REFERS, self.forms)))

    def end(self, at: int) -> int:
        """End of the word without a possessive ending."""
        return self.starts[at] + self.forms[at].length

    def is_first(self, at: int) -> bool:
        """Whether the word is first in its sentence, quotation or bracket."""
        return self.starts[at] in self._firsts

    def apart(self, lines: Iterable[Span]) -> tuple["Words", "Words"]:
        """The words in ``lines``, which are in reading order, and those outside."""
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
    words = Words(article.flow, forms, starts, _firsts(article))
    entities = [Span(*found.span()) for found in _ENTITY.finditer(article.flow)]
    return words.apart(entities)[1] if entities else words


class _Forms(dict[str, Spelling]):
    """Spellings by word, cached between articles: of a news article's words 9 in 10 had occurred in
    those before.
    """

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
    """The word as displayed, with accents composed and invisible characters removed.

    >>> legible("Mun\\u0303\\u200boz")
    'Muñoz'
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", word))


def _firsts(article: Article) -> set[int]:
    """Positions of the words that begin a sentence, a quotation or a bracket."""
    text = article.flow
    starts = {sentence.start for sentence in article.sentences}
    starts |= {kicker.end() for kicker in _KICKER.finditer(text)}
    after_marks = (mark.end() for mark in _OPENER.finditer(text))
    return starts | {at for at in after_marks if _opens(text, at, starts)}


def _opens(text: str, start: int, starts: set[int]) -> bool:
    """Whether the word is first in a quotation, or after marks that open a sentence."""
    before = start
    while before > 0 and text[before - 1] in _OPENING and start - before < 5:
        before -= 1
    return before in starts or (before < start and text[before] not in "([")


def find_headlines(article: Article) -> list[Span]:
    """Spans of the paragraphs set like headlines, and of headings in capitals that begin one, in
    reading order.
    """
    found = []
    for paragraph in article.paragraphs:
        if (heading := _run_in_heading(article, paragraph)) is not None:
            found.append(heading)
            continue
        other = _NO_HEADLINE.match(article.flow, paragraph.start) is not None
        if other or len(paragraph) >= HEADLINE_CHARACTERS:
            continue
        line = paragraph.of(article.flow)
        if line.endswith(":"):
            continue  # it introduces what follows
        # "Mayor Ann Doe said Tuesday that it was late. Read More" is not one
        first = next(iter(article.sentences_in(paragraph)), paragraph).of(article.flow).rstrip()
        if any(one.endswith(_ENDS) and not _only_links_are_lower(one) for one in (line, first)):
            continue
        long = _LONG.findall(line)
        capitals = sum(word[0].isupper() for word in long)
        if len(long) > 2 and capitals >= HEADLINE_SHARE * len(long):
            found.append(paragraph)
    return found


def _run_in_heading(article: Article, paragraph: Span) -> Span | None:
    """Span of a heading in capitals that begins the paragraph: "MAN HELD IN YORK Police said"."""
    heading = _CAPITALS.match(article.flow, paragraph.start, paragraph.end)
    if heading is None:
        return None
    words = heading.group().lower().split()
    ordinary = (people().common | word_class("links")) - _IN_NAMES
    return None if ordinary.isdisjoint(words) else Span(*heading.span())


def _only_links_are_lower(line: str) -> bool:
    """Whether only link words are in lower case: "The Wind in the Willows." but not "Jane Doe met
    John Roe.".
    """
    links = word_class("links")
    words = map(re.Match.group, _LETTERS.finditer(line))
    return all(word in links or word in ("s", "t") for word in words if word[0].islower())
