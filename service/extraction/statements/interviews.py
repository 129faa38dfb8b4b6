"""Interviews: questions without a label, each in a paragraph of its own, and the answers below.

    **Why did you leave?**
    I had seen enough of the place.

The questions are bold, italic or end with a question mark. The answers are the direct speech of the
one person whom the words above them introduce; the questions are nobody's. Labels are read in
transcripts.py, answers of nobody known in answers.py.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import takewhile, zip_longest

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon.bodies import name_endings
from service.extraction.lexicon.people import people, places
from service.extraction.page.layout import Article
from service.extraction.page.marks import CLOSERS
from service.extraction.proposal import LAID_OUT, Proposal
from service.extraction.statements.signatures import untitled

LONGEST = 60
"""Longest question in words."""
FEWEST, FEWEST_SET_OFF = 3, 2
"""Least number of answered questions, and of those in bold or italics: a column may ask one or two
of its own.
"""
INTRODUCED = 3000
"""Characters above the first question that are searched for the interviewee."""
LEAD = 60
"""Characters before a name that are searched for what makes it the interviewer's or author's."""
OPENING = 600
"""Characters of a paragraph that are searched for "I" or "you"."""

_SET_OFF = re.compile(r"(\*{1,3}|_{1,2})(?=\w|[\"“‘'])[^\n]*\1|#{2,4} [^\n]*")
_OPENED_BY, _CLOSED_BY = "*_# ", "*_ "
_I = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
_WE = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us)\b")
_YOU = re.compile(r"\b[Yy](?:ou|our|ourself)\b")
_NAME = re.compile(
    r"(?<![\w’'-])[A-Z][\w’'-]+(?: (?:[A-Z]\.|van|von|de[rl]?|al|bin|[A-Z][\w’'-]+)){1,3}\b"
)
_DESCRIBED = re.compile(
    r",? (?:\(?\d\d\b|is|was|has|became|talks?|tells?|told|on|speaks|answers|explains)\b"
)
_INTERVIEWER = re.compile(
    r"(?<!\bI )(?<!\bwe )\b(?:talks?|talked|spoke|speaks|chats|chatted|tells|told)(?: to| with)? "
    r"(?:[a-z’'-]+ ){0,4}$"
)
"""Before the name of who asks: "She talks to our reporter Dan Roe", not "I spoke to Ann Bell"."""
_ASKED_BY_US = re.compile(
    r"\b(?:[Ww]e|I) (?:\w+ ){0,2}?(?:asked|interviewed"
    r"|(?:talked|spoke|chatted|sat down|caught up|met up)(?: to| with)) (?P<name>[A-Z][\w’'-]+)"
)
"""Names the interviewee: "We asked Bell a few questions"."""
_WRITTEN_BY = re.compile(r"\b(?:by|photographs?:|interview:|words:) $", re.IGNORECASE)


class _Answered(Struct, frozen=True):
    """A paragraph that asks, and those that answer it; ``set_off``: it is bold or the like."""

    question: Span
    set_off: bool
    words: tuple[Span, ...]

    def asked(self, flow: str) -> Span:
        """The question without its marks."""
        start, end = self.question.start, self.question.end
        while start < end and flow[start] in _OPENED_BY:
            start += 1
        while end > start and flow[end - 1] in _CLOSED_BY:
            end -= 1
        return Span(start, end)


def read_interview(article: Article) -> list[Proposal]:
    """One statement per answer, in reading order, and one of nobody per question; none unless one
    person is introduced.
    """
    answered = list(_answered(article))
    if not _is_interview(article, answered):
        return []
    who = _introduced(article, answered[0].question.start)
    if who is None:
        return []
    turns = [
        turn for one in answered for turn in (((one.asked(article.flow),), None), (one.words, who))
    ]
    return [
        Proposal(spans, None, mention, LAID_OUT, block=True, settled=True)
        for spans, mention in turns
    ]


def _answered(article: Article) -> Iterator[_Answered]:
    """Yields the questions with what is below them. A question in plain letters may end an answer
    too, so that of further paragraphs only those in the first person go on with it.
    """
    flow, paragraphs = article.flow, article.paragraphs
    every = [number for number, one in enumerate(paragraphs) if _is_asked(article, one)]
    set_off = [number for number in every if _is_set_off(flow, paragraphs[number])]
    asked = set_off if len(set_off) >= FEWEST_SET_OFF else every
    for number, after in zip_longest(asked, asked[1:]):
        last = number + 2 if after is None else after  # nothing shows where the last answer ends
        words = paragraphs[number + 1 : last]
        if asked is every:
            words = (*words[:1], *takewhile(partial(_opens_with, _WE, flow), words[1:]))
        if words:
            yield _Answered(paragraphs[number], asked is not every, words)


def _is_asked(article: Article, paragraph: Span) -> bool:
    flow = article.flow
    if article.title is not None and article.title.overlaps(paragraph):
        return False
    if paragraph.of(flow).count(" ") >= LONGEST:
        return False
    return _is_set_off(flow, paragraph) or flow[paragraph.end - 1] == "?"


def _is_set_off(flow: str, paragraph: Span) -> bool:
    return _SET_OFF.fullmatch(flow, paragraph.start, paragraph.end) is not None


def _opens_with(pattern: re.Pattern[str], flow: str, span: Span) -> bool:
    return pattern.search(flow, span.start, min(span.end, span.start + OPENING)) is not None


def _is_interview(article: Article, answered: list[_Answered]) -> bool:
    """Whether somebody is addressed and answers in the first person, without marks."""
    if len(answered) < (FEWEST_SET_OFF if answered and answered[0].set_off else FEWEST):
        return False
    flow, half = article.flow, len(answered) / 2
    begin = article.paragraph_at(answered[0].question.start)
    between = article.paragraphs[begin : article.paragraph_at(answered[-1].words[-1].start) + 1]
    addressed = any(_opens_with(_YOU, flow, one.question) for one in answered)
    addressed = addressed or _is_announced(article, answered[0])
    asked = sum("?" in one.question.of(flow) for one in answered)
    first = sum(_opens_with(_WE, flow, one) for one in between)
    alone = sum(_opens_with(_I, flow, one) for one in between)
    marked = any(flow[span.start] in CLOSERS for one in answered for span in one.words)
    return addressed and asked > half and first >= half and alone > 1 and not marked


def _is_announced(article: Article, first: _Answered) -> bool:
    """Whether somebody is said to talk to the reporter, above questions that are set off."""
    start = max(0, first.question.start - INTRODUCED)
    names = _NAME.finditer(article.flow, start, first.question.start)
    leads = (article.flow[max(0, name.start() - LEAD) : name.start()] for name in names)
    return first.set_off and any(_INTERVIEWER.search(lead) for lead in leads)


def _introduced(article: Article, end: int) -> Span | None:
    """The one person with a full name above the first question; of several the one in the title,
    or whom "we" asked.
    A first name that is not known counts if no other is, and if the words are not a body's.
    """
    named = list(_named(article, max(0, end - INTRODUCED), end))
    first_names, title = people().first_names, article.title
    known = [one for one in named if one.of(article.lowered).split()[0] in first_names]
    named = known or [one for one in named if _is_person(article, one)]
    start, flow = max(0, end - INTRODUCED), article.flow
    asked = {found["name"] for found in _ASKED_BY_US.finditer(flow, start, end)}
    of_title = [one for one in named if title is not None and title.covers(one)]
    of_us = [one for one in named if not asked.isdisjoint(one.of(flow).split())]
    for several in (named, of_title, of_us):
        if len({one.of(article.flow) for one in several}) == 1:
            return several[-1]
    return None


def _is_person(article: Article, name: Span) -> bool:
    words = name.of(article.lowered).split()
    described = _DESCRIBED.match(article.flow, name.end) is not None
    return described and words[-1] not in people().organisations | name_endings()


def _named(article: Article, start: int, end: int) -> Iterator[Span]:
    """Yields full names in the article's own words, without its authors and places."""
    no_names = people().common | people().events
    for found in _NAME.finditer(article.flow, start, end):
        name = untitled(article.flow, Span(*found.span()))
        words = name.of(article.lowered).split()
        if len(words) < 2 or not no_names.isdisjoint(words):
            continue
        lead = article.flow[max(0, name.start - LEAD) : name.start]
        asks = _INTERVIEWER.search(lead) or _WRITTEN_BY.search(lead)
        if asks or any(map(name.overlaps, article.bylines)):
            continue
        quoted = article.holds_quoted(name.start, name.end)
        if not quoted and " ".join(words) not in places().canonical:
            yield name
