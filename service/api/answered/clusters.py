"""Clusters: one quotation in all its wordings, with its mentions in pages."""

from collections.abc import Mapping

from service.api.answered.listing import next_of
from service.api.context.limits import MENTIONS_SHOWN, SPEAKERS_SHOWN
from service.domain import Page
from service.verification.findings import Cluster, Sighting


def cluster_content(
    found: Cluster, page: Page[Sighting], path: str, parameters: Mapping[str, str]
) -> dict[str, object]:
    """A cluster as ClusterSchema shows it; ``path`` with ``parameters`` is the address of the
    page."""
    return {
        "id": found.id,
        "speakers": found.speakers[:SPEAKERS_SHOWN],
        "mentions": page.items,
        "total": page.total,
        "next": next_of(page, path, parameters),
        "variants": found.circulation.variants[:MENTIONS_SHOWN],
        "independent_origins": found.circulation.independent_origins,
        "first_seen": found.circulation.first_seen,
        "links": {"self": f"/clusters/{found.id}"},
    }
