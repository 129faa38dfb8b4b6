"""Extracting: the command that prints the statements of articles and stores nothing."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import click

from service.cli.command import Denied, denied_option, extractor_option, format_option, is_denied
from service.cli.intake import Intake
from service.cli.marking import marked_page
from service.cli.printing import print_json_lines, print_table
from service.domain import AnnotatedSource, listed, summary_of
from service.extraction.annotate import annotate
from service.paths import shown
from service.reading import read_known_speakers
from service.rendering.sources import ExtractedSourceSchema
from service.rendering.statements import ExtractedStatementSchema
from service.settings import Settings


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@format_option(
    Format, ("One line per source, one line per statement, or a page that shows them in context.")
)
@denied_option
@extractor_option
@click.pass_context
def extract(
    context: click.Context, paths: tuple[str, ...], output: Format, denied: Denied | None
) -> None:
    """Print the statements of articles without indexing them.

    PATH is a file, a folder, a pattern or - for standard input.

    \b
    onrecord extract seeds/ > statements.jsonl
    onrecord extract article.txt --format html > marked.html
    onrecord extract saved-page.html --format csv
    pdftotext report.pdf - | onrecord extract - --format csv
    """
    intake = Intake()
    annotated = (
        (path, listed(one, is_denied(denied)))
        for path, one in _annotated(intake, paths, context.obj)
    )
    match output:
        case Format.JSONL:
            print_json_lines(_line(path, one) for path, one in annotated)
        case Format.CSV:
            print_table(statement for _, one in annotated for statement in one.statements)
        case Format.HTML:
            click.echo(marked_page(annotated))
    context.exit(1 if intake.unreadable else 0)


def _annotated(
    intake: Intake, paths: Iterable[str], settings: Settings
) -> Iterator[tuple[str, AnnotatedSource]]:
    known = read_known_speakers(settings.speakers)
    for path in intake.files(paths):
        for source in intake.sources(path):
            yield shown(path), annotate(source, known, settings.extractor)


def _line(path: str, annotated: AnnotatedSource) -> dict[str, Any]:
    source = ExtractedSourceSchema().dump(summary_of(annotated))
    statements = ExtractedStatementSchema().dump(annotated.statements, many=True)
    return {"source": {**source, "path": path}, "statements": statements}
