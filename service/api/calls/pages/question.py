"""Question: the request that a page answers, and form fields that only browsers send."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, request
from msgspec import Struct

from service.api.answered.listing import asking
from service.api.answered.negotiation import PAGE
from service.rendering.prefix import prefix
from service.web.templating import render

EDITS = ("without", "narrow")
"""Form fields that edit the others: a name to remove, or a name with its new value."""

_YEAR = "year"

_OF_PAGES = frozenset({"cursor", "limit", "facet"})
"""Parameters that only pages of a list have."""


class Question(Struct, frozen=True):
    """``base_path`` is where the service is mounted, ``path`` the requested path below it."""

    base_path: str
    path: str
    parameters: Mapping[str, str]

    @property
    def address(self) -> str:
        """The requested path, with the prefix the service is mounted at."""
        return self.base_path + self.path

    @property
    def whole(self) -> str:
        """The query string for exporting the complete list."""
        others = {name: value for name, value in self.parameters.items() if name not in _OF_PAGES}
        return asking(others)

    @property
    def first(self) -> str | None:
        """The address of the list's first page; None on that page."""
        if "cursor" not in self.parameters:
            return None
        others = {name: value for name, value in self.parameters.items() if name != "cursor"}
        return self.address + asking(others)

    def render(self, name: str, **content: Any) -> str:
        """The HTML of a template, with the values that every page needs."""
        shared = {
            "here": f"/{self.path.split('/')[1]}",
            "path": self.address,
            "parameters": self.parameters,
            "first": self.first,
            "whole": self.whole,
        }
        return render(name, self.base_path, {**shared, **content})


def present() -> Question:
    """The present request as a Question."""
    return Question(prefix(), request.path, request.args.to_dict())


def page(name: str, **content: Any) -> Response:
    """A template rendered as the answer to the present request."""
    return Response(present().render(name, **content), mimetype=PAGE)


def see_other(path: str, asked: Iterable[tuple[str, str]]) -> Response:
    """A redirect (303) to another path or another wording of the same query."""
    query = urlencode(list(asked))
    address = prefix() + quote(path) + (f"?{query}" if query else "")
    return Response(status=303, headers={"Location": address})


def tidied(pairs: list[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """The parameters that a form's fields mean: empty ones removed, edits applied.

    None if the address already is exactly that.

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
