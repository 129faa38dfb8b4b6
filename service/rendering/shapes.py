"""Shapes: schemas of answers, compiled at first use into plain functions.

marshmallow walks every field of every object each time, which took two thirds of the time of a page
of statements; the schema compiled to one Python expression is thirteen times as fast. marshmallow
still defines what fields are, and handles every type of field that is unknown here.
"""

from collections.abc import Callable, Container, Iterable
from functools import cached_property, lru_cache, partial
from typing import Any, ClassVar

from marshmallow import Schema, fields

from service.rendering.fields import Cut, Derived, HowMany, IsLong, Written

Convert = Callable[[Any], Any]
Write = Callable[[Any], dict[str, Any]]


class Shape(Schema):
    """The shape of an answer; nested values are objects with attributes.

    ``optional`` keys are omitted if empty. ``part`` names the attribute that holds what the shape
    shows, except for the keys in ``direct``, which belong to the object itself.
    """

    optional: ClassVar[frozenset[str]] = frozenset()
    part: ClassVar[str] = ""
    direct: ClassVar[frozenset[str]] = frozenset()

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        """``obj`` as JSON values; text and numbers are passed through."""
        if self.many if many is None else many:
            return [self.write(one) for one in obj]
        return self.write(obj)

    def write(self, obj: Any) -> dict[str, Any]:
        kind = tuple(obj) if isinstance(obj, dict) else type(obj)
        write = self._writers.get(kind)
        if write is None:
            write = self._writers[kind] = _writer(self, obj)
        return write(obj)

    @cached_property
    def _writers(self) -> dict[object, Write]:
        """Writers by type; for dictionaries, which views make, by their keys."""
        return {}


def _writer(shape: Shape, like: Any) -> Write:
    """The shape compiled into one expression: nothing is looked up or decided per object."""
    names: dict[str, Any] = {}
    written = (
        _of_keys(shape, like, names) if isinstance(like, dict) else _expression(shape, "one", names)
    )
    write: Write = eval(f"lambda one: {written}", names)
    return write


def _of_keys(shape: Shape, present: Container[str], names: dict[str, Any]) -> str:
    """A Python expression for ``one``, a dictionary; missing keys are omitted."""
    entries = (
        f"{_key(name, field)!r}: {_or_none(field, f'one[{field.attribute or name!r}]', names)}"
        for name, field in shape.dump_fields.items()
        if (field.attribute or name) in present
    )
    return _object(shape, entries, names)


def _expression(shape: Shape, holder: str, names: dict[str, Any]) -> str:
    """A Python expression that serialises the object that the expression ``holder`` evaluates to.

    Functions it calls are added to ``names``.
    """
    entries = (
        f"{_key(name, field)!r}: {_value_expression(shape, name, field, holder, names)}"
        for name, field in shape.dump_fields.items()
    )
    return _object(shape, entries, names)


def _object(shape: Shape, entries: Iterable[str], names: dict[str, Any]) -> str:
    written = "{" + ", ".join(entries) + "}"
    if not shape.optional:
        return written
    return f"{_named(_leave_out, names)}({written}, {_named(shape.optional, names)})"


def _value_expression(
    shape: Shape, name: str, field: Any, holder: str, names: dict[str, Any]
) -> str:
    if isinstance(field, Derived):
        derived = f"{_named(field.derive, names)}({holder})"
        if field.allow_none:
            return f"{_named(partial(_unless_none, _nested(field)), names)}({derived})"
        return f"{_named(_nested(field), names)}({derived})"
    inside = holder if not shape.part or name in shape.direct else f"{holder}.{shape.part}"
    return _or_none(field, f"{inside}.{field.attribute or name}", names)


def _or_none(field: Any, value: str, names: dict[str, Any]) -> str:
    converted = _converted(field, value, names)
    return value if converted == value else f"None if {value} is None else {converted}"


def _converted(field: Any, value: str, names: dict[str, Any]) -> str:
    """An expression for ``value``, which is not None, as a JSON value."""
    kind = type(field)
    if kind is fields.Nested and isinstance(field.schema, Shape) and not field.schema.many:
        return _expression(field.schema, value, names)
    if kind is fields.List:
        member = f"one{len(value)}"  # longer than the name in any enclosing list
        return f"[{_converted(field.inner, member, names)} for {member} in {value}]"
    converter = _converter(field)
    return value if converter is None else f"{_named(converter, names)}({value})"


def _named(value: Any, names: dict[str, Any]) -> str:
    name = f"known{len(names)}"
    names[name] = value
    return name


def _key(name: str, field: Any) -> str:
    return field.data_key or name


def _converter(field: Any) -> Convert | None:
    """None if the value is already JSON, as enums of strings are."""
    kind = type(field)
    if kind in (fields.String, fields.Integer, fields.Float, fields.Boolean):
        return None
    if kind is fields.Enum and issubclass(field.enum, str) and field.by_value:
        return None
    if kind is Written:
        return _written
    if isinstance(field, Cut | HowMany | IsLong):
        return field.convert
    if kind in (fields.Nested, Derived):
        return _nested(field)
    if kind is fields.Dict:  # of facets, which few lists request
        return lambda value: field._serialize(value, field.name, None) if value else {}
    return lambda value: field._serialize(value, field.name, None)


# many statements share few dates; typed, because 1 and True are the same key
_written = lru_cache(1 << 12, typed=True)(str)


def _nested(field: fields.Nested) -> Convert:
    schema = field.schema
    return schema.write if isinstance(schema, Shape) and not schema.many else schema.dump


def _unless_none(convert: Convert, value: Any) -> Any:
    return None if value is None else convert(value)


def _leave_out(written: dict[str, Any], optional: frozenset[str]) -> dict[str, Any]:
    for key in optional:
        if key in written and not written[key]:
            del written[key]
    return written
