"""Highlighting: where the words of a query stand in a statement.

Only the few words are looked at that may be wanted ones. A word of ASCII letters and digits that
has a wanted term begins with it (see ``term_of``); every other word has an apostrophe, a dot or
a letter of another alphabet in it. Looking at every word took most of the time of a page of
results (python -m bench.index).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from service.domain import Span
from service.index.analysis import term_of, words_from
from service.index.words import Expression

_ODD = re.compile(r"[^\x00-&(-\-/-\x7f]")
"""All but ASCII, and of that the apostrophe and the dot."""


class Highlighter:
    """Of one expression, for any number of texts."""

    def __init__(self, expression: Expression) -> None:
        self._wanted: dict[str, list[tuple[str, ...]]] = {}
        for phrase in expression.phrases:
            self._wanted.setdefault(phrase.terms[0], []).append(phrase.terms)
        self._beginnings = [_beginning(term) for term in self._wanted if term.isascii()]

    def spans(self, text: str) -> tuple[Span, ...]:
        """What matches a wanted phrase, in reading order: each phrase one span, words whole."""
        found = [
            Span(word.start(), end)
            for word in self._candidates(text)
            for phrase in self._wanted.get(term_of(word[0]), ())
            if (end := _end(text, word, phrase))
        ]
        return tuple(found) if len(found) < 2 else _merged(found)

    def _candidates(self, text: str) -> Iterator[re.Match[str]]:
        """The words that may be the first of a phrase."""
        behind = 0
        for place in self._places(text):
            if place < behind:
                continue
            for word in words_from(text, max(behind, text.rfind(" ", 0, place) + 1)):
                behind = word.end()
                if behind > place:
                    if word.start() <= place:
                        yield word
                    else:
                        behind = word.start()
                    break

    def _places(self, text: str) -> list[int]:
        """Of every word that may be the first of a phrase, a character; ascending."""
        lower = text.lower()
        if len(lower) != len(text):  # İ becomes two
            return list(range(len(text)))
        places = [odd.start() for odd in _ODD.finditer(text)]
        for beginning in self._beginnings:
            place = lower.find(beginning)
            while place >= 0:
                places.append(place)
                place = lower.find(beginning, place + 1)
        places.sort()
        return places


def _beginning(term: str) -> str:
    """What a word of this term begins with.

    >>> _beginning("polici")
    'polic'
    """
    return term[:-1] if len(term) > 3 and term.endswith("i") else term


def _end(text: str, first: re.Match[str], phrase: tuple[str, ...]) -> int:
    """Where the phrase ends that begins with this word; 0 if it does not stand there."""
    if len(phrase) == 1:
        return first.end()
    words = list(islice(words_from(text, first.end()), len(phrase) - 1))
    there = tuple(term_of(word[0]) for word in words) == phrase[1:]
    return words[-1].end() if there else 0


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.overlaps(merged[-1]):
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)
