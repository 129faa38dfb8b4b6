"""Generations: from which one calls are answered, and how the next one takes its place.

A call sees every commit that was made before it. In a server that is watching, a thread looks for
commits instead and makes the new generation ready while calls go on with the one before, so that
none of them waits; and where the new one cannot be read, they stay with the last that could.

Nobody writes to the files of a generation. Where somebody has all the same, all of them are looked
at again, and where one is damaged or cut, no call is answered until it is not any more.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock, Thread
from time import sleep
from weakref import ref

from service.domain import KnownSpeaker
from service.errors import IndexUnavailable
from service.index.whoosh.format.folder import IndexFolder
from service.index.whoosh.generations.snapshot import Generation, take_snapshot
from service.index.whoosh.segments.array_cache import KeptArrays

logger = logging.getLogger(__name__)

KEPT_BYTES = 16 << 20
"""Lists of the hundred most frequent words among a million statements, without those removed."""

WATCH_SECONDS = 0.25
"""Between two looks for a commit, of two system calls each, and at the files of the present one,
of one each."""

AGAIN_SECONDS = 1.0
"""Before what could not be read is tried again."""


class Generations:
    """Raises IndexCorrupt where the first cannot be read."""

    def __init__(self, folder: IndexFolder, known: Sequence[KnownSpeaker]) -> None:
        self._folder = folder
        self._known = known
        self._lock = Lock()
        self._kept = KeptArrays(KEPT_BYTES)
        self._present = take_snapshot(folder, known, self._kept)
        self._damage: IndexUnavailable | None = None
        self._watched = False
        self.closed = False

    def present(self) -> Generation:
        """The one to answer from, shared by all threads.

        Raises IndexCorrupt where its files are not as they were written.
        """
        if self._damage is not None:
            # a new one each time, because one that is raised again and again keeps every traceback
            raise type(self._damage)(str(self._damage))
        return self._present if self._watched else self.latest()

    def refresh(self) -> None:
        """The files of the present generation are looked at, if somebody has written to them."""
        if self._damage is None and self._present.is_untouched():
            return
        with self._lock:
            try:
                latest = take_snapshot(self._folder, self._known, self._kept)
                latest.prepare()
            except IndexUnavailable as error:
                self._damage = error
                raise
            self._present, self._damage = latest, None

    def latest(self) -> Generation:
        """The one of the last commit, opened once."""
        present = self._present
        if self.closed or self._folder.is_latest(present.contents):
            return present
        with self._lock:
            if not self._folder.is_latest(self._present.contents):
                former = self._present.segments
                following = take_snapshot(self._folder, self._known, self._kept, former)
                if self._watched:
                    following.prepare()
                self._present = following
            return self._present

    def check(self) -> None:
        """All files of the last generation are there. Raises IndexMissing, IndexCorrupt."""
        while True:
            latest = self.latest()
            wrong = next(latest.wrong_files(self._folder), None)
            if wrong is None:
                return
            # a commit that came in between takes files away
            if self._folder.is_latest(latest.contents):
                raise self._folder.corrupt(wrong)

    def prepare(self) -> None:
        """What the first calls would wait for is made."""
        self.latest().prepare()

    def watch(self) -> None:
        """From now on a thread looks for commits, as long as somebody has this object."""
        if not self._watched:
            self._watched = True
            with suppress(IndexUnavailable):  # the thread says so
                self.refresh()
                self.prepare()
            Thread(target=_watch, args=(ref(self),), name="index watch", daemon=True).start()

    def close(self) -> None:
        """Files are let go."""
        self.closed = True
        self._present = Generation((-1, 0, 0), (), (), ())


def _watch(watched: "ref[Generations]") -> None:
    said = ""
    while (generations := watched()) is not None and not generations.closed:
        try:
            generations.refresh()
            problem = ""
        except IndexUnavailable as error:
            problem = f"answering nothing: {error}"
        try:
            generations.latest()
        except IndexUnavailable as error:
            problem = problem or f"answering from the last generation that could be read: {error}"
        if problem and problem != said:
            logger.warning("%s", problem)
        said = problem
        del generations
        sleep(WATCH_SECONDS if not problem else AGAIN_SECONDS)
