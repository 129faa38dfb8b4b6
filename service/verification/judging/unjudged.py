"""Unjudged: quotation marks in a draft that do not mark a quotation.

Titles, words as words ("the term “deep state”") and scare quotes are recognised and counted, but
not judged.
"""

import re
from threading import Lock

from service.domain import Form, Span, Statement
from service.index.port import Snapshot
from service.verification.findings import AttributionFinding, Verdict, Verification
from service.verification.texts import lexicon
from service.verification.texts.words import fold_words

LEAST_LIKELY = 0.5
"""Least confidence that words without a named speaker are a quotation."""
SCARE_WORDS = 3
"""Longest scare quote in words, within a report: as many as "fake news" or "so-called peace deal"
that are not found unchanged as the same speaker's own are not judged as a quotation.
"""
SHORTEST_TITLE = 3
"""Shortest title in words: less may also be something said."""
PAGE = 200
"""Sources requested at once: as many as the API returns at most."""

_NAMING = re.compile(
    r"(?:\b(?:(?:en)?titled|headlined|headed|captioned|subtitled|dubbed|nicknamed|so-called"
    r"|known as|billed as|labelled|labeled|headlines?|titles?|terms?|phrases?|slogans?"
    r"|hashtags?|nickname|expressions?|the words?"
    r"|the (?:song|film|movie|book|novel|play|album|series|show|poem|column|essay|podcast"
    r"|documentary|painting))"
    r"(?: (?:of|for|was|is|reads?|as|in|on))*[:,]?|\bunder the (?:headline|title))\s*$",
    re.IGNORECASE,
)
_BEFORE = 40
"""Characters that are searched for the kind of thing that is named."""
_MARKS = " \t\"'“”„‟«»‹›‘’`"


def is_named(text: str, span: Span) -> bool:
    """Whether the words right before announce a title or a word as a word.

    >>> text = "He wrote “The End” under the headline “All is well”."
    >>> is_named(text, Span(10, 17)), is_named(text, Span(39, 50))
    (False, True)
    """
    before = text[max(0, span.start - _BEFORE) : span.start].rstrip(_MARKS)
    return _NAMING.search(before) is not None


def is_said(statement: Statement) -> bool:
    """Whether a verb of saying announces it."""
    cue = statement.attribution.cue
    return cue is not None and not lexicon.SAYING.isdisjoint(fold_words(cue.text).words)


def is_unlikely(statement: Statement) -> bool:
    """Whether it has no named speaker and is too short for a quotation without one."""
    attribution = statement.attribution
    return attribution.mention is None and attribution.confidence < LEAST_LIKELY


def is_in_headline(text: str, span: Span) -> bool:
    """Whether it is in the first line, and that is not a sentence."""
    line = text.strip().partition("\n")[0].rstrip()
    first = text.index(line) if line else 0
    return span.end <= first + len(line) and not line.endswith(".")


def is_scare_quote(statement: Statement, found: Verification) -> bool:
    """Whether it is a few words within a report, not found as the same speaker's own."""
    if statement.form is not Form.MIXED or len(fold_words(found.quote).words) > SCARE_WORDS:
        return False
    is_speakers = found.attribution in (
        AttributionFinding.AS_CLAIMED,
        AttributionFinding.NOT_CLAIMED,
    )
    return found.verdict is not Verdict.TOO_SHORT and not (is_speakers and found.verdict.passes)


Title = tuple[str, ...]


class Titles:
    """The titles of all sources, kept for the latest generation; reading 25,000 takes 0.4 s."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[str, frozenset[Title]] = ("", frozenset())

    def has(self, index: Snapshot, words: str) -> bool:
        title = fold_words(words).words
        return len(title) >= SHORTEST_TITLE and title in self._of(index)

    def _of(self, index: Snapshot) -> frozenset[Title]:
        with self._lock:
            generation, titles = self._kept
        if generation != index.generation:
            titles = frozenset(_titles(index))
            with self._lock:
                self._kept = (index.generation, titles)
        return titles


def _titles(index: Snapshot) -> set[Title]:
    found: set[Title] = set()
    cursor: str | None = None
    while True:
        page = index.sources(limit=PAGE, cursor=cursor)
        titles = (one.source.title for one in page.items)
        found |= {fold_words(title.value).words for title in titles if title}
        cursor = page.next
        if cursor is None:
            return found
