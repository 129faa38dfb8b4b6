"""Confirming: the command with which a person vouches for quotations of a draft."""

from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import click

from service.checking import check_draft
from service.cli.command import PathOption, extractor_option, index_option
from service.cli.confirmed import Confirmations
from service.cli.intake import Intake
from service.cli.printing import print_counts
from service.cli.verifying import Desk
from service.errors import InvalidInput
from service.index.whoosh import open_index
from service.paths import escaped
from service.reading import read_known_speakers
from service.reading.drafts import draft_files
from service.reports.facts import in_marks
from service.settings import Settings
from service.verification.findings import Verdict


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="DRAFT...")
@click.option(
    "--confirmed",
    "kept",
    type=PathOption(dir_okay=False),
    default="confirmed.jsonl",
    show_default=True,
    metavar="FILE",
    help="The file to add the confirmations to.",
)
@click.option(
    "--line",
    "lines",
    type=int,
    multiple=True,
    help="Confirm only quotations that start on this line.",
)
@index_option
@extractor_option
@click.pass_context
def confirm(
    context: click.Context, paths: tuple[str, ...], kept: Path, lines: tuple[int, ...]
) -> None:
    """Record that you have checked the quotations of a draft and stand by them.

    Each is recorded with its speaker, the source it was found in and that source's checksum. From
    then on onrecord check --confirmed FILE accepts it, and warns if its source has changed since.
    A quotation that you edit is checked again.

    \b
    onrecord confirm article.md
    onrecord confirm article.md --line 12 --line 30
    onrecord check article.md --confirmed confirmed.jsonl
    """
    settings: Settings = context.obj
    intake = Intake()
    files = intake.files(paths, draft_files)
    known = read_known_speakers(settings.speakers)
    confirmations = Confirmations.read(kept) if kept.exists() else Confirmations(kept)
    counted = 0
    with closing(open_index(settings.index, known=known)) as opened:
        index = opened.snapshot()
        verifier = partial(check_draft, index, known=known, extractor=settings.extractor)
        for path, outcome in Desk(verifier, None).outcomes(files, intake):
            if isinstance(outcome, InvalidInput):
                continue
            for one in outcome.quotations:
                unjudged = one.verification.verdict is Verdict.NOT_A_QUOTATION
                if unjudged or (lines and one.line not in lines):
                    continue
                confirmations.add(index, one, date.today().isoformat())
                counted += 1
                click.echo(escaped(f"{path}:{one.line}:{one.column}: {in_marks(one.printed)}"))
    confirmations.write()
    print_counts({"confirmed": counted})
    context.exit(1 if intake.unreadable else 0)
