"""Exporting: writes an index as lines that any later version can index, and indexes them."""

import os
import select
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO

import click

from service.cli.command import PathOption, index_option
from service.cli.intake import STANDARD_INPUT
from service.cli.printing import print_counts
from service.cli.progress import IndexingProgress
from service.domain import Changes, KnownSpeaker
from service.errors import InvalidInput, UnreadableSource
from service.index.exported import HEADING_MAXIMUM, check_heading, exported, read_export
from service.index.whoosh import WhooshIndex, open_index
from service.paths import shown
from service.reading import read_known_speakers
from service.rendering.statement_json import STATEMENT_JSON
from service.settings import Settings


@click.command()
@click.option(
    "--output",
    type=PathOption(dir_okay=False),
    metavar="FILE",
    help="Write to FILE, readable by its owner only; it appears when complete.",
)
@index_option
@click.pass_obj
def export(settings: Settings, output: Path | None) -> None:
    """Export everything in the index: one JSON line per source, with its statements.

    The first line announces what follows. onrecord index --from-export makes an index from it that
    gives the same answers, so moving to another index format or another machine does not need the
    articles. The same sources always give the same export. The index may be served and written to
    meanwhile: the export is one state of it.

    \b
    onrecord export --output news.jsonl
    onrecord export | gzip > news.jsonl.gz
    onrecord export | onrecord index --index new --from-export -
    """
    with closing(open_index(settings.index)) as opened:
        snapshot = opened.snapshot()
        if output is None:
            _write(exported(snapshot), sys.stdout.buffer)
            return
        with _written_whole(output) as file:
            _write(exported(snapshot), file)
        held = snapshot.statistics()
    print_counts({"sources": held.sources, "statements": held.statements})


def _write(lines: Iterable[bytes], file: IO[bytes]) -> None:
    for line in lines:
        file.write(line)
    file.flush()


@contextmanager
def _written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Writes to a temporary file that replaces ``path`` once it is complete and on the disk."""
    if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve()
    if not path.parent.is_dir():
        raise InvalidInput(f"{shown(path)}: no such folder: {shown(path.parent)}")
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise


def make_index(settings: Settings, known: Iterable[KnownSpeaker], shared: bool) -> WhooshIndex:
    """The index to write to, created empty if missing."""
    return open_index(
        settings.index, known=known, create=True, shared=shared, rendering=STATEMENT_JSON
    )


def index_export(settings: Settings, file: str, shared: bool) -> Changes:
    """Indexes the sources and statements of an export.

    Reads it to the end first, so that nothing of a broken export is indexed; raises
    UnreadableSource.
    """
    known = read_known_speakers(settings.speakers)
    where = "standard input" if file == STANDARD_INPUT else shown(file)
    with _read_twice(file, where) as lines:
        for _ in read_export(lines, where):
            pass
        lines.seek(0)
        with (
            closing(make_index(settings, known, shared)) as opened,
            IndexingProgress([STANDARD_INPUT]) as progress,
        ):
            return opened.add(progress.counting(read_export(lines, where)))


WRITER_SECONDS = 30
"""Wait for a writer to open a FIFO: an export of a million statements starts within ten."""


def open_export(path: Path, patience: float = WRITER_SECONDS) -> IO[bytes]:
    """The opened file, or a FIFO once somebody writes to it. Raises UnreadableSource."""
    try:
        file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115  # the caller closes it
    except OSError as error:
        raise UnreadableSource(f"{shown(path)}: cannot be read ({error.strerror})") from error
    os.set_blocking(file.fileno(), True)
    if stat.S_ISFIFO(os.fstat(file.fileno()).st_mode) and not _begins(file, patience):
        file.close()
        raise UnreadableSource(
            f"{shown(path)}: a FIFO to which nothing was written for {patience:g} seconds; "
            "expected a file written by onrecord export"
        )
    return file


def _open_at_once(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NONBLOCK)


def _begins(fifo: IO[bytes], patience: float) -> bool:
    waiting = select.poll()
    waiting.register(fifo, select.POLLIN)
    return bool(waiting.poll(patience * 1000))


@contextmanager
def _read_twice(file: str, where: str) -> Iterator[IO[bytes]]:
    """Opens the file for reading twice; a pipe is copied first.

    If it does not start like an export it is not read further, since it may never end. Raises
    UnreadableSource.
    """
    with ExitStack() as stack:
        stream: IO[bytes] = sys.stdin.buffer
        if file != STANDARD_INPUT:
            stream = stack.enter_context(open_export(Path(file)))
        first = stream.readline(HEADING_MAXIMUM)
        check_heading(first, where)
        if not stream.seekable():
            copy = stack.enter_context(TemporaryFile())
            copy.write(first)
            shutil.copyfileobj(stream, copy)
            stream = copy
        stream.seek(0)
        yield stream
