"""OpenAPI: the specification of the whole interface, generated from the routes.

openapi.yaml at the top of the repository is the output of ``render``; a test fails if it differs.
Its examples are real answers (examples.py).
"""

import inspect
import json
from functools import lru_cache
from typing import Any

import yaml
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask

from service.api.documented import examples

MEDIA_TYPE = "application/yaml"

DESCRIPTION = """\
Feed it news articles, and it answers who said what and where, word for word.

A **quotation** (`/quotes`) has words of the speaker's own in it; a **claim** (`/claims`) is
reported speech: the words are the reporter's. Every span is a half-open range of Unicode code
points into the text of its source (`/sources/{id}/text`).

Lists are pages of up to 200; `next`, and the header `Link`, lead to the page after. A parameter
that is unknown, repeated or wrong is an error that names it, never ignored. Every error is
`application/problem+json` (RFC 9457). A path ends without a slash.

What comes from the index has a weak `ETag`, which changes when the index does: send it back as
`If-None-Match`, and an unchanged answer is `304`. Pages of other sites may read from here (CORS)
only where the service lists them.

Writing needs a bearer token; reading may need one, too. It may limit how
often one client asks: `RateLimit` says how often that still is.
"""


@lru_cache(maxsize=4)
def render(app: Flask, address: str = "") -> str:
    """The specification as YAML; ``address`` is the service's address if not the root of its
    host."""
    found = specification(app)
    if address:
        found = _ordered({**found, "servers": [{"url": address}]}, _TOP)
    return yaml.dump(found, Dumper=_BlockDumper, sort_keys=False, allow_unicode=True, width=100)


@lru_cache(maxsize=1)
def specification(app: Flask) -> dict[str, Any]:
    """The specification as a plain object, paths in the order of the routes."""
    spec = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    document = json.loads(json.dumps(spec))
    document["paths"] = _whole_lists_last(document["paths"])
    for operations in document["paths"].values():
        for method in operations.keys() & {"get", "post", "delete"}:
            operations[method] = _ordered(operations[method], _OPERATION)
    return examples.put_into(_ordered(document, _TOP))


def _whole_lists_last(paths: dict[str, Any]) -> dict[str, Any]:
    """Sorts the export of a list after the list itself."""
    places = {path: place for place, path in enumerate(paths)}

    def place(path: str) -> tuple[int, str]:
        return places[path.removesuffix(".{suffix}")], path

    return {path: paths[path] for path in sorted(paths, key=place)}


def _ordered(part: dict[str, Any], first: tuple[str, ...]) -> dict[str, Any]:
    """``part`` with these keys first, in this order."""
    return {key: part[key] for key in (*first, *part) if key in part}


class DescribingPlugin(MarshmallowPlugin):
    """Describes a shape by the docstring of its schema."""

    def schema_helper(self, name: str, _: Any, schema: Any = None, **kwargs: Any) -> Any:  # type: ignore[override]  # apispec's plugins do not agree on the names
        described = super().schema_helper(name, _, schema=schema, **kwargs)
        kind = schema if isinstance(schema, type) else type(schema)
        return {"description": inspect.getdoc(kind), **described}


_TOP = ("openapi", "info", "servers", "tags", "paths", "components")
_OPERATION = ("operationId", "tags", "summary", "description", "parameters", "requestBody")


class _BlockDumper(yaml.SafeDumper):
    """Writes repeated values out and multi-line text as a block."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _block(dumper: _BlockDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_BlockDumper.add_representer(str, _block)
