"""Apart: reads a document in a separate process with limited memory and time.

A submitted document may be crafted so that its libraries never return or use up all memory; the
process ends, and nothing else is affected.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from service.deadline import check_deadline, seconds_left
from service.errors import MissingLibrary, UnreadableSource
from service.reading.documents.adapters import adapter_of

SECONDS = 120
"""A page takes a tenth of a second, so a book is read and a hanging parser is stopped."""

MEMORY = 1_000_000_000
"""Bytes of address space: the largest genuine draft takes a third of this."""

AT_ONCE = 2
"""Per process of ours, since each may take this much."""

_turns = BoundedSemaphore(AT_ONCE)


@contextmanager
def taking_turns() -> Iterator[None]:
    """Waits for a turn. Raises DeadlinePassed if the deadline comes first."""
    while not _turns.acquire(timeout=seconds_left(SECONDS)):
        check_deadline()
    try:
        yield
    finally:
        _turns.release()


def text_of(module: str, content: bytes, where: str) -> str:
    """The text that ``module`` reads. Raises UnreadableSource, MissingLibrary and
    DeadlinePassed."""
    with taking_turns():
        command = [sys.executable, "-m", __name__, module, where]
        try:
            done = subprocess.run(
                command,
                input=content,
                capture_output=True,
                timeout=seconds_left(SECONDS),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            check_deadline()
            raise UnreadableSource(
                f"{where}: reading took more than {SECONDS} s; save it again, or as text"
            ) from error
    if done.returncode:
        raise UnreadableSource(
            f"{where}: the file is damaged or needs too much memory; save it again, or as text"
        )
    outcome: dict[str, str] = json.loads(done.stdout)
    if "text" not in outcome:
        missing = outcome["kind"] == MissingLibrary.__name__
        raise (MissingLibrary if missing else UnreadableSource)(outcome["error"])
    return outcome["text"]


def main(module: str, where: str) -> None:
    """Entry point of the separate process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    content = sys.stdin.buffer.read()
    try:
        outcome = {"text": adapter_of(module, where)(content, where).text}
    except UnreadableSource as error:
        outcome = {"kind": type(error).__name__, "error": str(error)}
    sys.stdout.write(json.dumps(outcome))


if __name__ == "__main__":
    main(*sys.argv[1:])
