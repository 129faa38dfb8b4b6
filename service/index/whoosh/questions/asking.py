"""Asking: implements the port's Snapshot for an index in a folder.

The queries are implemented in the other modules; all read the same generation.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial

from service.domain import (
    CLAIM_FORMS,
    QUOTATION_FORMS,
    AnnotatedSource,
    Form,
    Hit,
    IndexStatistics,
    Page,
    Query,
    SourceReference,
    SourceSummary,
    Span,
    SpeakerSummary,
    Statement,
    Suggestion,
)
from service.errors import NotFound
from service.index.analysis import fold
from service.index.port import Rendering
from service.index.whoosh.generations import inventory
from service.index.whoosh.generations.snapshot import Generation
from service.index.whoosh.questions import pages, streaming
from service.index.whoosh.questions import within as within_source
from service.index.whoosh.questions.overlap import Sought, sharing, sought_in
from service.index.whoosh.questions.reprints import reprinted, reprints_of
from service.index.whoosh.segments.suggestions import suggest_words


class WhooshSnapshot:
    """Answers from one generation, whose files stay open as long as this object is referenced."""

    __slots__ = ("_lookup", "_snapshot")

    def __init__(self, snapshot: Generation) -> None:
        self._snapshot = snapshot
        self._lookup: Callable[[str], Sought] | None = None

    @property
    def generation(self) -> str:
        return self._snapshot.generation

    def find(self, query: Query) -> Page[Hit]:
        return pages.find(self._snapshot, query)

    def find_rendered(self, query: Query, rendering: Rendering) -> Page[bytes]:
        return pages.find_rendered(self._snapshot, query, rendering)

    def every(self, query: Query) -> Iterator[Statement]:
        return streaming.every(self._snapshot, query)

    def every_rendered(self, query: Query, rendering: Rendering) -> Iterator[bytes]:
        return streaming.every_rendered(self._snapshot, query, rendering)

    def sharing(
        self,
        text: str,
        share: float = 0.6,
        limit: int = 50,
        forms: frozenset[Form] = QUOTATION_FORMS | CLAIM_FORMS,
    ) -> list[Statement]:
        if self._lookup is None:  # created on first use; most snapshots never need it
            # verification asks for the same words with a large and then a smaller share
            self._lookup = lru_cache(4)(partial(sought_in, self._snapshot))
        return sharing(self._snapshot, self._lookup(text), share, limit, forms)

    def statement(self, statement_id: str) -> Statement:
        place = self._snapshot.find("statement", statement_id)
        if place is None:
            raise NotFound(f"no statement has the id {statement_id!r}")
        return self._snapshot.statement(place.segment.files, place.document)

    def source(self, source_id: str) -> SourceSummary:
        place = self._snapshot.find("source", source_id)
        if place is None:
            raise NotFound(f"no source has the id {source_id!r}")
        return place.segment.files.source(place.document).summary()

    def reprints(self, source_id: str) -> tuple[SourceReference, ...]:
        place = self._snapshot.find("source", source_id)
        if place is None:
            raise NotFound(f"no source has the id {source_id!r}")
        return reprints_of(self._snapshot, place)

    def reprinted(self, source_ids: Iterable[str]) -> Mapping[str, str]:
        return reprinted(self._snapshot, source_ids)

    def statements_in(self, source_id: str, within: Span) -> list[Statement]:
        place = self._snapshot.find("source", source_id)
        if place is None:
            raise NotFound(f"there is no source {source_id!r}")
        return within_source.statements_in(self._snapshot, place, within)

    def sources(
        self, publisher: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SourceSummary]:
        return pages.sources(self._snapshot, publisher, limit, cursor)

    def speaker(self, speaker_id: str) -> SpeakerSummary:
        directory = self._snapshot.directory
        speaker = directory.by_id(speaker_id)
        if speaker is None:
            raise NotFound(f"no speaker has the id {speaker_id!r}")
        return directory.summary(speaker)

    def speakers(
        self, name: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SpeakerSummary]:
        return pages.speakers(self._snapshot, name, limit, cursor)

    def suggest(self, start: str, limit: int = 10) -> list[Suggestion]:
        """Speakers first, then words of quotations; most statements first.

        A word's count is the number of statements that a search for it finds.
        """
        wanted = fold(start).strip()
        if not wanted:
            return []
        directory = self._snapshot.directory
        suggestions = [
            Suggestion(speaker.name, "speaker", directory.total(speaker.id), speaker.id)
            for speaker in directory.beginning(wanted)
        ]
        return [*suggestions, *suggest_words(self._snapshot.segments, wanted, limit)][:limit]

    def everything(self) -> Iterator[AnnotatedSource]:
        return inventory.everything(self._snapshot)

    def statistics(self) -> IndexStatistics:
        return self._snapshot.statistics
