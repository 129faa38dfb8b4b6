"""A claim review as a type: who checked what, and with which result, in the checker's own words."""

import hashlib
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from service.domain import PartialDate


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """``claim`` are the words that were checked, ``url`` is where the review is, ``rating`` what it
    comes to in the checker's words, ``claimant`` whose claim it is said to be and ``claimed`` when;
    ``appearances`` are pages that have the claim."""

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
        """The host of whoever checked it, without "www.".

        >>> ClaimReview("r", "c", "https://www.facts.example/1", "Facts").site
        'facts.example'
        """
        return host_of(self.publisher_url or self.url).removeprefix("www.")

    @property
    def newest(self) -> date | None:
        """The newer of its dates: a claim is as old as that."""
        dates = (one.earliest for one in (self.reviewed, self.claimed) if one is not None)
        return max((one for one in dates if one is not None), default=None)

    @property
    def key(self) -> tuple[int, str]:
        """Orders reviews, the newest first."""
        newest = self.newest
        return -newest.toordinal() if newest else 0, self.id


def host_of(url: str) -> str:
    """Nothing without one, as in an address that begins like one and goes on otherwise.

    >>> host_of("https://Facts.example:80/1"), host_of("https://[::1/"), host_of("https:///1")
    ('facts.example', '', '')
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def review_id(url: str, claim: str) -> str:
    """The same claim on the same page has the same id everywhere: read again, it is replaced."""
    return "r-" + hashlib.sha256(f"{url}\n{claim}".encode()).hexdigest()[:12]
