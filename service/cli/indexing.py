"""Indexing: the commands that fill an index and show what it holds."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from glob import has_magic
from pathlib import Path

import click
from click.core import ParameterSource

from service.cli.already_read import AlreadyRead, UnchangedSource
from service.cli.annotating import Annotator, cores
from service.cli.command import Failure, PathOption, extractor_option, index_option
from service.cli.exporting import index_export, make_index
from service.cli.intake import Intake
from service.cli.printing import print_counts
from service.cli.progress import IndexingProgress
from service.cli.reading_ahead import ReadAhead
from service.cli.withdrawing import prune
from service.domain import AnnotatedSource, Changes, Source
from service.extraction import fingerprint, way
from service.index.port import Index
from service.index.whoosh import open_index
from service.reading import read_known_speakers
from service.settings import Settings

INTERRUPTED = 130
"""Exit code after an interrupt from the terminal: 128 plus the signal's number."""


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=cores,
    show_default="all cores",
    help="Number of processes that find statements.",
)
@click.option(
    "--prune", "pruning", is_flag=True, help="Withdraw sources under PATH whose file is gone."
)
@click.option(
    "--from-export",
    "written",
    type=PathOption(),
    metavar="FILE",
    help="Instead of PATH: a file written by onrecord export, or - for standard input.",
)
@click.option("--group", "shared", is_flag=True, help="Share the index with its folder's group.")
@index_option
@extractor_option
@click.pass_context
def index(
    context: click.Context,
    paths: tuple[str, ...],
    jobs: int,
    pruning: bool,
    written: Path | None,
    shared: bool,
) -> None:
    """Read articles, find their statements and index them.

    PATH is a file, a folder, a pattern or - for standard input. Unchanged files are skipped. Files
    that cannot be read are named and skipped, and make the exit code 1.

    Progress is committed every minute. If interrupted, run it again and it resumes. Statements
    that a file no longer has are removed at the end, if all of the file could be read.

    A deleted file keeps its statements unless --prune is given, which withdraws them as onrecord
    remove does, and names them. --prune looks only under PATHs. It withdraws nothing under a PATH
    that is missing or unreadable, nor in a folder with more than ten sources that is empty or
    gone, which may be an unmounted disk: it names the folder and makes the exit code 1; onrecord
    remove FOLDER withdraws them.

    With --from-export no articles are read: the statements of an export are indexed as they are,
    whatever index format they come from. If the export is cut off or was changed, nothing is
    indexed and the faulty line is named.

    Only its owner can read an index. With --group its folder's group can, too, so that one user
    can index and another can serve.

    \b
    onrecord index seeds/
    onrecord index articles.jsonl 'archive/**/*.txt'
    onrecord index --index /var/lib/onrecord news/
    onrecord index --jobs 2 news/
    onrecord index --prune news/
    onrecord index --group --index /var/lib/onrecord news/
    onrecord index --index new --from-export news-export.jsonl
    """
    settings: Settings = context.obj
    try:
        if written is not None:
            _refuse_with_export(context, bool(paths))
            _print_summary(index_export(settings, str(written), shared), unreadable=0)
            return
        if not paths:
            raise click.MissingParameter(ctx=context, param_hint="PATH...", param_type="argument")
        if pruning:
            _refuse_patterns(paths)
        complete = _index_files(settings, paths, jobs, pruning, shared)
    except KeyboardInterrupt:
        raise Interrupted from None
    context.exit(0 if complete else 1)


def _index_files(
    settings: Settings, paths: tuple[str, ...], jobs: int, pruning: bool, shared: bool
) -> bool:
    """Returns whether all went well: every file was read, and pruning, if asked for, was
    complete."""
    complete = True
    known = read_known_speakers(settings.speakers)
    intake = Intake()
    files = intake.files(paths)
    if not files:
        return not intake.unreadable
    annotator = Annotator(known, settings.extractor, jobs)
    with (
        closing(make_index(settings, known, shared)) as opened,
        already_read(settings, opened, annotator) as already,
        ReadAhead(files, jobs, already) as ahead,
        IndexingProgress(files) as progress,
    ):
        intake.read = ahead.read
        read: set[str] = set()
        articles = progress.reading(partial(already.sources, intake))
        if pruning:
            articles = _noting_origins(articles, read)
        sources = with_unchanged(opened, articles, annotator, already)
        annotated = progress.counting(annotator.all(sources))
        changes = opened.add(annotated, intake.incomplete)
        if pruning:
            withdrawn, complete = prune(opened, paths, read)
            changes = replace(changes, removed=changes.removed + withdrawn)
    _print_summary(changes, intake.unreadable)
    return complete and not intake.unreadable


class Interrupted(Failure):
    """What was committed stays in the index."""

    exit_code = INTERRUPTED

    def __init__(self) -> None:
        super().__init__(
            "interrupted; committed work is kept: run the same command again to resume"
        )


@click.command()
@index_option
@click.pass_obj
def stats(settings: Settings) -> None:
    """Show what the index holds.

    \b
    onrecord stats
    """
    known = read_known_speakers(settings.speakers)
    with closing(open_index(settings.index, known=known)) as opened:
        counted = opened.snapshot().statistics()
    print_counts(
        {
            "sources": counted.sources,
            "quotes": counted.quotes,
            "claims": counted.claims,
            "attitudes": counted.attitudes,
            "speakers": counted.speakers,
            "earliest": counted.earliest or "-",
            "latest": counted.latest or "-",
            "languages": ", ".join(counted.languages) or "-",
        }
    )


def _refuse_with_export(context: click.Context, paths: bool) -> None:
    """Rejects options that have no effect on an export, which is not read as articles."""
    named = {"jobs": "--jobs", "pruning": "--prune", "extractor": "--extractor"}
    options = [
        option
        for name, option in named.items()
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    for one in ["PATH", *options] if paths else options:
        raise click.UsageError(f"--from-export reads no articles and cannot be combined with {one}")


def _refuse_patterns(paths: Iterable[str]) -> None:
    """Rejects patterns: which of the files that are gone they would have matched is unknown."""
    for path in paths:
        if has_magic(path) and not Path(path).exists():
            raise click.UsageError(f"--prune takes files and folders, but {path!r} is a pattern")


def _noting_origins(sources: Iterable[Source], origins: set[str]) -> Iterator[Source]:
    for source in sources:
        origins.add(source.origin)
        yield source


def already_read(settings: Settings, opened: Index, annotator: Annotator) -> AlreadyRead:
    """The record of which files the index has already taken."""
    present = way(annotator.known, annotator.extractor)
    return AlreadyRead(settings.index, opened.fingerprint, present)


def with_unchanged(
    opened: Index, sources: Iterable[Source], annotator: Annotator, already: AlreadyRead
) -> Iterator[Source | AnnotatedSource]:
    """Replaces unchanged sources by those of the index: extraction takes most of the time."""
    for source in sources:
        if isinstance(source, UnchangedSource):
            yield AnnotatedSource(source, (), source.fingerprint)
            continue
        present = fingerprint(source, annotator.known, annotator.extractor)
        already.note(source, present)
        unchanged = opened.fingerprint(source.id) == present
        yield AnnotatedSource(source, (), present) if unchanged else source


def _print_summary(changes: Changes, unreadable: int) -> None:
    print_counts(
        {
            "added": changes.added,
            "replaced": changes.replaced,
            "unchanged": changes.unchanged,
            "removed": changes.removed,
            "unreadable": unreadable,
            "statements": changes.statements,
        }
    )
