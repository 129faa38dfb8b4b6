"""Finding: the commands that query an index."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any

import click

from service.cli.command import Denied, denied_option, format_option, index_option, is_denied
from service.cli.printing import Format, print_hits, print_json_lines, print_table
from service.domain import QUOTATION_FORMS, Form, Hit, Page, Query, Sort, SourceType, WantedAct
from service.errors import NotFound
from service.index.port import Snapshot
from service.index.whoosh import open_index
from service.reading import read_known_speakers
from service.rendering.statements import HitSchema
from service.settings import Settings

PAGE = 200
"""Statements per query: the most the API returns at once."""


def _day(_: click.Context, __: click.Parameter, moment: datetime | None) -> date | None:
    return moment and moment.date()


_DAY: dict[str, Any] = {
    "type": click.DateTime(["%Y-%m-%d"]),
    "metavar": "YYYY-MM-DD",
    "callback": _day,
}

# options that filter are named like the fields of Query
_OPTIONS = (
    click.option(
        "--act",
        type=click.Choice(WantedAct, case_sensitive=False),
        default=WantedAct.SPEECH,
        show_default=WantedAct.SPEECH.value,
        help="What was said; what somebody thinks, wants, supports or refuses; or both.",
    ),
    click.option("--publisher", metavar="NAME", help="Only sources of this publisher."),
    click.option("--source", metavar="ID", help="Only statements in this source."),
    click.option("--language", metavar="CODE", help="Only sources in this language."),
    click.option(
        "--source-type",
        type=click.Choice(SourceType, case_sensitive=False),
        help="Only speakers of this kind.",
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="SHARE",
        help="Only statements with at least this speaker confidence, 0 to 1.",
    ),
    click.option("--from", "published_from", help="Published on or after this day.", **_DAY),
    click.option("--to", "published_to", help="Published on or before this day.", **_DAY),
    click.option("--sort", type=click.Choice(Sort, case_sensitive=False), help="Sort order."),
    click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=20,
        show_default=True,
        help="Maximum number of statements.",
    ),
    denied_option,
    format_option(Format, "Output format."),
    index_option,
)


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--speaker", metavar="NAME", help="Only statements of this speaker.")
@click.option(
    "--form",
    type=click.Choice(Form, case_sensitive=False),
    multiple=True,
    help="Only statements of this form.",
)
@_with_options
@click.pass_obj
def search(
    settings: Settings, /, words: tuple[str, ...], form: tuple[Form, ...], **options: Any
) -> None:
    """Find statements by their words.

    All WORDS must occur, in any form. "A phrase" must occur exactly, OR accepts either of two
    words, and -word excludes one.

    \b
    onrecord search friendship limits
    onrecord search '"no limits" -Xinhua' --from 2022-01-01
    onrecord search NATO OR sanctions --speaker Putin --format jsonl
    """
    query = Query(words=" ".join(words))
    _answer(settings, replace(query, forms=frozenset(form)) if form else query, **options)


@click.command()
@click.argument("speaker")
@_with_options
@click.pass_obj
def quotes(settings: Settings, /, **options: Any) -> None:
    """List quotations of SPEAKER, given by id or by name, in full or in part.

    \b
    onrecord quotes Putin
    onrecord quotes 'Xi Jinping' --publisher Xinhua --sort oldest
    onrecord quotes vladimir-putin --limit 1000 --format csv > putin.csv
    """
    _answer(settings, Query(forms=QUOTATION_FORMS), **options)


def _answer(
    settings: Settings, query: Query, /, limit: int, output: Format, **narrowed: Any
) -> None:
    act: WantedAct = narrowed.pop("act")
    denied: Denied | None = narrowed.pop("denied")
    query = replace(query, acts=act.acts, denied=is_denied(denied))
    known = read_known_speakers(settings.speakers)
    with closing(open_index(settings.index, known=known)) as opened:
        pages = _pages(opened.snapshot(), replace(query, **narrowed), limit)
        first = next(pages)
        if narrowed["speaker"] is not None:
            _say_who_is_meant(narrowed["speaker"], first)
        _print(output, (hit for page in chain([first], pages) for hit in page.items))
    if output is Format.TEXT:
        shown = min(limit, first.total)
        click.echo(f"{shown} of {first.total} found" if shown < first.total else f"{shown} found")
    if first.did_you_mean is not None:
        click.echo(f"did you mean: {first.did_you_mean}", err=True)


def _pages(snapshot: Snapshot, query: Query, limit: int) -> Iterator[Page[Hit]]:
    """At least one page; together at most ``limit`` hits."""
    while True:
        page = snapshot.find(replace(query, limit=min(limit, PAGE)))
        yield page
        limit -= len(page.items)
        if page.next is None or limit <= 0:
            return
        query = replace(query, cursor=page.next)


def _say_who_is_meant(name: str, page: Page[Hit]) -> None:
    if not page.speakers:
        raise NotFound(f"no speaker in the index is called {name!r}")
    if len(page.speakers) > 1:
        fitting = ", ".join(f"{speaker.name} ({speaker.id})" for speaker in page.speakers)
        click.echo(f"{name} may mean {fitting}", err=True)


def _print(output: Format, hits: Iterator[Hit]) -> None:
    match output:
        case Format.TEXT:
            print_hits(hits)
        case Format.JSONL:
            schema = HitSchema()
            print_json_lines(schema.dump(hit) for hit in hits)
        case Format.CSV:
            print_table(hit.statement for hit in hits)
