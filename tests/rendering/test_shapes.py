"""Compiled shapes write what marshmallow would."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields

from service.api.answered.schemas import StatementSchema
from service.domain import Attribution, Excerpt, PartialDate, Span
from service.rendering.fields import Written
from service.rendering.shapes import Shape
from service.rendering.statements import AttributionSchema
from tests.api.conftest import meeting


@dataclass
class Thing:
    name: str | None
    size: int | None
    when: PartialDate | None
    flag: bool


class ThingShape(Shape):
    name = fields.String()
    size = fields.Integer(data_key="length")
    when = Written()
    flag = fields.Boolean()


@given(
    st.builds(
        Thing,
        st.none() | st.text(),
        st.none() | st.integers(),
        st.none() | st.builds(PartialDate, st.integers(1000, 9999)),
        st.booleans(),
    )
)
@settings(max_examples=50)
def test_object_is_written_as_marshmallow_does(thing: Thing) -> None:
    shape = ThingShape()
    assert shape.dump(thing) == Schema.dump(shape, thing)
    assert shape.dump([thing, thing], many=True) == Schema.dump(shape, [thing, thing], many=True)


excerpts = st.builds(Excerpt, st.text(), st.builds(Span, st.integers(0, 9), st.integers(9, 99)))


@given(
    st.builds(
        Attribution,
        st.none() | excerpts,
        st.none() | excerpts,
        st.floats(0, 1),
        st.lists(st.text()).map(tuple),
    )
)
@settings(max_examples=50)
def test_nested_objects_are_written_as_marshmallow_does(attribution: Attribution) -> None:
    shape = AttributionSchema()
    assert shape.dump(attribution) == Schema.dump(shape, attribution)


def test_what_a_mapping_lacks_is_left_out() -> None:
    shape = ThingShape()
    for present_keys in ({}, {"name": "a"}, {"size": None, "when": PartialDate(2022), "else": 1}):
        assert shape.dump(present_keys) == Schema.dump(shape, present_keys)


def test_optional_keys_without_content_are_left_out() -> None:
    class Sparse(ThingShape):
        optional = frozenset({"name", "when"})

    assert Sparse().dump(Thing("", 0, None, False)) == {"length": 0, "flag": False}
    assert Sparse().dump({"name": "a", "when": None}) == {"name": "a"}


def test_part_has_what_the_object_itself_has_not() -> None:
    @dataclass
    class Holder:
        thing: Thing
        flag: str

    class HolderShape(ThingShape):
        part = "thing"
        direct = frozenset({"flag"})
        flag = fields.String()

    held = Holder(Thing("a", 1, None, False), "own")
    assert HolderShape().dump(held) == {"name": "a", "length": 1, "when": None, "flag": "own"}


def test_keys_come_in_the_order_of_the_shape() -> None:
    written = StatementSchema().dump(meeting().statements[0])
    shown = [name for name in StatementSchema().dump_fields if name != "is_cut"]
    assert list(written) == shown
