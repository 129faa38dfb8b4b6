"""Rules: statements by the patterns reporters write in, one sentence at a time.

"According to X, ..." and "X: “...”" are read here, "..., X said" in postposed.py, "X said that ..."
in preposed.py. What spans several sentences (continued and block quotations) is in passages.py.
Every pattern proposes; deciding.py decides.
"""

from bisect import bisect_left
from collections.abc import Sequence

from service.deadline import check_deadline
from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.statements.cues import according_spans, find_cues
from service.extraction.statements.grammar import OPENERS, is_verb, subject_before
from service.extraction.statements.postposed import claims, read_postposed
from service.extraction.statements.preposed import read_preposed
from service.extraction.statements.sentence_reading import (
    CERTAIN,
    LIKELY,
    SentenceReading,
    has_finite_verb,
)
from service.extraction.statements.tokens import Token, span_of

INTRODUCTION = 12
"""Longest clause before a colon, in tokens."""
_SUBJECTS = frozenset(("he", "she", "they", "who"))
_NOBODY = frozenset(("there", "here", "it", "this", "that", "which", "what"))
CUES_AHEAD = 6
"""Later cues that are considered, to keep time linear."""


def read_sentence(article: Article, tokens: Sequence[Token]) -> SentenceReading:
    """Returns the sentence's reading with all its proposals."""
    check_deadline()
    reading = SentenceReading(article, tokens)
    if not tokens or _read_label(reading) or _read_according(reading):
        return reading
    found = find_cues(article.lowered, tokens)
    for number, cue in enumerate(found):
        if cue.first < reading.free:
            continue
        later = found[number + 1 : number + 1 + CUES_AHEAD]
        if read_postposed(reading, cue) or any(claims(reading, cue, other) for other in later):
            continue
        read_preposed(reading, cue, later)
    _read_introduced(reading)
    return reading


def _read_introduced(reading: SentenceReading) -> None:
    """Reads a clause without a verb of saying before a colon: "Ortiz was blunt: “...”"."""
    tokens = reading.tokens
    if not reading.quotes:
        return
    for colon in range(max(1, reading.free), len(tokens) - 1):
        if tokens[colon].text != ":" or tokens[colon].quote >= 0 or tokens[colon + 1].quote < 0:
            continue
        verb = _verb_before(tokens, colon)
        subject = None if verb is None else subject_before(tokens, verb)
        if verb is None or subject is None or tokens[subject[0]].word in _NOBODY:
            return
        cue = Span(tokens[verb].start, tokens[colon - 1].end)
        pieces = [(colon + 1, reading.quote_end(colon + 1))]
        reading.propose(pieces, cue, span_of(tokens, *subject), CERTAIN)
        return


def _verb_before(tokens: Sequence[Token], colon: int) -> int | None:
    """Index of the first finite verb of the clause before the colon, or None."""
    verb = None
    for at in range(colon - 1, max(-1, colon - INTRODUCTION), -1):
        if tokens[at].text in ",;" or tokens[at].quote >= 0:
            break
        after_name = at > 0 and (tokens[at - 1].capital or tokens[at - 1].word in _SUBJECTS)
        if is_verb(tokens[at]) or (after_name and tokens[at].word.endswith("ed")):
            verb = at
    return verb


def _read_according(reading: SentenceReading) -> bool:
    """Reads "According to X, ..." and "..., according to X"."""
    tokens = reading.tokens
    sentence = Span(tokens[0].start, tokens[-1].end)
    for cue in according_spans(reading.article.lowered, sentence):
        first = bisect_left(tokens, cue.start, key=lambda t: t.start)
        if tokens[first].quote >= 0:
            continue
        name = bisect_left(tokens, cue.end, key=lambda t: t.start)
        last = _according_name_end(tokens, name)
        mention = span_of(tokens, name, last)
        if mention is None:
            continue
        opens = first <= 1 or tokens[first - 1].word in OPENERS
        pieces = [(_after_aside(tokens, last), len(tokens))] if opens else [(0, first)]
        if (
            not opens
            and last < len(tokens)
            and tokens[last].text == ","
            and not has_finite_verb(tokens, 0, first)
        ):
            pieces.append((last, len(tokens)))
        if reading.propose(pieces, cue, mention, CERTAIN):
            return True
    return False


def _according_name_end(tokens: Sequence[Token], first: int) -> int:
    last = first
    while last < len(tokens) and tokens[last].quote < 0 and tokens[last].text not in ",.;:":
        last += 1
    return last


def _after_aside(tokens: Sequence[Token], comma: int) -> int:
    """Index after what is told of a document: "According to the complaint, filed on Monday, it"."""
    if comma + 1 >= len(tokens) or not tokens[comma + 1].word.endswith(("ed", "seen")):
        return comma
    aside = range(comma + 2, min(len(tokens), comma + INTRODUCTION))
    return next((at for at in aside if tokens[at].text == ","), comma)


def _read_label(reading: SentenceReading) -> bool:
    """Reads "Cecile Richards: “We will win.”"."""
    tokens = reading.tokens
    colon = next((i for i, t in enumerate(tokens[:6]) if t.text == ":"), None)
    if colon is None or colon == 0 or colon + 3 >= len(tokens):
        return False
    name = tokens[:colon]
    if tokens[colon + 1].quote < 0 or not all(t.capital and t.quote < 0 for t in name):
        return False
    cue = Span(tokens[colon].start, tokens[colon].end)
    mention = span_of(tokens, 0, colon)
    return reading.propose([(colon + 1, len(tokens))], cue, mention, LIKELY)
