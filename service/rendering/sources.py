"""Shapes of sources, in a statement and whole."""

from urllib.parse import quote, urlencode

from marshmallow import fields

from service.domain import Provenance, SourceReference, SourceSummary
from service.rendering.fields import (
    Derived,
    Written,
    date,
    described,
    following,
    itself,
    nested,
    several,
    string,
    total,
)
from service.rendering.shapes import Shape
from service.rendering.spans import SpanSchema
from service.rendering.speakers import CountsSchema


class SourceReferenceSchema(Shape):
    """What a statement says about the source it is in."""

    id = string("The same on every machine")
    title = string("Headline", allow_none=True)
    publisher = string("Who published it", "TASS", allow_none=True)
    published = date(
        "As precise as the source gives it: 2022, 2022-02, 2022-02-03, or --02-03 without a year",
        "2022-02-03",
    )
    url = string("Where it was published", allow_none=True)
    language = string("BCP 47 code", "en", allow_none=True)


class AttestedSchema(Shape):
    """A metadata value and where it came from."""

    value = Written(required=True, metadata=described("The value", "TASS"))
    provenance = fields.Enum(
        Provenance,
        by_value=True,
        required=True,
        metadata=described("`declared` beside the text, or `inferred` from it"),
    )
    span = nested(SpanSchema, "Where it was inferred from", allow_none=True)
    field = string("The field of the original that declares it", "og:title", allow_none=True)


class SourceLinksSchema(Shape):
    """Where to go from a source."""

    self = string("The source")
    text = string("Its text, which all spans count in")
    quotes = string("Its quotations")
    claims = string("Its reported speech")
    page = string("The source, for people")


def source_links(summary: SourceSummary) -> dict[str, str]:
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


class ExtractedSourceSchema(Shape):
    """A source that is not kept: it has no links. Every value says where it came from."""

    part = "source"
    id = string("The same on every machine")
    title = _attested("Headline")
    publisher = _attested("Who published it")
    published = _attested("As precise as the source gives it")
    place = _attested("Where it was written, from the dateline")
    url = _attested("Where it was published")
    language = _attested("BCP 47 code")
    authors = several(AttestedSchema, "Who wrote it")
    editors = several(AttestedSchema, "Who edited it")
    urls = several(AttestedSchema, "URLs in the text")
    metadata = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata=described("Everything else that was declared about it, unchanged"),
    )
    sha256 = string("Of the text in UTF-8")
    counts = Derived(CountsSchema, "The number of its statements", itself)


class SourceSchema(ExtractedSourceSchema):
    """The document statements are in; every value says where it came from."""

    links = Derived(SourceLinksSchema, "Related links", source_links)


def _origin(summary: SourceSummary) -> SourceReference | None:
    """The earliest itself has none."""
    first = next(iter(summary.reprints), None)
    return None if first is None or first.id == summary.source.id else first


def _others(summary: SourceSummary) -> list[SourceReference]:
    return [one for one in summary.reprints if one.id != summary.source.id]


class ReprintedSourceSchema(SourceSchema):
    """A source, and those of nearly the same text."""

    reprint_of = Derived(
        SourceReferenceSchema,
        "The earliest source of nearly the same text",
        _origin,
        allow_none=True,
    )
    reprints = Derived(
        SourceReferenceSchema,
        "All other sources of nearly the same text, the earliest first; at most 49",
        _others,
        many=True,
    )


class SourcePageSchema(Shape):
    """One page of sources."""

    items = several(SourceSchema, "The sources, newest first; those without a year last")
    total = total()
    next = following()
