"""Checking: the command that reads a whole index and says what is wrong with it."""

import click

from service.cli.command import Failure, index_option
from service.cli.printing import print_counts
from service.index.whoosh import check_index as look_at
from service.settings import Settings


@click.command("check-index")
@index_option
@click.pass_context
def check_index(context: click.Context) -> None:
    """Read the whole index and say what is damaged.

    Every file is read and compared with the checksum it was written with, every record with what
    finds it. Nothing is changed, and whoever reads or writes the index meanwhile is not disturbed.
    What is damaged is named, and makes the exit code 1; an index is made anew from the articles.

    \b
    onrecord check-index
    onrecord check-index --index /var/lib/onrecord
    """
    settings: Settings = context.obj
    found = look_at(settings.index)
    for damage in found.damages:
        click.echo(f"onrecord: {damage}", err=True)
    print_counts(
        {
            "generation": found.generation,
            "segments": found.segments,
            "sources": found.sources,
            "statements": found.statements,
            "left behind": len(found.strays),
            "damages": len(found.damages),
        }
    )
    if found.damages:
        raise Failure(
            f"the index at {settings.index} is damaged:"
            " run onrecord index again, into a new folder (--index FOLDER)"
        )
