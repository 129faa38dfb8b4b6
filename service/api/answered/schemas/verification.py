"""Shapes of what is known about claimed quotations: facts first, a label last."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, ClassVar

from marshmallow import Schema, fields, pre_dump

from service.api.context.limits import MENTIONS_SHOWN, QUOTE_MAXIMUM, SPEAKERS_SHOWN
from service.domain import ELLIPSIS, Form, Speaker
from service.rendering.fields import (
    Cut,
    Derived,
    count,
    date,
    described,
    following,
    itself,
    nested,
    several,
    string,
    strings,
    total,
)
from service.rendering.shapes import Shape
from service.rendering.sources import SourceReferenceSchema
from service.rendering.spans import SpanSchema
from service.rendering.speakers import SpeakerSchema
from service.rendering.statements import (
    AttributionSchema,
    StatementLinksSchema,
    StatementSchema,
    statement_links,
)
from service.verification.findings import (
    AttributionFinding,
    DiffOp,
    DiffPart,
    Flag,
    Match,
    Verdict,
    Verification,
    Wording,
)
from service.verification.searching.candidates import FIRST_LIMIT


def _one_of(kind: type[StrEnum], description: str) -> fields.Enum[Any]:
    return fields.Enum(kind, by_value=True, required=True, metadata=described(description))


def _share(description: str, example: float) -> fields.Float:
    return fields.Float(
        required=True, metadata=described(description, example, minimum=0, maximum=1)
    )


WORDS_SHOWN = 1_000
"""Characters of the words of one mention, or of a sentence that goes on: nobody reads more of them
in a list; all stands in the statement."""


def first_of(
    schema: type[Schema],
    most: int,
    description: str,
    several: Callable[[Any], Sequence[object]],
) -> Derived:
    return Derived(schema, description, lambda one: several(one)[:most], many=True)


def _nearest(one: Verification) -> Sequence[Match]:
    return one.others[:1] if one.best is None else ()


def _verdict() -> fields.Enum[Any]:
    return _one_of(
        Verdict,
        "The label: `verbatim`, `altered`, `pieced` (put together from statements that stand "
        "apart), `misattributed` (found as another speaker's words), "
        "`denied` (the source says that it was not said), "
        "`not_found` (see `searched`), `too_short` (fewer than two telling words: it is not "
        "looked for) or, of a draft, `not_a_quotation` (a title, a scare quote, a word as a word: "
        "not judged)",
    )


def _wording() -> fields.Enum[Any]:
    return _one_of(
        Wording,
        "`verbatim`; `typographic`: only glyphs differ; `elided`: its ellipsis stands for words "
        "of the diff; `altered`; `pieced`; `paraphrase`: found as reported speech only; "
        "`in_text`: in an article, as nobody's words; `absent`; "
        "`too_short` and `not_a_quotation`: not looked for",
    )


def _attribution() -> fields.Enum[Any]:
    return _one_of(
        AttributionFinding,
        "`as_claimed`; `other_speaker`: both are known, as two people; `unresolved`: who speaks "
        "there or who is meant here is not settled, or nothing was found; `not_claimed`",
    )


def _ends(text: str, longest: int) -> str:
    """The beginning and the end of what is longer.

    >>> _ends("We will never give up", 8)
    'We w […] e up'
    """
    half = longest // 2
    return text if len(text) <= longest else text[:half] + ELLIPSIS + text[-half:]


class DiffPartSchema(Schema):
    """A run of words: `text` where both sides have the same, else `claimed` and `found`.

    Where more than 20,000 characters are left out, `found` has their beginning and end.
    """

    longest: ClassVar[int] = QUOTE_MAXIMUM

    op = _one_of(DiffOp, "Seen from what was found: `insert`: in the claimed words only")
    text = fields.String(metadata=described("The words of both sides", "We "))
    claimed = fields.String(metadata=described("The claimed words", "will "))
    found = fields.String(metadata=described("The words that were found", "will not "))
    elided = fields.Boolean(
        metadata=described("Found words that the quotation leaves out openly, by its ellipsis")
    )

    @pre_dump
    def tell(self, part: DiffPart, **_: Any) -> dict[str, object]:
        if part.op is DiffOp.EQUAL and part.claimed == part.found:
            return {"op": part.op, "text": _ends(part.claimed, self.longest)}
        elided = {"elided": True} if part.elided else {}
        sides = {name: _ends(getattr(part, name), self.longest) for name in ("claimed", "found")}
        return {"op": part.op, **sides, **elided}


class MatchSchema(Shape):
    """A statement that has the claimed words, or comes near."""

    statement = nested(StatementSchema, "The statement")
    wording = _wording()
    attribution = _attribution()
    similarity = _share("Share of words that both sides have in the same order", 0.93)
    diff = several(DiffPartSchema, "The claimed words beside those that were found, in order")
    flags = fields.List(
        fields.Enum(Flag, by_value=True),
        required=True,
        metadata=described("What a reader must look at, most weighty first", ["negation"]),
    )
    claimed = nested(SpanSchema, "The stretch of the claimed quotation that was looked for")
    spans = several(SpanSchema, "Where the words stand in the text of the source")
    normalizations = strings(
        "The foldings without which the words would differ", ["quotation marks", "white space"]
    )
    truncated = fields.List(
        Cut("The first 1,000 characters", WORDS_SHOWN),
        required=True,
        metadata=described(
            "Words of the same sentence that were left out and bear on the meaning",
            ["as long as the talks go on"],
        ),
    )


class StatementNameSchema(Shape):
    """Which statement it is, and whose."""

    id = string("Of the statement", "s-5f0c2a9be1d4")
    speaker = nested(SpeakerSchema, "null where nothing settles who spoke", allow_none=True)


class SightingSchema(Shape):
    """A statement, in short."""

    id = string("Of the statement", "s-5f0c2a9be1d4")
    speaker = nested(SpeakerSchema, "null where nothing settles who spoke", allow_none=True)
    source = nested(SourceReferenceSchema, "The source it stands in")
    links = Derived(StatementLinksSchema, "Where to go from here", statement_links)


class MentionSchema(SightingSchema):
    """A statement that has the quotation, in whichever wording."""

    part = "statement"
    own = frozenset({"text", "wording", "origin"})
    links = Derived(
        StatementLinksSchema,
        "Where to go from here",
        lambda mention: statement_links(mention.statement),
    )
    text = Cut("The words as they stand there, the first 1,000 characters", WORDS_SHOWN)
    wording = _wording()
    origin = count(
        "Numbers independent origins from 1: mentions of one origin share the text around the "
        "quotation, as reprints do",
        1,
    )


class VariantSchema(Shape):
    """One wording in circulation."""

    text = Cut("As its first mention has it, the first 1,000 characters", WORDS_SHOWN)
    wording = _wording()
    mentions = count("How many statements have it", 3)
    first = nested(SightingSchema, "The first of them")


class CirculationSchema(Shape):
    """A quotation over all sources, oldest first; sources without a year last."""

    mentions = first_of(
        MentionSchema,
        MENTIONS_SHOWN,
        "The statements that have it, the first 20; the `cluster` of `first_seen` has all",
        lambda circulation: circulation.mentions,
    )
    variants = first_of(
        VariantSchema,
        MENTIONS_SHOWN,
        "The wordings, the oldest 20; glyphs alone make none",
        lambda circulation: circulation.variants,
    )


class InTextSchema(Shape):
    """Where the words stand in an article, as nobody's words."""

    source = nested(SourceReferenceSchema, "The article")
    text = Cut("The words as they stand there, the first 1,000 characters", WORDS_SHOWN)
    span = nested(SpanSchema, "Where in its text")


class LookupSchema(Shape):
    """A question the index was asked."""

    text = string("The words", "a new era of cooperation")
    share = _share("Statements with at least this share of the words were looked at", 0.6)


class SearchedIndexSchema(Shape):
    """What was searched."""

    generation = string("Of the index; changes with every commit that changed anything")
    sources = count("Sources in it", 5)
    statements = count("Statements in it", 73)
    earliest = date("The earliest date that has a year", "2022-02-03", data_key="from")
    latest = date("The latest date that has a year", "2024-05-16", data_key="to")
    languages = strings("BCP 47 codes", ["en"])


class SearchedSchema(SearchedIndexSchema):
    """What a finding rests on, so that it can be looked for again."""

    queries = several(LookupSchema, "What was looked for")


class VerificationSchema(Shape):
    """What is known about a claimed quotation."""

    quote = string("The quotation, as it was given")
    speaker = string("Who is said to have said it, as it was given", allow_none=True)
    speakers = first_of(
        SpeakerSchema,
        SPEAKERS_SHOWN,
        "Whom that name means in this index, at most 100",
        lambda one: one.speakers,
    )
    verdict = _verdict()
    wording = _wording()
    attribution = _attribution()
    did_you_mean = several(
        SpeakerSchema, "Who may be meant, where `unresolved` because the name is not settled"
    )
    best = nested(MatchSchema, "Where it was found; null where it was not", allow_none=True)
    in_text = nested(
        InTextSchema, "Where an article has it outside every statement", allow_none=True
    )
    others = several(MatchSchema, "Further statements that come near, best first")
    pieces = several(
        MatchSchema, "Where a quotation that stands in no single statement was found, in its order"
    )
    mentions = count("Statements that have it, in whichever wording", 4)
    independent_origins = count("How many of them are no reprints of another", 2)
    first_seen = nested(SightingSchema, "The first of them", allow_none=True)
    circulation = nested(CirculationSchema, "The first of them, and the wordings in circulation")
    normalizations = strings(
        "The foldings without which the words would differ", ["quotation marks", "white space"]
    )
    searched = nested(SearchedSchema, "What was searched")


class DiffPartInBriefSchema(DiffPartSchema):
    """A run of words, of longer ones than 200 characters the beginning and the end."""

    longest = 200


class MatchInBriefSchema(MatchSchema):
    """A statement that has words of a draft, without its own words."""

    statement = nested(SightingSchema, "The statement, in short")
    diff = several(DiffPartInBriefSchema, "The claimed words beside those that were found")


class PieceInBriefSchema(Shape):
    """A part of a quotation, and the statement it stands in."""

    statement = nested(StatementNameSchema, "The statement")
    wording = _wording()
    attribution = _attribution()
    claimed = nested(SpanSchema, "The part of the claimed quotation")


class VerificationInBriefSchema(Shape):
    """What is known about a quotation of a draft; `/verify` tells all of it."""

    verdict = _verdict()
    wording = _wording()
    attribution = _attribution()
    did_you_mean = several(
        SpeakerSchema, "Who may be meant, where `unresolved` because the name is not settled"
    )
    best = nested(MatchInBriefSchema, "Where it was found; null where it was not", allow_none=True)
    in_text = nested(
        InTextSchema, "Where an article has it outside every statement", allow_none=True
    )
    others = Derived(
        MatchInBriefSchema, "What comes nearest, where it was not found", _nearest, many=True
    )
    pieces = first_of(
        PieceInBriefSchema,
        4,
        "Where a quotation that stands in no single statement was found, the first four",
        lambda one: one.pieces,
    )
    mentions = count(
        f"Statements that have it, among the {FIRST_LIMIT} that share most of its words; `/verify` "
        "counts on",
        4,
    )
    independent_origins = count("How many of them are no reprints of another", 2)
    first_seen = Derived(
        SightingSchema,
        "The first of several that have it; null where there are none",
        lambda one: one.first_seen if one.mentions > 1 else None,
        allow_none=True,
    )
    normalizations = strings(
        "The foldings without which the words would differ", ["quotation marks", "white space"]
    )


class PlacedQuotationSchema(Shape):
    """A quotation of a draft; all spans are of the document as it was given."""

    text = string("Its words, without markup")
    form = fields.Enum(
        Form,
        by_value=True,
        required=True,
        metadata=described("`direct`: a whole quotation; `mixed`: quoted words in a report"),
    )
    spans = several(SpanSchema, "Its pieces in the document, outer quotation marks left out")
    line = count("Line of the document where it begins, from 1", 3)
    column = count("Column of that line, in code points from 1", 17)
    speaker = nested(SpeakerSchema, "Whose words the draft says they are", allow_none=True)
    attribution = nested(AttributionSchema, "The words that say so")
    verification = nested(VerificationInBriefSchema, "What is known about it")


class VerdictCountsSchema(Schema):
    """How many quotations have each verdict."""

    verbatim = count("Found as they stand", 2)
    altered = count("Found in other words", 1)
    pieced = count("Put together from statements that stand apart", 0)
    misattributed = count("Found as another speaker's words", 0)
    denied = count("Found where the source says that they were not said", 0)
    not_found = count("Not found in what was searched", 1)
    too_short = count("Of fewer than two telling words, and not looked for", 0)
    not_a_quotation = count("Titles, scare quotes and words as words, not judged", 0)


class CheckedDraftSchema(Shape):
    """Every quotation of a draft."""

    quotations = several(PlacedQuotationSchema, "In reading order")
    counts = nested(VerdictCountsSchema, "How many there are of which verdict")
    searched = nested(SearchedIndexSchema, "What was searched for all of them")


class SpokenSchema(Schema):
    """A speaker whom a quotation is given to."""

    speaker = nested(SpeakerSchema, "The speaker")
    mentions = count("How often", 3)

    @pre_dump
    def name(self, pair: tuple[Speaker, int], **_: Any) -> dict[str, object]:
        return dict(zip(("speaker", "mentions"), pair, strict=True))


class ClusterLinksSchema(Shape):
    """Where to go from a cluster."""

    self = string("The cluster", "/clusters/s-5f0c2a9be1d4")


class ClusterSchema(Shape):
    """One quotation in all its wordings across sources, oldest first."""

    id = string("That of its first statement; any statement of it leads here", "s-5f0c2a9be1d4")
    speakers = several(SpokenSchema, "Whom it is given to, most often first; at most 100")
    mentions = several(MentionSchema, "One page of the statements of it")
    total = total()
    next = following()
    variants = several(VariantSchema, "Its wordings, the oldest 20")
    independent_origins = count("How many are no reprints of another", 2)
    first_seen = nested(SightingSchema, "The first")
    links = Derived(ClusterLinksSchema, "Where to go from here", itself)
