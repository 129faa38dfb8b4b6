"""A record gives back what was stored in it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import (
    Act,
    Attested,
    Attribution,
    Context,
    Excerpt,
    Form,
    PartialDate,
    Provenance,
    Source,
    SourceReference,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from service.errors import InvalidInput
from service.index.records import (
    SourceRecord,
    pack_source,
    pack_statement,
    unpack_source,
    unpack_statement,
)

texts = st.text(st.characters(codec="utf-8"), max_size=20)
maybe_texts = st.none() | texts
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda two: Span(*sorted(two)))
many_spans = st.lists(spans, max_size=3).map(tuple)


def partial(day, precision):
    year, month, number = day.year, day.month, day.day
    return {
        0: PartialDate(year),
        1: PartialDate(year, month),
        2: PartialDate(year, month, number),
        3: PartialDate(None, month, number),
    }[precision]


dates = st.builds(partial, st.dates(datetime.date(1, 1, 1)), st.integers(0, 3))
people = st.builds(Speaker, texts, texts, st.sampled_from(SpeakerKind))
speakers = people | st.builds(
    Speaker, texts, texts, st.just(SpeakerKind.GROUP), st.lists(people, max_size=3).map(tuple)
)
excerpts = st.none() | st.builds(Excerpt, texts, spans)
references = st.builds(
    SourceReference, texts, maybe_texts, maybe_texts, st.none() | dates, maybe_texts, maybe_texts
)
statements = st.builds(
    Statement,
    id=texts,
    form=st.sampled_from(Form),
    text=texts,
    spans=many_spans,
    quoted=many_spans,
    speaker=st.none() | speakers,
    attribution=st.builds(
        Attribution, excerpts, excerpts, st.floats(0, 1), st.lists(texts, max_size=3).map(tuple)
    ),
    context=st.builds(Context, texts, texts),
    source=references,
    act=st.sampled_from(Act),
    denied=st.booleans(),
    relayed_by=st.none() | speakers,
)


def attested(values):
    return st.builds(Attested, values, st.sampled_from(Provenance), st.none() | spans)


maybe_attested = st.none() | attested(texts)
several = st.lists(attested(texts), max_size=2).map(tuple)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
sources = st.builds(
    Source,
    id=texts,
    text=texts,
    origin=texts,
    title=maybe_attested,
    publisher=maybe_attested,
    published=st.none() | attested(dates),
    place=maybe_attested,
    url=maybe_attested,
    language=maybe_attested,
    authors=several,
    editors=several,
    urls=several,
    metadata=st.dictionaries(texts, json_values, max_size=3),
)


@given(statements)
def test_statement_survives(statement):
    assert unpack_statement(pack_statement(statement)) == statement


@given(sources, texts, st.tuples(*3 * [st.integers(0, 99)]))
def test_source_survives(source, fingerprint, counts):
    record = SourceRecord(source, fingerprint, sum(counts), *counts)
    assert unpack_source(pack_source(record)) == record


@given(statements, st.data())
def test_damaged_record_is_an_error_or_another_statement(statement, data):
    record = bytearray(pack_statement(statement))
    record[data.draw(st.integers(0, len(record) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        assert isinstance(unpack_statement(bytes(record)), Statement)
    except ValueError as error:
        assert str(error)


def test_what_no_json_can_hold_is_an_error_that_names_the_source():
    for source in (
        Source("s1", "half a character: \ud800", "a.txt"),
        Source("s1", "text", "a.txt", metadata={"number": 10**30}),
    ):
        with pytest.raises(InvalidInput, match="s1"):
            pack_source(SourceRecord(source, "f", 0, 0, 0, 0))
