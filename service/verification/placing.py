"""Placing: maps findings in a draft's text back to places in the document.

The draft is verified without its markup; an editor who marks the places needs those of the document
itself.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from msgspec.structs import replace

from service.domain import Attribution, Excerpt, Form, Span, Speaker
from service.verification.findings import (
    CheckedQuotation,
    Cited,
    CitedFinding,
    Colour,
    DocumentVerification,
    Searched,
    Verdict,
    Verification,
)


class Part(Protocol):
    """A page or a paragraph, counted from 1."""

    @property
    def page(self) -> int | None: ...

    @property
    def paragraph(self) -> int | None: ...


class Places(Protocol):
    """Maps the draft's text to places in the document."""

    def place(self, shown: Span) -> Span: ...

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the document, from 1."""
        ...

    def part(self, offset: int) -> Part: ...


class Confirmation(StrEnum):
    """What a person has decided about a quotation before."""

    NONE = "none"
    CONFIRMED = "confirmed"
    SOURCE_CHANGED = "source_changed"  # since it was confirmed


@dataclass(frozen=True, slots=True)
class PlacedQuotation:
    """A quotation of a draft; all spans refer to the document as submitted.

    ``spans`` are its pieces in reading order, ``printed`` the draft's text from the first to the
    last of them, ``line`` and ``column`` its beginning, with the ``page`` of a PDF or the
    ``paragraph`` of a Word file. ``speaker`` and ``attribution`` are the draft's claim; the
    attribution's ``confidence`` says how certain this reading of the draft is.
    """

    text: str
    printed: str
    form: Form
    spans: tuple[Span, ...]
    line: int
    column: int
    speaker: Speaker | None
    attribution: Attribution
    verification: Verification
    confirmation: Confirmation = Confirmation.NONE
    cited: Cited | None = None
    page: int | None = None
    paragraph: int | None = None

    @property
    def passes(self) -> bool:
        confirmed = self.confirmation is Confirmation.CONFIRMED
        return confirmed or self.verification.verdict.passes

    @property
    def colour(self) -> Colour:
        """Green if somebody confirmed it; never green if the source has changed since, or if it was
        found elsewhere than the draft cites.
        """
        if self.confirmation is Confirmation.CONFIRMED:
            return Colour.GREEN
        changed = self.confirmation is Confirmation.SOURCE_CHANGED
        green = self.verification.colour is Colour.GREEN
        doubt = changed or self.is_elsewhere
        return Colour.AMBER if doubt and green else self.verification.colour

    @property
    def is_elsewhere(self) -> bool:
        return self.cited is not None and self.cited.finding is CitedFinding.FOUND_ELSEWHERE


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """Every quotation of a draft in reading order; ``counts`` has every verdict, ``searched`` no
    queries.
    """

    quotations: tuple[PlacedQuotation, ...]
    counts: Mapping[Verdict, int]
    searched: Searched

    @property
    def passes(self) -> bool:
        """Whether every quotation was found unchanged with the draft's attribution, is not judged,
        or was confirmed.
        """
        return all(one.passes for one in self.quotations)


def put_back(verified: DocumentVerification, places: Places) -> CheckedDraft:
    """The findings for a draft's text, with their places in the document."""
    text = verified.source.text
    placed = tuple(_placed(one, text, places) for one in verified.quotations)
    return CheckedDraft(placed, verified.counts, verified.searched)


def _placed(checked: CheckedQuotation, text: str, places: Places) -> PlacedQuotation:
    statement = checked.statement
    spans = tuple(map(places.place, checked.spans))
    line, column = places.position(spans[0].start)
    part = places.part(spans[0].start)
    return PlacedQuotation(
        text=checked.verification.quote,
        printed=_printed(checked, text),
        form=statement.form,
        spans=spans,
        line=line,
        column=column,
        speaker=statement.speaker,
        attribution=replace(
            statement.attribution,
            mention=_excerpt(statement.attribution.mention, places),
            cue=_excerpt(statement.attribution.cue, places),
        ),
        verification=checked.verification,
        cited=checked.cited
        and dataclasses.replace(checked.cited, span=places.place(checked.cited.span)),
        page=part.page,
        paragraph=part.paragraph,
    )


LONGEST_INTERRUPTION = 200
"""Most characters of the draft between two pieces that are shown as one; with more, readers would
not see that they belong together.
"""


def _printed(checked: CheckedQuotation, text: str) -> str:
    spans = checked.spans
    gaps = (right.start - left.end for left, right in pairwise(spans))
    if max(gaps, default=0) > LONGEST_INTERRUPTION:
        return checked.verification.quote
    return text[spans[0].start : spans[-1].end]


def _excerpt(shown: Excerpt | None, places: Places) -> Excerpt | None:
    return shown and Excerpt(shown.text, places.place(shown.span))
