"""Schemas: every JSON shape the API answers with, written once.

They dump the domain's own types; keys come in the order they are declared in. What a query or
a body may say is in parameters.py.
"""

from typing import Any
from urllib.parse import quote, urlencode

from marshmallow import Schema, fields

from service.api.fields import (
    Derived,
    Sparse,
    count,
    described,
    nested,
    several,
    string,
    strings,
)
from service.domain import (
    CLAIM_FORMS,
    Form,
    Hit,
    Provenance,
    SourceSummary,
    SpeakerKind,
    SpeakerSummary,
    Statement,
)


class SpanSchema(Schema):
    """Half-open, in Unicode code points of the source's text."""

    start = count("First code point", 1045)
    end = count("One after the last code point", 1283)


class ExcerptSchema(Schema):
    """Words of the source and where they stand in it."""

    text = string("The words", "said")
    start = count("First code point", 1292, attribute="span.start")
    end = count("One after the last code point", 1296, attribute="span.end")


class MemberSchema(Schema):
    """A speaker who is no group."""

    id = string("The same in every source", "vladimir-putin")
    name = string("The full name", "Vladimir Putin")
    kind = fields.Enum(
        SpeakerKind, by_value=True, required=True, metadata=described("What the speaker is")
    )


class SpeakerSchema(Sparse, MemberSchema):
    """Whom a mention means. A group ("Putin and Xi") has `members`; nobody else has."""

    optional = frozenset({"members"})
    members = fields.List(fields.Nested(MemberSchema), metadata=described("Who is in the group"))


class AttributionSchema(Schema):
    """Who is named, and how."""

    mention = nested(ExcerptSchema, "The words that name the speaker there", allow_none=True)
    cue = nested(ExcerptSchema, "The words that announce the statement", allow_none=True)
    confidence = fields.Float(
        required=True,
        metadata=described(
            "How sure statement and speaker are together", 0.98, minimum=0, maximum=1
        ),
    )
    via = strings(
        "The steps from the mention to the full name",
        ["Putin", "Russian President Vladimir Putin"],
    )


class ContextSchema(Schema):
    """The text right before and right after."""

    before = string("The text right before")
    after = string("The text right after")


class SourceReferenceSchema(Schema):
    """What a statement says about the source it stands in."""

    id = string("The same on every machine")
    title = string("Headline", allow_none=True)
    publisher = string("Who published it", "TASS", allow_none=True)
    published = string(
        "As precise as the source gives it: 2022, 2022-02, 2022-02-03, or --02-03 without a year",
        "2022-02-03",
        allow_none=True,
    )
    url = string("Where it was published", allow_none=True)
    language = string("BCP 47 code", "en", allow_none=True)


class StatementLinksSchema(Schema):
    """Where to go from a statement."""

    self = string("The statement", "/quotes/s-5f0c2a9be1d4")
    source = string("The source it stands in")
    page = string("The place in the source")


class ExtractedStatementSchema(Schema):
    """One attributed stretch of content of a text that is not kept: it has no links."""

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
    text = string('The words that stand there; pieces are joined with " […] "')
    spans = several(SpanSchema, "Its pieces in the source's text, outer quotation marks left out")
    quoted = several(SpanSchema, "What stands between quotation marks: the speaker's own words")
    speaker = nested(SpeakerSchema, "null where nothing settles who spoke", allow_none=True)
    attribution = nested(AttributionSchema, "Who is named, and how")
    context = nested(ContextSchema, "The text around it")
    source = nested(SourceReferenceSchema, "The source it stands in")


def _itself(summary: Any) -> Any:
    return summary


def _statement_links(statement: Statement) -> dict[str, str]:
    collection = "claims" if statement.form in CLAIM_FORMS else "quotes"
    source = f"/sources/{quote(statement.source.id, safe='')}"
    return {
        "self": f"/{collection}/{statement.id}",
        "source": source,
        "page": f"{source}#{statement.id}",
    }


class StatementSchema(ExtractedStatementSchema):
    """One attributed stretch of content: what somebody is reported to have said or written."""

    links = Derived(StatementLinksSchema, "Where to go from here", _statement_links)


class HitSchema(Sparse, StatementSchema):
    """A statement as a list has it; `highlights` only where words of `q` stand in it."""

    optional = frozenset({"highlights"})
    links = Derived(
        StatementLinksSchema, "Where to go from here", lambda hit: _statement_links(hit.statement)
    )
    highlights = fields.List(
        fields.Nested(SpanSchema), metadata=described("Where the words of `q` stand in `text`")
    )

    def get_attribute(self, obj: Hit, attr: str, default: Any) -> Any:
        holder = obj if attr == "highlights" else obj.statement
        return super().get_attribute(holder, attr, default)


class FacetCountSchema(Sparse):
    """How many statements have a value."""

    optional = frozenset({"label"})
    value = string("The value, as the parameter takes it", "TASS")
    count = count("Statements that have it", 9)
    label = fields.String(metadata=described("The speaker's name", "Vladimir Putin"))


def _total() -> fields.Integer:
    return count("How many there are on all pages", 42)


def _next() -> fields.String:
    return string("Path of the next page; null on the last", allow_none=True)


class StatementPageSchema(Schema):
    """One page of statements."""

    items = several(HitSchema, "The statements")
    total = _total()
    next = _next()
    facets = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.Nested(FacetCountSchema)),
        required=True,
        metadata=described("Counts over all pages, for each facet that was asked for"),
    )
    speakers = several(SpeakerSchema, "Whom `speaker` meant")


class CountsSchema(Schema):
    """How many statements there are."""

    quotes = count("Direct and mixed ones", 7)
    claims = count("Indirect ones", 4)


class SpeakerLinksSchema(Schema):
    """Where to go from a speaker."""

    self = string("The speaker", "/speakers/vladimir-putin")
    quotes = string("Quotations", "/speakers/vladimir-putin/quotes")
    claims = string("Reported speech", "/speakers/vladimir-putin/claims")


def _speaker_links(summary: SpeakerSummary) -> dict[str, str]:
    path = f"/speakers/{quote(summary.speaker.id, safe='')}"
    return {"self": path, "quotes": f"{path}/quotes", "claims": f"{path}/claims"}


class SpeakerSummarySchema(Sparse):
    """A speaker over all sources: under which names and descriptions, how often, when."""

    optional = frozenset({"members"})
    id = string("The same in every source", "vladimir-putin", attribute="speaker.id")
    name = string("The full name", "Vladimir Putin", attribute="speaker.name")
    kind = fields.Enum(
        SpeakerKind,
        by_value=True,
        required=True,
        attribute="speaker.kind",
        metadata=described("What the speaker is"),
    )
    members = fields.List(
        fields.Nested(MemberSchema),
        attribute="speaker.members",
        metadata=described("Who is in the group"),
    )
    aliases = strings("Other names it goes by", ["Putin", "President Putin"])
    descriptions = strings("What it was called instead of a name", ["the Russian leader"])
    wikidata = string("Wikidata id, where one was declared", "Q7747", allow_none=True)
    counts = Derived(CountsSchema, "How many statements there are", _itself)
    first = string("Date of the first statement", "2022-02-03", allow_none=True)
    last = string("Date of the last statement", "2024-05-16", allow_none=True)
    links = Derived(SpeakerLinksSchema, "Where to go from here", _speaker_links)


class SpeakerPageSchema(Schema):
    """One page of speakers."""

    items = several(SpeakerSummarySchema, "The speakers")
    total = _total()
    next = _next()


class AttestedSchema(Schema):
    """A metadata value and where it came from."""

    value = string("The value", "TASS")
    provenance = fields.Enum(
        Provenance,
        by_value=True,
        required=True,
        metadata=described("`declared` beside the text, or `inferred` from it"),
    )
    span = nested(SpanSchema, "Where it was inferred from", allow_none=True)


class SourceLinksSchema(Schema):
    """Where to go from a source."""

    self = string("The source")
    text = string("Its text, which all spans count in")
    quotes = string("Its quotations")
    claims = string("Its reported speech")
    page = string("The source, for people")


def _source_links(summary: SourceSummary) -> dict[str, str]:
    path = f"/sources/{quote(summary.source.id, safe='')}"
    return {
        "self": path,
        "text": f"{path}/text",
        "quotes": f"{path}/quotes",
        "claims": f"/claims?{urlencode({'source': summary.source.id})}",
        "page": path,
    }


def _attested(description: str) -> fields.Nested:
    return nested(AttestedSchema, description, allow_none=True)


class ExtractedSourceSchema(Schema):
    """A source that is not kept: it has no links. Every value says where it came from."""

    id = string("The same on every machine")
    title = _attested("Headline")
    publisher = _attested("Who published it")
    published = _attested("As precise as the source gives it")
    place = _attested("Where it was written, from the dateline")
    url = _attested("Where it was published")
    language = _attested("BCP 47 code")
    authors = several(AttestedSchema, "Who wrote it")
    editors = several(AttestedSchema, "Who edited it")
    urls = several(AttestedSchema, "Addresses that stand in the text")
    metadata = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata=described("What else was declared about it, as it was"),
    )
    sha256 = string("Of the text in UTF-8")
    counts = Derived(CountsSchema, "How many statements it has", _itself)

    def get_attribute(self, obj: SourceSummary, attr: str, default: Any) -> Any:
        return super().get_attribute(obj.source, attr, default)


class SourceSchema(ExtractedSourceSchema):
    """The document statements stand in; every value says where it came from."""

    links = Derived(SourceLinksSchema, "Where to go from here", _source_links)


class SourcePageSchema(Schema):
    """One page of sources."""

    items = several(SourceSchema, "The sources, newest first; those without a year last")
    total = _total()
    next = _next()


class ExtractionSchema(Schema):
    """What stands in a text that is not kept."""

    source = nested(ExtractedSourceSchema, "What is known about the text")
    statements = several(ExtractedStatementSchema, "In reading order")


class SuggestionSchema(Sparse):
    """A name or a word that begins like this."""

    optional = frozenset({"id"})
    text = string("The name or word", "Vladimir Putin")
    kind = string("`speaker` or `word`", "speaker")
    count = count("Statements that have it", 42)
    id = fields.String(metadata=described("The speaker's id", "vladimir-putin"))


class SuggestionsSchema(Schema):
    """Names and words while typing."""

    items = several(SuggestionSchema, "The most frequent first")


class ProblemErrorSchema(Schema):
    """One thing that is wrong."""

    parameter = string("The parameter, or the key of the body", "speker")
    detail = string("What is wrong and what would be right")


class ProblemSchema(Schema):
    """What went wrong, after RFC 9457."""

    type = string("A kind of problem: an address under /docs, or about:blank", "about:blank")
    title = string("The kind in words", "Not Found")
    status = fields.Integer(required=True, metadata=described("The HTTP status", 404))
    detail = string("What was wrong with this request, and what would have been right")
    instance = string("The path that was asked for", "/quotes/s-000000000000")
    errors = fields.List(
        fields.Nested(ProblemErrorSchema), metadata=described("Each thing that was wrong")
    )


class HealthSchema(Schema):
    """The process answers."""

    status = string("`ok`", "ok")


class StatisticsSchema(Schema):
    """What the index holds."""

    generation = string("Changes with every commit that changed anything")
    sources = count("Sources", 5)
    quotes = count("Direct and mixed statements", 42)
    claims = count("Indirect statements", 19)
    speakers = count("Speakers", 12)
    earliest = string("The earliest date of a source", "2022-02-03", allow_none=True)
    latest = string("The latest date of a source", "2024-05-16", allow_none=True)
    languages = strings("BCP 47 codes", ["en"])


class ReadinessSchema(Schema):
    """The index can be asked."""

    status = string("`ready`", "ready")
    index = nested(StatisticsSchema, "What the index holds")


class CallSchema(Schema):
    """One call to try."""

    call = string("Method and path", "GET /quotes?speaker=Putin")
    answers = string("What it answers")


class EntranceSchema(Schema):
    """What there is."""

    name = string("The service's name", "On Record")
    version = string("Its version")
    purpose = string("What it is for")
    index = nested(StatisticsSchema, "What the index holds; null without one", allow_none=True)
    calls = several(CallSchema, "Calls to try")
    links = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata=described("Where to go from here"),
    )
