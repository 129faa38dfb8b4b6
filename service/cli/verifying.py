"""Verifying: the commands that look up claimed quotations, one or all of a draft."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import click

from service.api.answered.schemas import CheckedDraftSchema, VerificationSchema
from service.checking import check_draft
from service.cli.checked_page import checked_page
from service.cli.command import PathOption, extractor_option, format_option, index_option
from service.cli.confirmed import Confirmations
from service.cli.intake import STANDARD_INPUT, Intake
from service.cli.junit import junit
from service.cli.mutating import print_mutations
from service.cli.printing import print_json_lines
from service.cli.reporting import Report
from service.cli.sarif import sarif
from service.domain import DraftFormat
from service.errors import InvalidInput, UnreadableSource
from service.index.whoosh import open_index
from service.paths import shown
from service.reading import read_known_speakers
from service.reading.drafts import Draft, draft_files, draft_from, draft_in
from service.reports.claim_review import claim_review
from service.reviews import ReviewStore
from service.settings import Settings
from service.verification import verify as verify_quotation
from service.verification.placing import CheckedDraft

Verifier = Callable[[Draft], CheckedDraft]

Mark = Callable[[CheckedDraft], CheckedDraft]

Outcome = tuple[str, CheckedDraft | InvalidInput]


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    CLAIMREVIEW = "claimreview"


class DraftReport(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"
    JUNIT = "junit"
    SARIF = "sarif"


@click.command()
@click.argument("quote", metavar="QUOTE")
@click.option("--speaker", metavar="NAME", help="Who allegedly said it: a name or an id.")
@format_option(Format, "Text, JSON, or a draft of a schema.org ClaimReview for you to sign.")
@index_option
@click.pass_context
def verify(context: click.Context, quote: str, speaker: str | None, output: Format) -> None:
    """Look up QUOTE in the index: was this ever said in these words?

    Shows where the words are and how they differ there: [-words-] are only in QUOTE, {+words+} only
    in the source. The exit code is 1 if QUOTE is altered, pieced together, somebody else's, not
    found or, according to a source, never said, and 2 if it could not be looked up. A quotation
    with fewer than two meaningful words is too short to tell, and passes.

    \b
    onrecord verify "a new era of cooperation"
    onrecord verify "We will … stay in Europe" --speaker Putin
    onrecord verify "No limits" --speaker 'Xi Jinping' --format json
    onrecord verify "No limits" --speaker 'Xi Jinping' --format claimreview
    """
    settings: Settings = context.obj
    known = read_known_speakers(settings.speakers)
    with closing(open_index(settings.index, known=known)) as opened:
        found = verify_quotation(opened.snapshot(), quote, speaker)
    known_checks = ReviewStore(settings.index).present().about(found.quote)
    found = replace(found, known_checks=known_checks)
    match output:
        case Format.TEXT:
            Report().quotation(found)
        case Format.JSON:
            print_json_lines([VerificationSchema().dump(found)])
        case Format.CLAIMREVIEW:
            print_json_lines([claim_review(found, date.today())])
    context.exit(0 if found.verdict.passes else 1)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="DRAFT...")
@click.option(
    "--as",
    "written",
    type=click.Choice(DraftFormat, case_sensitive=False),
    help="Format of the drafts.  [default: by suffix; text for standard input]",
)
@click.option(
    "--confirmed",
    type=PathOption(dir_okay=False),
    metavar="FILE",
    help="Quotations kept by onrecord confirm: accepted while their sources are unchanged.",
)
@click.option(
    "--mutate",
    is_flag=True,
    help="Break the confirmed quotations on purpose and report how many breaks are detected.",
)
@format_option(DraftReport, "A report, one JSON object per draft, a page, JUnit XML, or SARIF.")
@index_option
@extractor_option
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[str, ...],
    written: DraftFormat | None,
    output: DraftReport,
    confirmed: Path | None,
    mutate: bool,
) -> None:
    """Look up every quotation of a draft before it is published.

    DRAFT is a file (.txt, .html, .htm, .md, .markdown, .docx, .pdf or .eml), a folder, a pattern or
    - for standard input. In the last three formats, lines and columns count in the extracted text.

    Quotations to correct come first, then those to look at, then the rest, each with its place,
    the speaker according to the draft, and what was found. [-words-] are only in the draft,
    {+words+} only in the source. The exit code is 1 if a quotation is altered, pieced together,
    somebody else's, not found or, according to a source, never said, or if a draft cannot be read;
    2 if nothing could be looked up. Not judged: quotations with fewer than two meaningful words,
    titles, scare quotes, and words that the draft itself says were never uttered.

    \b
    onrecord check article.md
    onrecord check drafts/ --format html > report.html
    onrecord check drafts/ --format junit > quotations.xml
    onrecord check drafts/ --format sarif > quotations.sarif
    onrecord check drafts/ --confirmed confirmed.jsonl
    onrecord check drafts/ --confirmed confirmed.jsonl --mutate
    pbpaste | onrecord check - --as html
    """
    if mutate and confirmed is None:
        raise click.UsageError(
            "--mutate breaks confirmed quotations; name their file with --confirmed FILE"
        )
    settings: Settings = context.obj
    confirmations = Confirmations.read(confirmed) if confirmed else Confirmations(None)
    intake = Intake()
    files = intake.files(paths, draft_files)
    known = read_known_speakers(settings.speakers)
    with closing(open_index(settings.index, known=known)) as opened:
        index = opened.snapshot()
        verifier = partial(check_draft, index, known=known, extractor=settings.extractor)
        desk = Desk(verifier, written, partial(confirmations.mark, index))
        outcomes = desk.outcomes(files, intake)
        if mutate:
            print_mutations(index, outcomes)
            context.exit(1 if intake.unreadable else 0)
        _print(output, outcomes, bool(confirmed))
    context.exit(1 if desk.held_back or intake.unreadable else 0)


class Desk:
    """Checks drafts one by one; ``held_back`` counts those that did not pass so far."""

    def __init__(
        self, verifier: Verifier, written: DraftFormat | None, mark: Mark = lambda checked: checked
    ) -> None:
        self.held_back = 0
        self._verifier = verifier
        self._written = written
        self._mark = mark

    def outcomes(self, files: Iterable[str], intake: Intake) -> Iterator[Outcome]:
        """The result for each draft, or the error that prevented it."""
        for file in files:
            try:
                checked = self._mark(self._check(file))
            except InvalidInput as error:
                intake.skip(error)
                yield shown(file), error
            else:
                self.held_back += not checked.passes
                yield shown(file), checked

    def _check(self, file: str) -> CheckedDraft:
        if file == STANDARD_INPUT:
            draft, where = draft_from(sys.stdin.buffer, self._written), "standard input"
        else:
            draft, where = draft_in(Path(file), self._written), shown(file)
        try:
            return self._verifier(draft)
        except InvalidInput as error:
            raise UnreadableSource(f"{where}: {error}") from error


def _print(output: DraftReport, outcomes: Iterable[Outcome], confirmed: bool) -> None:
    match output:
        case DraftReport.TEXT:
            Report().drafts(_readable(outcomes))
        case DraftReport.JSON:
            print_json_lines(
                _in_json(path, checked, confirmed) for path, checked in _readable(outcomes)
            )
        case DraftReport.HTML:
            click.echo(checked_page(outcomes))
        case DraftReport.JUNIT:
            click.echo(junit(outcomes))
        case DraftReport.SARIF:
            click.echo(sarif(outcomes))


def _readable(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, CheckedDraft]]:
    for path, outcome in outcomes:
        if isinstance(outcome, CheckedDraft):
            yield path, outcome


def _in_json(path: str, checked: CheckedDraft, confirmed: bool) -> dict[str, Any]:
    """The draft as in the API; with the confirmations if ``confirmed``."""
    content = CheckedDraftSchema().dump(checked)
    if confirmed:
        for shape, quotation in zip(content["quotations"], checked.quotations, strict=True):
            shape["confirmation"] = quotation.confirmation.value
    return {"path": path, **content}
