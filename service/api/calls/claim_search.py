"""Claim search: claims that others checked, in the format of Google's Fact Check Tools API.

A client of that API can query the imported reviews here (onrecord claim-reviews add).
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from service.api.answered.schemas import GoogleClaimsSchema, google_claim
from service.api.asked.claim_search import ClaimSearchParameters
from service.api.calls.blueprint import Blueprint
from service.api.context.parts import reviews
from service.errors import InvalidParameter
from service.index.cursors import read_cursor, write_cursor
from service.reviews import Asked

blueprint = Blueprint(
    "Others' checks",
    "Claims that others checked, from imported ClaimReviews.",
    # ages are relative to today
    beside=lambda: f"{reviews().version} {date.today()}",
)


@blueprint.route("/v1alpha1/claims:search")
@blueprint.arguments(ClaimSearchParameters, location="query")
@blueprint.response(200, GoogleClaimsSchema, description="One page of claims")
def claims_search(parameters: "dict[str, object]") -> dict[str, object]:
    """Claims that others checked

    In the format of `claims.search` of Google's Fact Check Tools API, newest first; parameters have
    the same names and meanings. Searches only imported reviews; no other service is contacted.
    """
    return _page(**parameters)  # type: ignore[arg-type]  # as the parameter schema produces it


def _page(
    asked: Asked, question: Sequence[object], limit: int, token: str | None, offset: int
) -> dict[str, object]:
    found = reviews().find(asked)
    keys = [review.key for review in found]
    start = offset if token is None else bisect_right(keys, _read(question, token))
    shown = found[start : start + limit]
    answer: dict[str, object] = {}
    if shown:  # Google omits the key if there are none
        answer["claims"] = [google_claim(review) for review in shown]
    if start + limit < len(found) and shown:
        answer["nextPageToken"] = write_cursor(question, shown[-1].key)
    return answer


def _read(question: Sequence[object], token: str) -> tuple[int, str]:
    """Offset and version from a page token. Raises InvalidParameter under Google's name for it."""
    try:
        return read_cursor(question, token, tuple[int, str])
    except InvalidParameter as error:
        raise InvalidParameter("pageToken", error.detail) from error
