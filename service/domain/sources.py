"""Sources: texts with their metadata."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from service.domain.spans import Attested, value_of

_PARTIAL_DATE = re.compile(r"(?:(\d{4})|-)(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source states it: 2022, 2022-02, 2022-02-03 or --02-03 (no year).

    >>> PartialDate.parse("--02-03").year is None
    True
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is None and (self.month is None or self.day is None):
            raise ValueError("a date without a year needs month and day")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        # 2000 is a leap year: --02-29 is a day that exists
        date(2000 if self.year is None else self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """The date written as above. Raises ValueError if ``text`` is not one."""
        match = _PARTIAL_DATE.fullmatch(text)
        if match is None:
            raise ValueError(
                f"{text!r} is not a date; expected 2022, 2022-02, 2022-02-03 or --02-03"
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year, month, day)

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04d}"
        return year + "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)

    @property
    def earliest(self) -> date | None:
        """The earliest day it can mean; None without a year."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class SourceReference:
    """The part of a source's metadata that every statement repeats."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document with statements in it; ``text`` is the file's own, unchanged.

    ``id`` is derived from the declared id, otherwise from the declared url, otherwise from the
    text, so it is the same on every machine. ``origin`` is the file it was read from ("-": standard
    input).
    """

    id: str
    text: str
    origin: str
    title: Attested[str] | None = None
    publisher: Attested[str] | None = None
    published: Attested[PartialDate] | None = None
    place: Attested[str] | None = None
    url: Attested[str] | None = None
    language: Attested[str] | None = None
    authors: tuple[Attested[str], ...] = ()
    editors: tuple[Attested[str], ...] = ()
    urls: tuple[Attested[str], ...] = ()
    metadata: Mapping[str, object] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hex digest of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def reference(self) -> SourceReference:
        return SourceReference(
            id=self.id,
            title=value_of(self.title),
            publisher=value_of(self.publisher),
            published=value_of(self.published),
            url=value_of(self.url),
            language=value_of(self.language),
        )


class Extractor(StrEnum):
    """How statements are found: by the trained model together with the rules, or by the rules
    alone."""

    MODEL = "model"
    RULES = "rules"


class DraftFormat(StrEnum):
    """The format of a draft that is text."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


class FileFormat(StrEnum):
    """The format of a draft whose text must first be extracted from a file."""

    PDF = "pdf"
    DOCX = "docx"
    EML = "eml"
