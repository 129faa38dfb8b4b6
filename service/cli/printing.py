"""Printing: statements and counts as lines for people, JSON lines and CSV.

In a terminal, text is coloured and wrapped; piped, the words of each statement are one plain line.
JSON has the shapes of service/rendering/statements.py.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from service.domain import Act, Form, Hit, Statement
from service.rendering.tables import STATEMENT_COLUMNS, csv_lines, statement_row
from service.reports.lines import on_one_line


class Format(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"


def print_json_lines(objects: Iterable[Mapping[str, Any]]) -> None:
    """Prints one object per line; what is not Unicode, as in an old file's name, is escaped."""
    for one in objects:
        click.echo(json.dumps(one, ensure_ascii=False))


def print_table(statements: Iterable[Statement]) -> None:
    """Prints CSV, without the byte order mark that it has over HTTP: most of it is piped."""
    for line in csv_lines(STATEMENT_COLUMNS, map(statement_row, statements), end="\n"):
        sys.stdout.write(line)
    sys.stdout.flush()  # here and not at exit, where an error could not be reported


def print_hits(hits: Iterable[Hit]) -> None:
    """Prints two lines per statement: its words, then the speaker and the source."""
    console = Console(highlight=False, markup=False, emoji=False)
    for hit in hits:
        for line in (_words(hit), _origin(hit.statement)):
            console.print(line, soft_wrap=not console.is_terminal)


def print_counts(counts: Mapping[str, object]) -> None:
    """Prints one line per count, names left, numbers right."""
    name_width = max(map(len, counts))
    width = max(len(str(value)) for value in counts.values())
    for name, value in counts.items():
        click.echo(f"{name:<{name_width}}  {value!s:>{width}}")


def _words(hit: Hit) -> Text:
    words = Text(on_one_line(hit.statement.text))
    for span in hit.highlights:
        words.stylize("bold yellow", span.start, span.end)
    if hit.statement.form is Form.DIRECT:
        return Text.assemble("“", words, "”")
    return words


def _origin(statement: Statement) -> Text:
    attribution, source = statement.attribution, statement.source
    mention = attribution.mention.text if attribution.mention else "nobody named"
    name = statement.speaker.name if statement.speaker else f"unknown ({mention})"
    if statement.on_behalf_of is not None:
        name = f"{mention}, for {statement.on_behalf_of.name}"
    if statement.relayed_by is not None:
        name += f", through {statement.relayed_by.name}"
    where = [source.publisher, source.published and str(source.published), source.title]
    return Text.assemble(
        ("  " + on_one_line(name), "bold"),
        (f" | {_kind(statement)} | ", "dim"),
        on_one_line(" | ".join(part for part in where if part)),
        (f" | {statement.id}", "dim"),
    )


def _kind(statement: Statement) -> str:
    attitude = ", attitude" if statement.act is Act.ATTITUDE else ""
    return f"{statement.form}{attitude}{', denied' if statement.denied else ''}"
