"""Checking: the command that verifies the integrity of an index."""

import click

from service.cli.command import Failure, index_option
from service.cli.printing import print_counts
from service.index.whoosh import check_index as check_folder
from service.settings import Settings


@click.command("check-index")
@index_option
@click.pass_context
def check_index(context: click.Context) -> None:
    """Read the whole index and report damage.

    Compares every file with its checksum and every record with the tables that find it. Nothing
    is changed, and the index may be read and written meanwhile. Damage is listed and makes the
    exit code 1; to repair an index, index the articles again.

    \b
    onrecord check-index
    onrecord check-index --index /var/lib/onrecord
    """
    settings: Settings = context.obj
    found = check_folder(settings.index)
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
            f"the index at {settings.index} is damaged: index again into a new folder "
            "(--index FOLDER)"
        )
