"""Positions in a text, and values that record where they were read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


ELLIPSIS = " […] "
"""Joins the pieces of a statement that the source interrupts."""


class Span(Struct, frozen=True, order=True, gc=False):
    """A half-open range of code points. Raises ValueError unless 0 <= start <= end.

    >>> Span(0, 2).of("No more")
    'No'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


class Excerpt(Struct, frozen=True, gc=False):
    """A span together with its words."""

    text: str
    span: Span


class Provenance(StrEnum):
    DECLARED = "declared"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Attested(Generic[T]):
    """A metadata value with its provenance.

    ``span`` is where in the text it was inferred from; ``field`` is what in the original declares
    it: a key, a meta element, a heading.
    """

    value: T
    provenance: Provenance
    span: Span | None = None
    field: str | None = None


def value_of(attested: Attested[T] | None) -> T | None:
    return None if attested is None else attested.value
