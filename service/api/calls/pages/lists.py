"""Lists of statements as pages: their queries and their content.

Independent of Flask, because most of these pages are answered in front of it (plain_lists.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from service.api.answered.listing import asking, content_of, link_to
from service.api.answered.schemas import StatementPageSchema
from service.api.asked.parameters import (
    ClaimParameters,
    QuoteParameters,
    SearchParameters,
    StatementParameters,
)
from service.api.calls.pages.question import Question
from service.domain import Facet, FacetCount, Form, Page, Query
from service.index.port import Snapshot
from service.rendering.prefix import prefixed_statement
from service.rendering.statement_json import STATEMENT_JSON
from service.web.listed import listed
from service.web.templating import render
from service.web.wording import FORMS

SHOWN = 20
"""Statements per page at most, whatever ``limit`` says; keeps the page under 100 KB."""

FACETS = (Facet.SPEAKER, Facet.PUBLISHER, Facet.FORM, Facet.YEAR)
"""Facets of a search. A list without words is counted only on request, because counting takes as
long as finding and writing the page (python -m bench.html)."""

NARROWING = (
    *("speaker", "form", "publisher", "source", "from", "to", "language"),
    *("source_type", "act", "denied", "min_confidence"),
)
_CLOSED = (*(name for name in NARROWING if name != "speaker"), "sort")
"""Parameters in the collapsed part of the form."""

_write = StatementPageSchema().write

_NOTHING: dict[str, Any] = {"items": (), "facets": {}}
"""Keys of a page that are passed to the template unchanged."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list: its parameters, its heading, and its singular and plural."""

    taken: StatementParameters
    name: str
    noun: tuple[str, str]


EVERYTHING = Kind(SearchParameters(), "Search", ("statement", "statements"))
QUOTATIONS = Kind(QuoteParameters(), "Quotations", ("quotation", "quotations"))
CLAIMS = Kind(
    ClaimParameters(),
    "Reported speech",
    ("piece of reported speech", "pieces of reported speech"),
)

TABS = (("/search", "Everything"), ("/quotes", "Quotations"), ("/claims", "Reported speech"))


def statements_page(
    snapshot: Snapshot, query: Query, kind: Kind, question: Question
) -> tuple[str, dict[str, str]]:
    """The HTML of a list, and its headers. Raises InvalidParameter for an unusable query."""
    counted = query.facets or (FACETS if query.words else ())
    wanted = replace(query, limit=min(query.limit, SHOWN), facets=counted)
    found = content(snapshot.find_rendered(wanted, STATEMENT_JSON), question)
    return _written(kind, question, found), link_to(found)


def empty_page(question: Question) -> str:
    """The search form alone, before anything is asked."""
    return _written(EVERYTHING, question, None)


def content(page: Page[bytes], question: Question) -> dict[str, Any]:
    """A page of statements as in JSON, but parsed; facets are the domain's."""
    base_path = question.base_path
    items = [prefixed_statement(one, base_path) for one in page.items] if base_path else page.items
    listing = _write({**content_of(page, question.address, question.parameters), **_NOTHING})
    facets = {facet.value: counts for facet, counts in page.facets.items()}
    return {**listing, "facets": facets, "items": listed(items)}


def _written(kind: Kind, question: Question, found: Mapping[str, Any] | None) -> str:
    parameters = question.parameters
    narrowing = tuple((name, parameters[name]) for name in _CLOSED if name in parameters)
    return question.render(
        "statements",
        here="/search",
        heading=kind.name,
        noun=kind.noun,
        fields=kind.taken.names,
        filters=_filters(kind.taken.names, kind.taken.forms, narrowing, "q" in parameters),
        tabs=list(_tabs(question)),
        narrowed=bool(narrowing),
        chosen=[(name, parameters[name]) for name in NARROWING if name in parameters],
        content=found,
        facets=list(_facets(found["facets"])) if found else [],
        countable="" if found is None or found["facets"] else ",".join(FACETS),
    )


@lru_cache(64)  # few combinations occur; this part takes a tenth of the page's time
def _filters(
    names: frozenset[str],
    forms: frozenset[Form],
    narrowing: tuple[tuple[str, str], ...],
    by_words: bool,
) -> Markup:
    """The collapsed part of the form."""
    named = [(form, FORMS[form]) for form in Form if form in forms]
    content = {"fields": names, "forms": named, "parameters": dict(narrowing), "by_words": by_words}
    return Markup(render("filters", "", content))


def _facets(facets: Mapping[str, Sequence[FacetCount]]) -> Iterator[tuple[str, object]]:
    """Facets with more than one value."""
    for name, counts in facets.items():
        if len(counts) > 1:
            yield name, counts


def _tabs(question: Question) -> Iterator[dict[str, object]]:
    """Links to the same query in the other lists; a search needs words."""
    if question.path not in dict(TABS):
        return
    for path, name in TABS:
        kept = {
            one: value
            for one, value in question.parameters.items()
            if one not in ("cursor", "facet")
            and not (one == "form" and path == "/claims")
            and not (one == "form" and value == "indirect" and path == "/quotes")
        }
        possible = path != "/search" or "q" in kept or question.path == path
        query = asking(kept)
        yield {
            "name": name,
            "path": f"{question.base_path}{path}{query}" if possible else None,
            "is_here": question.path == path,
        }
