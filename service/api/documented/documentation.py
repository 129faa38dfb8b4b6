"""Documentation: arranges the specification for /docs and the pages below it.

The pages themselves are web/templates/docs*.html.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from service import errors
from service.api.answered.problems import kind_of
from service.domain import slug

METHODS = ("get", "post", "delete")


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter of a call, or a key of a shape."""

    name: str
    kind: str
    description: str
    required: bool = False
    place: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer to a call; ``shape`` names its type, if that has a name."""

    status: str
    description: str
    shape: str


@dataclass(frozen=True, slots=True)
class Call:
    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Input, ...]
    body: tuple[Input, ...]
    answers: tuple[Answer, ...]
    example_call: str
    example_body: str
    example_answer: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The calls of one tag; ``path`` is its page's path after /docs/."""

    path: str
    name: str
    description: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object in an answer or body, with its keys."""

    name: str
    description: str
    keys: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem."""

    anchor: str
    status: int
    phrase: str
    title: str


def chapters(spec: dict[str, Any]) -> list[Chapter]:
    return [
        Chapter(
            slug(tag["name"]), tag["name"], tag["description"], tuple(_calls(spec, tag["name"]))
        )
        for tag in spec["tags"]
    ]


def shapes(spec: dict[str, Any]) -> list[Shape]:
    return [
        Shape(name, schema.get("description", ""), tuple(_keys(schema)))
        for name, schema in sorted(spec["components"]["schemas"].items())
    ]


def using(every: Iterable[Shape], name: str) -> list[str]:
    """The shapes that contain the shape ``name``."""
    return [shape.name for shape in every if any(name in one.kind.split() for one in shape.keys)]


def kinds() -> list[Kind]:
    """Every kind of problem that has its own anchor."""
    return [
        Kind(
            kind_of(error).partition("#")[2],
            int(error.status),
            HTTPStatus(error.status).phrase,
            error.title,
        )
        for error in _descendants(errors.OnRecordError)
        if error not in (errors.InvalidParameters, errors.UnknownParameter)
    ]


def _descendants(error: type[errors.OnRecordError]) -> Iterator[type[errors.OnRecordError]]:
    for child in error.__subclasses__():
        yield child
        yield from _descendants(child)


def _calls(spec: dict[str, Any], tag: str) -> Iterator[Call]:
    for path, operations in spec["paths"].items():
        for method in METHODS:
            if tag in operations.get(method, {}).get("tags", ()):
                yield _call(spec, method, path, operations)


def _call(spec: dict[str, Any], method: str, path: str, operations: dict[str, Any]) -> Call:
    operation = operations[method]
    parameters = [*operations.get("parameters", ()), *operation.get("parameters", ())]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    call, answer = _example(operation)
    return Call(
        anchor=f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""),
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=tuple(_parameter(parameter) for parameter in parameters),
        body=tuple(_keys(resolve(spec, content["schema"]))) if content else (),
        answers=tuple(
            Answer(status, resolve(spec, response)["description"], _shape_of(response))
            for status, response in operation["responses"].items()
        ),
        example_call=call,
        example_body=json.dumps(content.get("example"), ensure_ascii=False) if content else "",
        example_answer=answer,
    )


def _shape_of(response: dict[str, Any]) -> str:
    """The shape of the first media type; refusals all share one."""
    for media in response.get("content", {}).values():
        return kind(media["schema"]) if "$ref" in media["schema"] else ""
    return ""


def resolve(spec: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """``part``, or the component that it refers to."""
    for name in part.get("$ref", "#").split("/")[1:]:
        spec = spec[name]
    return spec if "$ref" in part else part


def _example(operation: dict[str, Any]) -> tuple[str, str]:
    """The path of the example and its answer; both empty without one."""
    for media in operation["responses"].get("200", {}).get("content", {}).values():
        for example in media.get("examples", {}).values():
            return example["summary"], json.dumps(example["value"], ensure_ascii=False, indent=2)
    return "", ""


def _parameter(parameter: dict[str, Any]) -> Input:
    schema = parameter["schema"]
    return Input(
        name=parameter["name"],
        kind=kind(schema),
        description=parameter.get("description", ""),
        required=parameter.get("required", False),
        place=parameter["in"],
        example=str(parameter.get("example", schema.get("example", schema.get("default", "")))),
        choices=tuple(schema.get("enum", ())),
    )


def _keys(schema: dict[str, Any]) -> Iterator[Input]:
    required = schema.get("required", ())
    for name, key in schema.get("properties", {}).items():
        yield Input(name, kind(key), key.get("description", ""), name in required)


def kind(schema: dict[str, Any]) -> str:
    """A type in words.

    >>> kind({"type": "array", "items": {"$ref": "#/components/schemas/Span"}})
    'list of Span'
    >>> kind({"anyOf": [{"$ref": "#/components/schemas/Span"}, {"type": "null"}]})
    'Span or null'
    >>> kind({"enum": ["person", None]})
    'person or null'
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("format") == "date":
        return "date"
    if schema.get("type") == "array":
        return f"list of {kind(schema['items'])}"
    if "enum" in schema:
        return _one_of("null" if value is None else str(value) for value in schema["enum"])
    several = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if several:
        return _one_of(kind(one) for one in several)
    types = schema.get("type", "object")
    return types if isinstance(types, str) else _one_of(types)


def _one_of(names: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(names))
