"""Metrics: the content of /metrics, for Prometheus."""

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from service.api.context.counting import BOUNDS, OTHER, RequestCounts
from service.domain import IndexStatistics

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4


def written(counts: RequestCounts, held: IndexStatistics | None) -> bytes:
    """The metrics in Prometheus's text format; ``held`` is None if the index is unavailable."""
    registry = CollectorRegistry()
    registry.register(_Metrics(counts, held))
    return generate_latest(registry)


class _Metrics(Collector):
    def __init__(self, counts: RequestCounts, held: IndexStatistics | None) -> None:
        self._counts = counts
        self._held = held

    def collect(self) -> Iterator[Metric]:
        yield self._requests()
        yield self._durations()
        yield GaugeMetricFamily(
            "onrecord_index_usable",
            "Whether the index can be queried, 1 or 0.",
            value=int(self._held is not None),
        )
        if self._held is not None:
            yield from _of_index(self._held)

    def _requests(self) -> Metric:
        family = CounterMetricFamily(
            "onrecord_requests",
            "Requests answered, by all workers together.",
            labels=("method", "route", "status"),
        )
        for method, route, status, count in self._counts.requests():
            family.add_metric((method, route, str(status or OTHER)), count)
        return family

    def _durations(self) -> Metric:
        family = HistogramMetricFamily(
            "onrecord_request_seconds",
            "From a complete request to the end of its answer.",
            labels=("route",),
        )
        names = [*map(str, BOUNDS), "+Inf"]
        for route, counts, seconds in self._counts.durations():
            family.add_metric((route,), list(zip(names, counts, strict=True)), seconds)
        return family


def _of_index(held: IndexStatistics) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "onrecord_index_generation",
        "The generation that answers come from; each commit adds 1.",
        value=int(held.generation.partition("-")[0]),
    )
    yield GaugeMetricFamily(
        "onrecord_index_age_seconds",
        "Seconds since that generation was committed.",
        value=max(0.0, time.time() - held.committed),
    )
    yield GaugeMetricFamily("onrecord_index_sources", "Sources.", value=held.sources)
    yield GaugeMetricFamily("onrecord_index_speakers", "Speakers.", value=held.speakers)
    statements = GaugeMetricFamily("onrecord_index_statements", "Statements.", labels=("kind",))
    statements.add_metric(("quote",), held.quotes)
    statements.add_metric(("claim",), held.claims)
    statements.add_metric(("attitude",), held.attitudes)
    yield statements
