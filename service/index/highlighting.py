"""Highlighting: finds the words of a query in a statement.

Only words that may match are examined. A word of ASCII letters and digits whose term is wanted
starts with that term (see ``term_of``); any other word contains an apostrophe, a dot or a non-ASCII
letter. Examining every word took most of the time of a page of results (python -m bench.index).
"""

import re
from collections.abc import Iterable
from itertools import pairwise, starmap

from service.domain import Span
from service.index.analysis import first_word, term_of
from service.index.words import Expression

_ODD = re.compile(r"[^\x00-&(-\-/-\x7f]")
"""Non-ASCII characters, the apostrophe and the dot."""

_ANY = re.compile(r"\S")


class Highlighter:
    """Highlights one expression in any number of texts."""

    def __init__(self, expression: Expression) -> None:
        self._wanted: dict[str, list[tuple[str, ...]]] = {}
        for phrase in expression.phrases:
            self._wanted.setdefault(phrase.terms[0], []).append(phrase.terms)
        self._beginnings = [_beginning(term) for term in self._wanted if term.isascii()]

    def spans(self, text: str) -> tuple[Span, ...]:
        """The matches of all wanted phrases in reading order: one span per phrase, whole words."""
        found = [
            (word.start(), end)
            for word in self._candidates(text)
            for phrase in self._wanted.get(term_of(word[0]), ())
            if (end := _end(text, word, phrase))
        ]
        if any(end > start for (_, end), (start, _) in pairwise(found)):
            found = _merged(found)
        return tuple(starmap(Span, found))

    def _candidates(self, text: str) -> list[re.Match[str]]:
        """Words that may start a matching phrase, in reading order."""
        lower = text.lower()
        if len(lower) != len(text):  # İ becomes two characters
            return _words_with(text, _ANY)
        found = (
            {} if _is_ascii_text(text) else {word.start(): word for word in _words_with(text, _ODD)}
        )
        for place in self._places(lower):
            word = _word_at(text, place, text.rfind(" ", 0, place) + 1)
            if word is not None:
                found[word.start()] = word
        return [found[start] for start in sorted(found)]

    def _places(self, lower: str) -> list[int]:
        """Offsets at which an ASCII word may start that begins with a wanted term."""
        places = []
        for beginning in self._beginnings:
            place = lower.find(beginning)
            while place >= 0:
                places.append(place)
                place = lower.find(beginning, place + 1)
        return places


def _words_with(text: str, kind: re.Pattern[str]) -> list[re.Match[str]]:
    """The words that contain a character matching ``kind``, each once."""
    found, position = [], 0
    while (odd := kind.search(text, position)) is not None:
        place = odd.start()
        word = _word_at(text, place, max(position, text.rfind(" ", 0, place) + 1))
        if word is not None:
            found.append(word)
        position = odd.end() if word is None else word.end()
    return found


def _word_at(text: str, place: int, start: int) -> re.Match[str] | None:
    """The word containing the character at ``place``; ``start`` is a word boundary before it."""
    word = first_word(text, start)
    while word and word.end() <= place:
        word = first_word(text, word.end())
    return word if word and word.start() <= place else None


def _beginning(term: str) -> str:
    """The prefix shared by all words with this term.

    >>> _beginning("polici")
    'polic'
    """
    return term[:-1] if len(term) > 3 and term.endswith("i") else term


def _is_ascii_text(text: str) -> bool:
    return text.isascii() and "." not in text and "'" not in text


def _end(text: str, first: re.Match[str], phrase: tuple[str, ...]) -> int:
    """The end of the phrase that starts with the word ``first``; 0 if the phrase is not there."""
    end = first.end()
    for term in phrase[1:]:
        word = first_word(text, end)
        if word is None or term_of(word[0]) != term:
            return 0
        end = word.end()
    return end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
