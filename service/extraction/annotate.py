"""Annotate: turns a source into its statements.

Joins the steps: page/ lays out, tagger/ and the rules of statements/ propose, statements/ decides,
speakers/ resolves the mentions. Everything here is a pure function of the source and the known
speakers.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from service import names
from service.bounds import PIECES_MAXIMUM
from service.domain import (
    ELLIPSIS,
    Act,
    AnnotatedSource,
    Attribution,
    Excerpt,
    Extractor,
    KnownSpeaker,
    Source,
    SourceReference,
    Span,
    Statement,
    statement_id,
)
from service.extraction.page.context import context_of
from service.extraction.page.layout import Article, lay_out
from service.extraction.proposal import Proposal
from service.extraction.speakers.ranker import open_ranker
from service.extraction.speakers.resolving import Resolution, Weigh, resolve_speakers
from service.extraction.statements.acts import open_weigher, tell_acts
from service.extraction.statements.clauses import read_denials
from service.extraction.statements.completing import complete, prefer
from service.extraction.statements.deciding import Decision, decide
from service.extraction.statements.foreign import is_foreign, read_foreign
from service.extraction.statements.hearings import read_hearings
from service.extraction.statements.inscriptions import read_inscriptions
from service.extraction.statements.named_things import leave_out_named
from service.extraction.statements.neighbours import keep_neighbours
from service.extraction.statements.owners import settle_freestanding
from service.extraction.statements.passages import propose_by_rules
from service.extraction.statements.reduced_passives import read_reduced_passives
from service.extraction.statements.relays import read_relays
from service.extraction.statements.repairs import repair_edges
from service.extraction.statements.summings import read_summings
from service.extraction.states import Pointed
from service.extraction.tagger import read_by_model

LEAST_CONFIDENCE = 0.01
"""Confidences have two digits, and no statement has a confidence of 0."""


def annotate(
    source: Source,
    known: Iterable[KnownSpeaker] = (),
    extractor: Extractor = Extractor.MODEL,
    marked_up: Iterable[Proposal] = (),
) -> AnnotatedSource:
    """Returns the source with its statements in reading order; raises if the text is empty.

    ``marked_up`` are statements already known from a document's markup.

    >>> source = Source(id="a-1", text="“We will win,” Jane Doe said.", origin="-")
    >>> [(s.speaker.name, s.text) for s in annotate(source).statements]
    [('Jane Doe', 'We will win')]
    """
    known = tuple(known)
    statements = tuple(_statements(source, *_read(source, known, extractor, marked_up)))
    return AnnotatedSource(source, statements, fingerprint(source, known, extractor))


def _read(
    source: Source,
    known: Iterable[KnownSpeaker],
    extractor: Extractor,
    marked_up: Iterable[Proposal],
) -> tuple[list[Decision], list[Resolution]]:
    decided = decide_statements(source, extractor, marked_up)
    return decided.decisions, resolve(decided, known)


class Decided(NamedTuple):
    """An article's decisions before its mentions are resolved: the spans of persons that the model
    marks, and the ranker for their candidates; both None without a model.
    """

    article: Article
    decisions: list[Decision]
    persons: list[Span] | None
    weigh: Weigh | None


def decide_statements(
    source: Source, extractor: Extractor = Extractor.MODEL, marked_up: Iterable[Proposal] = ()
) -> Decided:
    """Returns the decisions of everything before ``resolve``, which takes most of the time."""
    article = lay_out(source)
    if is_foreign(source):
        language = source.language.value if source.language else None
        quoted = prefer(marked_up, read_foreign(article, language))
        return Decided(article, decide(article, quoted), None, None)
    proposed = _propose(article, extractor)
    decisions = _decide(article, prefer(marked_up, proposed.proposals))
    acted = tell_acts(article, decisions, open_weigher(extractor), proposed.pointed)
    return Decided(article, acted, proposed.persons, proposed.weigh)


def _decide(article: Article, proposals: Iterable[Proposal]) -> list[Decision]:
    spoken = read_reduced_passives(article, proposals)
    read = read_summings(article, read_hearings(article, spoken))
    relayed = read_relays(article, read_denials(article, read))
    return decide(article, read_inscriptions(article, leave_out_named(article, relayed)))


def found_statements(
    source: Source, extractor: Extractor
) -> tuple[Article, list[Decision], Pointed | None]:
    """Returns all that is weighed for its act, including what is not a statement, and the network's
    states of its cues and contents.
    """
    article = lay_out(source)
    proposed = _propose(article, extractor)
    return article, _decide(article, proposed.proposals), proposed.pointed


def resolve(decided: Decided, known: Iterable[KnownSpeaker] = ()) -> list[Resolution]:
    """Resolutions of the decisions' mentions, in their order."""
    article, decisions, persons, weigh = decided
    proposals = [one for decision in decisions for one in _with_relay(decision.proposal)]
    resolutions = iter(resolve_speakers(article, proposals, known, persons, weigh))
    return [_relayed(article, decision.proposal, resolutions) for decision in decisions]


def _with_relay(proposal: Proposal) -> Iterator[Proposal]:
    """Yields the proposal, preceded by one for the mention of its relay if it has one."""
    if proposal.relay is not None:
        yield replace(proposal, mention=proposal.relay, relay=None)
    yield proposal


def _relayed(article: Article, proposal: Proposal, resolutions: Iterator[Resolution]) -> Resolution:
    """The next resolution; with a relay, who is hardly "the pilot" who told her."""
    if proposal.relay is None:
        return next(resolutions)
    relay, said = next(resolutions).speaker, next(resolutions)
    mention = proposal.mention
    another = mention is not None and article.lowered.startswith(
        ("the ", "a ", "an "), mention.start
    )
    if relay == said.speaker and relay is not None and another:
        return Resolution(None, 0.0, relayed_by=relay, source_type=said.source_type)
    return said if relay == said.speaker else replace(said, relayed_by=relay)


class _Proposed(NamedTuple):
    """The taggers' proposals; with a model also the spans of persons, the ranker, and the states of
    cues and contents.
    """

    proposals: list[Proposal]
    persons: list[Span] | None = None
    weigh: Weigh | None = None
    pointed: Pointed | None = None


def _propose(article: Article, extractor: Extractor) -> _Proposed:
    if extractor is Extractor.RULES:
        by_rules = repair_edges(article, propose_by_rules(article))
        return _Proposed(settle_freestanding(article, by_rules))
    seen = read_by_model(article)  # first, as it needs most memory
    by_rules = propose_by_rules(article)
    proposals = complete(article, keep_neighbours(article, seen.proposals, by_rules), by_rules)
    proposals = settle_freestanding(article, repair_edges(article, proposals), seen.persons)
    weigh = partial(open_ranker().chances, states=seen.states)
    return _Proposed(proposals, seen.persons, weigh, seen.pointed)


def fingerprint(
    source: Source,
    known: Iterable[KnownSpeaker] = (),
    extractor: Extractor = Extractor.MODEL,
) -> str:
    """Returns the fingerprint ``annotate`` would put on its result, without annotating."""
    digest = hashlib.sha256(_version().encode())
    digest.update(source.text.encode("utf-8", "surrogatepass"))  # repr takes five times as long
    metadata = tuple(
        getattr(source, field.name) for field in fields(source) if field.name != "text"
    )
    digest.update(repr((metadata, tuple(known), extractor)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def way(known: Iterable[KnownSpeaker] = (), extractor: Extractor = Extractor.MODEL) -> str:
    """Changes whenever the fingerprint of every source changes: with the code, speakers or
    extractor.
    """
    what = repr((_version(), tuple(known), extractor))
    return hashlib.sha256(what.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _version() -> str:
    """Changes with every change of this package's code, lexicon or model, and of names/, so that no
    index becomes stale unnoticed.
    """
    digest = hashlib.sha256()
    packages = (resources.files(__package__), resources.files(names))
    for path in chain.from_iterable(map(_files, packages)):
        digest.update(path.name.encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):  # the model is larger than anything else in memory
                digest.update(block)
    return digest.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    files: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            files += _files(entry)
        elif entry.name.endswith((".py", ".toml", ".onnx", ".json", ".npz")):
            files.append(entry)
    return files


def _statements(
    source: Source, decisions: list[Decision], resolutions: list[Resolution]
) -> Iterator[Statement]:
    """Yields the statements and empties both lists, so that of a hundred thousand quotations only
    one kind of object is held at a time.
    """
    reference = source.reference()
    decisions.reverse()
    resolutions.reverse()
    while decisions:
        decision, resolution = decisions.pop(), resolutions.pop()
        if decision.act is not None:
            for part in _in_parts(decision):
                yield _statement(source, reference, decision.act, part, resolution)


def _in_parts(decision: Decision) -> Iterator[Decision]:
    """Yields the decision, split if it has more pieces than a statement may have."""
    if len(decision.spans) <= PIECES_MAXIMUM:
        yield decision
        return
    for first in range(0, len(decision.spans), PIECES_MAXIMUM):
        spans = decision.spans[first : first + PIECES_MAXIMUM]
        start, end = spans[0].start, spans[-1].end
        quoted = tuple(one for one in decision.quoted if start <= one.start and one.end <= end)
        yield replace(decision, spans=spans, quoted=quoted)


def _statement(
    source: Source,
    reference: SourceReference,
    act: Act,
    decision: Decision,
    resolution: Resolution,
) -> Statement:
    text, proposal = source.text, decision.proposal
    return Statement(
        id=statement_id(source.id, decision.spans),
        form=decision.form,
        text=ELLIPSIS.join(span.of(text) for span in decision.spans),
        spans=decision.spans,
        quoted=decision.quoted,
        speaker=resolution.speaker,
        attribution=Attribution(
            mention=_excerpt(text, proposal.mention),
            cue=_excerpt(text, proposal.cue),
            confidence=_shown(decision.proposal.confidence),
            via=resolution.via,
        ),
        context=context_of(text, decision.spans),
        source=reference,
        act=act,
        denied=proposal.denied,
        on_behalf_of=resolution.on_behalf_of,
        relayed_by=resolution.relayed_by,
        speaker_confidence=_shown(resolution.confidence) if resolution.speaker else 0.0,
        candidates=resolution.candidates,
        source_type=resolution.source_type,
        title=_excerpt(text, resolution.title),
    )


def _shown(confidence: float) -> float:
    return max(LEAST_CONFIDENCE, round(confidence, 2))


def _excerpt(text: str, span: Span | None) -> Excerpt | None:
    return None if span is None else Excerpt(span.of(text), span)
