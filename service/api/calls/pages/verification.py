"""Pages of verification: one quotation, or a draft pasted or uploaded in a form."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response

from service.api.answered.clusters import cluster_content
from service.api.answered.listing import link_to
from service.api.answered.schemas import ClusterSchema
from service.api.calls.pages.lists import SHOWN
from service.api.calls.pages.question import page, present
from service.api.context.limits import WORDS_MAXIMUM
from service.api.context.parts import full_address, snapshot
from service.domain import Statement
from service.permalinks import Ticket
from service.rendering.prefix import prefix, prefixed
from service.rendering.statements import statement_links
from service.verification import cluster, mentions_of
from service.verification.findings import Colour, Verification
from service.verification.placing import CheckedDraft

_show_cluster = ClusterSchema().dump

MOST = {"red": 20, "amber": 10, "green": 60}
"""Quotations of a draft shown per colour; the rest are counted. Keeps the page under 100 KB; nobody
corrects more at once."""


def verification_form() -> Response | None:
    """The empty form, if nothing is asked; None otherwise."""
    return None if present().parameters else _page("Verify")


def found_page(
    claim: Mapping[str, str], found: Verification, check: Ticket | None = None
) -> Response:
    """The result for one quotation; ``check`` says where it is stored."""
    short = len(found.quote) <= WORDS_MAXIMUM
    address = f"{prefix()}/verify?{urlencode(claim)}" if short else None
    return _page("Verified", parameters=claim, found=found, permalink=address, check=check)


def draft_page(draft: CheckedDraft, check: Ticket | None = None) -> Response:
    groups = {
        colour.value: [one for one in draft.quotations if one.colour is colour] for colour in Colour
    }
    return _page("Draft checked", draft=draft, groups=groups, check=check)


def cluster_page(parameters: Mapping[str, Any], id: str) -> Response:
    found = cluster(snapshot(), id)
    asked = present()
    mentions = mentions_of(found, **{**parameters, "limit": min(parameters["limit"], SHOWN)})
    content = cluster_content(found, mentions, asked.address, asked.parameters)
    response = page("cluster", here="/search", content=prefixed(_show_cluster(content)))
    response.headers.update(link_to(content))
    return response


def _page(heading: str, **content: Any) -> Response:
    nothing: dict[str, Any] = dict.fromkeys(("found", "draft", "permalink", "check"))
    nothing["groups"] = {}
    always = {"here": "/verify", "parameters": {}, "links_of": _links, "most": MOST}
    always["root"] = full_address()
    return page("verify", heading=heading, **{**nothing, **always, **content})


def _links(statement: Statement) -> dict[str, str]:
    return {name: prefix() + path for name, path in statement_links(statement).items()}
