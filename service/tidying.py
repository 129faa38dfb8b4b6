"""Tidying: finishes in the background, in a process of its own, what requests leave undone.

A source withdrawn from a large index disappears from all answers at once; its words leave the files
a little later, because much has to be rewritten. A process killed meanwhile loses nothing: the
index records the pending work, and the next change or start schedules it again.
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
"""Delay before it starts, so that consecutive changes are tidied together."""

REST = 4
"""It rests this many times as long as it worked, and so uses a fifth of a processor."""

NICENESS = 10
"""Requests take precedence."""


class Tidier:
    """Tidies the index in ``folder``; ``index`` returns it opened. Thread-safe."""

    def __init__(self, folder: Path, index: Callable[[], Index]) -> None:
        self._folder = folder
        self._index = index
        self._lock = Lock()
        self._is_asked = self._is_running = False

    def ask(self) -> None:
        """Schedules tidying if anything is pending; returns at once."""
        try:
            if not self._index().is_untidy():
                return
        except IndexUnavailable as error:
            logger.warning("tidying failed: %s", error)
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
            logger.warning("tidying failed: %s", done.stderr.strip().rpartition("\n")[2])


def main(folder: str) -> None:
    """Entry point of the background process."""
    os.nice(NICENESS)
    try:
        with closing(open_index(Path(folder), rendering=STATEMENT_JSON)) as index:
            index.tidy()
    except IndexBusy:  # another worker's process, or a writer whose next commit tidies
        return
    except OnRecordError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
