"""Listing: a page of the domain as a page over HTTP, with the way to the next one."""

from typing import TypeVar
from urllib.parse import quote, urlencode

from flask import request

from service.domain import Page

T = TypeVar("T")

Listed = tuple[dict[str, object], dict[str, str]]


def listed(page: Page[T]) -> Listed:
    """The page for its schema, and the headers that go with it."""
    following = None if page.next is None else _path_of(page.next)
    content = {
        "items": page.items,
        "total": page.total,
        "next": following,
        "facets": {facet.value: counts for facet, counts in page.facets.items()},
        "speakers": page.speakers,
        "did_you_mean": page.did_you_mean,
    }
    return content, {} if following is None else {"Link": f'<{following}>; rel="next"'}


def _path_of(cursor: str) -> str:
    """The present path with all its parameters, from ``cursor`` on."""
    return f"{quote(request.path)}?{urlencode({**request.args, 'cursor': cursor}, safe=',')}"
