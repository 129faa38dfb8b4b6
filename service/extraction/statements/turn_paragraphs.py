"""Turns of a transcript: their words, and the paragraphs that continue them.

Who speaks in which turn is decided in transcripts.py.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise, takewhile

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.page.marks import CLOSERS
from service.extraction.statements.turn_labels import LONGEST_HEADING, Label, Layout, spoken

DENSE, TURNS = 1 / 3, 4
"""Least share of labelled paragraphs between the first turn and the last, and least number of
turns, for paragraphs without a label to continue the turn before; otherwise they are the
reporter's.
"""

OPENING = 300
"""Characters of a turn that are searched for "I" or "you"."""

_DIRECTION = re.compile(r"[“\"]?(?:[(\[][^)\]\n]*[)\]] *){1,4}[”\"]?")
_TIMES = re.compile(
    r"WEBVTT.{0,80}|NOTE\b.{0,200}|\d{1,6}|(?:\d{1,6} +)?[\d:.,]{4,12}(?: --> .{4,80})?"
)
_INTERJECTION = re.compile(r".{0,80}\binterjecting ?[—–-]*")
_ANYBODY = re.compile(r"[“\"]?(?:\*\*|>> ?)?[A-Z][A-Z.’'-]+(?: [A-Z.’'-]+)*[^:.!?\n]{0,80}:\s")
_MARK = re.compile('[“”"]')
_CLIP = re.compile(r"[A-Z]{3,}:\s")
_SENTENCE_END = re.compile(r"[.!?…—–-][\"”’')\]]*$")

Labels = Mapping[int, Label]
"""Labels by the number of their paragraph."""


_Turn = tuple[Label, list[Span]]


def with_what_goes_on(article: Article, turns: Labels, answering: bool) -> Iterator[_Turn]:
    """Yields each turn with its words and the paragraphs that continue it; ``answering`` if all
    turns are one speaker's, so that questions are another's.
    """
    numbers = [*turns, len(article.paragraphs)]
    dense = are_dense(article, turns) if turns else False
    for number, after in pairwise(numbers):
        label = turns[number]
        below = article.paragraphs[number + 1 : after]
        if answering:
            below = tuple(takewhile(partial(_asks_nothing, article.flow), below))
        words = [_body(article.flow, label.words, label.marked)] if label.words else []
        if label.layout is Layout.VOICE:
            words += _lines_below(article.flow, article.paragraphs[number], below)
        else:
            # nothing shows who speaks after the last turn
            known = after < numbers[-1]
            words += _paragraphs_below(article.flow, label, below, dense, known)
        yield label, [_bare(article.flow, span) for span in words if _tells(article.flow, span)]


def _asks_nothing(flow: str, paragraph: Span) -> bool:
    return not flow.endswith("?", paragraph.start, paragraph.end)


def _lines_below(flow: str, line: Span, below: Iterable[Span]) -> Iterator[Span]:
    """Yields the other lines of a subtitle."""
    for after in below:
        if flow.count("\n", line.end, after.start) > 1 or is_aside(flow, after):
            return
        yield after
        line = after


def _paragraphs_below(
    flow: str, label: Label, below: Sequence[Span], dense: bool, known: bool
) -> list[Span]:
    words: list[Span] = []
    waiting: list[Span] = []
    alone = not label.words
    if alone and below and is_office(flow, below[0]):
        below = below[1:]
    for paragraph in below:
        if is_aside(flow, paragraph):
            continue
        if label.marked and _goes_on(flow, paragraph):
            words.append(_body(flow, Span(paragraph.start + 1, paragraph.end), label.marked))
        elif alone and not words:
            words.append(spoken(flow, paragraph))
        elif not label.marked and (dense or alone) and _may_go_on(flow, paragraph):
            waiting.append(spoken(flow, paragraph))
        else:
            waiting.clear()
            break
    return [*words, *(waiting if known else ())]


def _may_go_on(flow: str, paragraph: Span) -> bool:
    """Whether it is a sentence, and neither a caption nor an unknown label."""
    if _ANYBODY.match(flow, paragraph.start, min(paragraph.end, paragraph.start + OPENING)):
        return False
    return is_sentence(flow, paragraph)


def _goes_on(flow: str, paragraph: Span) -> bool:
    """Whether it reopens what the turn's paragraph left open, and is not a clip of somebody
    else.
    """
    return flow[paragraph.start] in CLOSERS and not _CLIP.match(flow, paragraph.start + 1)


def is_sentence(flow: str, paragraph: Span) -> bool:
    return (
        _SENTENCE_END.search(flow, max(paragraph.start, paragraph.end - 4), paragraph.end)
        is not None
    )


def _tells(flow: str, span: Span) -> bool:
    return any(character.isalnum() for character in span.of(flow))


def _bare(flow: str, span: Span) -> Span:
    """The span without the marks around all of it."""
    words = span.of(flow)
    whole = words[0] in '“"' and words[-1] in '”"' and _MARK.search(words[1:-1]) is None
    return Span(span.start + 1, span.end - 1) if whole else span


def _body(flow: str, span: Span, marked: bool) -> Span:
    """The span without the mark that closes the paragraph's opening one."""
    closed = marked and flow[span.end - 1] in '”"'
    return Span(span.start, span.end - 1 if closed else span.end)


def are_dense(article: Article, turns: Labels) -> bool:
    if len(turns) < TURNS:
        return False
    return len(turns) >= DENSE * spoken_between(article, min(turns), max(turns))


def spoken_between(article: Article, first: int, last: int) -> int:
    """Number of paragraphs from the first to the last that are not times or directions."""
    paragraphs = article.paragraphs[first : last + 1]
    return sum(not is_aside(article.flow, paragraph) for paragraph in paragraphs)


def is_aside(flow: str, paragraph: Span) -> bool:
    return any(
        pattern.fullmatch(flow, paragraph.start, paragraph.end)
        for pattern in (_DIRECTION, _TIMES, _INTERJECTION)
    )


def is_office(flow: str, line: Span) -> bool:
    """Whether the line below a name is an office: "North Bank, Analyst"."""
    if len(line) > LONGEST_HEADING or is_sentence(flow, line):
        return False
    return any(word.strip(",.") in people().roles for word in line.of(flow).lower().split())
