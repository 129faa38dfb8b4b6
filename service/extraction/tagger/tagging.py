"""Tagging: reads an article with the model: statements, persons and states."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from threading import Lock

import numpy as np
from msgspec.structs import replace

from service.domain import Span
from service.extraction.page.layout import Article, is_bullet
from service.extraction.proposal import Proposal
from service.extraction.states import Pointed, Section, States
from service.extraction.tagger.decoding import read_persons, read_proposals
from service.extraction.tagger.network import Network, Scores
from service.extraction.tagger.pieces import has_capital

_opening = Lock()


def open_tagger() -> Network:
    """The model of this package, opened once per process, at the first call."""
    with _opening:  # otherwise each thread of a server would open one
        return _open()


@cache
def _open() -> Network:
    from service.extraction.tagger.session import open_session  # noqa: PLC0415 - see its docstring

    with resources.as_file(resources.files(__package__) / "model") as folder:
        return Network(open_session(folder / "tagger.onnx"), folder)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model reads in an article: proposals, with unmarked paragraphs after "stating:" as
    block quotations, and spans of persons, both in reading order; the states of mentions and
    names, and of cues and contents.
    """

    proposals: list[Proposal]
    persons: list[Span]
    states: States
    pointed: Pointed


def read_by_model(article: Article, network: Network | None = None) -> Seen:
    """Reads the article with ``network``, by default this package's."""
    network = network or open_tagger()
    seen = Seen([], [], States(), Pointed())
    for scores in network.read(article.flow, article.quotations):
        proposals = read_proposals(network, scores, article.flow)
        for proposal in proposals:
            _note(seen.pointed, scores, proposal)
            seen.proposals.append(_with_block(article, _without_headline(article, proposal)))
        seen.persons.extend(read_persons(scores))
        seen.states.add(_kept(scores, [p.mention for p in proposals if p.mention]))
        del scores  # 10 MB, freed before the next section
    return seen


def _note(pointed: Pointed, scores: Scores, proposal: Proposal) -> None:
    starts, cue = scores.pieces.start, proposal.cue
    if cue is not None:
        first, stop = np.searchsorted(starts, (cue.start, cue.end)).tolist()
        if first < stop:
            pointed.cues[cue.start] = scores.pointers(first, stop).mean(0).astype(np.float16)
    for span in proposal.spans:
        first = int(np.searchsorted(starts, span.start))
        if first < len(starts):
            pointed.contents[span.start] = scores.pointers(first, first + 1)[0].astype(np.float16)


def _kept(scores: Scores, mentions: Iterable[Span]) -> Section:
    """The states of capitalised words, which names are made of, and of mentions."""
    pieces = scores.pieces
    kept = has_capital(pieces.types)
    for mention in mentions:
        low, high = np.searchsorted(pieces.start, (mention.start, mention.end))
        kept[low:high] = True
    return Section(pieces.start[kept], scores.states[kept])


def _without_headline(article: Article, proposal: Proposal) -> Proposal:
    """The proposal without the title if its cue and other words are in the body.

    Headlines of the training corpus end in a full stop; others do not, and would be read as part of
    the sentence below them.
    """
    title = article.title
    if title is None or proposal.cue is None or title.overlaps(proposal.cue):
        return proposal
    below = tuple(span for span in proposal.spans if not title.covers(span))
    return replace(proposal, spans=below or proposal.spans)


def _with_block(article: Article, proposal: Proposal) -> Proposal:
    """The proposal as a block quotation if it is one whole paragraph without marks after a
    colon.
    """
    number = bisect_right(article.paragraphs, proposal.spans[0].start, key=_start) - 1
    if len(proposal.spans) > 1 or number < 1:
        return proposal
    before, paragraph = article.paragraphs[number - 1 : number + 1]
    if (
        not before.of(article.flow).endswith(":")
        or len(paragraph.of(article.flow).rstrip(" .")) > len(proposal.spans[0])
        or article.holds_quoted(paragraph.start, paragraph.end)
        or is_bullet(paragraph.of(article.flow))
    ):
        return proposal
    return replace(proposal, spans=(paragraph,), block=True)


def _start(span: Span) -> int:
    return span.start
