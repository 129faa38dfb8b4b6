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
    """One counted value of a facet; ``label`` is its name for display, if that differs."""

    value: str
    count: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found by a search; ``highlights`` are spans in the statement's own ``text``."""

    statement: Statement
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """A speaker over all sources: names, descriptions, counts and first and last dates.

    ``quotes`` and ``claims`` count speech, ``attitudes`` all forms. ``may_also_be`` lists speakers
    with a fuller name that a bare surname may refer to, as far as the articles tell.
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
    """A source with its counts: ``quotes`` and ``claims`` count speech, ``attitudes`` all forms.

    Denied statements are not counted. ``reprints``, filled only on request, lists the sources with
    nearly the same text, including this one, earliest first.
    """

    source: Source
    quotes: int
    claims: int
    attitudes: int = 0
    reprints: tuple[SourceReference, ...] = ()


def summary_of(annotated: AnnotatedSource) -> SourceSummary:
    """A source's summary, counted from its statements."""
    held = [statement for statement in annotated.statements if not statement.denied]
    said = [statement.form for statement in held if statement.act is Act.SPEECH]
    quotes = sum(form in QUOTATION_FORMS for form in said)
    return SourceSummary(annotated.source, quotes, len(said) - quotes, len(held) - len(said))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: ``kind`` is "speaker" or "word", ``count`` the number of statements, ``id`` the
    speaker's id."""

    text: str
    kind: str
    count: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list.

    ``next`` is the cursor of the following page; ``speakers`` are those that a name in the query
    matched. If nothing was found because the query's words do not occur, ``did_you_mean`` offers
    words that do.
    """

    items: tuple[T, ...]
    total: int
    next: str | None = None
    facets: Mapping[Facet, tuple[FacetCount, ...]] = field(default_factory=dict)
    speakers: tuple[Speaker, ...] = ()
    did_you_mean: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What indexing changed, counted in sources; ``statements`` counts those of the added and
    replaced sources."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True)
class IndexStatistics:
    """What an index holds.

    ``committed`` is the time of this generation's commit, in seconds since 1970. ``statements``
    counts all, including denied ones; ``quotes`` and ``claims`` count speech, ``attitudes`` all
    forms. ``earliest`` and ``latest`` consider only dates that have a year.
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
