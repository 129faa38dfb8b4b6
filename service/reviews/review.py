"""A claim review as a type: who checked what, with what result, in the checker's words."""

import hashlib
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from service.domain import PartialDate


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """A check of a claim by somebody else.

    ``claim`` are the words that were checked, ``url`` is the review's address, ``rating`` the
    result in the checker's words; ``claimant`` is who is said to have made the claim, ``claimed``
    when; ``appearances`` are pages with the claim.
    """

    id: str
    claim: str
    url: str
    publisher: str
    publisher_url: str | None = None
    title: str | None = None
    reviewed: PartialDate | None = None
    rating: str | None = None
    language: str | None = None
    claimant: str | None = None
    claimed: PartialDate | None = None
    appearances: tuple[str, ...] = ()

    @property
    def site(self) -> str:
        """The checker's host, without "www.".

        >>> ClaimReview("r", "c", "https://www.facts.example/1", "Facts").site
        'facts.example'
        """
        return host_of(self.publisher_url or self.url).removeprefix("www.")

    @property
    def newest(self) -> date | None:
        """The later of its dates, which counts as the age of the claim."""
        dates = (one.earliest for one in (self.reviewed, self.claimed) if one is not None)
        return max((one for one in dates if one is not None), default=None)

    @property
    def key(self) -> tuple[int, str]:
        """Sort key: newest first."""
        newest = self.newest
        return -newest.toordinal() if newest else 0, self.id


def host_of(url: str) -> str:
    """The host of a URL in lower case; empty if the URL has none or is malformed.

    >>> host_of("https://Facts.example:80/1"), host_of("https://[::1/"), host_of("https:///1")
    ('facts.example', '', '')
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def review_id(url: str, claim: str) -> str:
    """An id that depends only on page and claim, so importing a review again replaces it."""
    return "r-" + hashlib.sha256(f"{url}\n{claim}".encode()).hexdigest()[:12]
