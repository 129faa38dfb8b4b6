"""Walking: speakers page by page, each exactly once, although commits change their order.

Those with most statements come first, and commits change the counts. So a cursor holds the order of
the first speakers as of the start of the walk; all others follow by id, which never changes.
"""

import hashlib
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from service.domain import Speaker

FIRST_SHOWN = 200
"""Speakers ordered by statements: the API's largest page. Their cursor takes 2,200 characters, and
a request line may have 8,190."""

_DIGEST_BYTES = 6
"""Among 100,000 speakers one walk in 14 million confuses a speaker with one of the first."""


class Position(NamedTuple):
    """Where a page ended: ``shown`` of the first speakers, whose digests are ``first_digests``, and
    all others up to the id ``last``."""

    first_digests: bytes
    shown: int
    last: str

    def key(self) -> list[str | int]:
        """Its content for a cursor."""
        return [b64encode(self.first_digests).decode(), self.shown, self.last]


class SpeakerOrder:
    """``found`` are all speakers of the walk, most statements first."""

    def __init__(self, found: tuple[Speaker, ...]) -> None:
        self.found = found

    def page(self, limit: int, after: Position | None) -> tuple[list[Speaker], Position | None]:
        """The speakers after ``after``, and the next position, if any are left."""
        if after is None:
            return self._first_page(limit)
        shown = list(islice(self._entries_after(after), limit + 1))
        more = len(shown) > limit
        return [one for one, _ in shown[:limit]], shown[limit - 1][1] if more else None

    def _first_page(self, limit: int) -> tuple[list[Speaker], Position | None]:
        """In the present order: finding each by its digest would take time for all speakers."""
        shown = list(self.found[:limit])
        if len(self.found) <= limit:
            return shown, None
        first = self.found[: max(limit, FIRST_SHOWN)]
        return shown, Position(b"".join(map(_digest, first)), limit, "")

    def _entries_after(self, at: Position) -> Iterator[tuple[Speaker, Position]]:
        """Each speaker with the position just after it."""
        digests = _digests(at.first_digests)
        for number, digest in enumerate(digests[at.shown :], start=at.shown + 1):
            if digest in self._by_digest:
                yield self._by_digest[digest], at._replace(shown=number)
        first = set(digests)
        for one in islice(self._by_id, bisect_right(self._ids, at.last), None):
            if _digest(one) not in first:
                yield one, at._replace(shown=len(digests), last=one.id)

    @cached_property
    def _by_digest(self) -> dict[bytes, Speaker]:
        return {_digest(one): one for one in self.found}

    @cached_property
    def _by_id(self) -> list[Speaker]:
        return sorted(self.found, key=lambda one: one.id)

    @cached_property
    def _ids(self) -> list[str]:
        return [one.id for one in self._by_id]


def _digest(speaker: Speaker) -> bytes:
    return hashlib.blake2b(speaker.id.encode(), digest_size=_DIGEST_BYTES).digest()


def _digests(first_digests: bytes) -> list[bytes]:
    starts = range(0, len(first_digests), _DIGEST_BYTES)
    return [first_digests[start : start + _DIGEST_BYTES] for start in starts]
