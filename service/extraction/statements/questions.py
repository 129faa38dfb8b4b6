"""Questions and answers in transcripts, where the layout names a side and nobody.

    Q: When did you know?            Q    Sir, is it final?       QUESTION: Why not?
    A: In May.                       A.  I was at the mill.

A question has no known speaker. An answer is the sworn witness's, if a trial's record names one;
otherwise speakers/ decides whose it is. Other labels are read in turn_labels.py.
"""

import re
from collections.abc import Mapping

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.page.marks import CLOSERS
from service.extraction.statements.turn_labels import Label, Layout, spoken

_QUESTION = r"(?:Q|QUESTION|Question)(?: ?\d{1,3})?"
_SIDE = re.compile(
    rf"[“\"]?(?:\*\*|__)?(?P<side>{_QUESTION}|A|ANSWER|Answer)(?:\*\*|__)?"
    r"(?:(?P<cue>[:.])(?:\*\*|__)?\s+|\s{2,}|(?<=Q)\s(?=[“\"A-Z]))(?=\S)"
)
_ASKED = re.compile(_QUESTION)
_SWORN = re.compile(r"(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}),[^.]{0,80}\bsworn\b")
"""Introduces who answers in a trial: "HELEN FOSS, having been first duly sworn, testified:"."""


def read_sides(article: Article, labels: Mapping[int, Label]) -> dict[int, Label]:
    """The questions "Q: ..." and the answers "A: ..." by paragraph, from the first question on."""
    sides: dict[int, Label] = {}
    if "Q" not in article.flow:
        return sides
    witness, asked = None, False
    for number, paragraph in enumerate(article.paragraphs):
        side = _SIDE.match(article.flow, paragraph.start, paragraph.end)
        sworn = _SWORN.match(article.flow, paragraph.start, paragraph.end)
        witness = witness if sworn is None else Span(*sworn.span("name"))
        if side is None or (number in labels and labels[number].layout is not Layout.HEADING):
            continue
        if asked or side["side"][0] == "Q":
            sides[number] = _side(article.flow, paragraph, side, witness)
            asked = side["side"][0] == "Q"
    return sides


def _side(flow: str, paragraph: Span, side: re.Match[str], witness: Span | None) -> Label:
    name = Span(*side.span("side"))
    answering = None if side["side"][0] == "Q" else witness
    cue = Span(*side.span("cue")) if side["cue"] else None
    words = spoken(flow, Span(side.end(), paragraph.end))
    marked = flow[paragraph.start] in CLOSERS
    return Label(Layout.SIDE, answering or name, cue, words, marked=marked)


def interview_of(article: Article, sides: Mapping[int, Label]) -> dict[int, Label]:
    """Questions and answers of an interview without other labels, if it has several answers."""
    answers = sum(not is_question(article.flow, label) for label in sides.values())
    return dict(sides) if answers > 1 else {}


def is_question(flow: str, label: Label) -> bool:
    """Whether the label is that of an unnamed questioner."""
    asked = _ASKED.fullmatch(flow, label.name.start, label.name.end) is not None
    return asked and label.layout is Layout.SIDE
