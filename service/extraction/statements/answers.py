"""Answers: an interviewee's answers in interviews printed without quotation marks or names.

"Q: ..." and "A: ...", or questions on lines of their own, each with an answer in the first person
below it. An index needs no words without a speaker, but the check of a draft reports them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain import Span

FEWEST = 2
"""Least number of answered questions: one alone may be the reporter's own."""
LONGEST = 40
"""Longest question in words."""

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
_LABEL = re.compile(r"(?P<question>Q|Question)\s?[:.]\s+|(?:A|Answer)\s?[:.]\s+")
_MARKS = re.compile(r"[\"“”„«»]")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|d|ll|ve)|[Mm]y|[Mm]e|[Ww]e|[Oo]ur)\b")


@dataclass(frozen=True, slots=True)
class _Block:
    span: Span
    asks: bool
    answers: bool


def answers_in(text: str) -> list[Span]:
    """Spans of the paragraphs that answer, without their labels, in reading order.

    >>> text = "Q: Why?\\n\\nA: Because I can.\\n\\nQ: When?\\n\\nA: Now."
    >>> [span.of(text) for span in answers_in(text)]
    ['Because I can.', 'Now.']
    """
    blocks = [found.span() for found in _BLOCK.finditer(text)]
    labelled = list(_labelled(text, blocks))
    if sum(block.asks for block in labelled) >= FEWEST:
        return [block.span for block in labelled if block.answers]
    blocks_read = [_read(text, Span(*span)) for span in blocks]
    asked = [
        k for k in range(len(blocks_read) - 1) if blocks_read[k].asks and blocks_read[k + 1].answers
    ]
    answers = [blocks_read[k + 1].span for k in asked]
    first_person = any(_FIRST_PERSON.search(span.of(text)) for span in answers)
    return answers if len(asked) >= FEWEST and first_person else []


def _labelled(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[_Block]:
    for start, end in blocks:
        label = _LABEL.match(text, start)
        if label:
            asks = label["question"] is not None
            yield _Block(Span(label.end(), end), asks, not asks and label.end() < end)


def _read(text: str, span: Span) -> _Block:
    words = span.of(text)
    unquoted = _MARKS.search(words) is None
    asks = unquoted and words.rstrip().endswith("?") and len(words.split()) <= LONGEST
    return _Block(span, asks, unquoted and not asks)
