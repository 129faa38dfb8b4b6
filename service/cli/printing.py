"""Printing: statements and counts as lines for people, JSON lines and CSV.

In a terminal text is coloured and wrapped; piped, each statement's words are one plain line.
JSON has the shapes of api/schemas.py.
"""

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from service.domain import Act, Form, Hit, Statement


class Format(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"


COLUMNS = (
    *("id", "form", "act", "text", "speaker_id", "speaker", "mention", "cue", "confidence"),
    *("denied", "speaker_confidence", "source_type", "speaker_title"),
    *("start", "end", "source_id", "title", "publisher", "published", "url", "language"),
)


def print_json_lines(objects: Iterable[Mapping[str, Any]]) -> None:
    """What is no Unicode, as in the name of an old file, becomes an escape on standard output."""
    for one in objects:
        click.echo(json.dumps(one, ensure_ascii=False))


def print_table(statements: Iterable[Statement]) -> None:
    """CSV with COLUMNS; ``start`` and ``end`` are the whole statement's, pieces included.

    Words that a spreadsheet would take for a formula have an apostrophe before them.
    """
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for statement in statements:
        writer.writerow(map(_cell, _row(statement)))
    sys.stdout.flush()  # here and not at exit, where nobody could say that it failed


def print_hits(hits: Iterable[Hit]) -> None:
    """Two lines a statement: its words, then who said them and where."""
    console = Console(highlight=False, markup=False, emoji=False)
    for hit in hits:
        for line in (_words(hit), _origin(hit.statement)):
            console.print(line, soft_wrap=not console.is_terminal)


def print_counts(counts: Mapping[str, object]) -> None:
    """One line a count, names to the left, numbers to the right."""
    name_width = max(map(len, counts))
    width = max(len(str(value)) for value in counts.values())
    for name, value in counts.items():
        click.echo(f"{name:<{name_width}}  {value!s:>{width}}")


def _cell(value: object) -> object:
    """
    >>> [_cell(value) for value in ("=1+1", "@A1", " -2", "No = no", 0.9, None)]
    ["'=1+1", "'@A1", "' -2", 'No = no', 0.9, None]
    """
    if isinstance(value, int | float) or value is None:
        return value
    text = str(value)
    return f"'{text}" if text[:1] in _LED_IN or text.lstrip()[:1] in _FORMULAS else text


_FORMULAS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""What a formula begins with, the wide ones in Japanese Excel (OWASP, CSV injection)."""

_LED_IN = frozenset("\t\r\n")


def _row(statement: Statement) -> tuple[object, ...]:
    speaker, attribution, source = statement.speaker, statement.attribution, statement.source
    return (
        statement.id,
        statement.form.value,
        statement.act.value,
        statement.text,
        speaker and speaker.id,
        speaker and speaker.name,
        attribution.mention and attribution.mention.text,
        attribution.cue and attribution.cue.text,
        attribution.confidence,
        "true" if statement.denied else "false",
        statement.speaker_confidence,
        statement.source_type and statement.source_type.value,
        statement.title and statement.title.text,
        statement.spans[0].start,
        statement.spans[-1].end,
        source.id,
        source.title,
        source.publisher,
        source.published,
        source.url,
        source.language,
    )


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


def on_one_line(text: str) -> str:
    """As long as ``text``, with a space for each line end and control character.

    >>> on_one_line("no\\nlimits")
    'no limits'
    """
    return "".join(" " if unicodedata.category(c) in _BREAKING else c for c in text)


_BREAKING = frozenset({"Cc", "Zl", "Zp"})
