"""The domain's types: sources, statements, speakers, and queries for them.

Terms follow PARC 3.0 (Pareti 2016) and PolNeAR; docs/glossary.md defines them. Every span is a
half-open range of Unicode code points in the source's text. Types that every statement has several
of are msgspec Structs, created in a third of a dataclass's time; msgspec.structs.replace copies
them. ``gc=False`` because they are never part of a reference cycle.
"""

from service.domain.answers import (
    Changes,
    FacetCount,
    Hit,
    IndexStatistics,
    Page,
    SourceSummary,
    SpeakerSummary,
    Suggestion,
    summary_of,
)
from service.domain.questions import Facet, Query, Sort
from service.domain.sources import (
    DraftFormat,
    Extractor,
    FileFormat,
    PartialDate,
    Source,
    SourceReference,
)
from service.domain.spans import ELLIPSIS, Attested, Excerpt, Provenance, Span
from service.domain.speakers import KnownSpeaker, SourceType, Speaker, SpeakerKind, slug
from service.domain.statements import (
    ANY_ACT,
    CLAIM_FORMS,
    QUOTATION_FORMS,
    SPEECH,
    Act,
    AnnotatedSource,
    Attribution,
    Candidate,
    Context,
    Form,
    Statement,
    WantedAct,
    listed,
    statement_id,
)

__all__ = [
    "ANY_ACT",
    "CLAIM_FORMS",
    "ELLIPSIS",
    "QUOTATION_FORMS",
    "SPEECH",
    "Act",
    "AnnotatedSource",
    "Attested",
    "Attribution",
    "Candidate",
    "Changes",
    "Context",
    "DraftFormat",
    "Excerpt",
    "Extractor",
    "Facet",
    "FacetCount",
    "FileFormat",
    "Form",
    "Hit",
    "IndexStatistics",
    "KnownSpeaker",
    "Page",
    "PartialDate",
    "Provenance",
    "Query",
    "Sort",
    "Source",
    "SourceReference",
    "SourceSummary",
    "SourceType",
    "Span",
    "Speaker",
    "SpeakerKind",
    "SpeakerSummary",
    "Statement",
    "Suggestion",
    "WantedAct",
    "listed",
    "slug",
    "statement_id",
    "summary_of",
]
