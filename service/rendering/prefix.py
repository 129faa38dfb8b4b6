"""Prefix: puts the path under which the service is mounted before every path in an answer.

Statements are serialised, and stored in an index, with the service's own paths; the prefix is known
only when a request arrives.
"""

import re
from typing import Any, cast

from flask import has_request_context, request

_LINKS = re.compile(
    rb'"links":\{"self":"[^"]*","source":"[^"]*","page":"[^"]*","cluster":"[^"]*"'
    rb'(?:,"original":"[^"]*")?\}'
)
"""The links in a statement written by HitSchema. In a string a quotation mark is escaped."""

_OTHERS = frozenset({"metadata"})
"""Keys with other people's values, which are left unchanged."""


def prefix() -> str:
    """The prefix of the present request; empty if the service is mounted at the root."""
    return cast(str, request.environ["SCRIPT_NAME"]) if has_request_context() else ""


def prefixed(content: Any) -> Any:
    """``content``, as JSON values, with the present prefix in all its links."""
    return prefixed_with(content, prefix())


def prefixed_with(content: Any, base_path: str) -> Any:
    """The same with a prefix determined earlier: a stream outlives its request."""
    return _prefixed(content, base_path) if base_path else content


def prefixed_statement(written: bytes, base_path: str) -> bytes:
    """A statement of a list, already serialised as JSON, with the prefix."""
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
        # any other value leads to another site
        return {name: base_path + to if to.startswith("/") else to for name, to in value.items()}
    return value if key in _OTHERS else _prefixed(value, base_path)
