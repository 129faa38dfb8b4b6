"""Operation: the overview, health checks and metrics."""

from flask import Response

from service.api.answered.problems import answer_unready
from service.api.answered.schemas import EntranceSchema, HealthSchema, ReadinessSchema
from service.api.calls import metrics as written_metrics
from service.api.calls.blueprint import TEXT, Blueprint
from service.api.calls.entrance import entrance
from service.api.calls.pages.question import page
from service.api.context.parts import check_index, counting, snapshot
from service.domain import IndexStatistics
from service.errors import IndexUnavailable

blueprint = Blueprint("Service", "An overview of the service, and its health.", indexed=False)


def _home() -> Response:
    content = EntranceSchema().dump(entrance())
    return page("home", index=content["index"], version=content["version"])


@blueprint.route("/")
@blueprint.response(200, EntranceSchema, description="An overview")
@blueprint.page(_home)
def what_there_is() -> dict[str, object]:
    """An overview of the service

    As a page for browsers, which ask for text/html.
    """
    return entrance()


@blueprint.route("/healthz")
@blueprint.response(200, HealthSchema, description="The service answers")
def healthz() -> dict[str, str]:
    """Is the process alive?"""
    return {"status": "ok"}


@blueprint.route("/readyz")
@blueprint.response(200, ReadinessSchema, description="The index can be queried")
@blueprint.alt_response(503, "Unavailable")
def readyz() -> dict[str, object] | Response:
    """Can the index be queried?

    503 if the index was removed, replaced or damaged, even while the server still answers from what
    it has open.
    """
    try:
        check_index()
    except IndexUnavailable as error:
        return answer_unready(error)
    return {"status": "ready", "index": snapshot().statistics()}


@blueprint.route("/metrics")
@blueprint.response(
    200, TEXT, content_type=written_metrics.MEDIA_TYPE, description="For Prometheus"
)
def metrics() -> Response:
    """Requests and their durations over all workers, and statistics of the index

    In Prometheus's text format. Requests are counted only under gunicorn.
    """
    written = written_metrics.written(counting().counts, _held())
    return Response(written, content_type=written_metrics.MEDIA_TYPE)


def _held() -> IndexStatistics | None:
    try:
        return snapshot().statistics()
    except IndexUnavailable:
        return None
