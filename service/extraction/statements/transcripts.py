"""Transcripts: turns of a conversation, as "PENCE: Well, look, ...", what goes on from them, and
answers of an interview, as "A: ...".

The page's layout says who speaks, so nothing else is asked. Names in lower case before a colon
("Sanders: 60 percent") are mostly tables and left to others.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from service.domain import Span
from service.extraction.lexicon import labels
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.page.marks import CLOSERS
from service.extraction.proposal import LAID_OUT, Proposal

DENSE, TURNS = 1 / 3, 4
"""So many turns, this share of the paragraphs between the first and the last, make a transcript
where paragraphs without a label go on from the one before; elsewhere they are the reporter's."""

_TURN = re.compile(r"[“\"]?([A-Z][A-Z.’' -]{2,30})(?: \([^)\n]*\))?(:)\s+(?=\S+ \S+ \S)")
_DIRECTION = re.compile(r"[“\"]?[(\[][^)\]\n]*[)\]][”\"]?")
_QUESTION = re.compile(r"[“\"]?Q(?:[:.]\s|\s{2})")
_ANSWER = re.compile(r"[“\"]?(A)([:.])\s+(?=\S)")
_CLIP = re.compile(r"[A-Z]{3,}:\s")
_SENTENCE_END = re.compile(r"[.!?…—–-][\"”’')\]]*$")


def read_turns(article: Article) -> list[Proposal]:
    """One statement a turn, in reading order; linear in the text's length."""
    turns = {
        number: turn
        for number, paragraph in enumerate(article.paragraphs)
        if (turn := _turn(article, paragraph))
    }
    names = {turn.group(1) for turn in turns.values()}
    if len(names) < 2 and not all(_is_known(article, name) for name in names):
        turns = {}
    turns = turns or _answers(article)
    return [_proposal(*told) for told in _with_what_goes_on(article, turns) if told[1]]


def _answers(article: Article) -> dict[int, re.Match[str]]:
    """ "A: ..." of an interview that has several, with a "Q: ..." before each."""
    answers: dict[int, re.Match[str]] = {}
    if "Q" not in article.flow:
        return answers
    asked = False
    for number, paragraph in enumerate(article.paragraphs):
        answer = _ANSWER.match(article.flow, paragraph.start, paragraph.end)
        if answer is not None and asked:
            answers[number] = answer
        question = _QUESTION.match(article.flow, paragraph.start, paragraph.end) is not None
        asked = question or (asked and answer is None)
    return answers if len(answers) > 1 else {}


def _turn(article: Article, paragraph: Span) -> re.Match[str] | None:
    if article.title is not None and article.title.overlaps(paragraph):
        return None
    turn = _TURN.match(article.flow, paragraph.start, paragraph.end)
    return None if turn is None or labels().match(turn.group(1)) else turn


def _is_known(article: Article, name: str) -> bool:
    """The label's last word stands in the article as a name, too."""
    last = name.split()[-1]
    return last.lower() not in people().common and last.title() in article.flow


_Told = tuple[re.Match[str], list[Span]]


def _with_what_goes_on(article: Article, turns: dict[int, re.Match[str]]) -> Iterator[_Told]:
    """Each turn with its words and those of the paragraphs that go on from it."""
    flow, numbers = article.flow, [*turns, len(article.paragraphs)]
    dense = len(turns) >= TURNS and len(turns) >= DENSE * (numbers[-2] - numbers[0] + 1)
    for number, after in pairwise(numbers):
        turn, end = turns[number], article.paragraphs[number].end
        marked = flow[turn.start()] in CLOSERS
        words = [_body(flow, Span(turn.end(), end), marked)]
        waiting = []
        known = after < numbers[-1]  # who speaks behind the last turn is anybody's guess
        for paragraph in article.paragraphs[number + 1 : after]:
            if _DIRECTION.fullmatch(flow, paragraph.start, paragraph.end):
                continue
            if _QUESTION.match(flow, paragraph.start, paragraph.end):
                known = True
                break
            if marked and _goes_on(flow, paragraph):
                words.append(_body(flow, Span(paragraph.start + 1, paragraph.end), marked))
            elif not marked and dense and _is_sentence(flow, paragraph):
                waiting.append(paragraph)
            else:
                waiting.clear()
                break
        yield turn, [span for span in (*words, *(waiting if known else ())) if _tells(flow, span)]


def _goes_on(flow: str, paragraph: Span) -> bool:
    """It opens again what the turn's paragraph left open, and is not a clip of somebody else."""
    return flow[paragraph.start] in CLOSERS and not _CLIP.match(flow, paragraph.start + 1)


def _is_sentence(flow: str, paragraph: Span) -> bool:
    return (
        _SENTENCE_END.search(flow, max(paragraph.start, paragraph.end - 4), paragraph.end)
        is not None
    )


def _tells(flow: str, span: Span) -> bool:
    return any(character.isalnum() for character in span.of(flow))


def _body(flow: str, span: Span, marked: bool) -> Span:
    """Without the mark that closes what the paragraph's first one opened."""
    closed = marked and flow[span.end - 1] in '”"'
    return Span(span.start, span.end - 1 if closed else span.end)


def _proposal(turn: re.Match[str], words: Iterable[Span]) -> Proposal:
    mention, cue = Span(*turn.span(1)), Span(*turn.span(2))
    return Proposal(tuple(words), cue, mention, LAID_OUT, block=True, settled=True)
