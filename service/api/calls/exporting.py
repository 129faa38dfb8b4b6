"""Exporting: complete lists as CSV, as one JSON object per line, or as an Atom feed.

Requested by suffix (/quotes.csv) or by Accept. Everything is of one generation, and streamed. The
rows, lines and entries of each list are defined in exports.py.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from flask import Response, request
from marshmallow import Schema

from service.api.answered.atom import Entry, Feed, feed_lines
from service.api.answered.negotiation import ATOM, CSV, LINES, SUFFIXES, form
from service.api.answered.streams import streamed
from service.api.asked.parameters import exported as exported_parameters
from service.api.calls.blueprint import TEXT, Blueprint
from service.api.calls.entrance import NAME
from service.api.context.parts import full_address, snapshot
from service.domain import Page
from service.errors import InvalidParameter, InvalidParameters
from service.rendering.shapes import Shape
from service.rendering.tables import csv_lines

T = TypeVar("T")

BYTE_ORDER_MARK = "\ufeff"
"""Starts CSV: without it Excel decodes UTF-8 in the local code page, and “ becomes â€œ.
LibreOffice, pandas, R's readr and Google Sheets accept it."""

SUFFIX = {
    "in": "path",
    "name": "suffix",
    "description": "The form: a table, one object per line, or a feed",
    "schema": {"type": "string", "enum": list(SUFFIXES)},
}

FORMS = {
    CSV: "The complete list, one row each; UTF-8 with a byte order mark",
    LINES: "The complete list, one object per line, each as in the list",
    ATOM: "The complete list as a feed (RFC 4287), or with `limit` in pages (RFC 5005)",
}

PAGING = frozenset({"limit", "cursor"})
COUNTING = frozenset({"facet"})


@dataclass(frozen=True, slots=True)
class Whole(Generic[T]):
    """A list to export: ``every`` yields its members, each written as a line of JSON, a row of
    ``columns`` or an entry; ``page`` gives the feed its pages, if any."""

    title: str
    columns: tuple[str, ...]
    row: Callable[[T], Iterable[object]]
    entry: Callable[[T], Entry]
    every: Callable[[], Iterator[T]]
    lines: Callable[[], Iterator[bytes]]
    page: Callable[[], Page[T]]


def exported(
    blueprint: Blueprint,
    rule: str,
    parameters: type[Schema],
    export: Callable[..., Response],
    shape: Shape,
    of: dict[str, str] | None = None,
) -> Any:
    """Decorator for the view of the list at ``rule``.

    ``export``, called like the view, answers clients that want the complete list, by Accept or
    suffix; each line of JSON has this ``shape``. ``of`` describes the path's parameter, if it has
    one.
    """

    def decorate(view: Any) -> Any:
        documented = {CSV: TEXT, LINES: shape, ATOM: TEXT}
        answer = _named_like(view, export)
        for media, schema in list(documented.items())[1:]:
            also = {"schema": schema, "content_type": media, "description": FORMS[media]}
            answer = blueprint.alt_response(200, **also)(answer)
        _add_route(blueprint, rule, exported_parameters(parameters), answer, of)
        for media, schema in documented.items():
            view = blueprint.also(media, export, schema)(view)
        return view

    return decorate


def _named_like(view: Any, export: Callable[..., Response]) -> Callable[..., Response]:
    def whole(*arguments: Any, suffix: str, **path: str) -> Response:
        return export(*arguments, **path)

    heading = view.__doc__.partition("\n")[0]
    whole.__name__ = f"{view.__name__}_exported"
    whole.__doc__ = (
        f"{heading}, complete\n\nOf one generation of the index, and streamed. The list itself "
        "answers the same if one of these forms is requested by `Accept`."
    )
    return whole


def _add_route(
    blueprint: Blueprint,
    rule: str,
    parameters: type[Schema],
    view: Callable[..., Response],
    of: dict[str, str] | None,
) -> None:
    view = blueprint.alt_response(404, "NotFound")(view)  # also for an unknown suffix
    first = {"content_type": CSV, "description": FORMS[CSV]}
    view = blueprint.response(200, TEXT, **first)(view)
    view = blueprint.arguments(parameters, location="query")(view)
    described = [*([of] if of else ()), SUFFIX]
    blueprint.route(f"{rule}.<any({','.join(SUFFIXES)}):suffix>", parameters=described)(view)


def export(whole: Whole[T]) -> Response:
    """``whole`` in the requested form. Raises InvalidParameters and TooBusy."""
    wanted = form()
    _refuse(COUNTING if wanted == ATOM else COUNTING | PAGING)
    if wanted == ATOM:
        return _feed(whole)
    response = streamed(wanted, whole.lines if wanted == LINES else lambda: _table(whole))
    suffix = next(name for name, media in SUFFIXES.items() if media == wanted)
    name = request.path.rpartition("/")[2].partition(".")[0]
    response.headers["Content-Disposition"] = f"attachment; filename={name}.{suffix}"
    return response


def _refuse(names: frozenset[str]) -> None:
    wrong = [name for name in request.args if name in names]
    if wrong:
        detail = f"a list as {form()} is complete, without pages; omit it"
        raise InvalidParameters((InvalidParameter(name, detail) for name in wrong), len(wrong))


def _table(whole: Whole[T]) -> Iterator[bytes]:
    rows = map(whole.row, whole.every())
    return _encoded(csv_lines(whole.columns, rows), BYTE_ORDER_MARK)


def _encoded(lines: Iterable[str], before: str = "") -> Iterator[bytes]:
    for line in lines:
        yield (before + line).encode()
        before = ""


def _feed(whole: Whole[T]) -> Response:
    address = full_address() + quote(request.path)
    asked = {name: value for name, value in request.args.items() if name != "cursor"}
    page = whole.page() if PAGING & request.args.keys() else None
    links = {"first": _with(address, asked)} if page else {}
    if page and page.next:
        links["next"] = _with(address, {**asked, "cursor": page.next})
    feed = Feed(
        title=", ".join([whole.title, *_title_parts(asked)]),
        address=_with(address, request.args.to_dict()),
        page=_with(address.removesuffix(".atom"), asked),
        changed=snapshot().statistics().committed,
        generator=NAME,
        links=links,
    )

    def lines() -> Iterator[bytes]:
        found = iter(page.items) if page else whole.every()
        return _encoded(feed_lines(feed, map(whole.entry, found)))

    return streamed(ATOM, lines)


def _title_parts(asked: Mapping[str, str]) -> Iterator[str]:
    return (f"{name}: {value}" for name, value in asked.items() if name != "limit")


def _with(address: str, parameters: dict[str, str]) -> str:
    return f"{address}?{urlencode(parameters)}" if parameters else address
