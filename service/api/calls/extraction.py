"""Extraction on request: the statements of a text that is not stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson
from flask import Response

from service.api.answered.negotiation import JSON, LINES
from service.api.answered.schemas import ExtractionSchema
from service.api.asked.parameters import ExtractionParameters, TextBody
from service.api.calls.blueprint import Blueprint
from service.api.context.limits import ANSWER_MAXIMUM
from service.api.context.parts import extract
from service.domain import SourceSummary, Statement, listed, summary_of
from service.errors import AnswerTooLarge
from service.rendering.sources import ExtractedSourceSchema
from service.rendering.statements import ExtractedStatementSchema

blueprint = Blueprint("Extraction", "Statements of a text that is not stored.", indexed=False)

PLAIN_TEXT = {"text/plain": {"schema": {"type": "string", "minLength": 1, "pattern": r"\S"}}}

_write = ExtractedStatementSchema().write
_write_source = ExtractedSourceSchema().write


Parameters = Mapping[str, str]


def _extracted_lines(asked: Mapping[str, bool | None], parameters: Parameters) -> Response:
    _, statements = _extracted(asked, parameters)
    return Response((one + b"\n" for one in _written(statements)), mimetype=LINES)


@blueprint.route("/extract", methods=["POST"])
@blueprint.arguments(ExtractionParameters, location="query")
@blueprint.arguments(TextBody)
@blueprint.response(200, ExtractionSchema, description="The statements of the text")
@blueprint.also(
    LINES,
    _extracted_lines,
    schema=ExtractedStatementSchema(many=True),
)
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
@blueprint.doc(requestBody={"content": PLAIN_TEXT})
def extract_statements(
    asked: Mapping[str, bool | None], parameters: Parameters
) -> dict[str, object]:
    """Statements of a text that is not stored

    The body is a JSON object, or the text itself as text/plain, of at most 1 MB. A JSON answer is
    limited to 2 MB, enough for about 400 kB of news; with `Accept: application/x-ndjson` the answer
    is unlimited and has one statement per line.
    """
    source, statements = _extracted(asked, parameters)
    room = ANSWER_MAXIMUM - len(orjson.dumps(_write_source(source)))
    written = _few_enough(_written(statements), len(statements), room)
    return {"source": source, "statements": written}


def _extracted(
    asked: Mapping[str, bool | None], parameters: Parameters
) -> tuple[SourceSummary, tuple[Statement, ...]]:
    annotated = extract()(**parameters)
    return summary_of(annotated), listed(annotated, asked.get("denied", False)).statements


def _written(statements: Sequence[Statement]) -> Iterator[bytes]:
    return (orjson.dumps(_write(statement)) for statement in statements)


def _few_enough(written: Iterable[bytes], total: int, room: int) -> list[bytes]:
    """All of ``written``. Raises AnswerTooLarge once they exceed ``room`` bytes."""
    taken: list[bytes] = []
    for one in written:
        room -= len(one) + len(",")
        if room < 0:
            raise AnswerTooLarge(
                f"the text has {total} statements, more than fit in {ANSWER_MAXIMUM} bytes of "
                f"{JSON}: ask for one per line (Accept: {LINES}), or send less text at once"
            )
        taken.append(one)
    return taken
