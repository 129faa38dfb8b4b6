"""Signatures: quotations whose speaker is named behind a dash, as collections of them print it.

"“The tram is late every day.” — Maria Sosa, nurse", on one line or two. The page's layout says who
speaks, so nothing else is asked.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.proposal import LAID_OUT, Proposal
from service.extraction.statements.cues import holds_cue

LONGEST = 200
"""Characters of a signature; so far back from a paragraph's end is looked for one."""

_DASH = r"(?P<dash>--|[–—―]|(?<=\s)-(?=\s))"
_NAME = r"(?:[^\W\d_a-z][\w.’'-]*|(?<=\S )(?:[ae]l|bin|da|de|del|der|di|dos|du|la|van|von|of|the))"
_ROLE = r"(?:,\s[^\n.!?\"“”]{1,100}|\s\([^)\n]{1,60}\))?"
_WHO = rf"\s*{_DASH}\s*(?P<who>{_NAME}(?:\s{_NAME}){{0,5}}{_ROLE})\.?"
_SIGNATURE = re.compile(_WHO)
_SIGNED = re.compile(rf"(?P<mark>[”\"»]|''){_WHO}$")

_FULL_STOP = re.compile(r"(?<!\b[JS]r)(?<!\b[A-Z])\.$")


def read_signatures(article: Article) -> list[Proposal]:
    """One statement a signed quotation, in reading order; linear in the text's length."""
    return list(_signed(article))


def _signed(article: Article) -> Iterator[Proposal]:
    """A quotation that opens a paragraph, and the name behind it or on the next line."""
    words: Span | None = None
    for paragraph in article.paragraphs:
        if words is not None:
            signature = _SIGNATURE.fullmatch(article.flow, paragraph.start, paragraph.end)
            if signature is not None:
                yield _proposal(article, words, signature)
        words = None
        start = _opened(article, paragraph)
        if start is None:
            continue
        begin = max(start, paragraph.end - LONGEST)
        signature = _SIGNED.search(article.flow, begin, paragraph.end)
        end = paragraph.end if signature is None else signature.end("mark")
        if _is_one(article, Span(paragraph.start, end)):
            words = Span(start, _before_mark(article.flow, start, end))
            if signature is not None:
                yield _proposal(article, words, signature)
                words = None


def _opened(article: Article, paragraph: Span) -> int | None:
    """Where the words of the quotation begin that opens the paragraph."""
    quotations = article.quotations_in(paragraph)
    if not quotations or quotations[0].outer.start != paragraph.start:
        return None
    return quotations[0].inner.start


def _is_one(article: Article, span: Span) -> bool:
    """Quoted from end to end: what stands between inner marks tells of nobody speaking."""
    flow, end = article.flow, span.start
    for quotation in article.quotations_in(span):
        if holds_cue(article.lowered, Span(end, quotation.outer.start)):
            return False
        end = quotation.outer.end
    return flow[span.end - 1] in "”\"»'" and not holds_cue(article.lowered, Span(end, span.end))


def _before_mark(flow: str, start: int, end: int) -> int:
    while end > start and flow[end - 1] in "”\"»' ":
        end -= 1
    return end


def _proposal(article: Article, words: Span, signature: re.Match[str]) -> Proposal:
    start, end = signature.span("who")
    stopped = _FULL_STOP.search(article.flow, start, end) is not None
    mention, cue = Span(start, end - stopped), Span(*signature.span("dash"))
    spans = (*_carried(article, words), words)
    return Proposal(spans, cue, mention, LAID_OUT, block=True, settled=True)


def _carried(article: Article, words: Span) -> list[Span]:
    """The paragraphs before that the quotation goes on from."""
    quotations = article.quotations
    first = last = bisect_left(quotations, words.start, key=lambda q: q.inner.start)
    while first > 0 and quotations[first].continues:
        first -= 1
    return [quotation.inner for quotation in quotations[first:last]]
