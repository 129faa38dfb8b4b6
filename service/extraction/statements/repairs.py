"""Repairs: content that goes beyond a quotation that is all of it.

    Liv Harr wrote: “I’m just playing!” Super Six were a dance troupe.
    She wrote in her memoir, The Truths We Keep: An Island Journey, “I was twelve years old.”

The narrator's next sentence and the title of what the words are taken from are no part of it.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import word_class
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def repair_edges(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """``proposals`` whose content ends where its quotation does."""
    return [
        proposal if proposal.settled else _repaired(article, proposal) for proposal in proposals
    ]


def _repaired(article: Article, proposal: Proposal) -> Proposal:
    pieces = tuple(
        piece for span in proposal.spans for piece in _pieces(article, span, proposal.cue)
    )
    return proposal if pieces == proposal.spans else replace(proposal, spans=pieces)


def _pieces(article: Article, span: Span, cue: Span | None) -> Iterator[Span]:
    quotation = next(iter(article.quotations_at(span)), None)
    if quotation is None:
        yield span
        return
    if _is_title(
        article.flow[span.start : quotation.outer.start], quotation.inner.of(article.flow)
    ):
        span = Span(quotation.outer.start, span.end)
    if quotation.outer.start > span.start or not _ends_sentence(article, quotation):
        yield span
        return
    yield Span(span.start, min(span.end, quotation.outer.end))
    for sentence in article.sentences_in(
        Span(quotation.outer.end, max(span.end, quotation.outer.end))
    ):
        if article.is_quoted(sentence.start) or (cue is not None and sentence.covers(cue)):
            yield Span(sentence.start, min(span.end, sentence.end))


def _ends_sentence(article: Article, quotation: Quotation) -> bool:
    """What comes after it is another sentence."""
    after = article.sentence_at(quotation.outer.end)
    return after < 0 or article.sentences[after].end <= quotation.outer.end


def _is_title(before: str, quoted: str) -> bool:
    """ "The Truths We Keep: An Island Journey, " in front of a sentence."""
    words = _WORD.findall(before)
    sentence = quoted[0].isupper() and quoted[-1] in ".!?…,"
    if len(words) < 2 or not before.rstrip().endswith(",") or not sentence:
        return False
    links = word_class("links")
    return words[-1] not in links and all(word[0].isupper() or word in links for word in words)
