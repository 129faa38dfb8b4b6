"""Analysis: splits text into terms, identically for indexing and for queries.

A term is a word without case, accents, apostrophes and English endings ("Russia’s" and "russia" are
one). No word is dropped, so that phrases count every position; words.py decides which words of a
query are optional.
"""

import re
import unicodedata
from functools import lru_cache

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903"
_MARKS += "\u093a-\u094f\u00ad"  # accents and vowel signs written apart; the soft hyphen
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # scripts without spaces between words
_LETTERS = rf"[^\W_{_UNSPACED}]"
_TOKEN = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\b\.?"  # U.S.
    rf"|[{_UNSPACED}]"
    rf"|{_LETTERS}+(?:(?:[{_MARKS}]|['’ʼ](?=[^\W\d_])){_LETTERS}*)*"
)
_APOSTROPHES = str.maketrans("", "", "'’ʼ.\u00ad")
_POSSESSIVE = ("'s", "’s", "ʼs")
_VOWELS = frozenset("aeiouy")


def terms(text: str) -> list[str]:
    """The term of every word in reading order; a word's position is its index in the list.

    >>> terms("The U.S. denied Peña’s claims.")
    ['the', 'us', 'deni', 'pena', 'claim']
    """
    return list(map(term_of, _TOKEN.findall(text)))


def surface_words(text: str) -> list[str]:
    """The words of ``terms(text)`` as written."""
    return _TOKEN.findall(text)


def first_word(text: str, start: int) -> re.Match[str] | None:
    """The first word of ``terms(text)`` at or after ``start``, which must be a word's end or follow
    a space."""
    return _TOKEN.search(text, start)


@lru_cache(maxsize=1 << 16)
def term_of(word: str) -> str:
    """The term of a word of ASCII letters and digits.

    It is a prefix of the word in lower case, except that a final "i" may be a "y".
    """
    folded = fold(word)
    if folded.endswith(_POSSESSIVE):
        folded = folded[:-2]
    return stem(folded.translate(_APOSTROPHES)) or folded


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """``text`` without case and accents, for comparing names and words."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def stem(word: str) -> str:
    """``word`` without the endings of number, tense and participle.

    Light on purpose: it joins the forms of one word ("agree", "agrees", "agreed", "agreeing")
    and leaves derivations ("agreement") apart, because who looks for a quotation wants words,
    not topics. The rules are those of Porter's first step (Porter 1980), a final e dropped.

    >>> {stem(word) for word in ("agree", "agrees", "agreed", "agreeing")}
    {'agre'}
    >>> [stem(word) for word in ("policies", "policy", "stopped", "news", "thing", "is")]
    ['polici', 'polici', 'stop', 'news', 'thing', 'is']
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha() or word == "news":
        return word
    word = _singular(word)
    if word.endswith("eed"):
        if not word.endswith(("ceed", "deed")) and _has_vowel(word[:-3]):
            word = word[:-1]
    else:
        for ending in ("ing", "ed"):
            start = word.removesuffix(ending)
            if start != word and len(start) > 2 and _has_vowel(start):
                word = _undouble(start)
                break
    if word.endswith("y") and len(word) > 3 and word[-2] not in _VOWELS:
        return word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-2]
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _has_vowel(word: str) -> bool:
    return not _VOWELS.isdisjoint(word)


def _undouble(word: str) -> str:
    return word[:-1] if word[-1] == word[-2] and word[-1] not in "aeioulsz" else word
