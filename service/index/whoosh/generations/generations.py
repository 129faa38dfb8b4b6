"""Generations: which one answers calls, and how the next replaces it.

A call sees every commit made before it. In a watching server a thread looks for commits instead and
prepares each new generation while calls still use the previous one, so that none waits; if the new
one cannot be read, calls stay on the last readable one.

Nobody writes to the files of a generation. If somebody does, all are verified again, and if one is
damaged or truncated, calls fail until it is repaired.
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
"""Lists of the hundred most frequent words in a million statements, without removed documents."""

WATCH_SECONDS = 0.25
"""Between two looks for a commit, at two system calls, and at each file of the present generation,
at one."""

AGAIN_SECONDS = 1.0
"""Before another attempt at what could not be read."""


class Generations:
    """Raises IndexCorrupt if the first generation cannot be read."""

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
        """The generation to answer from, shared by all threads.

        Raises IndexCorrupt if its files are damaged.
        """
        if self._damage is not None:
            # a new exception each time: one that is raised repeatedly collects all tracebacks
            raise type(self._damage)(str(self._damage))
        return self._present if self._watched else self.latest()

    def refresh(self) -> None:
        """Verifies the files of the present generation if somebody has written to them."""
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
        """The generation of the last commit, opened once."""
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
        """Checks that all files of the last generation exist. Raises IndexMissing, IndexCorrupt."""
        while True:
            latest = self.latest()
            wrong = next(latest.wrong_files(self._folder), None)
            if wrong is None:
                return
            # an intervening commit deletes files
            if self._folder.is_latest(latest.contents):
                raise self._folder.corrupt(wrong)

    def prepare(self) -> None:
        """Loads what the first calls would wait for."""
        self.latest().prepare()

    def watch(self) -> None:
        """Starts a thread that looks for commits as long as this object is referenced."""
        if not self._watched:
            self._watched = True
            with suppress(IndexUnavailable):  # the thread reports it
                self.refresh()
                self.prepare()
            Thread(target=_watch, args=(ref(self),), name="index watch", daemon=True).start()

    def close(self) -> None:
        """Closes the files."""
        self.closed = True
        self._present = Generation((-1, 0, 0), (), (), ())


def _watch(watched: "ref[Generations]") -> None:
    said = ""
    while (generations := watched()) is not None and not generations.closed:
        try:
            generations.refresh()
            problem = ""
        except IndexUnavailable as error:
            problem = f"not answering: {error}"
        try:
            generations.latest()
        except IndexUnavailable as error:
            problem = problem or f"answering from the last generation that could be read: {error}"
        if problem and problem != said:
            logger.warning("%s", problem)
        said = problem
        del generations
        sleep(WATCH_SECONDS if not problem else AGAIN_SECONDS)
