"""Bounded: checks an export against the limits that reading and extraction observe.

An export may be forged; one quotation of a million pieces would slow every query that finds it.
"""

from collections.abc import Iterator, Sequence

import msgspec

from service.bounds import (
    ADDRESSES_MAXIMUM,
    AUTHORS_MAXIMUM,
    BESIDE_MAXIMUM,
    LINKS_MAXIMUM,
    METADATA_MAXIMUM,
    NAMES_MAXIMUM,
    PIECES_MAXIMUM,
    QUOTED_MAXIMUM,
    TEXT_MAXIMUM,
    VALUE_MAXIMUM,
)
from service.domain import AnnotatedSource, Source, Statement

IDENTIFIER_MAXIMUM = 200
"""Characters of an id; a declared one has at most half of this."""

_encode = msgspec.json.Encoder().encode


def excess(annotated: AnnotatedSource) -> str | None:
    """A message naming the first limit that is exceeded; None if none is."""
    for what, size, most in _sizes(annotated.source):
        if size > most:
            return f"its source has {size:,} {what}; the limit is {most:,}"
    for statement in annotated.statements:
        for what, size, most in _sizes_of(statement):
            if size > most:
                return f"statement {statement.id} has {size:,} {what}; the limit is {most:,}"
    return None


Sizes = Iterator[tuple[str, int, int]]


def _sizes(source: Source) -> Sizes:
    yield "characters of text", len(source.text), TEXT_MAXIMUM
    yield "characters of id", len(source.id), IDENTIFIER_MAXIMUM
    for name in ("title", "publisher", "place", "url", "language"):
        value = getattr(source, name)
        if value is not None:
            yield f"characters of {name}", len(value.value), VALUE_MAXIMUM
    names: Sequence[tuple[str, Sequence[str], int, int]] = (
        ("authors", [one.value for one in source.authors], AUTHORS_MAXIMUM, NAMES_MAXIMUM),
        ("editors", [one.value for one in source.editors], AUTHORS_MAXIMUM, NAMES_MAXIMUM),
        ("links", [one.value for one in source.urls], LINKS_MAXIMUM, ADDRESSES_MAXIMUM),
    )
    for name, values, most, together in names:
        yield name, len(values), most
        yield f"characters of {name}", sum(map(len, values)), together
    yield "bytes of metadata", len(_encode(source.metadata)), METADATA_MAXIMUM + VALUE_MAXIMUM


def _sizes_of(statement: Statement) -> Sizes:
    yield "pieces", len(statement.spans), PIECES_MAXIMUM
    yield "quoted stretches", len(statement.quoted), QUOTED_MAXIMUM
    beside = len(_encode(statement)) - len(_encode(statement.text))
    yield "bytes beside its words", beside, BESIDE_MAXIMUM
