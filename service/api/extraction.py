"""Extraction on request: the statements of a text that is not kept."""

from service.api.blueprint import Blueprint
from service.api.parameters import TextBody
from service.api.parts import extract
from service.api.schemas import ExtractionSchema
from service.domain import QUOTATION_FORMS, AnnotatedSource, SourceSummary

blueprint = Blueprint("Extraction", "Statements of a text that is not kept.", indexed=False)

PLAIN_TEXT = {"text/plain": {"schema": {"type": "string", "minLength": 1, "pattern": r"\S"}}}


@blueprint.route("/extract", methods=["POST"])
@blueprint.arguments(TextBody)
@blueprint.response(200, ExtractionSchema, description="What stands in the text")
@blueprint.alt_response(413, "TooLong")
@blueprint.alt_response(415, "NotRead")
@blueprint.doc(requestBody={"content": PLAIN_TEXT})
def extract_statements(given: dict[str, str]) -> dict[str, object]:
    """Statements of a text that is not kept

    The body is a JSON object, or the text itself as text/plain. At most 1 MB.
    """
    annotated = extract()(**given)
    return {"source": _summary_of(annotated), "statements": annotated.statements}


def _summary_of(annotated: AnnotatedSource) -> SourceSummary:
    quotes = sum(statement.form in QUOTATION_FORMS for statement in annotated.statements)
    return SourceSummary(annotated.source, quotes, len(annotated.statements) - quotes)
