"""Freestanding quotations: sentences of their own, without a clause that names the speaker.

    Tarek Ahmadi says the problem is the cost.
    “It does not pay. It is just too dear.”

Finds them, with the sentence they follow; their speaker is decided in owners.py. Crossheads, pull
quotes and an interviewer's questions look the same and are recognised by how they are set.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon.people import word_class
from service.extraction.page.layout import Article
from service.extraction.page.marks import MarkState, Quotation
from service.extraction.proposal import Proposal

LEAD_REACH = 200
"""Characters before a quotation within which a colon introduces it, across blank lines."""
REPEATED_LETTERS, REPEATED = 12, 200
"""Least length of words that an article repeats for display, and the number of quotations searched
for in the rest of it, to keep time linear.
"""

CROSSHEAD_WORDS = 8
"""Longest crosshead."""

EDGE = " .,!?-–—*•…[]()"
"""Characters that may surround a quotation that is all of its sentence."""
_LETTERS = re.compile(r"[^\W\d_][\w’'-]*")
_TERMINALS = ".!?…,–—-"


class Passage(Struct, frozen=True, gc=False):
    """A freestanding quotation with the paragraphs that continue it.

    ``lead`` is the sentence before it, or before the passages right before it; None after a
    display. ``display`` marks text set apart: a crosshead, a pull quote, an interviewer's question.
    ``attributed`` is the part of the same quotation that has a clause beside it. ``repeated``: a
    display whose words another quotation has.
    """

    quotations: tuple[Quotation, ...]
    lead: Span | None
    display: bool
    attributed: Quotation | None = None
    repeated: bool = False

    @property
    def whole(self) -> Span:
        return Span(self.quotations[0].outer.start, self.quotations[-1].outer.end)

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(quotation.outer for quotation in self.quotations)


def find_passages(article: Article, proposals: Iterable[Proposal]) -> Iterator[Passage]:
    """Yields passages in reading order, except those that the layout attributes."""
    settled = sorted(span for one in proposals if one.settled for span in one.spans)
    before: Passage | None = None
    comparisons = 0
    for group in _groups(article):
        free = [one for one in group if _is_free(article, one, settled)]
        if not free or len(group) - len(free) > 1:
            continue
        whole = len(free) == len(group)
        display = whole and len(group) == 1 and _is_alone(article, group[0])
        repeated = False
        if display:
            comparisons += 1
            repeated = comparisons <= REPEATED and _is_repeated(article, group[0])
            display = repeated or _is_display(article, group[0])
        attributed = None if whole else next(one for one in group if one not in free)
        lead = _lead(article, free[0], before)
        before = Passage(tuple(free), lead, display, attributed, repeated)
        yield before


def _groups(article: Article) -> Iterator[tuple[Quotation, ...]]:
    """Each quotation with those that continue it: it is left open and they open again."""
    group: list[Quotation] = []
    for quotation in article.quotations:
        if group and not (quotation.continues or _goes_on(article, group[-1], quotation)):
            yield tuple(group)
            group.clear()
        group.append(quotation)
    if group:
        yield tuple(group)


def _goes_on(article: Article, one: Quotation, other: Quotation) -> bool:
    """Whether the other continues it in the same paragraph: "It was late. "It was dark."."""
    between = article.flow[one.outer.end : other.outer.start]
    return one.state is MarkState.UNCLOSED and not between.strip(" ")


def _is_free(article: Article, quotation: Quotation, settled: Sequence[Span]) -> bool:
    """Whether it is all of its sentence, not introduced by a colon, and not a headline."""
    outer, flow = quotation.outer, article.flow
    sentence = article.sentences[max(0, article.sentence_at(outer.start))]
    around = flow[sentence.start : outer.start] + flow[outer.end : sentence.end]
    if around.strip(EDGE) or not sentence.covers(outer):
        return False
    if flow[max(0, sentence.start - LEAD_REACH) : sentence.start].rstrip().endswith(":"):
        return False
    at = bisect_right(settled, outer.start, key=lambda span: span.end)
    taken = at < len(settled) and settled[at].start < outer.end
    return not taken and (article.title is None or not article.title.overlaps(outer))


def _lead(article: Article, quotation: Quotation, before: Passage | None) -> Span | None:
    number = article.sentence_at(quotation.outer.start)
    if number < 1:
        return None
    lead = article.sentences[number - 1]
    if before is not None and before.whole.overlaps(lead):
        return None if before.display else before.lead
    titled = article.title is not None and article.title.overlaps(lead)
    headline = titled and article.flow[lead.end - 1] not in ".!?"
    if headline or _is_set_as_title(lead.of(article.flow)):
        return None
    return _introduction(article, lead, quotation) or lead


def _introduction(article: Article, lead: Span, quotation: Quotation) -> Span | None:
    """The sentence with a colon above the lead, if that is a quoted paragraph and the quotation is
    another: statements to the press close their marks at each paragraph's end.
    """
    number = article.paragraph_at(lead.start)
    above, here = article.paragraphs[max(0, number - 1)], article.paragraphs[number]
    quoted = article.quotations_at(here)
    whole = bool(quoted) and quoted[0].outer.start == here.start and quoted[0].outer.end >= lead.end
    below = article.paragraph_at(quotation.outer.start) == number + 1
    if not (number and whole and below and article.flow[above.end - 1] == ":"):
        return None
    return article.sentences[article.sentence_at(above.end - 1)]


def _is_alone(article: Article, quotation: Quotation) -> bool:
    """Whether it is all of its paragraph."""
    flow, outer = article.flow, quotation.outer
    paragraph = article.paragraphs[article.paragraph_at(outer.start)]
    around = flow[paragraph.start : outer.start] + flow[outer.end : paragraph.end]
    return quotation.state is MarkState.CLOSED and not around.strip(EDGE)


def _is_display(article: Article, quotation: Quotation) -> bool:
    """Whether it is not a complete sentence, set as a title, or a question."""
    words = quotation.inner.of(article.flow)
    after = article.flow[quotation.outer.end : quotation.outer.end + 1]
    ended = words[-1] in _TERMINALS or (after != "" and after in _TERMINALS)
    if not ended or words.isupper() or _is_set_as_title(words):
        return True
    return _is_asked(article, quotation) or _has_other_marks(article, quotation)


def _has_other_marks(article: Article, quotation: Quotation) -> bool:
    """Whether it is a crosshead in single marks between quotations in double ones."""
    at = bisect_right(article.quotations, quotation.outer.start, key=lambda one: one.outer.start)
    beside = article.quotations[max(0, at - 2) : at - 1] + article.quotations[at : at + 1]
    short = len(quotation.inner.of(article.flow).split()) <= CROSSHEAD_WORDS
    single = article.flow[quotation.outer.start] in "‘'"
    return short and single and any(article.flow[one.outer.start] in '“"' for one in beside)


def _is_set_as_title(words: str) -> bool:
    """Whether the words are in title case: "All Bets Are Off."."""
    found = _LETTERS.findall(words)
    capitals = sum(word[0].isupper() for word in found)
    links = word_class("links")
    small = [word for word in found if word[0].islower()]
    return capitals > 2 and 2 * capitals > len(found) and links.issuperset(small)


def _is_asked(article: Article, quotation: Quotation) -> bool:
    """Whether it is a question between two paragraphs that begin with quotations, so that somebody
    else answers.
    """
    words = quotation.inner.of(article.flow)
    number = article.paragraph_at(quotation.outer.start)
    beside = article.paragraphs[max(0, number - 1) : number] + article.paragraphs[number + 1 :][:1]
    asked = words.endswith("?") and not any(mark in words[:-1] for mark in ".!?")
    return asked and len(beside) == 2 and all(article.is_quoted(one.start) for one in beside)


def _is_repeated(article: Article, quotation: Quotation) -> bool:
    """Whether it is part of a quotation elsewhere in the article."""
    words = quotation.inner.of(article.lowered).strip(EDGE)
    if len(words) < REPEATED_LETTERS:
        return False
    at = -1
    while (at := article.lowered.find(words, at + 1)) >= 0:
        elsewhere = not quotation.outer.start <= at < quotation.outer.end
        if elsewhere and article.is_quoted(at) and not _opens_title(article, at):
            return True
    return False


def _opens_title(article: Article, position: int) -> bool:
    return article.title is not None and article.title.start <= position < article.title.end
