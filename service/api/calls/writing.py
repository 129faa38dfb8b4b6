"""Writing: sources are handed in and withdrawn by those who have a token for it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import cast
from urllib.parse import quote

from flask import Response, current_app, request

from service.api.answered.negotiation import JSON, LINES
from service.api.answered.schemas import SourceSchema
from service.api.answered.schemas.written import WrittenSchema
from service.api.asked.parameters import LANGUAGE, SOURCE_ID, DeclarationParameters
from service.api.asked.parsing import take_body, take_text
from service.api.asked.values import PUBLISHED
from service.api.calls.blueprint import Blueprint
from service.api.context.limits import ANSWER_MAXIMUM, LIMIT_MAXIMUM, SOURCES_MAXIMUM
from service.api.context.parts import desk, snapshot
from service.bounds import VALUE_MAXIMUM
from service.domain import ANY_ACT, Query, Source
from service.errors import NotFound, UnsupportedFormat
from service.index.port import Snapshot
from service.rendering.prefix import prefix
from service.rendering.statement_json import STATEMENT_JSON

blueprint = Blueprint(
    "Writing",
    "Hands in and withdraws sources. Off, unless the service has tokens for it.",
    indexed=False,
    guarded=True,
)

PLAIN = "text/plain"
NAMED = {"in": "path", "name": "id", "description": "Id of the source"}

_TIME = {"type": "string", "format": "date-time"}
_TEXT = {"type": "string", "minLength": 1, "pattern": r"\S"}
_NOTHING: list[Mapping[str, object]] = [{"type": "null"}, {"type": "string", "pattern": r"^\s*$"}]
"""What counts as not said."""


def _key(description: str, *kinds: Mapping[str, object]) -> dict[str, object]:
    return {"anyOf": [*_NOTHING, *kinds], "description": description}


_STRING = {"type": "string", "maxLength": VALUE_MAXIMUM}
_KEYS = {
    "text": {**_TEXT, "description": "The full text, or `body` instead"},
    "id": _key("Else it is made from `url` or the text", {"type": "string", "pattern": SOURCE_ID}),
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
    PLAIN: {"schema": _TEXT},
    LINES: {"schema": {"type": "array", "items": _ARTICLE, "maxItems": SOURCES_MAXIMUM}},
}


@blueprint.route("/sources", methods=["POST"])
@blueprint.arguments(DeclarationParameters, location="query")
@blueprint.response(201, WrittenSchema, description="A source is new in the index")
@blueprint.alt_response(200, schema=WrittenSchema, description="None is new; some may be replaced")
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
@blueprint.doc(requestBody={"content": _BODY, "required": True})
def add_sources(declared: dict[str, object]) -> Response:
    """Hand in sources

    An article as a line of a .jsonl file has it; several, one a line, as `application/x-ndjson`;
    or the text itself as `text/plain`. Parameters say what is known of all, and win over the
    body. At most 1 MB and 200 sources. All of them are in the index, or none; whoever asks
    this service after the answer finds them. A source replaces the one with its id.
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

    Its words leave the index folder too. Whoever asks this service after the answer does not find
    it any more.
    """
    desk().remove(id)
    return Response(status=HTTPStatus.NO_CONTENT)


def _sent(declared: Mapping[str, object]) -> list[Source]:
    """Raises InvalidInput."""
    media = request.mimetype
    if media == PLAIN:
        return [desk().read_text(take_text(request), declared)]
    if media not in (JSON, LINES):
        raise UnsupportedFormat(f"a body of type {{media or 'none'}}; expected {', '.join(_BODY)}")
    return desk().read(take_body(request), media == LINES, declared)


def _written(taken: Snapshot, sources: Iterable[Source]) -> dict[str, object]:
    """What the index has of these sources now, but for those that somebody has withdrawn since."""
    standing = []
    for source in sources:
        with suppress(NotFound):
            standing.append(taken.source(source.id))
    room = ANSWER_MAXIMUM - len(current_app.json.dumps(_sources.dump(standing)))
    statements: list[bytes] = []
    total = 0
    for summary in standing:
        page = taken.find_rendered(_everything_in(summary.source.id), STATEMENT_JSON)
        total += page.total
        for one in page.items:
            room -= len(one) + len(",")
            if room > 0:
                statements.append(one)
    return {
        "generation": taken.generation,
        "sources": standing,
        "statements": statements,
        "statements_total": total,
    }


def _everything_in(source_id: str) -> Query:
    return Query(source=source_id, acts=ANY_ACT, denied=None, limit=LIMIT_MAXIMUM)


_sources = SourceSchema(many=True)
