"""Marks: splits a text wherever a statement, or a value that was read in it, starts or ends."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from service.domain import Attested, Source, Span, Statement

PART = 12_000
"""Characters of a text per page: with its marks, less than 100 KB."""

MOST_MARKS = 250
"""Statements per part; a denser text gets shorter parts."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of text with the same marks throughout.

    ``statement`` is the innermost one containing it, ``begins`` are the ids of those that start
    here, ``read`` the names of values read in it, ``reads`` those of values that start here.
    """

    text: str
    statement: Statement | None
    begins: tuple[str, ...]
    read: tuple[str, ...]
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A value that was read in the text."""

    name: str
    span: Span


def part_from(text: str, start: int) -> Span:
    """The part of a text that starts at ``start``, up to the end of a paragraph if possible."""
    end = min(start + PART, len(text))
    if end < len(text):
        end = _paragraph_after(text, start + PART // 2, end)
    return Span(start, end)


def part_with(text: str, place: int) -> Span:
    """The part of a text that contains ``place`` and some text before it."""
    if place < PART // 2:
        return part_from(text, 0)
    start = place - PART // 6
    return part_from(text, _paragraph_after(text, start, place))


def part_before(text: str, start: int) -> int:
    """The start of the part that ends at about ``start``."""
    return 0 if start <= PART else _paragraph_after(text, start - PART, start)


def _paragraph_after(text: str, least: int, most: int) -> int:
    """The last start of a paragraph, otherwise of a line or word, between ``least`` and
    ``most``."""
    for seam in ("\n\n", "\n", " "):
        found = text.rfind(seam, least, most)
        if found >= 0:
            return found + len(seam)
    return most


def fitting(part: Span, statements: Sequence[Statement]) -> tuple[Span, Sequence[Statement]]:
    """As much of a part as a page can show, and the statements in it."""
    if len(statements) <= MOST_MARKS:
        return part, statements
    end = max(statements[MOST_MARKS].spans[0].start, part.start + 1)
    return Span(part.start, min(part.end, end)), statements[:MOST_MARKS]


def read_in_text(source: Source) -> Iterator[Read]:
    """The values of a source that were read in its text, with their names."""
    single = (
        "title",
        "publisher",
        "published",
        "place",
        "url",
    )  # the language is that of the whole text
    named: list[tuple[str, Attested[Any] | None]]
    named = [(name, getattr(source, name)) for name in single]
    named += [(f"author-{number}", one) for number, one in enumerate(source.authors, start=1)]
    named += [(f"editor-{number}", one) for number, one in enumerate(source.editors, start=1)]
    for name, value in named:
        if value is not None and value.span is not None:
            yield Read(name, value.span)


def marked(
    text: str, part: Span, statements: Iterable[Statement], reads: Iterable[Read]
) -> list[Marked]:
    """The pieces of ``part`` in order; marks may overlap."""
    begin: dict[int, list[Statement | Read]] = defaultdict(list)
    end: dict[int, list[Statement | Read]] = defaultdict(list)
    first: dict[int, list[str]] = defaultdict(list)
    for mark, span in _spans(statements, reads):
        shown = Span(max(span.start, part.start), max(min(span.end, part.end), part.start))
        if len(shown):
            begin[shown.start].append(mark)
            end[shown.end].append(mark)
    for statement in statements:
        first[max(statement.spans[0].start, part.start)].append(statement.id)
    here: list[Statement | Read] = []
    pieces = []
    for start, stop in pairwise(sorted({part.start, part.end, *begin, *end})):
        here = [mark for mark in here if mark not in end[start]] + begin[start]
        inner = [mark for mark in here if isinstance(mark, Statement)]
        read = tuple(mark.name for mark in here if isinstance(mark, Read))
        reading = tuple(mark.name for mark in begin[start] if isinstance(mark, Read))
        pieces.append(
            Marked(
                text[start:stop],
                inner[-1] if inner else None,
                tuple(first[start]),
                read,
                reading,
            )
        )
    return pieces


def _spans(
    statements: Iterable[Statement], reads: Iterable[Read]
) -> Iterator[tuple[Statement | Read, Span]]:
    for statement in statements:
        for span in statement.spans:
            yield statement, span
    for read in reads:
        yield read, read.span
