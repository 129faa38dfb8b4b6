"""Shapes of sources, within a statement and complete."""

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
    """The part of a source that every statement shows."""

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
    """A metadata value with its provenance."""

    value = Written(required=True, metadata=described("The value", "TASS"))
    provenance = fields.Enum(
        Provenance,
        by_value=True,
        required=True,
        metadata=described("`declared` alongside the text, or `inferred` from it"),
    )
    span = nested(SpanSchema, "Where it was inferred from", allow_none=True)
    field = string("The field of the original that declares it", "og:title", allow_none=True)


class SourceLinksSchema(Shape):
    """Links of a source."""

    self = string("The source")
    text = string("Its text, to which all spans refer")
    quotes = string("Its quotations")
    claims = string("Its reported speech")
    page = string("The source as a page for people")


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
    """A source that is not stored, and so has no links. Every value has its provenance."""

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
        metadata=described("All other declared values, unchanged"),
    )
    sha256 = string("SHA-256 of the text in UTF-8")
    counts = Derived(CountsSchema, "The number of its statements", itself)


class SourceSchema(ExtractedSourceSchema):
    """A document with statements in it; every value has its provenance."""

    links = Derived(SourceLinksSchema, "Related links", source_links)


def _origin(summary: SourceSummary) -> SourceReference | None:
    """None for the earliest itself."""
    first = next(iter(summary.reprints), None)
    return None if first is None or first.id == summary.source.id else first


def _others(summary: SourceSummary) -> list[SourceReference]:
    return [one for one in summary.reprints if one.id != summary.source.id]


class ReprintedSourceSchema(SourceSchema):
    """A source, and the sources with nearly the same text."""

    reprint_of = Derived(
        SourceReferenceSchema,
        "The earliest source with nearly the same text",
        _origin,
        allow_none=True,
    )
    reprints = Derived(
        SourceReferenceSchema,
        "All other sources with nearly the same text, earliest first; at most 49",
        _others,
        many=True,
    )


class SourcePageSchema(Shape):
    """One page of sources."""

    items = several(SourceSchema, "The sources, newest first; those without a year last")
    total = total()
    next = following()
