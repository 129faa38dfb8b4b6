"""Listing: a page of the domain as a page over HTTP, with the link to the next one."""

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import quote, quote_plus

from flask import request

from service.api.context.limits import SPEAKERS_SHOWN
from service.domain import Page
from service.rendering.prefix import prefix

T = TypeVar("T")

_SAFE_VALUE = re.compile(r"[A-Za-z0-9_.~,-]*")
_SAFE_PATH = re.compile(r"[A-Za-z0-9_.~/-]*")
"""Paths that need no quoting; quoting them took a twentieth of a page's time."""

Listed = tuple[dict[str, object], dict[str, str]]


def listed(page: Page[T]) -> Listed:
    """The page as its schema dumps it, and the Link header if there is a next page."""
    content = content_of(page, prefix() + request.path, request.args)
    return content, link_to(content)


def content_of(page: Page[T], path: str, parameters: Mapping[str, str]) -> dict[str, object]:
    """The page as its schema dumps it; ``path`` with ``parameters`` is its address."""
    return {
        "items": page.items,
        "total": page.total,
        "next": next_of(page, path, parameters),
        "facets": {facet.value: counts for facet, counts in page.facets.items()},
        "speakers": page.speakers[:SPEAKERS_SHOWN],
        "did_you_mean": page.did_you_mean,
    }


def next_of(page: Page[T], path: str, parameters: Mapping[str, str]) -> str | None:
    """The address of the following page; None on the last."""
    return None if page.next is None else _path_of(path, parameters, page.next)


def link_to(content: Mapping[str, object]) -> dict[str, str]:
    """The Link header of a page with this content; empty on the last page."""
    following = content["next"]
    return {} if following is None else {"Link": f'<{following}>; rel="next"'}


def _path_of(path: str, present: Mapping[str, str], cursor: str) -> str:
    """``path`` with the present parameters, continued from ``cursor``."""
    asked = asking({**present, "cursor": cursor})
    return f"{path if _SAFE_PATH.fullmatch(path) else quote(path)}{asked}"


def asking(parameters: Mapping[str, str]) -> str:
    """The query string with its question mark; empty without parameters."""
    pairs = [f"{_quoted(name)}={_quoted(value)}" for name, value in parameters.items()]
    return f"?{'&'.join(pairs)}" if pairs else ""


def _quoted(value: str) -> str:
    return value if _SAFE_VALUE.fullmatch(value) else quote_plus(value, safe=",")
