"""WhooshIndex: implements the Index port on a folder, without a server.

Any number of processes and threads may read; the next snapshot includes any process's commit.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

from service.domain import AnnotatedSource, Changes, KnownSpeaker
from service.index.port import Rendering
from service.index.whoosh.format.folder import IndexFolder
from service.index.whoosh.generations import inventory
from service.index.whoosh.generations.generations import Generations
from service.index.whoosh.questions.asking import WhooshSnapshot
from service.index.whoosh.writing import changes, tidying


def open_index(
    path: Path,
    known: Iterable[KnownSpeaker] = (),
    *,
    create: bool = False,
    shared: bool = False,
    rendering: Rendering | None = None,
) -> "WhooshIndex":
    """The index in this folder; with ``create`` an empty one is made if missing.

    A ``shared`` index may also be read and written by the folder's group. ``known`` speakers rename
    and merge those of the sources. Whatever is written is also stored as ``rendering`` serialises
    it, which saves ``find_rendered`` the work. Raises IndexMissing, IndexCorrupt and IndexOutdated,
    naming the path and what to do.
    """
    folder = IndexFolder(path)
    if create:
        changes.create(folder, shared)
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

    def snapshot(self) -> WhooshSnapshot:
        return WhooshSnapshot(self._generations.present())

    def check(self) -> None:
        self._folder.check_format()
        self._generations.check()

    def prepare(self) -> None:
        self._generations.prepare()

    def watch(self) -> None:
        self._generations.watch()

    def fingerprint(self, source_id: str) -> str | None:
        place = self._generations.latest().find("source", source_id, once=True)
        return None if place is None else changes.fingerprint(place)

    def origins(self) -> dict[str, list[str]]:
        return inventory.origins(self._generations.latest())

    def catch_up(self) -> None:
        self._generations.latest()

    def add(
        self,
        sources: Iterable[AnnotatedSource],
        incomplete: Collection[str] = (),
        at_once: bool = False,
    ) -> Changes:
        with self._folder.writing():
            # Under the lock, so that a source the caller finds unchanged stays unchanged.
            run = changes.Run(self._folder, self._generations.latest, self._rendering, at_once)
            changed = run.of(sources, incomplete)
        self._generations.latest()
        return changed

    def remove(self, source_ids: Iterable[str], later: bool = False) -> Changes:
        with self._folder.writing():
            latest = self._generations.latest()
            changed = changes.remove(self._folder, latest, source_ids, self._rendering, later)
        self._generations.latest()
        return changed

    def is_untidy(self) -> bool:
        return tidying.is_untidy(self._folder, self._generations.latest())

    def tidy(self) -> None:
        tidying.tidy(self._folder, self._generations.latest, self._rendering)
        self._generations.latest()

    def close(self) -> None:
        self._generations.close()
