"""The entrance: the overview that / answers with."""

from typing import NamedTuple

from service.api.context.parts import snapshot
from service.api.context.version import VERSION
from service.domain import IndexStatistics
from service.errors import IndexUnavailable
from service.rendering.prefix import prefix

NAME = "On Record"
PURPOSE = "Feed it news articles; it answers who said what and where, word for word."

CALLS = {
    "/quotes?speaker=Putin": "What Putin said, in his own words",
    "/quotes?speaker=Putin&facet=publisher": "The same, counted by publisher",
    "/claims?speaker=Putin": "What Putin is reported to have said, in the reporters' words",
    "/search?q=nuclear": "Everything said about it, with the matching words marked",
    "/verify?quote=close+neighbors+bound+by+traditions&speaker=Xi+Jinping": "Was this ever said "
    "in these words?",
    "/speakers": "Who speaks, how often, under which names",
    "/sources": "The sources, and where each metadata value was read",
    "/suggest?q=Put": "Names and words while typing",
}

LINKS = {
    "quotes": "/quotes",
    "claims": "/claims",
    "search": "/search?q=",
    "speakers": "/speakers",
    "sources": "/sources",
    "suggest": "/suggest?q=",
    "verify": "/verify?quote=",
    "extract": "/extract",
    "docs": "/docs",
    "openapi": "/openapi.yaml",
    "health": "/healthz",
    "readiness": "/readyz",
}


class Call(NamedTuple):
    call: str
    answers: str


def entrance() -> dict[str, object]:
    """The content of EntranceSchema; ``index`` is None if the index cannot be queried."""
    return {
        "name": NAME,
        "version": VERSION,
        "purpose": PURPOSE,
        "index": _statistics(),
        "calls": [Call(f"GET {prefix()}{path}", answers) for path, answers in CALLS.items()],
        "links": LINKS,
    }


def _statistics() -> IndexStatistics | None:
    try:
        return snapshot().statistics()
    except IndexUnavailable:
        return None
