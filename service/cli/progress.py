"""Progress: how far indexing is, how fast, and how long it will take; only in a terminal."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from service.cli.intake import STANDARD_INPUT
from service.domain import Source

T = TypeVar("T")


class IndexingProgress(AbstractContextManager["IndexingProgress"]):
    """A progress line, removed at the end; measured in bytes of files read."""

    def __init__(self, files: Sequence[str]) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("Indexing"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[articles]} articles, {task.fields[rate]:.1f} a second"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._files = files
        self._sizes = array("Q", map(_size, files))
        known = STANDARD_INPUT not in files
        self._task = self._bar.add_task(
            "", total=sum(self._sizes) if known else None, articles=0, rate=0.0
        )
        self._articles = 0
        self._started = monotonic()

    def __enter__(self) -> "IndexingProgress":
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def reading(self, sources: Callable[[str], Iterable[Source]]) -> Iterator[Source]:
        """The sources of the files, one file after another."""
        done = 0
        for file, size in zip(self._files, self._sizes, strict=True):
            read = 0
            for source in sources(file):
                yield source
                read = min(size, read + len(source.text))
                self._bar.update(self._task, completed=done + read)
            done += size
            self._bar.update(self._task, completed=done)

    def counting(self, articles: Iterable[T]) -> Iterator[T]:
        """``articles`` unchanged, counted as they pass."""
        for article in articles:
            yield article
            self._articles += 1
            rate = self._articles / max(monotonic() - self._started, 1e-3)
            self._bar.update(self._task, articles=f"{self._articles:,}", rate=rate)


def _size(file: str) -> int:
    """Bytes of the file; 0 for standard input or a missing file, which reading reports."""
    try:
        return 0 if file == STANDARD_INPUT else Path(file).stat().st_size
    except OSError:
        return 0
