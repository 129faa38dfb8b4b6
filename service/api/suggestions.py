"""Suggestions: names and words while somebody types."""

from typing import Any

from service.api.blueprint import Blueprint
from service.api.parameters import SuggestParameters
from service.api.parts import snapshot
from service.api.schemas import SuggestionsSchema

blueprint = Blueprint("Suggestions", "Names and words while typing.")


@blueprint.route("/suggest")
@blueprint.arguments(SuggestParameters, location="query")
@blueprint.response(200, SuggestionsSchema, description="Suggestions, the most frequent first")
def suggest(given: dict[str, Any]) -> dict[str, object]:
    """Names of speakers and words of quotations that begin like this"""
    return {"items": snapshot().suggest(**given)}
