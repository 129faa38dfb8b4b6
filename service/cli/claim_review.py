"""Claim review: a finding as a draft of schema.org's ClaimReview, for a person to sign.

Terms: https://schema.org/ClaimReview. It has no author and no rating in numbers: who reviews a
claim, and what it comes to, is said by whoever publishes it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from service.cli.facts import findings, label, matches_of, searched
from service.cli.sources import link_to
from service.domain import SourceReference
from service.verification.findings import Verification


def claim_review(found: Verification, day: date) -> dict[str, Any]:
    """JSON-LD; ``creativeWorkStatus`` says that it is a draft."""
    claim: dict[str, Any] = {"@type": "Claim", "name": found.quote}
    if found.speaker is not None:
        claim["author"] = {"@type": "Person", "name": found.speaker}
    appearances = list(_appearances(found))
    if appearances:
        claim["appearance"] = appearances
    facts = [*findings(found), f"Searched: {searched(found.searched)}."]
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "datePublished": day.isoformat(),
        "claimReviewed": found.quote,
        "itemReviewed": claim,
        "reviewRating": {"@type": "Rating", "alternateName": label(found)},
        "reviewBody": "\n".join(facts),
    }


def _appearances(found: Verification) -> Iterator[dict[str, Any]]:
    """Where the words were found."""
    for match in matches_of(found):
        work = _work(match.statement.source)
        link = link_to(match)
        yield {**work, "url": link} if link else work


def _work(source: SourceReference) -> dict[str, Any]:
    told = {
        "name": source.title,
        "datePublished": str(source.published) if source.published else None,
        "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
        "identifier": source.id,
    }
    return {"@type": "CreativeWork", **{name: value for name, value in told.items() if value}}
