"""WhooshIndex: the Index port on a folder, without a server.

Any number of processes and threads may read; a commit of any of them is seen by the next call.
"""

from collections.abc import Iterable
from pathlib import Path

from service.domain import (
    CLAIM_FORMS,
    QUOTATION_FORMS,
    AnnotatedSource,
    Changes,
    Form,
    Hit,
    IndexStatistics,
    KnownSpeaker,
    Page,
    Query,
    SourceSummary,
    SpeakerSummary,
    Statement,
    Suggestion,
)
from service.errors import NotFound
from service.index.analysis import fold
from service.index.port import Rendering
from service.index.whoosh import changes, listing
from service.index.whoosh.files import IndexFolder
from service.index.whoosh.generations import Generations
from service.index.whoosh.sharing import sharing
from service.index.whoosh.snapshot import Snapshot
from service.index.whoosh.suggestions import suggest_words


def open_index(
    path: Path,
    known: Iterable[KnownSpeaker] = (),
    *,
    create: bool = False,
    rendering: Rendering | None = None,
) -> "WhooshIndex":
    """The index in this folder; with ``create`` an empty one is made where there is none.

    ``known`` speakers name and join those of the sources. What is written from now on is kept as
    ``rendering`` makes it, too, so that ``find_rendered`` need not. Raises IndexMissing,
    IndexCorrupt and IndexOutdated, naming the path and what to do.
    """
    folder = IndexFolder(path)
    if create:
        changes.create(folder)
    folder.check_format()
    return WhooshIndex(folder, known, rendering)


class WhooshIndex:
    def __init__(
        self,
        folder: IndexFolder,
        known: Iterable[KnownSpeaker] = (),
        rendering: Rendering | None = None,
    ) -> None:
        self._folder = folder
        self._rendering = rendering
        self._generations = Generations(folder, tuple(known))

    def _snapshot(self) -> Snapshot:
        return self._generations.present()

    def prepare(self) -> None:
        self._generations.prepare()

    def watch(self) -> None:
        self._generations.watch()

    @property
    def generation(self) -> str:
        return self._snapshot().generation

    def fingerprint(self, source_id: str) -> str | None:
        place = self._generations.latest().find("source", source_id)
        return None if place is None else changes.fingerprint(place)

    def add(self, sources: Iterable[AnnotatedSource]) -> Changes:
        with self._folder.writing():
            # Under the lock, so that what the caller finds unchanged while making the sources
            # stays so.
            changed = changes.add(self._folder, self._generations.latest, sources, self._rendering)
        self._generations.latest()
        return changed

    def remove(self, source_ids: Iterable[str]) -> Changes:
        with self._folder.writing():
            latest = self._generations.latest()
            changed = changes.remove(self._folder, latest, source_ids, self._rendering)
        self._generations.latest()
        return changed

    def find(self, query: Query) -> Page[Hit]:
        return listing.find(self._snapshot(), query)

    def find_rendered(self, query: Query, rendering: Rendering) -> Page[bytes]:
        return listing.find_rendered(self._snapshot(), query, rendering)

    def sharing(
        self,
        text: str,
        share: float = 0.6,
        limit: int = 50,
        forms: frozenset[Form] = QUOTATION_FORMS | CLAIM_FORMS,
    ) -> list[Statement]:
        return sharing(self._snapshot(), text, share, limit, forms)

    def statement(self, statement_id: str) -> Statement:
        snapshot = self._snapshot()
        place = snapshot.find("statement", statement_id)
        if place is None:
            raise NotFound(f"there is no statement {statement_id!r}")
        return snapshot.statement(place.segment.files, place.document)

    def source(self, source_id: str) -> SourceSummary:
        place = self._snapshot().find("source", source_id)
        if place is None:
            raise NotFound(f"there is no source {source_id!r}")
        return place.segment.files.source(place.document).summary()

    def sources(
        self, publisher: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SourceSummary]:
        return listing.sources(self._snapshot(), publisher, limit, cursor)

    def speaker(self, speaker_id: str) -> SpeakerSummary:
        directory = self._snapshot().directory
        speaker = directory.by_id(speaker_id)
        if speaker is None:
            raise NotFound(f"there is no speaker {speaker_id!r}")
        return directory.summary(speaker)

    def speakers(
        self, name: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SpeakerSummary]:
        return listing.speakers(self._snapshot(), name, limit, cursor)

    def suggest(self, start: str, limit: int = 10) -> list[Suggestion]:
        """Speakers first, then words of quotations; most statements first.

        The count of a word is of the statements that a search for it finds.
        """
        snapshot, wanted = self._snapshot(), fold(start).strip()
        if not wanted:
            return []
        directory = snapshot.directory
        suggestions = [
            Suggestion(speaker.name, "speaker", directory.total(speaker.id), speaker.id)
            for speaker in directory.beginning(wanted)
        ]
        return [*suggestions, *suggest_words(snapshot.segments, wanted, limit)][:limit]

    def statistics(self) -> IndexStatistics:
        return self._snapshot().statistics

    def close(self) -> None:
        self._generations.close()
