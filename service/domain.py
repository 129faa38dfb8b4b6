"""The words of the field as types: sources, statements, speakers, and questions about them.

Terms follow PARC 3.0 (Pareti 2016) and PolNeAR; design words are in README.md.
Every span is a half-open range of Unicode code points into the source's text. What every statement
needs several of is a Struct, made in a third of a dataclass's time; msgspec.structs.replace copies
it. ``gc=False``: it is never part of a cycle.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")

ELLIPSIS = " […] "
"""Stands between the pieces of a statement that the source interrupts."""


class Span(Struct, frozen=True, order=True, gc=False):
    """A half-open range of code points.

    >>> Span(0, 2).of("No more")
    'No'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


class Excerpt(Struct, frozen=True, gc=False):
    """A span together with the words that stand there."""

    text: str
    span: Span


class Provenance(StrEnum):
    DECLARED = "declared"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Attested(Generic[T]):
    """A metadata value and where it came from; ``span`` is where it was inferred from, ``field``
    what of the original declares it: a key, a meta element, a heading."""

    value: T
    provenance: Provenance
    span: Span | None = None
    field: str | None = None


_PARTIAL_DATE = re.compile(r"(?:(\d{4})|-)(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source gives it: 2022, 2022-02, 2022-02-03 or --02-03 (no year).

    >>> PartialDate.parse("--02-03").year is None
    True
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is None and (self.month is None or self.day is None):
            raise ValueError("a date without a year needs month and day")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        # 2000 is a leap year: --02-29 is a day that exists
        date(2000 if self.year is None else self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Raises ValueError for what is no date."""
        match = _PARTIAL_DATE.fullmatch(text)
        if match is None:
            raise ValueError(
                f"{text!r} is not a date; expected 2022, 2022-02, 2022-02-03 or --02-03"
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year, month, day)

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04d}"
        return year + "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)

    @property
    def earliest(self) -> date | None:
        """The first day it can mean; None without a year."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)


class SpeakerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    GROUP = "group"


class Speaker(Struct, frozen=True, gc=False):
    """Whom a mention means. A group ("Putin and Xi") has ``members``; nobody else has."""

    id: str
    name: str
    kind: SpeakerKind
    members: tuple["Speaker", ...] = ()


class SourceType(StrEnum):
    """What kind of source speaks: journalism's own five kinds."""

    NAMED_PERSON = "named_person"
    NAMED_ORGANISATION = "named_organisation"
    DOCUMENT = "document"
    UNNAMED_PERSON = "unnamed_person"
    UNNAMED_GROUP = "unnamed_group"


@lru_cache(maxsize=1 << 12)
def slug(name: str) -> str:
    """A speaker's id, made of the name: letters and digits of any script, hyphens between.

    >>> slug("Miloš Zeman"), slug("D. Michael O’Neill"), slug("习近平")
    ('miloš-zeman', 'd-michael-o-neill', '习近平')
    """
    folded = unicodedata.normalize("NFC", name.casefold())
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in folded)
    return "-".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """What somebody declared about a speaker in speakers.toml; ``apart`` are names that are
    somebody else's."""

    id: str
    name: str
    kind: SpeakerKind = SpeakerKind.PERSON
    aliases: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    wikidata: str | None = None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceReference:
    """What a statement says about the source it stands in."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The document statements stand in; ``text`` is the file's own, unchanged.

    ``id`` is derived from the declared id, else the declared url, else the text, so that it is
    the same on every machine. ``origin`` is the file it was read from ("-": standard input).
    """

    id: str
    text: str
    origin: str
    title: Attested[str] | None = None
    publisher: Attested[str] | None = None
    published: Attested[PartialDate] | None = None
    place: Attested[str] | None = None
    url: Attested[str] | None = None
    language: Attested[str] | None = None
    authors: tuple[Attested[str], ...] = ()
    editors: tuple[Attested[str], ...] = ()
    urls: tuple[Attested[str], ...] = ()
    metadata: Mapping[str, object] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def reference(self) -> SourceReference:
        return SourceReference(
            id=self.id,
            title=_value(self.title),
            publisher=_value(self.publisher),
            published=_value(self.published),
            url=_value(self.url),
            language=_value(self.language),
        )


def _value(attested: Attested[T] | None) -> T | None:
    return None if attested is None else attested.value


class Extractor(StrEnum):
    """How statements are found: by the trained model and the rules, or by the rules alone."""

    MODEL = "model"
    RULES = "rules"


class DraftFormat(StrEnum):
    """How a draft is written."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


class FileFormat(StrEnum):
    """Of a draft that is no text itself: its text is read from it."""

    PDF = "pdf"
    DOCX = "docx"
    EML = "eml"


class Form(StrEnum):
    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(StrEnum):
    """What a statement reports: that somebody, or a text, a poll, figures, said, wrote, showed it;
    or a state of mind, a plan or a deed that takes a stand: thinks, wants, supports, refuses."""

    SPEECH = "speech"
    ATTITUDE = "attitude"


class WantedAct(StrEnum):
    """Which acts a list has; speech where nothing is said."""

    SPEECH = "speech"
    ATTITUDE = "attitude"
    ANY = "any"

    @property
    def acts(self) -> frozenset[Act]:
        return ANY_ACT if self is WantedAct.ANY else frozenset({Act(self.value)})


ANY_ACT = frozenset(Act)
SPEECH = frozenset({Act.SPEECH})
QUOTATION_FORMS = frozenset({Form.DIRECT, Form.MIXED})
CLAIM_FORMS = frozenset({Form.INDIRECT})


class Attribution(Struct, frozen=True, gc=False):
    """Who is named and how: ``via`` leads from the mention to the speaker's full name.

    ``confidence`` (0 to 1) says how sure it is that these words are a statement, whoever speaks.
    """

    mention: Excerpt | None
    cue: Excerpt | None
    confidence: float
    via: tuple[str, ...] = ()


class Candidate(Struct, frozen=True, gc=False):
    """Somebody whom a mention may mean, and how likely that is (0 to 1)."""

    speaker: Speaker
    chance: float


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The text right before and right after a statement."""

    before: str
    after: str

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Context):
            return NotImplemented
        return self.before == other.before and self.after == other.after

    def __hash__(self) -> int:
        return hash((self.before, self.after))


class Statement(Struct, frozen=True, gc=False):
    """One attributed stretch of content: what somebody is reported to have said or written.

    ``spans`` are its pieces in reading order, outer quotation marks left out; ``quoted`` are the
    stretches between quotation marks (or a block quotation): the words that are the speaker's own.
    ``act`` is speech, or an attitude of whom the mention means.
    ``on_behalf_of`` is for whom somebody unnamed speaks ("a White House official"); ``speaker`` is
    None then. ``denied``: the source says that the words were never uttered ("she denied saying
    ..."); ``speaker`` is whose they would be. ``relayed_by`` is through whom the source has them
    ("X quoted Y as saying"). ``speaker_confidence`` (0 to 1) says how sure it is that ``speaker``
    is who speaks; where that is nobody or doubtful, ``candidates`` are whom the mention may mean,
    the likeliest first. ``source_type`` is None where nothing says who speaks; ``title`` are the
    words with which the article introduces whoever does.
    """

    id: str
    form: Form
    text: str
    spans: tuple[Span, ...]
    quoted: tuple[Span, ...]
    speaker: Speaker | None
    attribution: Attribution
    context: Context
    source: SourceReference
    act: Act = Act.SPEECH
    denied: bool = False
    on_behalf_of: Speaker | None = None
    relayed_by: Speaker | None = None
    speaker_confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    source_type: SourceType | None = None
    title: Excerpt | None = None


def statement_id(source_id: str, spans: Iterable[Span]) -> str:
    """The same passage of the same source has the same id everywhere and always."""
    passage = source_id + "".join(f":{span.start}-{span.end}" for span in spans)
    return "s-" + hashlib.sha256(passage.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class AnnotatedSource:
    """A source and its statements in reading order.

    ``fingerprint`` changes whenever the source, its metadata or the way of extraction does.
    """

    source: Source
    statements: tuple[Statement, ...]
    fingerprint: str


def listed(annotated: AnnotatedSource, denied: bool | None = False) -> AnnotatedSource:
    """With what was said alone; or with what is denied, too (None) or alone."""
    if denied is None:
        return annotated
    chosen = (statement for statement in annotated.statements if statement.denied is denied)
    return replace(annotated, statements=tuple(chosen))


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
    """A question to the index. ``words`` is in the query language of ``index.words``.

    ``speaker`` is an id or a name, whole or in part; ``min_confidence`` is the least
    ``speaker_confidence``. ``acts`` are those wanted; ``denied`` None means denied or not. ``sort``
    None means by relevance where there are words, newest first otherwise. ``cursor`` continues an
    earlier page.
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
