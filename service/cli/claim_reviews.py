"""Claim reviews: the commands that manage other checkers' reviews, stored beside the index."""

import sys
from pathlib import Path

import click

from service.cli.command import PathOption, index_option
from service.cli.intake import STANDARD_INPUT
from service.cli.printing import print_counts
from service.errors import UnreadableSource
from service.paths import shown
from service.reports.lines import on_one_line
from service.reviews import ReadReviews, ReviewStore, read_reviews
from service.settings import Settings

FILE_MAXIMUM = 200_000_000
"""Bytes: the largest published feed of claim reviews has a quarter of this."""


@click.group()
def claim_reviews() -> None:
    """Manage other checkers' reviews.

    ClaimReviews (schema.org, JSON-LD) are read from files, stored beside the index, and shown for
    the same claim by onrecord verify, /verify and /v1alpha1/claims:search. They do not affect what
    On Record finds itself. A running server shows them at once.

    \b
    onrecord claim-reviews add reviews.json
    onrecord claim-reviews list
    """


@claim_reviews.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PathOption())
@index_option
@click.pass_context
def add(context: click.Context, /, files: tuple[Path, ...]) -> None:
    """Add the ClaimReviews in each FILE; - is standard input.

    The format is JSON-LD: a ClaimReview, a list or graph of them, a DataFeed, or one per line. A
    review replaces an earlier one of the same claim at the same address. Reviews without a claim,
    address or author are named and skipped, and make the exit code 1; the rest are added together.

    \b
    onrecord claim-reviews add reviews.json
    curl -s https://facts.example/feed | onrecord claim-reviews add -
    """
    settings: Settings = context.obj
    read = [_read(file) for file in files]
    changes = ReviewStore(settings.index).add(one for part in read for one in part.reviews)
    wrong = [detail for part in read for detail in part.wrong]
    for detail in wrong:
        click.echo(f"onrecord: {on_one_line(detail)}", err=True)
    print_counts(
        {
            "added": changes.added,
            "replaced": changes.replaced,
            "unchanged": changes.unchanged,
            "unreadable": len(wrong),
        }
    )
    context.exit(1 if wrong else 0)


@claim_reviews.command()
@click.argument("names", nargs=-1, required=True, metavar="ID|URL...")
@index_option
@click.pass_obj
def remove(settings: Settings, /, names: tuple[str, ...]) -> None:
    """Remove reviews: one by its id, or all of a page by its address.

    \b
    onrecord claim-reviews remove https://facts.example/no-limits
    """
    print_counts({"removed": ReviewStore(settings.index).remove(names).removed})


@claim_reviews.command("list")
@index_option
@click.pass_obj
def list_reviews(settings: Settings, /) -> None:
    """List the reviews, newest first: id, date, checker, rating, claim and address."""
    for one in ReviewStore(settings.index).present().reviews:
        parts = (
            one.id,
            str(one.reviewed or "-"),
            one.publisher,
            one.rating or "-",
            one.claim,
            one.url,
        )
        click.echo(on_one_line(" | ".join(parts)))


def _read(file: Path) -> ReadReviews:
    """The reviews in a file and the errors found. Raises UnreadableSource."""
    if str(file) == STANDARD_INPUT:
        return read_reviews(sys.stdin.buffer.read(FILE_MAXIMUM + 1), "standard input")
    try:
        with file.open("rb") as opened:
            content = opened.read(FILE_MAXIMUM + 1)
    except OSError as error:
        raise UnreadableSource(f"{shown(file)}: cannot be read ({error.strerror})") from error
    if len(content) > FILE_MAXIMUM:
        raise UnreadableSource(f"{shown(file)}: larger than {FILE_MAXIMUM:,} bytes")
    return read_reviews(content, shown(file))
