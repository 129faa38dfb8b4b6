"""Statements: what a source reports somebody to have said."""

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
    """What a statement reports.

    ``speech``: a person, a text, a poll or figures said, wrote or showed it. ``attitude``: a state
    of mind, a plan or an act that takes a stand: thinks, wants, supports, refuses.
    """

    SPEECH = "speech"
    ATTITUDE = "attitude"


class WantedAct(StrEnum):
    """Which acts a list contains; speech by default."""

    SPEECH = "speech"
    ATTITUDE = "attitude"
    ANY = "any"

    @property
    def acts(self) -> frozenset[Act]:
        return _ACTS[self]


ANY_ACT = frozenset(Act)


SPEECH = frozenset({Act.SPEECH})


_ACTS = {
    WantedAct.SPEECH: SPEECH,
    WantedAct.ATTITUDE: frozenset({Act.ATTITUDE}),
    WantedAct.ANY: ANY_ACT,
}


QUOTATION_FORMS = frozenset({Form.DIRECT, Form.MIXED})


CLAIM_FORMS = frozenset({Form.INDIRECT})


class Attribution(Struct, frozen=True, gc=False):
    """The words that attribute a statement; ``via`` leads from the mention to the speaker's full
    name.

    ``confidence`` (0 to 1) is how certain it is that the words are a statement, whoever the
    speaker.
    """

    mention: Excerpt | None
    cue: Excerpt | None
    confidence: float
    via: tuple[str, ...] = ()


class Candidate(Struct, frozen=True, gc=False):
    """A speaker the mention may refer to, and the probability (0 to 1)."""

    speaker: Speaker
    chance: float


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The text immediately before and after a statement."""

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

    ``spans`` are its pieces in reading order, without outer quotation marks; ``quoted`` are the
    stretches between quotation marks (or a block quotation): the speaker's own words. ``denied``:
    the source says the words were never uttered ("she denied saying ..."), and ``speaker`` is whose
    they would be. ``on_behalf_of`` is the body for which an unnamed person speaks ("a White House
    official"); ``speaker`` is then None. ``relayed_by`` is the person through whom the source has
    the words ("X quoted Y as saying"). ``speaker_confidence`` (0 to 1) is how certain ``speaker``
    is; if the speaker is unknown or doubtful, ``candidates`` lists the possible ones, most likely
    first. ``source_type`` is None if nothing indicates who speaks; ``title`` is the wording with
    which the article introduces the speaker.
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
    """An id of the passage: the same spans of the same source have the same id on every machine."""
    passage = source_id + "".join(f":{span.start}-{span.end}" for span in spans)
    return "s-" + hashlib.sha256(passage.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class AnnotatedSource:
    """A source and its statements in reading order.

    ``fingerprint`` changes whenever the source, its metadata or the extraction method changes.
    """

    source: Source
    statements: tuple[Statement, ...]
    fingerprint: str


def listed(annotated: AnnotatedSource, denied: bool | None = False) -> AnnotatedSource:
    """The source with only the statements that are not denied; with ``denied`` True only those that
    are, with None all."""
    if denied is None:
        return annotated
    chosen = (statement for statement in annotated.statements if statement.denied is denied)
    return replace(annotated, statements=tuple(chosen))
