"""What is said in a source, and whose words it is."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from msgspec import Struct

from service.domain.sources import Source, SourceReference
from service.domain.spans import Excerpt, Span
from service.domain.speakers import SourceType, Speaker


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
