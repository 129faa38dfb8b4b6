"""Shapes of verifications: facts first, a label last."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, ClassVar

from marshmallow import Schema, fields, pre_dump

from service.api.answered.schemas.reviews import KnownCheckSchema
from service.api.context.limits import (
    MENTIONS_SHOWN,
    QUOTE_MAXIMUM,
    SPEAKERS_SHOWN,
)
from service.domain import ELLIPSIS, Speaker
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
    StatementLinksSchema,
    StatementSchema,
    statement_links,
)
from service.verification.findings import (
    AttributionFinding,
    DiffOp,
    DiffPart,
    Flag,
    Verdict,
    Wording,
)


def one_of(kind: type[StrEnum], description: str) -> fields.Enum[Any]:
    return fields.Enum(kind, by_value=True, required=True, metadata=described(description))


def _share(description: str, example: float) -> fields.Float:
    return fields.Float(
        required=True, metadata=described(description, example, minimum=0, maximum=1)
    )


WORDS_SHOWN = 1_000
"""Characters shown of a mention, or of a sentence that goes on: more is not read in a list, and the
statement itself has all."""


def first_of(
    schema: type[Schema],
    most: int,
    description: str,
    several: Callable[[Any], Sequence[object]],
) -> Derived:
    return Derived(schema, description, lambda one: several(one)[:most], many=True)


def verdict_field() -> fields.Enum[Any]:
    return one_of(
        Verdict,
        (
            "The label: `verbatim`, `altered`, `pieced` (put together from separate "
            "statements), `misattributed` (found as another speaker's words), `denied` "
            "(the source says it was not said), `not_found` (see `searched`), `too_short` "
            "(fewer than two meaningful words: not looked up) or, in a draft, "
            "`not_a_quotation` (a title, a scare quote, a word as a word: not judged)"
        ),
    )


def wording_field() -> fields.Enum[Any]:
    return one_of(
        Wording,
        (
            "`verbatim`; `typographic`: only glyphs differ; `elided`: its ellipsis stands "
            "for words in the diff; `altered`; `pieced`; `paraphrase`: found only as "
            "reported speech; `in_text`: in an article, but as nobody's words; `absent`; "
            "`too_short` and `not_a_quotation`: not looked up"
        ),
    )


def attribution_field() -> fields.Enum[Any]:
    return one_of(
        AttributionFinding,
        (
            "`as_claimed`; `other_speaker`: both are known, as two people; `unresolved`: "
            "it is unclear who speaks there or who is meant here, or nothing was found; "
            "`not_claimed`"
        ),
    )


def _ends(text: str, longest: int) -> str:
    """``text``, or the beginning and the end of a text that is too long.

    >>> _ends("We will never give up", 8)
    'We w […] e up'
    """
    half = longest // 2
    return text if len(text) <= longest else text[:half] + ELLIPSIS + text[-half:]


class DiffPartSchema(Schema):
    """A run of words: `text` if both sides have it, otherwise `claimed` and `found`.

    If more than 20,000 characters are omitted, `found` has only their beginning and end.
    """

    longest: ClassVar[int] = QUOTE_MAXIMUM

    op = one_of(
        DiffOp,
        "What changes the found words into the claimed ones; `insert`: in the claimed words only",
    )
    text = fields.String(metadata=described("The words of both sides", "We "))
    claimed = fields.String(metadata=described("The claimed words", "will "))
    found = fields.String(metadata=described("The words that were found", "will not "))
    elided = fields.Boolean(metadata=described("Words that the quotation's ellipsis openly omits"))

    @pre_dump
    def tell(self, part: DiffPart, **_: Any) -> dict[str, object]:
        if part.op is DiffOp.EQUAL and part.claimed == part.found:
            return {"op": part.op, "text": _ends(part.claimed, self.longest)}
        elided = {"elided": True} if part.elided else {}
        sides = {name: _ends(getattr(part, name), self.longest) for name in ("claimed", "found")}
        return {"op": part.op, **sides, **elided}


class MatchSchema(Shape):
    """A statement that contains the claimed words or similar ones."""

    statement = nested(StatementSchema, "The statement")
    wording = wording_field()
    attribution = attribution_field()
    similarity = _share("Share of words that both sides have in the same order", 0.93)
    diff: fields.Field[Any] = several(
        DiffPartSchema, "The claimed words compared with those found, in order"
    )
    flags = fields.List(
        fields.Enum(Flag, by_value=True),
        required=True,
        metadata=described("Differences that deserve attention, most serious first", ["negation"]),
    )
    claimed = nested(SpanSchema, "The stretch of the claimed quotation that was looked up")
    spans: fields.Field[Any] = several(SpanSchema, "Where the words are in the text of the source")
    normalizations = strings(
        "The normalizations needed for the words to match",
        ["quotation marks", "white space"],
    )
    truncated = fields.List(
        Cut("The first 1,000 characters", WORDS_SHOWN),
        required=True,
        metadata=described(
            "Omitted words of the same sentence that bear on the meaning",
            ["as long as the talks go on"],
        ),
    )


class StatementNameSchema(Shape):
    """A statement and its speaker."""

    id = string("Id of the statement", "s-5f0c2a9be1d4")
    speaker = nested(SpeakerSchema, "null if the speaker is unknown", allow_none=True)


class SightingSchema(Shape):
    """A statement, in short."""

    id = string("Id of the statement", "s-5f0c2a9be1d4")
    speaker = nested(SpeakerSchema, "null if the speaker is unknown", allow_none=True)
    source = nested(SourceReferenceSchema, "The source it is in")
    links = Derived(StatementLinksSchema, "Related links", statement_links)


class MentionSchema(SightingSchema):
    """A statement that has the quotation, in any wording."""

    part = "statement"
    direct = frozenset({"text", "wording", "origin", "reprint_of"})
    links = Derived(
        StatementLinksSchema,
        "Related links",
        lambda mention: statement_links(mention.statement),
    )
    text = Cut("Its words, the first 1,000 characters", WORDS_SHOWN)
    wording = wording_field()
    origin = count(
        "Numbers independent origins from 1: mentions of one origin share the text around the "
        "quotation, as reprints do, or nearly all of their text",
        1,
    )
    reprint_of = string(
        "Id of the source of an earlier mention that this mention's source reprints, if the text "
        "around the quotation does not show that already",
        allow_none=True,
    )


class VariantSchema(Shape):
    """One wording in circulation."""

    text = Cut("The wording of its first mention, the first 1,000 characters", WORDS_SHOWN)
    wording = wording_field()
    mentions = count("How many statements have it", 3)
    first = nested(SightingSchema, "The first of them")


class CirculationSchema(Shape):
    """A quotation over all sources, oldest first; sources without a year come last."""

    mentions = first_of(
        MentionSchema,
        MENTIONS_SHOWN,
        "The statements that have it, the first 20; the `cluster` of `first_seen` has all",
        lambda circulation: circulation.mentions,
    )
    variants = first_of(
        VariantSchema,
        MENTIONS_SHOWN,
        "The 20 oldest wordings; a difference in glyphs alone does not count",
        lambda circulation: circulation.variants,
    )


class InTextSchema(Shape):
    """An article that contains the words, but not as anybody's statement."""

    source = nested(SourceReferenceSchema, "The article")
    text = Cut("The words found, the first 1,000 characters", WORDS_SHOWN)
    span = nested(SpanSchema, "Where in its text")


class LookupSchema(Shape):
    """A query put to the index."""

    text = string("The words", "a new era of cooperation")
    share = _share("Statements sharing at least this fraction of the words were compared", 0.6)


class SearchedIndexSchema(Shape):
    """What was searched."""

    generation = string("Generation of the index; changes with every commit that changes anything")
    sources = count("Sources in it", 5)
    statements = count("Statements in it", 73)
    earliest = date("The earliest date that has a year", "2022-02-03", data_key="from")
    latest = date("The latest date that has a year", "2024-05-16", data_key="to")
    languages = strings("BCP 47 codes", ["en"])


class SearchedSchema(SearchedIndexSchema):
    """What a finding rests on, so that the search can be repeated."""

    queries = several(LookupSchema, "What was looked up")


class VerificationSchema(Shape):
    """What is known about a claimed quotation."""

    quote = string("The quotation, as in the request")
    speaker = string("The alleged speaker, as in the request", allow_none=True)
    speakers = first_of(
        SpeakerSchema,
        SPEAKERS_SHOWN,
        "The speakers that this name matches, at most 100",
        lambda one: one.speakers,
    )
    verdict = verdict_field()
    wording = wording_field()
    attribution = attribution_field()
    did_you_mean = several(
        SpeakerSchema, "Possible speakers, if `attribution` is `unresolved` because of the name"
    )
    best = nested(MatchSchema, "Where it was found; null if it was not", allow_none=True)
    in_text = nested(
        InTextSchema, "Where an article contains it outside any statement", allow_none=True
    )
    others = several(MatchSchema, "Other near matches, best first")
    pieces = several(
        MatchSchema,
        "For a quotation that no single statement contains: where its parts were found, in its "
        "order",
    )
    mentions = count("Statements that have it, in any wording", 4)
    independent_origins = count("How many of them are not reprints of another", 2)
    first_seen = nested(SightingSchema, "The first of them", allow_none=True)
    circulation = nested(CirculationSchema, "The first of them, and the wordings in circulation")
    normalizations = strings(
        "The normalizations needed for the words to match",
        ["quotation marks", "white space"],
    )
    known_checks = several(
        KnownCheckSchema,
        "Imported checks by others of this claim, or of one in nearly the same words; the "
        "findings above do not depend on them",
    )
    searched = nested(SearchedSchema, "What was searched")


class SpokenSchema(Schema):
    """A speaker to whom a quotation is attributed."""

    speaker = nested(SpeakerSchema, "The speaker")
    mentions = count("How often", 3)

    @pre_dump
    def name(self, pair: tuple[Speaker, int], **_: Any) -> dict[str, object]:
        return dict(zip(("speaker", "mentions"), pair, strict=True))


class ClusterLinksSchema(Shape):
    """Links of a cluster."""

    self = string("The cluster", "/clusters/s-5f0c2a9be1d4")


class ClusterSchema(Shape):
    """One quotation in all its wordings across sources, oldest first."""

    id = string(
        "Id of its first statement; the id of any of its statements leads here", "s-5f0c2a9be1d4"
    )
    speakers = several(
        SpokenSchema, "The speakers it is attributed to, most frequent first; at most 100"
    )
    mentions = several(MentionSchema, "One page of its statements")
    total = total()
    next = following()
    variants = several(VariantSchema, "Its wordings, the oldest 20")
    independent_origins = count("How many are not reprints of another", 2)
    first_seen = nested(SightingSchema, "The first")
    links = Derived(ClusterLinksSchema, "Related links", itself)
