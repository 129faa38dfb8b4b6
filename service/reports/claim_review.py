"""Claim review: findings as drafts of schema.org's ClaimReview, for a person to sign.

Terms: https://schema.org/ClaimReview. Author and numeric rating are left out: whoever publishes the
review supplies them.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from service.domain import SourceReference, SpeakerKind
from service.reports.facts import findings, findings_of, label, label_of, matches_of, searched
from service.reports.places import link_to
from service.verification.findings import Verdict, Verification
from service.verification.placing import CheckedDraft

CONTEXT = "https://schema.org"
_UNJUDGED = (Verdict.TOO_SHORT, Verdict.NOT_A_QUOTATION)


def claim_review(found: Verification, day: date) -> dict[str, Any]:
    """JSON-LD of one draft, marked as such by ``creativeWorkStatus``."""
    return {"@context": CONTEXT, **_review(found, label(found), findings(found), day)}


def claim_reviews(checked: CheckedDraft, day: date) -> dict[str, Any]:
    """JSON-LD with one draft for each quotation that was looked up, in reading order."""
    judged = (one for one in checked.quotations if one.verification.verdict not in _UNJUDGED)
    reviews = [_review(one.verification, label_of(one), findings_of(one), day) for one in judged]
    return {"@context": CONTEXT, "@graph": reviews}


def _review(found: Verification, label: str, facts: Iterable[str], day: date) -> dict[str, Any]:
    claim: dict[str, Any] = {"@type": "Claim", "name": found.quote}
    if found.speaker is not None:
        claim["author"] = {"@type": _type_of_author(found), "name": found.speaker}
    appearances = list(_appearances(found))
    if appearances:
        claim["appearance"] = appearances
    return {
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "datePublished": day.isoformat(),
        "claimReviewed": found.quote,
        "itemReviewed": claim,
        "reviewRating": {"@type": "Rating", "alternateName": label},
        "reviewBody": "\n".join([*facts, f"Searched: {searched(found.searched)}."]),
    }


def _type_of_author(found: Verification) -> str:
    """ "Organization" if the claimed speaker is known to be one; otherwise "Person"."""
    kinds = {one.kind for one in found.speakers}
    return "Organization" if kinds == {SpeakerKind.ORGANISATION} else "Person"


def _appearances(found: Verification) -> Iterator[dict[str, Any]]:
    """The sources in which the words were found."""
    for match in matches_of(found):
        work = _work(match.statement.source)
        link = link_to(match)
        yield {**work, "url": link} if link else work


def _work(source: SourceReference) -> dict[str, Any]:
    content = {
        "name": source.title,
        "datePublished": str(source.published) if source.published else None,
        "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
        "identifier": source.id,
    }
    return {"@type": "CreativeWork", **{name: value for name, value in content.items() if value}}
