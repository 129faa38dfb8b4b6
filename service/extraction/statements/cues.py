"""Cues: the words that announce a statement ("said", "according to").

Finds cue spans by lexicon (lexicon/cues.toml). The content and the speaker are decided in rules.py.
Terms follow Pareti (2016), PARC 3.0.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import compress, count
from operator import attrgetter

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.lexicon.people import people
from service.extraction.statements.grammar import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    is_adverbial,
)
from service.extraction.statements.tokens import Token

_WORD = re.compile(r"[a-z]+")
_WORD_OF = attrgetter("word")
_SPACES = {at: " " for at in range(128) if not chr(at).islower()}
"""Turns all but letters into spaces: four times as fast to split as by the pattern."""


class CueKind(Enum):
    """How a cue takes its content."""

    REPORT = "a verb of saying"
    CAUTIOUS = "a verb of saying that means other things as well"
    ACT = "a verb of doing with words, its object is what is said"
    EVIDENCE = "a verb of finding, said of polls and studies"
    QUOTING = "a verb that is a cue where its object is quoted"
    MANNER = "a verb of the voice or the face, a cue beside quoted words"


class Cue(Struct):
    """A cue in the sentence's tokens, from ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    kind: CueKind
    word: str
    passive: bool
    infinitive: bool

    @property
    def chains(self) -> bool:
        """Whether it is a participle that continues the clause before with the same speaker
        ("adding").
        """
        return self.word in cues().chain


@cache
def _kinds() -> dict[str, CueKind]:
    """The kind of cue of each form; the first kind that applies."""
    forms = cues()
    report = forms.report | forms.chain
    return {
        **dict.fromkeys(forms.manner | forms.beats, CueKind.MANNER),
        **dict.fromkeys(forms.evidence, CueKind.EVIDENCE),
        **dict.fromkeys(forms.quoting, CueKind.QUOTING),
        **dict.fromkeys(forms.act, CueKind.ACT),
        **dict.fromkeys(report, CueKind.REPORT),
        **dict.fromkeys(report & forms.cautious, CueKind.CAUTIOUS),
    }


def holds_cue(lowered: str, sentence: Span) -> bool:
    """A quick check: False if ``find_cues`` would find nothing. ``lowered`` is the article's text
    in lower case.
    """
    start, end = sentence.start, sentence.end
    without_marks = sentence.of(lowered).replace("“", " ").replace("”", " ")
    words = (
        without_marks.translate(_SPACES).split()
        if without_marks.isascii()
        else _WORD.findall(without_marks)
    )
    return (
        not _kinds().keys().isdisjoint(words)
        or cues().phrases.search(lowered, max(0, start - 1), end) is not None
        or cues().according.search(lowered, start, end) is not None
    )


def find_cues(lowered: str, tokens: Sequence[Token]) -> list[Cue]:
    """Verb cues outside quotation marks, in reading order."""
    phrases = list(_phrases(lowered, tokens))
    taken = {at for cue in phrases for at in range(cue.first, cue.last)}
    kinds = _kinds()
    listed = compress(count(), map(kinds.__contains__, map(_WORD_OF, tokens)))
    verbs = [at for at in listed if tokens[at].quote < 0]
    headline = any(tokens[at].capital for at in verbs) and _is_title_case(tokens)
    found = [
        _cue(tokens, at, at + 1, kinds[tokens[at].word])
        for at in verbs
        if at not in taken and not _is_noun(tokens, at, headline)
        if kinds[tokens[at].word] is not CueKind.MANNER or _is_beside_quotation(tokens, at)
    ]
    return sorted([*found, *phrases], key=lambda cue: cue.first) if phrases else found


def _phrases(lowered: str, tokens: Sequence[Token]) -> Iterator[Cue]:
    if not tokens:
        return
    start, end = tokens[0].start, tokens[-1].end
    for match in cues().phrases.finditer(lowered, max(0, start - 1), end):
        first = bisect_left(tokens, match.start() + 1, key=lambda t: t.start)
        last = bisect_left(tokens, match.end(), key=lambda t: t.start)
        if first < last and tokens[first].quote < 0:
            yield _cue(tokens, first, last, CueKind.ACT)


def _cue(tokens: Sequence[Token], first: int, last: int, kind: CueKind) -> Cue:
    word = tokens[first].word
    before = first - 1
    while before >= 0 and (tokens[before].word in ADVERBS or tokens[before].word.endswith("ly")):
        before -= 1
    preceding = tokens[before].word if before >= 0 else ""
    passive = preceding in _BE and word.endswith(("ed", "told", "said", "written", "quoted"))
    return Cue(first, last, kind, word, passive, preceding == "to")


def _is_beside_quotation(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb leads to quoted words by a colon, or follows, with a subject between,
    perhaps, quoted words that end in a comma, a question or an exclamation: "“We won!” Orr beams".
    """
    if at + 2 < len(tokens) and tokens[at + 1].text == ":":
        return tokens[at + 2].quote >= 0
    for close in range(at - 1, max(0, at - 1 - SUBJECT_TOKENS), -1):
        if tokens[close].quote >= 0:
            beside = (tokens[close - 1].text, tokens[close].text, tokens[close + 1].text)
            return not _GOES_ON.isdisjoint(beside)
    return False


_GOES_ON = frozenset((",", "!", "?", "…", "...", "—", "–"))
SUBJECT_TOKENS = 6
"""Longest subject between a quotation and the verb: "the landlord, Sean Boyle, laughs"."""

_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "'s"])


_DETERMINERS = DETERMINERS - {"this", "that", "these", "those", "all", "both"}
_PREPOSITIONS = PREPOSITIONS - {"to"}


def _is_noun(tokens: Sequence[Token], at: int, headline: bool) -> bool:
    """Whether the form is a noun here: "the claims", "a report", "United States", "Trump’s
    demands".
    """
    token = tokens[at]
    if token.capital and not headline and (at or _is_first_name(tokens)):
        return True
    before = tokens[at - 1].word if at else ""
    if before in _DETERMINERS or (before in _PREPOSITIONS and not token.word.endswith("ing")):
        return True
    if before.endswith(("'s", "s'")) and not token.word.endswith(("ed", "ing", "said", "told")):
        return True
    return token.word in cues().nouns and not _has_subject(tokens, at)


def _is_first_name(tokens: Sequence[Token]) -> bool:
    """Whether the first word is a first name: "Hope Tarn said ...", "Mark Roe said ..."."""
    named = len(tokens) > 1 and tokens[1].capital
    return named and tokens[0].word in people().first_names


def _has_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether a form that may be a noun is a verb: after a name or pronoun, or before the
    content.
    """
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and (after.quote >= 0 or after.word in _OBJECTS):
        return True
    if at == 0:
        return False
    before = tokens[at - 1]
    return before.capital or before.word in PRONOUNS or is_adverbial(before)


_OBJECTS = frozenset(["that", "it", "him", "her", "them", "himself", "herself", "us", "me"])


def _is_title_case(tokens: Sequence[Token]) -> bool:
    """Whether the sentence is set like a headline, whose verbs are capitalised."""
    lower = sum(t.text.islower() and len(t.text) > 3 for t in tokens)
    upper = sum(t.capital for t in tokens)
    return lower <= upper / 2


def according_spans(lowered: str, sentence: Span) -> list[Span]:
    """Spans of "according to" and similar phrases in the sentence."""
    matches = cues().according.finditer(lowered, sentence.start, sentence.end)
    return [Span(match.start(), match.end()) for match in matches]
