"""Shapes: schemas of answers, compiled at first use into plain functions.

marshmallow walks every field of every object anew, which made four fifths of a page of
statements' time; the same schema compiled writes it twelve times as fast (python -m bench.http).
What a field is and means stays marshmallow's, and so does every field of a kind unknown here.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar

from marshmallow import Schema, fields

from service.api.fields import Derived, Written

Convert = Callable[[Any], Any]
Write = Callable[[Any], dict[str, Any]]


class Shape(Schema):
    """What an answer looks like.

    ``optional`` keys are left out where they have nothing to say. ``part`` names the attribute
    that has what the shape shows, but for the keys in ``own``, which the object itself has.
    """

    optional: ClassVar[frozenset[str]] = frozenset()
    part: ClassVar[str] = ""
    own: ClassVar[frozenset[str]] = frozenset()

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        """``obj`` as JSON has it; text and numbers are taken as they are."""
        if self.many if many is None else many:
            return [self.write(one) for one in obj]
        return self.write(obj)

    def write(self, obj: Any) -> dict[str, Any]:
        write = self._writers.get(type(obj))
        if write is None:
            compiled = _of_mappings if isinstance(obj, Mapping) else _of_objects
            write = self._writers[type(obj)] = compiled(self)
        return write(obj)

    @cached_property
    def _writers(self) -> dict[type, Write]:
        """By the type of what is written."""
        return {}


def _of_mappings(shape: Shape) -> Write:
    """Keys that are not there are left out."""
    converters = [
        (key, field.attribute or name, _converter(field) or _unchanged)
        for name, field in shape.dump_fields.items()
        for key in (_key(name, field),)
    ]

    def write(obj: Mapping[str, Any]) -> dict[str, Any]:
        written = {
            key: None if (value := obj[name]) is None else convert(value)
            for key, name, convert in converters
            if name in obj
        }
        return _without_empty(written, shape.optional)

    return write


def _of_objects(shape: Shape) -> Write:
    """All attributes are fetched by one call; then those are converted that need it."""
    named = {_key(name, field): (name, field) for name, field in shape.dump_fields.items()}
    derived = {key: field for key, (_, field) in named.items() if isinstance(field, Derived)}
    paths = {key: _path(shape, *one) for key, one in named.items() if key not in derived}
    # what is derived has no attribute; any will do to keep its place
    somewhere = next(iter(paths.values()))
    keys, fetch = list(named), _fetching([paths.get(key, somewhere) for key in named])
    derive = [(key, field.derive, _nested(field)) for key, field in derived.items()]
    converted = [(key, convert) for key in paths if (convert := _converter(named[key][1]))]
    optional = shape.optional

    def write(obj: Any) -> dict[str, Any]:
        written = dict(zip(keys, fetch(obj), strict=True))
        for key, convert in converted:
            value = written[key]
            if value is not None:
                written[key] = convert(value)
        for key, of_whole, convert in derive:
            written[key] = convert(of_whole(obj))
        return _without_empty(written, optional) if optional else written

    return write


def _key(name: str, field: Any) -> str:
    return field.data_key or name


def _path(shape: Shape, name: str, field: Any) -> str:
    path = field.attribute or name
    return path if not shape.part or name in shape.own else f"{shape.part}.{path}"


def _fetching(paths: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    fetch = attrgetter(*paths)
    return fetch if len(paths) > 1 else lambda obj: (fetch(obj),)


def _converter(field: Any) -> Convert | None:
    """None where the value is JSON already, an Enum of strings among it."""
    kind = type(field)
    if kind in (fields.String, fields.Integer, fields.Float):
        return None
    if kind is fields.Enum and issubclass(field.enum, str) and field.by_value:
        return None
    if kind is Written:
        return str
    if kind in (fields.Nested, Derived):
        return _nested(field)
    if kind is fields.List:
        return _listed(_converter(field.inner))
    return lambda value: field._serialize(value, field.name, None)


def _nested(field: fields.Nested) -> Convert:
    schema = field.schema
    return schema.write if isinstance(schema, Shape) and not schema.many else schema.dump


def _listed(convert: Convert | None) -> Convert:
    if convert is None:
        return list
    return lambda values: [convert(value) for value in values]


def _without_empty(written: dict[str, Any], optional: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in written.items() if value or key not in optional}


def _unchanged(value: Any) -> Any:
    return value
