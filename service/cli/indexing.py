"""Indexing: the commands that fill an index and count what it holds."""

from collections.abc import Iterable, Iterator
from contextlib import closing

import click
from rich.console import Console
from rich.progress import track

from service.cli.command import extractor_option, index_option
from service.cli.intake import Intake
from service.cli.printing import print_counts
from service.domain import AnnotatedSource, Changes, Extractor, KnownSpeaker, Source
from service.extraction.annotate import annotate, fingerprint
from service.index.port import Index
from service.index.whoosh import open_index
from service.reading import read_known_speakers
from service.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@index_option
@extractor_option
@click.pass_context
def index(context: click.Context, paths: tuple[str, ...]) -> None:
    """Read articles, find their statements and index them.

    PATH is a file, a folder, a pattern or - for standard input. What has not changed since it was
    indexed is left as it is. A file that cannot be read is named and left out, and makes the exit
    code 1.

    \b
    onrecord index seeds/
    onrecord index articles.jsonl 'archive/**/*.txt'
    onrecord index --index /var/lib/onrecord news/
    """
    settings: Settings = context.obj
    known = read_known_speakers(settings.speakers)
    intake = Intake()
    files = intake.files(paths)
    if files:
        with closing(open_index(settings.index, known=known, create=True)) as opened:
            sources = (source for file in _shown(files) for source in intake.sources(file))
            changes = opened.add(_annotated(opened, sources, known, settings.extractor))
        _print_summary(changes, intake.unreadable)
    context.exit(1 if intake.unreadable else 0)


@click.command()
@index_option
@click.pass_obj
def stats(settings: Settings) -> None:
    """Say what the index holds.

    \b
    onrecord stats
    """
    known = read_known_speakers(settings.speakers)
    with closing(open_index(settings.index, known=known)) as opened:
        counted = opened.statistics()
    print_counts(
        {
            "sources": counted.sources,
            "quotes": counted.quotes,
            "claims": counted.claims,
            "speakers": counted.speakers,
            "earliest": counted.earliest or "-",
            "latest": counted.latest or "-",
            "languages": ", ".join(counted.languages) or "-",
        }
    )


def _shown(files: list[str]) -> Iterable[str]:
    """``files`` with a progress bar while they are gone through, in a terminal only."""
    console = Console(stderr=True)
    return track(
        files, "Indexing", console=console, transient=True, disable=not console.is_terminal
    )


def _annotated(
    opened: Index, sources: Iterable[Source], known: tuple[KnownSpeaker, ...], extractor: Extractor
) -> Iterator[AnnotatedSource]:
    """Extraction takes most of the time; of what has not changed the index looks no further."""
    for source in sources:
        present = fingerprint(source, known, extractor)
        if opened.fingerprint(source.id) == present:
            yield AnnotatedSource(source, (), present)
        else:
            yield annotate(source, known, extractor)


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
