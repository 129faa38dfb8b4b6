"""Shapes of verified draft quotations: brief, about 4 kB each at most."""

from collections.abc import Sequence, Sized
from itertools import accumulate, takewhile

from marshmallow import Schema, fields

from service.api.answered.schemas.verification import (
    DiffPartSchema,
    InTextSchema,
    MatchSchema,
    SearchedIndexSchema,
    SightingSchema,
    StatementNameSchema,
    attribution_field,
    first_of,
    one_of,
    verdict_field,
    wording_field,
)
from service.api.context.limits import BRIEF_DIFF, BRIEF_SPANS, BRIEF_TITLE, BRIEF_WORDS
from service.domain import Form
from service.rendering.fields import (
    Cut,
    Derived,
    HowMany,
    IsLong,
    count,
    described,
    nested,
    several,
    string,
    strings,
)
from service.rendering.shapes import Shape
from service.rendering.sources import SourceReferenceSchema
from service.rendering.spans import SpanSchema
from service.rendering.speakers import SpeakerSchema
from service.rendering.statements import AttributionSchema
from service.verification.findings import CitedFinding, DiffPart, Match, Verification
from service.verification.searching.candidates import FIRST_LIMIT


def _first_spans(description: str) -> Derived:
    return first_of(
        SpanSchema, BRIEF_SPANS, f"{description}, the first {BRIEF_SPANS}", lambda one: one.spans
    )


def _nearest(one: Verification) -> Sequence[Match]:
    return one.others[:1] if one.best is None else ()


class SourceInBriefSchema(SourceReferenceSchema):
    """A source, in short, as shown for a quotation of a draft."""

    title = Cut("Headline, the first 200 characters", BRIEF_TITLE, allow_none=True)
    publisher = Cut("Who published it, the first 200 characters", BRIEF_TITLE, allow_none=True)


class SightingInBriefSchema(SightingSchema):
    """A statement, in short."""

    source = nested(SourceInBriefSchema, "The source it is in")


class DiffPartInBriefSchema(DiffPartSchema):
    """A run of words; if longer than 200 characters, its beginning and end."""

    longest = 200


def _first_parts(diff: Sequence[DiffPart]) -> Sequence[DiffPart]:
    """The first parts that together are short enough; at least one."""
    longest = DiffPartInBriefSchema.longest
    sizes = (min(len(one.claimed), longest) + min(len(one.found), longest) for one in diff)
    within = sum(1 for _ in takewhile(lambda size: size <= BRIEF_WORDS, accumulate(sizes)))
    return diff[: max(1, min(within, BRIEF_DIFF))]


class _GoesOn(IsLong):
    def convert(self, value: Sized) -> bool:
        return isinstance(value, tuple) and len(_first_parts(value)) < len(value)


class MatchInBriefSchema(MatchSchema):
    """A statement that has words of the draft, without its full text."""

    optional = frozenset({"is_cut"})
    statement = nested(SightingInBriefSchema, "The statement, in short")
    diff = Derived(
        DiffPartInBriefSchema,
        "The claimed words compared with those found, in order; only the first parts of a long "
        "diff",
        lambda match: _first_parts(match.diff),
        many=True,
    )
    is_cut = _GoesOn("Present only if true: the diff has more parts", 0, attribute="diff")
    spans = _first_spans("Where the words are in the text of the source")
    total_spans = HowMany("How many such places there are in all", attribute="spans")
    truncated = fields.List(
        Cut("The first 200 characters", DiffPartInBriefSchema.longest),
        required=True,
        metadata=described(
            "Omitted words of the same sentence that bear on the meaning",
            ["as long as the talks go on"],
        ),
    )


class PieceInBriefSchema(Shape):
    """A part of a quotation, and the statement it is from."""

    statement = nested(StatementNameSchema, "The statement")
    wording = wording_field()
    attribution = attribution_field()
    claimed = nested(SpanSchema, "The part of the claimed quotation")


class VerificationInBriefSchema(Shape):
    """What is known about a quotation of a draft, in brief; `/verify` gives all of it."""

    verdict = verdict_field()
    wording = wording_field()
    attribution = attribution_field()
    did_you_mean = several(
        SpeakerSchema, "Possible speakers, if `attribution` is `unresolved` because of the name"
    )
    best = nested(MatchInBriefSchema, "Where it was found; null if it was not", allow_none=True)
    in_text = nested(
        InTextSchema, "Where an article contains it outside any statement", allow_none=True
    )
    others = Derived(
        MatchInBriefSchema, "The nearest match, if it was not found", _nearest, many=True
    )
    pieces = first_of(
        PieceInBriefSchema,
        4,
        "For a quotation that no single statement contains: where its parts were found, the "
        "first four",
        lambda one: one.pieces,
    )
    total_pieces = HowMany("How many such places there are in all", attribute="pieces")
    mentions = count(
        f"Statements that have it, among the {FIRST_LIMIT} sharing most of its words; `/verify` "
        f"counts all",
        4,
    )
    independent_origins = count("How many of them are not reprints of another", 2)
    first_seen = Derived(
        SightingInBriefSchema,
        "The earliest of several statements that have it; null if there are not several",
        lambda one: one.first_seen if one.mentions > 1 else None,
        allow_none=True,
    )
    normalizations = strings(
        "The normalizations needed for the words to match",
        ["quotation marks", "white space"],
    )


class CitedSchema(Shape):
    """The source that a draft cites for a quotation that was found unchanged."""

    name = string("The source as the draft names it, or the host of its link", "the Guardian")
    finding = one_of(
        CitedFinding,
        (
            "`as_cited`: it is in that source, or in an article that names it; `found_elsewhere`: "
            "not in what the index has of it; `not_indexed`: the index has nothing of it"
        ),
    )
    span = nested(SpanSchema, "Where in the document")


class PlacedQuotationSchema(Shape):
    """A quotation of a draft; spans refer to the document as sent, or to its extracted text."""

    optional = frozenset({"is_cut"})
    text = Cut("Its words without markup, the first 600 characters", BRIEF_WORDS)
    is_cut = IsLong(
        "Present only if true: it has more words, in the document at `spans`",
        BRIEF_WORDS,
        attribute="text",
    )
    form = fields.Enum(
        Form,
        by_value=True,
        required=True,
        metadata=described("`direct`: a whole quotation; `mixed`: quoted words in a report"),
    )
    spans = _first_spans("Its pieces in the document, outer quotation marks left out")
    total_spans = HowMany("How many pieces it has", attribute="spans")
    line = count("Line of the document where it begins, from 1", 3)
    column = count("Column in that line, in code points from 1", 17)
    page = fields.Integer(
        required=True,
        allow_none=True,
        metadata=described("Page of the PDF where it begins; null for other drafts", 2, minimum=1),
    )
    paragraph = fields.Integer(
        required=True,
        allow_none=True,
        metadata=described(
            "Paragraph of the Word file where it begins; null for other drafts", 12, minimum=1
        ),
    )
    speaker = nested(
        SpeakerSchema, "The speaker to whom the draft attributes the words", allow_none=True
    )
    attribution = nested(AttributionSchema, "The words of that attribution")
    verification = nested(VerificationInBriefSchema, "What is known about it")
    cited = nested(
        CitedSchema,
        "The source that the draft cites for it; null without one, if the quotation was not "
        "found, or if its publisher is unknown",
        allow_none=True,
    )


class VerdictCountsSchema(Schema):
    """How many quotations have each verdict."""

    verbatim = count("Found word for word", 2)
    altered = count("Found in other words", 1)
    pieced = count("Pieced together from separate statements", 0)
    misattributed = count("Found as another speaker's words", 0)
    denied = count("Found where the source says they were not said", 0)
    not_found = count("Not found in what was searched", 1)
    too_short = count("Fewer than two meaningful words: not looked up", 0)
    not_a_quotation = count("Titles, scare quotes and words as words: not judged", 0)


class CheckedDraftSchema(Shape):
    """Every quotation of a draft."""

    quotations = several(PlacedQuotationSchema, "In reading order")
    counts = nested(VerdictCountsSchema, "The number of quotations per verdict")
    searched = nested(SearchedIndexSchema, "What was searched for all of them")
