"""Words: the units in which two texts are compared, with their places in the written text."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from service.verification.texts.folding import fold_characters, with_ascii_marks

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts without spaces between words: every character is a word."""
_SIGNS = (
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09cd\u0b82-\u0bcd"
)
"""Vowel signs of Indic scripts: Unicode classes them with accents, but they are kept."""
_DOTS = r"(?:…|⋯|\.(?:\s?\.)+)"
_ELLIPSIS = rf"[\[(<]\s*{_DOTS}\s*[\])>]|{_DOTS}|(?<![\w*])\*(?:\s?\*){{2,}}(?![\w*])"
ELLIPSIS = re.compile(_ELLIPSIS)

_ALONE = rf"[{_UNSPACED}%&$€£¥+=]"
is_word_alone, is_sign = re.compile(_ALONE).match, re.compile(rf"[{_SIGNS}]").match
"""Match a folded character that is a word by itself, and one that continues a word."""


def _token(letter: str, alone: str, sign: str) -> re.Pattern[str]:
    """Pattern of words: ``letter`` and ``sign`` form words, each ``alone`` is one; all are
    character classes.
    """
    return re.compile(
        r"(?P<word>"
        rf"[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?"  # u.s.
        rf"|{letter}(?:{letter}|{sign}|(?<=\d)[.,:](?=\d)|'(?=[^\W\d_]))*"
        rf"|{alone}|(?<!\S)-(?=\d){letter}(?:{letter}|[.,:](?=\d))*)"
        rf"|(?P<elision>{_ELLIPSIS})|(?P<open>\[)|(?P<close>\])"
    )


_TOKEN = _token(rf"[^\W_{_UNSPACED}]", _ALONE, rf"[{_SIGNS}]")
_ASCII_TOKEN = _token("[a-z0-9]", "[%&$+=]", "'(?=[a-z])")
_SIMPLE_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z][a-z0-9]*|(?<=\d)[.,:](?=\d)[a-z0-9]+)*")
_NOT_SIMPLE = re.compile(r"[\[%&$+=*]|\.\s?\.|(?<![a-z0-9])[a-z]\.[a-z]|(?<!\S)-\d|[^\x00-\x7f]")
"""Most texts contain none of these: the simple pattern finds the same words in a fourth of
the time.
"""
_PIECES_APART = "[…]"
_APART = re.compile(re.escape(_PIECES_APART))
"""Separates the pieces of many statements, the only frequent exception to the simple pattern."""
_SPELLED_OUT = {"%": "percent", "&": "and"}


@dataclass(frozen=True)
class Folded:
    """``words`` of ``text``, folded; the k-th is at ``edges[k]`` of ``text``.

    ``elisions`` are the indices of words that "..." precedes (the number of words if it is at the
    end); ``bracketed`` are those of words within square brackets, which are not the speaker's.
    """

    text: str
    words: tuple[str, ...]
    edges: tuple[tuple[int, int], ...]
    elisions: frozenset[int] = frozenset()
    bracketed: frozenset[int] = frozenset()

    @cached_property
    def line(self) -> str:
        """One character per word, the same for the same word, for comparison by character."""
        return "".join(map(self._letters.__getitem__, self.words))

    def line_of(self, words: Iterable[str]) -> str:
        """Other words in this line's characters; "\\0" for words not in it.

        >>> fold_words("we will, we").line_of(("so", "we", "stay", "we"))
        '\\x00\\x01\\x00\\x01'
        """
        letters = self._letters
        return "".join([letters.get(word, "\0") for word in words])

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {word: chr(k) for k, word in enumerate(dict.fromkeys(self.words), start=1)}

    def surface(self, word: int) -> str:
        start, end = self.edges[word]
        return self.text[start:end]

    def gap(self, word: int) -> str:
        """What is between the word before and this one."""
        start = self.edges[word - 1][1] if word else 0
        end = self.edges[word][0] if word < len(self.edges) else len(self.text)
        return self.text[start:end]


def fold_words(text: str) -> Folded:
    """The words of ``text`` in reading order.

    >>> fold_words("“[W]e don’t ... cut 1,000 jobs”").words
    ('we', "don't", 'cut', '1000', 'jobs')
    """
    characters = fold_characters(text)
    one_for_one = isinstance(characters.starts, range)
    if one_for_one:
        pieces = characters.text.replace(_PIECES_APART, " " * len(_PIECES_APART))
        if not _NOT_SIMPLE.search(pieces):
            return _fold_simple(pieces, text)
    token = _ASCII_TOKEN if one_for_one else _TOKEN
    words: list[str] = []
    edges: list[tuple[int, int]] = []
    elisions: set[int] = set()
    bracketed: set[int] = set()
    opened: int | None = None
    for found in token.finditer(characters.text):
        kind = found.lastgroup
        if kind == "word":
            word = found[0]
            words.append(word if word.isalpha() else _letters_of(word))
            edges.append(found.span())
        elif kind == "elision":
            elisions.add(len(words))
        elif kind == "open":
            opened = len(words)
        elif opened is not None:
            bracketed.update(range(opened, len(words)))
            opened = None
    if not one_for_one:
        starts, ends = characters.starts, characters.ends
        edges = [(starts[start], ends[end - 1]) for start, end in edges]
        _join_overlapping(words, edges)
    if len(bracketed) == len(words):
        bracketed.clear()  # a bracket around everything is not an insertion
    return Folded(text, tuple(words), tuple(edges), frozenset(elisions), frozenset(bracketed))


def _join_overlapping(words: list[str], edges: list[tuple[int, int]]) -> None:
    """Joins words that come from one character of the text: ½ is 1⁄2."""
    for k in range(len(words) - 1, 0, -1):
        if edges[k][0] < edges[k - 1][1]:
            words[k - 1 : k + 1] = [words[k - 1] + words[k]]
            edges[k - 1 : k + 1] = [(edges[k - 1][0], edges[k][1])]


def simple_words(text: str) -> list[str]:
    """About the words of ``fold_words``, without their places, in a tenth of the time."""
    return _SIMPLE_TOKEN.findall(with_ascii_marks(text))


def _fold_simple(characters: str, text: str) -> Folded:
    """Folds a simple text; ``characters`` are those of ``text``, one for one."""
    edges = tuple(found.span() for found in _SIMPLE_TOKEN.finditer(characters))
    words = (characters[start:end] for start, end in edges)
    elisions = {bisect_left(edges, (found.start(), 0)) for found in _APART.finditer(text)}
    return Folded(
        text, tuple(w if w.isalpha() else _letters_of(w) for w in words), edges, frozenset(elisions)
    )


_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")


def _letters_of(word: str) -> str:
    if word[0].isdigit() or word[0] == "-":
        return _THOUSANDS.sub("", word)
    if "." in word and "'" not in word:
        return word.replace(".", "")
    return _SPELLED_OUT.get(word, word)
