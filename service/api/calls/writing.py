"""Writing: submitting and withdrawing sources, and submitting others' checks, with a token."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import cast
from urllib.parse import quote

from flask import Response, current_app, request

from service.api.answered.negotiation import JSON, LINES, LINKED
from service.api.answered.schemas import SourceSchema
from service.api.answered.schemas.written import ReviewsWrittenSchema, WrittenSchema
from service.api.asked.parameters import LANGUAGE, SOURCE_ID, DeclarationParameters
from service.api.asked.parsing import take_body, take_text
from service.api.asked.values import PUBLISHED
from service.api.calls.blueprint import Blueprint
from service.api.context.limits import ANSWER_MAXIMUM, LIMIT_MAXIMUM, SOURCES_MAXIMUM
from service.api.context.parts import desk, review_store, snapshot
from service.bounds import VALUE_MAXIMUM
from service.domain import ANY_ACT, Query, Source
from service.errors import ERRORS_SHOWN, NotFound, UnreadableSource, UnsupportedFormat
from service.index.port import Snapshot
from service.rendering.prefix import prefix
from service.rendering.statement_json import STATEMENT_JSON
from service.reviews import read_reviews

blueprint = Blueprint(
    "Writing",
    "Adds and withdraws sources, and adds others' checks. Off unless tokens for writing are "
    "configured.",
    indexed=False,
    guarded=True,
)

TEXT = "text/plain"
NAMED = {"in": "path", "name": "id", "description": "Id of the source"}

_TIME = {"type": "string", "format": "date-time"}
_TEXT = {"type": "string", "minLength": 1, "pattern": r"\S"}
_NOTHING: list[Mapping[str, object]] = [{"type": "null"}, {"type": "string", "pattern": r"^\s*$"}]
"""Values that count as missing."""


def _key(description: str, *kinds: Mapping[str, object]) -> dict[str, object]:
    return {"anyOf": [*_NOTHING, *kinds], "description": description}


_STRING = {"type": "string", "maxLength": VALUE_MAXIMUM}
_KEYS = {
    "text": {**_TEXT, "description": "The full text, or `body` instead"},
    "id": _key(
        "By default derived from `url`, or from the text", {"type": "string", "pattern": SOURCE_ID}
    ),
    "title": _key("Headline", _STRING),
    "publisher": _key("Who published it", _STRING),
    "published": _key("When, as precisely as known", *PUBLISHED, _TIME),
    "authors": _key("Who wrote it", _STRING, {"type": "array", "items": _STRING}),
    "url": _key("Where it was published", {**_STRING, "pattern": "^https?://"}),
    "language": _key("BCP 47 code", {"type": "string", "pattern": LANGUAGE}),
}
_ARTICLE = {
    "type": "object",
    "description": "A line of a .jsonl file; other keys are kept as `metadata`",
    "properties": _KEYS,
    "required": ["text"],
}
_BODY = {
    JSON: {"schema": _ARTICLE},
    TEXT: {"schema": _TEXT},
    LINES: {"schema": {"type": "array", "items": _ARTICLE, "maxItems": SOURCES_MAXIMUM}},
}


_REVIEW = {
    "type": ["object", "array"],
    "description": "ClaimReviews as pages and feeds have them, each with `claimReviewed`, `url` and"
    " `author`",
}
_REVIEWS = {
    JSON: {"schema": _REVIEW},
    LINKED: {"schema": _REVIEW},
    LINES: {"schema": {"type": "array", "items": {"type": "object"}, "minItems": 1}},
}


@blueprint.route("/sources", methods=["POST"])
@blueprint.arguments(DeclarationParameters, location="query")
@blueprint.response(201, WrittenSchema, description="At least one source is new in the index")
@blueprint.alt_response(
    200, schema=WrittenSchema, description="No source is new; some may have been replaced"
)
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
@blueprint.doc(requestBody={"content": _BODY, "required": True})
def add_sources(declared: dict[str, object]) -> Response:
    """Add sources

    An article as in a line of a .jsonl file; several, one per line, as `application/x-ndjson`; or
    the text itself as `text/plain`. Parameters apply to all of them and override the body. At most
    1 MB and 200 sources. Either all of them are indexed or none; every request to this service
    after the answer finds them. A source replaces the one with the same id.
    """
    sources = _sent(declared)
    changes = desk().add(sources)
    written = _written(snapshot(), sources)
    written |= {name: getattr(changes, name) for name in ("added", "replaced", "unchanged")}
    response = cast(Response, current_app.json.response(WrittenSchema().dump(written)))
    if changes.added:
        response.status_code = HTTPStatus.CREATED
        if len(sources) == 1:
            response.headers["Location"] = f"{prefix()}/sources/{quote(sources[0].id, safe='')}"
    return response


@blueprint.route("/sources/<id>", methods=["DELETE"], parameters=[NAMED])
@blueprint.response(204, description="The source and its statements are gone")
@blueprint.alt_response(404, "NotFound")
def withdraw_source(id: str) -> Response:
    """Withdraw a source

    No request to this service after the answer finds it. Its words are deleted from the index
    folder too; for a large index within a minute or so, because much has to be rewritten.
    """
    desk().remove(id)
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.route("/claim-reviews", methods=["POST"])
@blueprint.response(201, ReviewsWrittenSchema, description="At least one check is new")
@blueprint.alt_response(200, schema=ReviewsWrittenSchema, description="No check is new")
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
@blueprint.doc(requestBody={"content": _REVIEWS, "required": True})
def add_claim_reviews() -> Response:
    """Add others' checks

    schema.org ClaimReviews as JSON-LD: one, a list or graph of them, a feed, or one per line; at
    most 1 MB. Either all of them are stored or none. They are shown next to what the service finds
    itself. A review replaces an earlier one of the same claim at the same address.
    """
    if request.mimetype not in _REVIEWS:
        media = request.mimetype or "none"
        raise UnsupportedFormat(f"a body of type {media}; expected {', '.join(_REVIEWS)}")
    read = read_reviews(take_body(request), "the body")
    if read.wrong:
        more = len(read.wrong) - ERRORS_SHOWN
        problems = "; ".join(read.wrong[:ERRORS_SHOWN])
        raise UnreadableSource(f"{problems}; and {more} more" if more > 0 else problems)
    changes = review_store().add(read.reviews)
    written = {
        "added": changes.added,
        "replaced": changes.replaced,
        "unchanged": changes.unchanged,
        "ids": [review.id for review in read.reviews],
    }
    response = cast(Response, current_app.json.response(ReviewsWrittenSchema().dump(written)))
    response.status_code = HTTPStatus.CREATED if changes.added else HTTPStatus.OK
    return response


def _sent(declared: Mapping[str, object]) -> list[Source]:
    """The sources in the body. Raises InvalidInput."""
    media = request.mimetype
    if media == TEXT:
        return [desk().read_text(take_text(request), declared)]
    if media not in (JSON, LINES):
        raise UnsupportedFormat(f"a body of type {media or 'none'}; expected {', '.join(_BODY)}")
    return desk().read(take_body(request), media == LINES, declared)


def _written(taken: Snapshot, sources: Iterable[Source]) -> dict[str, object]:
    """What the index now holds of these sources, except any withdrawn since."""
    stored = []
    for source in sources:
        with suppress(NotFound):
            stored.append(taken.source(source.id))
    room = ANSWER_MAXIMUM - len(current_app.json.dumps(_sources.dump(stored)))
    statements: list[bytes] = []
    total = 0
    for summary in stored:
        page = taken.find_rendered(_everything_in(summary.source.id), STATEMENT_JSON)
        total += page.total
        for one in page.items:
            room -= len(one) + len(",")
            if room > 0:
                statements.append(one)
    return {
        "generation": taken.generation,
        "sources": stored,
        "statements": statements,
        "statements_total": total,
    }


def _everything_in(source_id: str) -> Query:
    return Query(source=source_id, acts=ANY_ACT, denied=None, limit=LIMIT_MAXIMUM)


_sources = SourceSchema(many=True)
