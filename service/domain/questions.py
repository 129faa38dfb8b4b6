"""Queries to the index."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.speakers import SourceType
from service.domain.statements import CLAIM_FORMS, QUOTATION_FORMS, SPEECH, Act, Form


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "-date"
    OLDEST = "date"


class Facet(StrEnum):
    SPEAKER = "speaker"
    PUBLISHER = "publisher"
    FORM = "form"
    ACT = "act"
    LANGUAGE = "language"
    YEAR = "year"
    MONTH = "month"
    SOURCE_TYPE = "source_type"


@dataclass(frozen=True, slots=True)
class Query:
    """A query to the index; ``words`` is in the query language of ``index.words``.

    ``speaker`` is an id or a name, in full or in part; ``min_confidence`` is the lowest
    ``speaker_confidence`` accepted. ``denied`` True asks for denied statements only, None for both.
    ``sort`` None means by relevance if there are words, newest first otherwise. ``cursor``
    continues an earlier page.
    """

    words: str = ""
    speaker: str | None = None
    forms: frozenset[Form] = QUOTATION_FORMS | CLAIM_FORMS
    acts: frozenset[Act] = SPEECH
    denied: bool | None = False
    publisher: str | None = None
    source: str | None = None
    language: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    source_type: SourceType | None = None
    min_confidence: float = 0.0
    sort: Sort | None = None
    facets: tuple[Facet, ...] = ()
    limit: int = 20
    cursor: str | None = None
