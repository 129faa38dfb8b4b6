"""Elsewhere: is a quotation in the source that a draft cites for it?

Claims little: "elsewhere" is reported only if the index has articles of the cited source, knows the
publisher of each one that has the quotation, and none of these is, or names, the cited one:
reprints of an agency's copy name it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from service.domain import Act, Facet, Query, SourceReference
from service.index.port import Snapshot
from service.verification.findings import Cited, CitedFinding, Verdict, Verification, Wording
from service.verification.texts.citations import Citation, site_of
from service.verification.texts.media import (
    is_known,
    is_one,
    may_be_one,
    named_alike,
    sounds_like_one,
)

_SAME = (Wording.VERBATIM, Wording.TYPOGRAPHIC, Wording.ELIDED)
_BY_WEIGHT = (CitedFinding.AS_CITED, CitedFinding.FOUND_ELSEWHERE, CitedFinding.NOT_INDEXED)
PHRASE_WORDS = 8
"""Words of the quotation that are searched for in the index's articles of the cited source."""


class Elsewhere:
    """Checks the citations of one draft; each medium is looked up once."""

    def __init__(self, index: Snapshot) -> None:
        self._index = index
        self.published_as = cache(self._published_as)

    def is_medium(self, name: str) -> bool:
        """Whether the name is a medium's, known or in the index."""
        return is_known(name) or any(map(sounds_like_one, self.published_as(name)))

    def cited(self, found: Verification, citations: Iterable[Citation]) -> Cited | None:
        """The finding for the citations beside a quotation; a single correct one suffices."""
        if found.best is None or found.verdict is not Verdict.VERBATIM:
            return None
        sources = {one.id: one for one in _having(found)}.values()
        findings = [(self._finding(found, sources, one), one) for one in citations]
        known = [(finding, one) for finding, one in findings if finding is not None]
        if not known:
            return None
        finding, first = min(known, key=lambda one: _BY_WEIGHT.index(one[0]))
        return Cited(first.name, first.span, finding)

    def _finding(
        self, found: Verification, sources: Iterable[SourceReference], citation: Citation
    ) -> CitedFinding | None:
        """The finding for one citation, or None if a publisher of the quotation is unknown."""
        if any(_may_be_of(one, citation.name) for one in sources):
            return CitedFinding.AS_CITED
        published = self.published_as(citation.name)
        if not published:
            return CitedFinding.NOT_INDEXED
        if not all(one.publisher or one.url for one in sources):
            return None
        named = any(self._names(one, citation.name) for one in sources)
        if named or any(self._has(name, found) for name in published):
            return CitedFinding.AS_CITED
        return CitedFinding.FOUND_ELSEWHERE

    def _published_as(self, name: str) -> tuple[str, ...]:
        """The index's publishers that are this medium."""
        names = named_alike(name)
        others = () if "." in name else (f"The {name}", re.sub(r"^[Tt]he ", "", name))
        publishers = [*dict.fromkeys((*names, *others)), *self._alike(name)]
        return tuple(
            dict.fromkeys(one for one in publishers if self._index.sources(one, limit=1).items)
        )

    def _alike(self, name: str) -> Iterator[str]:
        """The most frequent publishers that are this medium: a site's name differs from its
        publisher's.
        """
        return (one for one in self._publishers() if is_one(name, one))

    @cache  # noqa: B019  # one object per draft
    def _publishers(self) -> tuple[str, ...]:
        page = self._index.find(Query(facets=(Facet.PUBLISHER,), limit=1))
        return tuple(one.value for one in page.facets[Facet.PUBLISHER])

    def _names(self, source: SourceReference, name: str) -> bool:
        """Whether the article itself names it as its source."""
        text = self._index.source(source.id).source.text
        names = (one for one in named_alike(name) if "." not in one)
        return any(re.search(rf"\b{re.escape(one)}\b", text) for one in names)

    def _has(self, publisher: str, found: Verification) -> bool:
        """Whether another statement of that publisher has the words."""
        words = re.findall(r"[\w’'-]+", found.best.found if found.best else "")
        asked = Query(
            words=f'"{" ".join(words[:PHRASE_WORDS])}"',
            publisher=publisher,
            acts=frozenset(Act),
            denied=None,
            limit=1,
        )
        return bool(words) and bool(self._index.find(asked).items)


def _having(found: Verification) -> Iterator[SourceReference]:
    """The sources of all statements that have the quotation unchanged."""
    for match in (found.best, *found.pieces):
        if match is not None:
            yield match.statement.source
    yield from (one.statement.source for one in found.others if one.wording in _SAME)
    yield from (one.statement.source for one in found.circulation.mentions)


def _may_be_of(source: SourceReference, name: str) -> bool:
    names = (source.publisher, site_of(source.url or ""))
    return any(may_be_one(name, one) for one in names if one)
