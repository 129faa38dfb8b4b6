"""Prefix: the path under which the service is mounted, in front of every path that an answer names.

Statements are written, and kept in an index, with paths of the service's own; where it is mounted
is known only when somebody asks.
"""

import re
from typing import Any, cast

from flask import has_request_context, request

_LINKS = re.compile(
    rb'"links":\{"self":"[^"]*","source":"[^"]*","page":"[^"]*","cluster":"[^"]*"'
    rb'(?:,"original":"[^"]*")?\}'
)
"""In a statement as HitSchema writes it. Within a string a quotation mark has a backslash."""

_OTHERS = frozenset({"metadata"})
"""What is somebody else's, whatever it says."""


def prefix() -> str:
    """Of the present request: nothing if the service is mounted at the root."""
    return cast(str, request.environ["SCRIPT_NAME"]) if has_request_context() else ""


def prefixed(content: Any) -> Any:
    """``content``, as JSON has it, with the present prefix in all its links."""
    return prefixed_with(content, prefix())


def prefixed_with(content: Any, base_path: str) -> Any:
    """The same of a prefix that somebody asked for before: a stream outlives its request."""
    return _prefixed(content, base_path) if base_path else content


def prefixed_statement(written: bytes, base_path: str) -> bytes:
    """A statement of a list, which is JSON already."""
    return _LINKS.sub(
        lambda found: found[0].replace(b':"/', b':"' + base_path.encode() + b"/"), written
    )


def _prefixed(content: Any, base_path: str) -> Any:
    if isinstance(content, dict):
        return {key: _value(key, value, base_path) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_prefixed(one, base_path) for one in content]
    return content


def _value(key: str, value: Any, base_path: str) -> Any:
    if key == "links" and isinstance(value, dict):
        # what begins otherwise leads elsewhere
        return {name: base_path + to if to.startswith("/") else to for name, to in value.items()}
    return value if key in _OTHERS else _prefixed(value, base_path)
