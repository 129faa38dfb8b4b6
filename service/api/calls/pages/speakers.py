"""The page of a speaker: names, dates, publishers, quotations and reported speech."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Response

from service.api.answered.listing import listed
from service.api.answered.schemas import SpeakerPageSchema, SpeakerSummarySchema
from service.api.asked.parameters import SpeakerClaimParameters, SpeakerQuoteParameters
from service.api.calls.pages.lists import CLAIMS, QUOTATIONS, Kind, content
from service.api.calls.pages.question import page, present
from service.api.calls.pages.statements import list_of
from service.api.context.parts import snapshot
from service.domain import CLAIM_FORMS, QUOTATION_FORMS, Facet, Form, Query
from service.rendering.prefix import prefix, prefixed
from service.rendering.statement_json import STATEMENT_JSON

LATEST = 6
"""Statements shown of each kind; the lists have all."""

QUOTED = replace(QUOTATIONS, taken=SpeakerQuoteParameters())
REPORTED = replace(CLAIMS, taken=SpeakerClaimParameters())

PUBLISHERS = 12
"""Publishers shown, the most frequent: one or two lines."""

LINK_MAXIMUM = 1_000
"""Characters of a query in a link: a page has no room for twenty-four longer ones."""

LISTED = 50
"""Speakers per page of the list."""

_FACETS = (Facet.MONTH, Facet.YEAR, Facet.PUBLISHER)

_show = SpeakerSummarySchema().dump
_show_list = SpeakerPageSchema().dump


def speakers_page(parameters: Mapping[str, Any]) -> Response:
    limit = min(parameters["limit"], LISTED)
    content, headers = listed(snapshot().speakers(**{**parameters, "limit": limit}))
    response = page("speakers", content=prefixed(_show_list(content)))
    response.headers.update(headers)
    return response


def said_by(kind: Kind) -> Callable[[Query, str], Response]:
    """A view that lists one speaker's statements of this kind."""

    def view(query: Query, id: str) -> Response:
        speaker = snapshot().speaker(id).speaker
        named = replace(kind, name=f"{kind.name} of {speaker.name}")
        return list_of(replace(query, speaker=speaker.id), named)

    return view


def speaker_page(id: str) -> Response:
    summary = snapshot().speaker(id)
    quoted, reported = (_latest(id, forms) for forms in (QUOTATION_FORMS, CLAIM_FORMS))
    return page(
        "speaker",
        one=prefixed(_show(summary)),
        quoted=quoted,
        reported=reported,
        where=list(_where(id, quoted, reported)),
    )


def _latest(id: str, forms: frozenset[Form]) -> dict[str, Any]:
    query = Query(speaker=id, forms=forms, facets=_FACETS, limit=LATEST)
    return content(snapshot().find_rendered(query, STATEMENT_JSON), present())


def _where(
    id: str, quoted: Mapping[str, Any], reported: Mapping[str, Any]
) -> Iterator[dict[str, object]]:
    """The most frequent publishers, with their numbers of quotations and reported speech."""
    counts = [
        {one.value: one.count for one in content["facets"]["publisher"]}
        for content in (quoted, reported)
    ]
    names = {name: sum(one.get(name, 0) for one in counts) for one in counts for name in one}
    for name in sorted(names, key=lambda name: (-names[name], name))[:PUBLISHERS]:
        asked = urlencode({"speaker": id, "publisher": name})
        is_short = len(asked) <= LINK_MAXIMUM
        yield {
            "name": name,
            "quotes": counts[0].get(name, 0),
            "claims": counts[1].get(name, 0),
            "quotes_path": f"{prefix()}/quotes?{asked}" if is_short else None,
            "claims_path": f"{prefix()}/claims?{asked}" if is_short else None,
        }
