"""Places: where the matching words are, as an editor wants to see it.

The sentence, the title, publisher and date, and a link to the words.
"""

import re

from service.rendering.fragments import passage_link
from service.reports.facts import Side, Stretch
from service.reports.lines import on_one_line
from service.verification.findings import Match

MOST_AROUND = 200
"""Characters of the sentence shown on each side of the words."""

_SENTENCE_START = re.compile(r"[.!?]['\"”’)]*\s+(?=\S)|\n\s*(?=\S)")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*(?=\s|$)|\n")


def sentence_of(match: Match) -> list[Stretch]:
    """The source's sentence; ``Side.SOURCE`` marks the matching words."""
    statement, found = match.statement, match.found
    start = statement.text.find(found)
    if start < 0:
        return [Stretch(Side.SOURCE, on_one_line(found))]
    before = _last_sentence(statement.context.before + statement.text[:start])
    after = _first_sentence(statement.text[start + len(found) :] + statement.context.after)
    parts = ((Side.BOTH, before), (Side.SOURCE, found), (Side.BOTH, after))
    return [Stretch(side, on_one_line(text)) for side, text in parts if text]


def _last_sentence(text: str) -> str:
    ends = [found.end() for found in _SENTENCE_START.finditer(text)]
    sentence = text[ends[-1] :] if ends else text
    if len(sentence) <= MOST_AROUND:
        return sentence
    return "…" + sentence[-MOST_AROUND:].partition(" ")[2]


def _first_sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    sentence = text[: end.end()] if end else text
    if len(sentence) <= MOST_AROUND:
        return sentence.rstrip("\n")
    return sentence[:MOST_AROUND].rpartition(" ")[0] + "…"


def link_to(match: Match) -> str:
    """A link to the page that highlights the words (a text fragment); empty without a page."""
    return passage_link(match.statement.source.url, [match.found]) or ""
