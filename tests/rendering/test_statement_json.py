"""A pre-rendered statement is the JSON that the schema dumps."""

from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields

from service.api.answered.schemas import StatementSchema
from service.domain import (
    Attribution,
    Context,
    Excerpt,
    Form,
    Hit,
    PartialDate,
    SourceReference,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from service.rendering.statement_json import STATEMENT_JSON, StatementRendering
from service.rendering.statements import TEXT_SHOWN, HitSchema

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
spans = st.builds(Span, st.integers(0, 9), st.integers(9, 10**9))
several_spans = st.lists(spans | st.builds(Span, st.just(0), st.just(9)), max_size=3).map(tuple)
excerpts = st.none() | st.builds(Excerpt, text, spans)
persons = st.builds(Speaker, text, text, st.sampled_from(SpeakerKind))
groups = st.builds(
    Speaker, text, text, st.just(SpeakerKind.GROUP), st.lists(persons, max_size=2).map(tuple)
)
dates = st.sampled_from(["2022", "2022-02", "2022-02-03", "--02-03"]).map(PartialDate.parse)
sources = st.builds(
    SourceReference,
    text,
    st.none() | text,
    st.none() | text,
    st.none() | dates,
    st.none() | text,
    st.none() | text,
)
statements = st.builds(
    Statement,
    text,
    st.sampled_from(Form),
    text,
    several_spans,
    several_spans,
    st.none() | persons | groups,
    st.builds(Attribution, excerpts, excerpts, st.floats(0, 1), st.lists(text).map(tuple)),
    st.builds(Context, text, text),
    sources,
)


@given(statements, several_spans)
@settings(max_examples=150)
def test_rendering_is_what_the_schema_dumps(statement: Statement, highlights: Any) -> None:
    expected = Schema.dump(StatementSchema(), statement)
    assert expected.pop("is_cut") is False
    marked = [one for one in highlights if one.end <= TEXT_SHOWN]
    if marked:
        expected["highlights"] = [{"start": one.start, "end": one.end} for one in marked]
    assert STATEMENT_JSON(Hit(statement, highlights)) == orjson.dumps(expected)


def test_version_changes_with_what_is_written() -> None:
    class Renamed(HitSchema):
        form = fields.String(data_key="kind")

    versions = {StatementRendering(schema).version for schema in (None, HitSchema(), Renamed())}
    assert len(versions) == 2
    assert StatementRendering().version == STATEMENT_JSON.version
