"""Shapes of statements, their lists, and suggestions."""

import re
from functools import lru_cache
from urllib.parse import quote

from marshmallow import fields

from service.domain import CLAIM_FORMS, Act, Form, Hit, SourceType, Span, Statement
from service.rendering.fields import (
    Cut,
    Derived,
    IsLong,
    Rendered,
    boolean,
    count,
    described,
    following,
    nested,
    several,
    string,
    strings,
    total,
)
from service.rendering.fragments import passage_link
from service.rendering.pieces import pieces_of
from service.rendering.shapes import Shape
from service.rendering.sources import ExtractedSourceSchema, SourceReferenceSchema
from service.rendering.spans import ExcerptSchema, SpanSchema
from service.rendering.speakers import SpeakerSchema

TEXT_SHOWN = 20_000
"""Characters of a statement's text in an answer: a half-hour speech. Otherwise a list of two
hundred could have hundreds of megabytes if somebody indexes books."""


class AttributionSchema(Shape):
    """The words that attribute a statement to its speaker."""

    mention = nested(ExcerptSchema, "The words that name the speaker there", allow_none=True)
    cue = nested(ExcerptSchema, "The words that introduce the statement", allow_none=True)
    confidence = fields.Float(
        required=True,
        metadata=described(
            "The probability that these words are a statement, whoever the speaker",
            0.98,
            minimum=0,
            maximum=1,
        ),
    )
    via = strings(
        "The steps from the mention to the full name",
        ["Putin", "Russian President Vladimir Putin"],
    )


class CandidateSchema(Shape):
    """A speaker the mention may refer to."""

    speaker = nested(SpeakerSchema, "The speaker")
    chance = fields.Float(
        required=True, metadata=described("The probability", 0.4, minimum=0, maximum=1)
    )


class ContextSchema(Shape):
    """The text immediately before and after."""

    before = string("The text immediately before")
    after = string("The text immediately after")


class StatementLinksSchema(Shape):
    """Links of a statement."""

    self = string("The statement", "/quotes/s-5f0c2a9be1d4")
    source = string("The source it is in")
    page = string("Its place on the page of the source")
    cluster = string("The same quotation in other sources", "/clusters/s-5f0c2a9be1d4")
    original = fields.String(
        metadata=described(
            "Only if known: the words on the publisher's page, highlighted by the browser",
            "https://example.org/article#:~:text=a%20new%20era",
        )
    )


_SAFE_ID = re.compile(r"[A-Za-z0-9_.~-]+")


@lru_cache(1 << 12)
def _source_path(source_id: str) -> str:
    # quoting ids that need none took a tenth of the time of a page
    return f"/sources/{source_id if _SAFE_ID.fullmatch(source_id) else quote(source_id, safe='')}"


def statement_links(statement: Statement) -> dict[str, str]:
    collection = "claims" if statement.form in CLAIM_FORMS else "quotes"
    source = _source_path(statement.source.id)
    links = {
        "self": f"/{collection}/{statement.id}",
        "source": source,
        "page": f"{source}#{statement.id}",
        "cluster": f"/clusters/{statement.id}",
    }
    original = original_of(statement)
    return links if original is None else {**links, "original": original}


def original_of(statement: Statement) -> str | None:
    """A link to the words on the publisher's page, highlighted by the browser; None without a
    page."""
    if statement.source.url is None:  # the usual case; links are made for every statement
        return None
    return passage_link(statement.source.url, (words for _, words in pieces_of(statement)))


class ExtractedStatementSchema(Shape):
    """One attributed stretch of content of a text that is not stored, and so has no links."""

    id = string("Derived from the source's id and the spans", "s-5f0c2a9be1d4")
    form = fields.Enum(
        Form,
        by_value=True,
        required=True,
        metadata=described(
            "`direct`: all of it quoted; `mixed`: reported with quoted words in it; "
            "`indirect`: the reporter's own words"
        ),
    )
    text = string('Its words; pieces are joined with " […] "')
    spans = several(SpanSchema, "Its pieces in the source's text, outer quotation marks left out")
    quoted = several(SpanSchema, "The stretches between quotation marks: the speaker's own words")
    speaker = nested(SpeakerSchema, "null if the speaker is unknown", allow_none=True)
    attribution = nested(AttributionSchema, "The words that attribute it")
    act = fields.Enum(
        Act,
        by_value=True,
        required=True,
        metadata=described(
            "`speech`: said, written, or shown by a text or data; `attitude`: thought, wanted, "
            "planned, supported, refused"
        ),
    )
    denied = boolean(
        'The source says that the words were never uttered ("she denied saying ..."); `speaker` is '
        "whose they would be"
    )
    on_behalf_of = nested(
        SpeakerSchema,
        'The body for which an unnamed person speaks ("a White House official"); '
        "`speaker` is then null",
        allow_none=True,
    )
    relayed_by = nested(
        SpeakerSchema,
        'The person through whom the source has it ("X quoted Y as saying", '
        '"X said Y had told him"); '
        "`speaker` is Y",
        allow_none=True,
    )
    speaker_confidence = fields.Float(
        required=True,
        metadata=described(
            (
                "The probability that `speaker` is right, independent of "
                "`attribution.confidence`: of those with 0.9, nine in ten are; 0 if `speaker` is "
                "null"
            ),
            0.97,
            minimum=0,
            maximum=1,
        ),
    )
    candidates = several(
        CandidateSchema,
        (
            "Up to three speakers the mention may refer to, most likely first, if `speaker` is "
            "null or doubtful"
        ),
    )
    source_type = fields.Enum(
        SourceType,
        by_value=True,
        required=True,
        allow_none=True,
        metadata=described("The kind of source; null if unknown"),
    )
    title = nested(
        ExcerptSchema,
        'The words with which the article introduces the speaker ("professor of law at Yale")',
        allow_none=True,
    )
    context = nested(ContextSchema, "The text around it")
    source = nested(SourceReferenceSchema, "The source it is in")


TEXT = Cut(
    'Its words, at most 20,000 characters; pieces are joined with " […] "',
    TEXT_SHOWN,
)


class StatementSchema(ExtractedStatementSchema):
    """One attributed stretch of content: what somebody is reported to have said or written."""

    optional = frozenset({"is_cut"})
    text = TEXT
    is_cut = IsLong(
        "Present only if true: the text is shortened; the source has all of it at `spans`",
        TEXT_SHOWN,
        attribute="text",
    )
    links = Derived(StatementLinksSchema, "Related links", statement_links)


def _highlights(hit: Hit) -> list[Span]:
    """The highlights within the part of the text that is shown."""
    return [span for span in hit.highlights if span.end <= TEXT_SHOWN]


class HitSchema(StatementSchema):
    """A statement in a list; `highlights` only if it contains words of `q`."""

    part = "statement"
    direct = frozenset({"highlights"})
    optional = frozenset({"highlights", "is_cut"})
    links = Derived(
        StatementLinksSchema, "Related links", lambda hit: statement_links(hit.statement)
    )
    highlights = Derived(
        SpanSchema, "Where the words of `q` are in `text`", _highlights, required=False, many=True
    )


class FacetCountSchema(Shape):
    """How many statements have a value."""

    optional = frozenset({"label"})
    value = string("The value, as the parameter takes it", "TASS")
    count = count("The number of statements with it", 9)
    label = fields.String(metadata=described("The speaker's name", "Vladimir Putin"))


class StatementPageSchema(Shape):
    """One page of statements."""

    optional = frozenset({"did_you_mean"})
    items = Rendered(HitSchema, "The statements")
    total = total()
    next = following()
    facets = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.Nested(FacetCountSchema)),
        required=True,
        metadata=described("Counts over all pages, for each requested facet"),
    )
    speakers = several(
        SpeakerSchema, "The speakers that `speaker` matched, at most 100; all are at `/speakers?q=`"
    )
    did_you_mean = fields.String(
        metadata=described(
            "If nothing was found: a `q` that finds something, its misspelt words replaced",
            "friendship",
        )
    )


class ExtractionSchema(Shape):
    """The statements in a text that is not stored."""

    source = nested(ExtractedSourceSchema, "What is known about the text")
    statements = Rendered(ExtractedStatementSchema, "In reading order")


class SuggestionSchema(Shape):
    """A name or a word that starts with the given letters."""

    optional = frozenset({"id"})
    text = string("The name or word", "Vladimir Putin")
    kind = string("`speaker` or `word`", "speaker")
    count = count("The number of statements with it", 42)
    id = fields.String(metadata=described("The speaker's id", "vladimir-putin"))


class SuggestionsSchema(Shape):
    """Names and words while typing."""

    items = several(SuggestionSchema, "The most frequent first")
