"""Fields: marshmallow fields with OpenAPI descriptions, and a few types of our own.

Each shape selects its fields: here, or in api/asked/parameters.py.
"""

from collections.abc import Callable, Sized
from typing import Any

from marshmallow import Schema, fields
from orjson import Fragment

from service.rendering.prefix import prefix, prefixed_statement


def described(description: str, example: object = None, **more: object) -> dict[str, Any]:
    """A field's metadata for OpenAPI."""
    shown = {} if example is None else {"example": example}
    return {"description": description, **shown, **more}


def string(description: str, example: str | None = None, **options: Any) -> fields.String:
    return fields.String(required=True, metadata=described(description, example), **options)


class Written(fields.String):
    """A value that is not text, written by str()."""


def date(description: str, example: str | None = None, **options: Any) -> Written:
    """A date as precise as known; null if unknown."""
    return Written(
        required=True, allow_none=True, metadata=described(description, example), **options
    )


def count(description: str, example: int | None = None, **options: Any) -> fields.Integer:
    return fields.Integer(
        required=True, metadata=described(description, example, minimum=0), **options
    )


def boolean(description: str) -> fields.Boolean:
    return fields.Boolean(required=True, metadata=described(description))


def nested(schema: type[Schema], description: str, **options: Any) -> fields.Nested:
    return fields.Nested(schema, required=True, metadata={"description": description}, **options)


def several(schema: type[Schema], description: str, **options: Any) -> fields.List[Any]:
    return fields.List(
        fields.Nested(schema), required=True, metadata={"description": description}, **options
    )


def strings(description: str, example: list[str], **options: Any) -> fields.List[Any]:
    return fields.List(
        fields.String(), required=True, metadata=described(description, example), **options
    )


def total() -> fields.Integer:
    return count("The number on all pages", 42)


def following() -> fields.String:
    return string("Path of the next page; null on the last", allow_none=True)


class Cut(fields.String):
    """Text shortened to a maximum number of characters, followed by "…"."""

    def __init__(self, description: str, maximum: int, example: str | None = None, **options: Any):
        super().__init__(required=True, metadata=described(description, example), **options)
        self.maximum = maximum

    def convert(self, value: str) -> str:
        return value if len(value) <= self.maximum else value[: self.maximum] + "…"

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return self.convert(value)


class IsLong(fields.Boolean):
    """Whether the text or list in ``attribute`` is longer than the answer shows."""

    def __init__(self, description: str, maximum: int, attribute: str):
        # the attribute of another field as well
        super().__init__(metadata=described(description), attribute=attribute, dump_only=True)
        self.maximum = maximum

    def convert(self, value: Sized) -> bool:
        return len(value) > self.maximum

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return self.convert(value)


class HowMany(fields.Integer):
    """The length of the list in ``attribute``, of which the answer shows only the beginning."""

    def __init__(self, description: str, attribute: str):
        # the attribute of another field as well
        metadata = described(description, 2, minimum=0)
        super().__init__(metadata=metadata, attribute=attribute, dump_only=True, required=True)

    def convert(self, value: Sized) -> int:
        return len(value)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return self.convert(value)


class Rendered(fields.List[Any]):
    """A list whose items are serialised already and are passed on unchanged."""

    def __init__(self, schema: type[Schema], description: str):
        super().__init__(
            fields.Nested(schema), required=True, metadata={"description": description}
        )

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        base_path = prefix()
        return [Fragment(prefixed_statement(one, base_path) if base_path else one) for one in value]


class Derived(fields.Nested):
    """A nested object derived from its whole parent rather than from one attribute."""

    def __init__(
        self,
        schema: type[Schema],
        description: str,
        derive: Callable[[Any], object],
        **options: Any,
    ):
        options = {"required": True, "metadata": {"description": description}, **options}
        super().__init__(schema, **options)
        self.derive = derive

    def get_value(self, obj: Any, *_: Any, **__: Any) -> Any:
        return self.derive(obj)


def itself(parent: Any) -> Any:
    """For a nested object that shows attributes of its parent."""
    return parent
