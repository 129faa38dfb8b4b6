"""Repairs: content that goes beyond a quotation that is all of it.

    Liv Harr wrote: “I’m just playing!” Super Six were a dance troupe.
    She wrote in her memoir, The Truths We Keep: An Island Journey, “I was twelve years old.”

The narrator's next sentence and the title of what the words are taken from are no part of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import word_class
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal

TITLE = 150
"""Characters of what words are taken from, with its subtitle."""

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def repair_edges(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """``proposals`` whose content ends where its quotation does."""
    return [
        proposal if proposal.settled else _repaired(article, proposal) for proposal in proposals
    ]


def _repaired(article: Article, proposal: Proposal) -> Proposal:
    pieces = tuple(
        piece
        for span in _without_titles(article, proposal.spans)
        for piece in _pieces(article, span, proposal.cue)
    )
    return proposal if pieces == proposal.spans else replace(proposal, spans=pieces)


def _without_titles(article: Article, spans: Sequence[Span]) -> Iterator[Span]:
    """Without a title that the network takes for content of its own."""
    for span, after in zip(spans, (*spans[1:], None), strict=True):
        quotation = None if after is None else next(iter(article.quotations_at(after)), None)
        if quotation is None or not _is_title(article, span.start, quotation):
            yield span


def _pieces(article: Article, span: Span, cue: Span | None) -> Iterator[Span]:
    quotation = next(iter(article.quotations_at(span)), None)
    if quotation is None:
        yield span
        return
    if _is_title(article, span.start, quotation):
        span = Span(quotation.outer.start, span.end)
    outer = quotation.outer
    if outer.start > span.start or not _ends_sentence(article, quotation):
        yield span
        return
    yield Span(span.start, min(span.end, outer.end))
    for sentence in article.sentences_in(Span(outer.end, max(span.end, outer.end))):
        if article.is_quoted(sentence.start) or (cue is not None and sentence.covers(cue)):
            yield Span(sentence.start, min(span.end, sentence.end))


def _ends_sentence(article: Article, quotation: Quotation) -> bool:
    """What comes after it is another sentence."""
    after = article.sentence_at(quotation.outer.end)
    return after < 0 or article.sentences[after].end <= quotation.outer.end


def _is_title(article: Article, start: int, quotation: Quotation) -> bool:
    """ "The Truths We Keep: An Island Journey, " in front of a sentence."""
    before = article.flow[start : quotation.outer.start]
    quoted = quotation.inner.of(article.flow)
    sentence = quoted[0].isupper() and quoted[-1] in ".!?…,"
    if len(before) > TITLE or not before.rstrip().endswith(",") or not sentence:
        return False
    words, links = _WORD.findall(before), word_class("links")
    if len(words) < 2 or words[-1] in links:
        return False
    return all(word[0].isupper() or word in links for word in words)
