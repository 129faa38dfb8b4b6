"""Watching: the command that keeps an index up to date while articles are added, changed and
removed.

Changes are collected until there is a short pause, and indexed in one commit. A stop waits for that
commit and starts no other.
"""

import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import FrameType

import click
from watchfiles import Change
from watchfiles import watch as changes_in

from service.cli.already_read import AlreadyRead
from service.cli.annotating import Annotator, cores
from service.cli.command import complain, extractor_option, index_option
from service.cli.exporting import make_index
from service.cli.indexing import already_read, with_unchanged
from service.cli.intake import STANDARD_INPUT, Intake
from service.cli.reading_ahead import ReadAhead
from service.cli.withdrawing import prune
from service.domain import Changes, Source
from service.errors import IndexBusy, UnreadableSource
from service.index.port import Index
from service.paths import path_of, shown
from service.reading import described_by, is_read, read_known_speakers
from service.settings import Settings

GATHERED = 1500
"""Milliseconds for which changes are collected at most; a file still being written changes again
and is then read again."""

QUIET = 200
"""Milliseconds without a change after which the changes so far are indexed."""

GLANCE = 1000
"""Milliseconds between checks for work left over."""

Noticed = set[tuple[Change, str]]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=cores,
    show_default="all cores",
    help="Number of processes that find statements.",
)
@click.option(
    "--poll",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="Look for changes at this interval instead of using system notifications.",
)
@index_option
@extractor_option
@click.pass_obj
def watch(settings: Settings, paths: tuple[str, ...], jobs: int, poll: float | None) -> None:
    """Keep an index up to date with files added, changed or removed under PATHs.

    PATH is a file or a folder. All files are indexed first, as by onrecord index --prune; then each
    change within a second or two, with a line that says what was done. A file that cannot be read
    is named, and read again once it changes. Sources whose file is gone are withdrawn, except those
    of a folder with more than ten sources that is empty or gone as a whole: it may be an unmounted
    disk.

    TERM or an interrupt (Ctrl-C) stops it after the current commit, with exit code 0.

    The operating system reports changes (inotify, FSEvents), but not on network file systems (NFS,
    SMB): --poll 30 looks every 30 seconds instead, and misses a second change within the same
    second. If the system cannot watch more folders, it looks every 5 seconds and says so.

    \b
    onrecord watch incoming/
    onrecord watch --index /var/lib/onrecord /srv/articles
    onrecord watch --poll 30 /mnt/newsroom
    """
    _refuse_what_cannot_be_watched(paths)
    keeper = _Keeper(settings, paths, jobs)
    with _stopped_by_signals(keeper.stopping):
        for noticed in _noticed(paths, poll, keeper.stopping):
            keeper.take(noticed)


def _refuse_what_cannot_be_watched(paths: Iterable[str]) -> None:
    for path in paths:
        if path == STANDARD_INPUT:
            raise click.UsageError("standard input cannot be watched; expected a file or a folder")
        if not os.path.exists(path):  # noqa: PTH110  # "" is not a path
            raise click.UsageError(
                f"{shown(path)}: no such file or folder; patterns are not watched"
            )


@contextmanager
def _stopped_by_signals(stopping: threading.Event) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    former = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


POLLED = 5.0
"""Seconds between two looks if the system does not report changes."""


def _noticed(
    paths: Sequence[str], poll: float | None, stopping: threading.Event
) -> Iterator[Noticed]:
    """Batches of changes; an empty one as soon as watching has begun, and then every second."""
    try:
        yield from changes_in(
            *paths,
            watch_filter=None,
            debounce=GATHERED,
            step=QUIET,
            stop_event=stopping,
            rust_timeout=GLANCE,
            yield_on_timeout=True,
            force_polling=poll is not None,
            poll_delay_ms=int((poll or POLLED) * 1000),
            ignore_permission_denied=True,
        )
    except OSError as error:
        if poll is not None:
            raise
        complain(
            UnreadableSource(f"looking for changes every {POLLED:.0f} seconds instead ({error})")
        )
        yield from _noticed(paths, POLLED, stopping)


@dataclass
class _Keeper:
    """Indexes what has changed when notified; the first time, everything."""

    settings: Settings
    paths: tuple[str, ...]
    jobs: int
    stopping: threading.Event = field(default_factory=threading.Event)
    waiting: set[str] = field(default_factory=set)
    is_fresh: bool = False

    def take(self, noticed: Noticed) -> None:
        """Indexes what is pending. While another process writes it stays pending."""
        self.waiting |= {path for _, path in noticed}
        if self.stopping.is_set() or (self.is_fresh and not self.waiting):
            return
        chosen = self.paths if not self.is_fresh else tuple(_to_be_read(self.waiting, self.paths))
        try:
            if chosen or self._any_gone():
                self._index(chosen)
        except IndexBusy as error:
            complain(error)
            return
        self.waiting.clear()
        self.is_fresh = True

    def _any_gone(self) -> bool:
        return any(not os.path.lexists(path) for path in self.waiting)

    def _index(self, chosen: Sequence[str]) -> None:
        known = read_known_speakers(self.settings.speakers)
        annotator = Annotator(known, self.settings.extractor, self.jobs)
        intake = Intake()
        files = intake.files(chosen)
        with (
            closing(make_index(self.settings, known, False)) as opened,
            already_read(self.settings, opened, annotator) as already,
            ReadAhead(files, self.jobs, already) as ahead,
        ):
            intake.read = ahead.read
            articles = self._sources(intake, files, already)
            sources = with_unchanged(opened, articles, annotator, already)
            changes = opened.add(annotator.all(sources), intake.incomplete)
            withdrawn, _ = prune(opened, self.paths, _present_origins(opened))
        _tell(changes, withdrawn, intake.unreadable)

    def _sources(
        self, intake: Intake, files: Iterable[str], already: AlreadyRead
    ) -> Iterator[Source]:
        """The sources of all files, or of those read before a stop."""
        for file in files:
            for source in already.sources(intake, file):
                yield source
                if self.stopping.is_set():
                    intake.incomplete.add(source.origin)
                    return
            if self.stopping.is_set():
                return


def _to_be_read(changed: Iterable[str], roots: Iterable[str]) -> Iterator[str]:
    """Existing, readable files and folders; for a sidecar, the file it describes."""
    around = [os.path.abspath(root) for root in roots]  # noqa: PTH100  # links are not resolved
    for name in sorted(changed):
        path = Path(name)
        inner = next((path.relative_to(root) for root in around if path.is_relative_to(root)), path)
        if any(part.startswith(".") for part in inner.parts):
            continue
        for one in described_by(path) or [path]:
            if one.is_dir() or (is_read(one) and os.path.lexists(one)):
                yield str(one)


def _present_origins(opened: Index) -> list[str]:
    """Origins of the index's sources that still exist."""
    return [origin for origin in opened.origins() if os.path.lexists(path_of(origin))]


def _tell(changes: Changes, withdrawn: int, unreadable: int) -> None:
    counted = {
        "added": changes.added,
        "replaced": changes.replaced,
        "removed": changes.removed + withdrawn,
        "unreadable": unreadable,
        "statements": changes.statements,
    }
    counts = ", ".join(f"{count:,} {name}" for name, count in counted.items())
    click.echo(f"{datetime.now():%H:%M:%S} {counts}")
