"""Findings: types for what is found about a claimed quotation.

Facts first, a label last: no finding says that a quotation is false, only what was found, where it
differs and what was searched. JSON names follow these; the other modules of this package make the
findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.domain import PartialDate, Source, SourceReference, Span, Speaker, Statement
from service.reviews.review import ClaimReview


class Wording(StrEnum):
    """How the claimed words compare with those found."""

    VERBATIM = "verbatim"
    TYPOGRAPHIC = "typographic"  # only glyphs differ: marks, dashes, spaces, case, accents
    ELIDED = "elided"  # its "..." omits words that the diff restores
    ALTERED = "altered"
    PIECED = "pieced"  # combined from statements that are apart
    PARAPHRASE = "paraphrase"  # found only as reported speech: the words are the reporter's
    IN_TEXT = "in_text"  # in an article outside every statement, without a speaker
    ABSENT = "absent"
    TOO_SHORT = "too_short"  # fewer than two informative words: not searched for
    NOT_A_QUOTATION = "not_a_quotation"  # in a draft: a title, a scare quote, a word as a word


class AttributionFinding(StrEnum):
    """Whose words they are, compared with the claimed speaker."""

    AS_CLAIMED = "as_claimed"
    OTHER_SPEAKER = "other_speaker"  # both are known, as two people
    UNRESOLVED = "unresolved"  # the speaker there, or the claimed one, is unclear
    NOT_CLAIMED = "not_claimed"


class Verdict(StrEnum):
    """The label, last: ``denied`` and ``misattributed`` win over ``altered``; fields say both."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    PIECED = "pieced"
    MISATTRIBUTED = "misattributed"
    DENIED = "denied"  # the source says that it was not said
    NOT_FOUND = "not_found"
    TOO_SHORT = "too_short"  # fewer than two informative words: too few to judge
    NOT_A_QUOTATION = "not_a_quotation"  # in a draft: not judged

    @property
    def passes(self) -> bool:
        """Whether a quotation may be printed unchanged, as far as is known."""
        return self in (Verdict.VERBATIM, Verdict.TOO_SHORT, Verdict.NOT_A_QUOTATION)


class Colour(StrEnum):
    """How soon an editor must look: red before print, amber if there is time, green not at all."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Flag(StrEnum):
    """What a reader must look at in a match, the most serious first."""

    NEGATION = "negation"
    OPPOSITE = "opposite"  # a word is replaced by its opposite
    CONDITION = "condition"  # an "if", "unless" or "but" was added or removed
    NUMBER = "number"
    MODAL = "modal"
    TENSE = "tense"
    NAME = "name"
    WORD = "word"  # another informative word
    REPORTED = "reported"  # some of the words are the reporter's, not the speaker's
    PIECED = "pieced"  # the claimed words are in several statements
    TRUNCATION = "truncation"  # cut from a sentence whose rest bears on the meaning
    ORDER = "order"
    OMISSION = "omission"
    ADDITION = "addition"


class DiffOp(StrEnum):
    """Seen from what was found: an insertion is in the claimed words only."""

    EQUAL = "equal"
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A run of words with the spaces and marks around them, as written on each side.

    The ``claimed`` of all parts of a match, joined, are the claimed words; the ``found`` are the
    words that were found. Parts that are ``equal`` may differ in glyphs. ``elided`` marks found
    words that the claimed quotation openly omits, by "..." or "[...]".
    """

    op: DiffOp
    claimed: str
    found: str
    elided: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Claimed words beside a statement that contains or nearly contains them.

    ``similarity`` (0 to 1) is the share of words that both sides have in the same order; words
    spelled a little differently count in part, open omissions do not count. ``claimed`` is the
    stretch of the claimed quotation that was searched for; ``spans`` are the places of the found
    words in the source's text, in reading order. ``truncated`` are omitted words of the same
    sentence, right before and right after, that bear on the meaning; empty without the flag.
    ``normalizations`` are the foldings without which the words would differ.
    """

    statement: Statement
    wording: Wording
    attribution: AttributionFinding
    similarity: float
    diff: tuple[DiffPart, ...]
    flags: tuple[Flag, ...]
    claimed: Span
    spans: tuple[Span, ...]
    normalizations: tuple[str, ...] = ()
    truncated: tuple[str, ...] = ()

    @property
    def found(self) -> str:
        """The words that were found, as written in the source."""
        return "".join(part.found for part in self.diff)


@dataclass(frozen=True, slots=True)
class InText:
    """Claimed words found in an article without a speaker; ``span`` refers to its text."""

    source: SourceReference
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where the quotation occurs, in any wording.

    ``origin`` numbers independent origins from 1 in the order of their dates: mentions with the
    same number share the text around the quotation, as reprints and wire copies do, or nearly all
    of their text. ``reprint_of`` is the source that this one reprints, if their texts show it.
    """

    statement: Statement
    wording: Wording
    text: str
    origin: int
    reprint_of: str | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording in circulation: ``text`` as in its first mention, and the number of its
    mentions.
    """

    text: str
    wording: Wording
    mentions: int
    first: Statement


@dataclass(frozen=True, slots=True)
class Circulation:
    """A quotation over all sources, oldest first, sources without a year last.

    ``variants`` differ in their words, not only in glyphs.
    """

    mentions: tuple[Sighting, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def independent_origins(self) -> int:
        return len({mention.origin for mention in self.mentions})

    @property
    def first_seen(self) -> Statement | None:
        """The first mention's statement, or None if nothing was found; it lacks a year only if all
        do.
        """
        return self.mentions[0].statement if self.mentions else None


@dataclass(frozen=True, slots=True)
class Lookup:
    """A query to the index: statements with at least ``share`` of the words."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Searched:
    """What a finding is based on, so that it can be repeated.

    ``earliest`` and ``latest`` are JSON's "from" and "to".
    """

    generation: str
    sources: int
    statements: int
    earliest: PartialDate | None
    latest: PartialDate | None
    languages: tuple[str, ...]
    queries: tuple[Lookup, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What is known about one claimed quotation.

    ``speakers`` are those whom the claimed speaker's name means in this index, ``did_you_mean``
    those whom it may mean if that is unclear. ``best`` is None if nothing was found, and the denial
    itself if a source says that it was not said; ``others`` are further statements that have it,
    best first, or, if nothing was found, the nearest ones. ``pieces`` are the parts of a quotation
    that is in no single statement, in the order of the claimed words; the most informative one is
    ``best``. ``normalizations`` are those of all that the finding is based on. ``in_text`` is where
    an article has the words outside every statement, if no statement has them. ``known_checks`` are
    published fact checks of it, which do not affect the verdict.
    """

    quote: str
    speaker: str | None
    speakers: tuple[Speaker, ...]
    verdict: Verdict
    wording: Wording
    attribution: AttributionFinding
    did_you_mean: tuple[Speaker, ...]
    best: Match | None
    others: tuple[Match, ...]
    pieces: tuple[Match, ...]
    circulation: Circulation
    normalizations: tuple[str, ...]
    searched: Searched
    in_text: InText | None = None
    known_checks: tuple[ClaimReview, ...] = ()

    @property
    def colour(self) -> Colour:
        """Amber is found unchanged, but cut or out of context, or not certainly the claimed
        speaker's.
        """
        if not self.verdict.passes:
            return Colour.RED
        cautions = any(match.flags for match in (self.best, *self.pieces) if match)
        claimed = self.speaker is not None and self.best is not None
        unsettled = claimed and self.attribution is not AttributionFinding.AS_CLAIMED
        return Colour.AMBER if cautions or unsettled else Colour.GREEN

    @property
    def mentions(self) -> int:
        """Number of statements that have it, in any wording."""
        return len(self.circulation.mentions)

    @property
    def independent_origins(self) -> int:
        return self.circulation.independent_origins

    @property
    def first_seen(self) -> Statement | None:
        return self.circulation.first_seen


class CitedFinding(StrEnum):
    """Whether a quotation is in the source that a draft cites for it."""

    AS_CITED = "as_cited"  # in it, or in an article that names it
    FOUND_ELSEWHERE = "found_elsewhere"  # not in what the index has of it
    NOT_INDEXED = "not_indexed"  # the index has nothing of it


@dataclass(frozen=True, slots=True)
class Cited:
    """The source that a draft cites beside a quotation: ``name`` as written in the draft, or the
    linked site; ``span`` refers to the draft's text.
    """

    name: str
    span: Span
    finding: CitedFinding


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation of a draft: its ``spans`` in the draft's text, and the draft's attribution.

    ``statement`` is the draft's own, as read by the extractor: ``statement.speaker`` and its
    attribution are the draft's claim. ``cited`` is None if the draft cites no source, the quotation
    was not found unchanged, or the publisher of what has it is unknown.
    """

    spans: tuple[Span, ...]
    statement: Statement
    verification: Verification
    cited: Cited | None = None


@dataclass(frozen=True, slots=True)
class DocumentVerification:
    """Every quotation of a draft in reading order; ``counts`` has every verdict, ``searched`` no
    queries.
    """

    source: Source
    quotations: tuple[CheckedQuotation, ...]
    counts: Mapping[Verdict, int]
    searched: Searched


@dataclass(frozen=True, slots=True)
class Cluster:
    """One quotation in all its wordings across sources.

    ``id`` is that of its first statement; any statement of the cluster leads to the same one.
    ``speakers`` are those it is attributed to, most mentions first; statements without a speaker
    are not counted there.
    """

    id: str
    circulation: Circulation
    speakers: tuple[tuple[Speaker, int], ...]
