"""Question: what a browser asked for, and what a form says that a program would not."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, request
from msgspec import Struct

from service.api.answered.negotiation import PAGE
from service.rendering.prefix import prefix
from service.web.templating import render

EDITS = ("without", "narrow")
"""Fields of forms that change the other fields: a name to leave out, a name and its new value."""

_YEAR = "year"

_OF_PAGES = frozenset({"cursor", "limit", "facet"})
"""Parameters of a list in pages alone."""


class Question(Struct, frozen=True):
    """``base_path`` is where the service is mounted, ``path`` what was requested below it."""

    base_path: str
    path: str
    parameters: Mapping[str, str]

    @property
    def address(self) -> str:
        """The path as it is asked for."""
        return self.base_path + self.path

    @property
    def whole(self) -> str:
        """After the path and suffix of a list that is wanted whole."""
        others = {name: value for name, value in self.parameters.items() if name not in _OF_PAGES}
        return f"?{urlencode(others)}" if others else ""

    @property
    def first(self) -> str | None:
        """The first page of a list, seen from a later one."""
        if "cursor" not in self.parameters:
            return None
        others = {name: value for name, value in self.parameters.items() if name != "cursor"}
        return self.address + (f"?{urlencode(others)}" if others else "")

    def render(self, name: str, **content: Any) -> str:
        """A page with what every page of an address needs."""
        shared = {
            "here": f"/{self.path.split('/')[1]}",
            "path": self.address,
            "parameters": self.parameters,
            "first": self.first,
            "whole": self.whole,
        }
        return render(name, self.base_path, {**shared, **content})


def present() -> Question:
    """The present request."""
    return Question(prefix(), request.path, request.args.to_dict())


def page(name: str, **content: Any) -> Response:
    """The present request's answer as a page."""
    return Response(present().render(name, **content), mimetype=PAGE)


def see_other(path: str, asked: Iterable[tuple[str, str]]) -> Response:
    """What is asked for is at another path of ours, or asked for in other words."""
    query = urlencode(list(asked))
    address = prefix() + quote(path) + (f"?{query}" if query else "")
    return Response(status=303, headers={"Location": address})


def tidied(pairs: list[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """What a form's fields ask for: without those left empty, and edited; None for an address that
    says just that already.

    >>> tidied([("q", "war"), ("from", ""), ("narrow", "year:2022"), ("without", "speaker")])
    [('q', 'war'), ('from', '2022'), ('to', '2022')]
    """
    wanted = [(name, value) for name, value in pairs if value.strip() and name not in EDITS]
    for name, value in pairs:
        if name == "without":
            wanted = _without(wanted, value)
        elif name == "narrow":
            field, _, chosen = value.partition(":")
            for one in ("from", "to") if field == _YEAR else (field,):
                wanted = [*_without(wanted, one), (one, chosen)]
    return None if wanted == pairs else wanted


def _without(pairs: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    return [(one, value) for one, value in pairs if one != name]
