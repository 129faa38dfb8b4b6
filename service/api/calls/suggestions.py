"""Suggestions: names and words while typing."""

from typing import Any

from service.api.answered.schemas import SuggestionsSchema
from service.api.asked.parameters import SuggestParameters
from service.api.calls.blueprint import Blueprint
from service.api.context.parts import snapshot

blueprint = Blueprint("Suggestions", "Names and words while typing.")


@blueprint.route("/suggest")
@blueprint.arguments(SuggestParameters, location="query")
@blueprint.response(200, SuggestionsSchema, description="Suggestions, the most frequent first")
def suggest(parameters: dict[str, Any]) -> dict[str, object]:
    """Names of speakers and words of quotations that start with `q`"""
    return {"items": snapshot().suggest(**parameters)}
