"""Tidying: what requests leave undone in the index is done beside them, by a process of its own.

A source that is withdrawn from a large index is gone from all answers at once; its words leave the
files a little later, because that means to rewrite much. Whoever is killed meanwhile loses nothing:
the index knows what it owes, and the next change or the next start asks again.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, sleep

from service.errors import IndexBusy, IndexUnavailable, OnRecordError
from service.index.port import Index
from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
"""Before it begins, so that changes one after the other are done with together."""

REST = 4
"""Times as long as it took it rests before the next: of a processor it has a fifth."""

NICENESS = 10
"""Whoever waits for an answer comes first."""


class Tidier:
    """Of the index in this folder; ``index`` gives it opened. Any thread may ask."""

    def __init__(self, folder: Path, index: Callable[[], Index]) -> None:
        self._folder = folder
        self._index = index
        self._lock = Lock()
        self._is_asked = self._is_running = False

    def ask(self) -> None:
        """It will be done, if there is anything to do. Nobody waits for it."""
        try:
            if not self._index().is_untidy():
                return
        except IndexUnavailable as error:
            logger.warning("not tidied: %s", error)
            return
        with self._lock:
            self._is_asked = True
            if not self._is_running:
                self._is_running = True
                Thread(target=self._run, name="index tidying", daemon=True).start()

    def _run(self) -> None:
        pause = PAUSE_SECONDS
        while self._goes_on():
            sleep(pause)
            self._is_asked = False
            started = monotonic()
            self._tidy()
            pause = max(PAUSE_SECONDS, REST * (monotonic() - started))

    def _goes_on(self) -> bool:
        with self._lock:
            self._is_running = self._is_asked
            return self._is_running

    def _tidy(self) -> None:
        command = [sys.executable, "-m", __name__, str(self._folder)]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, text=True
        )
        if done.returncode:
            logger.warning("not tidied: %s", done.stderr.strip().rpartition("\n")[2])


def main(folder: str) -> None:
    """In the process itself."""
    os.nice(NICENESS)
    try:
        with closing(open_index(Path(folder), rendering=STATEMENT_JSON)) as index:
            index.tidy()
    except IndexBusy:  # by another worker's process, or by a writer whose next commit does it
        return
    except OnRecordError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
