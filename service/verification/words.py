"""Words: what two texts are compared by, with their places in the text as it is written."""

import re
from dataclasses import dataclass
from functools import cached_property

from service.verification.folding import Characters, fold_characters

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts without spaces between words: every character is a word."""
_SIGNS = (
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09cd\u0b82-\u0bcd"
)
"""Vowel signs of Indic scripts, which are no letters by Unicode and yet no accents."""
_LETTERS = rf"[^\W_{_UNSPACED}]"
_DOTS = r"(?:…|⋯|\.(?:\s?\.)+)"
_ELLIPSIS = rf"[\[(<]\s*{_DOTS}\s*[\])>]|{_DOTS}|\*(?:\s?\*){{2,}}"
ELLIPSIS = re.compile(_ELLIPSIS)
_TOKEN = re.compile(
    rf"(?P<elision>{_ELLIPSIS})"
    r"|(?P<open>\[)|(?P<close>\])"
    r"|(?P<word>"
    rf"[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?"  # u.s.
    rf"|(?:(?<!\S)-(?=\d))?{_LETTERS}(?:{_LETTERS}|[{_SIGNS}]|(?<=\d)[.,:](?=\d)|'(?=[^\W\d_]))*"
    rf"|[{_UNSPACED}]"
    r"|[%&$€£¥+=])"
)
_SPELLED_OUT = {"%": "percent", "&": "and"}


@dataclass(frozen=True)
class Folded:
    """``words`` of ``text``, folded; the k-th stands at ``edges[k]`` of ``text``.

    ``elisions`` are the words in front of which "..." stands (their number: at the end);
    ``bracketed`` are those within square brackets: not the speaker's.
    """

    text: str
    words: tuple[str, ...]
    edges: tuple[tuple[int, int], ...]
    elisions: frozenset[int] = frozenset()
    bracketed: frozenset[int] = frozenset()

    @cached_property
    def marked(self) -> tuple[bool, ...]:
        """Of each word, whether quotation marks within the text stand around it."""
        inside, marked = "", []
        for word in range(len(self.words)):
            for character in fold_characters(self.gap(word)).text:
                if inside:
                    inside = "" if character == inside else inside
                elif character in "\"'":
                    inside = character
            marked.append(bool(inside))
        return tuple(marked)

    def surface(self, word: int) -> str:
        start, end = self.edges[word]
        return self.text[start:end]

    def gap(self, word: int) -> str:
        """What stands between the word before and this one."""
        start = self.edges[word - 1][1] if word else 0
        end = self.edges[word][0] if word < len(self.edges) else len(self.text)
        return self.text[start:end]


def fold_words(text: str) -> Folded:
    """The words of ``text`` in reading order.

    >>> fold_words("“[W]e don’t ... cut 1,000 jobs”").words
    ('we', "don't", 'cut', '1000', 'jobs')
    """
    characters = fold_characters(text)
    words: list[str] = []
    edges: list[tuple[int, int]] = []
    elisions: set[int] = set()
    bracketed: set[int] = set()
    opened: int | None = None
    for found in _TOKEN.finditer(characters.text):
        if found.lastgroup == "word":
            words.append(_plain(found.group()))
            edges.append(_edges(characters, found))
        elif found.lastgroup == "elision":
            elisions.add(len(words))
        elif found.lastgroup == "open":
            opened = len(words)
        elif opened is not None:
            bracketed.update(range(opened, len(words)))
            opened = None
    return Folded(text, tuple(words), tuple(edges), frozenset(elisions), frozenset(bracketed))


def _edges(characters: Characters, found: re.Match[str]) -> tuple[int, int]:
    return characters.starts[found.start()], characters.ends[found.end() - 1]


_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")


def _plain(word: str) -> str:
    if word.isalpha():
        return word
    if word[0].isdigit() or word[0] == "-":
        return _THOUSANDS.sub("", word)
    if "." in word and "'" not in word:
        return word.replace(".", "")
    return _SPELLED_OUT.get(word, word)
