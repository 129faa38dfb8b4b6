"""What an index answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from service.domain.questions import Facet
from service.domain.sources import PartialDate, Source, SourceReference
from service.domain.spans import Span, T
from service.domain.speakers import Speaker
from service.domain.statements import QUOTATION_FORMS, Act, AnnotatedSource, Statement


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    count: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that was found; ``highlights`` are spans into the statement's own ``text``."""

    statement: Statement
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """A speaker over all sources: under which names and descriptions, how often, when.

    ``quotes`` and ``claims`` are of speech; ``attitudes`` of all forms.
    ``may_also_be`` are those of a fuller name whom a surname alone may mean, for all that articles
    say of it.
    """

    speaker: Speaker
    aliases: tuple[str, ...]
    descriptions: tuple[str, ...]
    quotes: int
    claims: int
    attitudes: int = 0
    first: PartialDate | None = None
    last: PartialDate | None = None
    wikidata: str | None = None
    may_also_be: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """``quotes`` and ``claims`` count what was said, ``attitudes`` are of all forms; what is denied
    is in none of them. ``reprints`` are the sources of nearly the same text, itself among them, the
    earliest first, where they were asked for."""

    source: Source
    quotes: int
    claims: int
    attitudes: int = 0
    reprints: tuple[SourceReference, ...] = ()


def summary_of(annotated: AnnotatedSource) -> SourceSummary:
    held = [statement for statement in annotated.statements if not statement.denied]
    said = [statement.form for statement in held if statement.act is Act.SPEECH]
    quotes = sum(form in QUOTATION_FORMS for form in said)
    return SourceSummary(annotated.source, quotes, len(said) - quotes, len(held) - len(said))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``kind`` is "speaker" or "word"; ``id`` is the speaker's."""

    text: str
    kind: str
    count: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. ``next`` is the cursor of the page after it; ``speakers`` are those a
    name in the query meant. ``did_you_mean`` are words that find something where those of the
    query, which occur nowhere, found nothing."""

    items: tuple[T, ...]
    total: int
    next: str | None = None
    facets: Mapping[Facet, tuple[FacetCount, ...]] = field(default_factory=dict)
    speakers: tuple[Speaker, ...] = ()
    did_you_mean: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What indexing did, in sources; ``statements`` counts those in the added and replaced ones."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True)
class IndexStatistics:
    """What an index holds; ``earliest`` and ``latest`` are among the dates that have a year.

    ``committed`` is when this generation was, in seconds since 1970. ``statements`` are all, those
    that are denied too; ``quotes`` and ``claims`` are what was said, ``attitudes`` of all forms.
    """

    generation: str
    committed: float
    format_version: int
    sources: int
    statements: int
    quotes: int
    claims: int
    attitudes: int
    speakers: int
    earliest: PartialDate | None
    latest: PartialDate | None
    languages: tuple[str, ...]
