"""Declarations: what is declared about a source, validated key by key.

A line of a .jsonl file, a sidecar and a posted source use the same keys. source.py joins the
modules that find what the text says of itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

import orjson

from service.bounds import AUTHORS_MAXIMUM, METADATA_MAXIMUM, NAMES_MAXIMUM, VALUE_MAXIMUM
from service.domain import PartialDate
from service.errors import UnreadableSource
from service.paths import escaped

DECLARED_KEYS = ("id", "title", "publisher", "url", "published", "authors", "language")

# Part of URLs, so it must not need escaping.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,99}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:.+")


@dataclass(frozen=True, slots=True)
class Declaration:
    """Declared values; ``metadata`` keeps unknown keys unchanged.

    ``field_names`` maps each value's name to the field of the original it comes from.
    """

    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    field_names: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: "Declaration") -> "Declaration":
        """These values, with missing ones filled in from ``other``."""
        return replace(
            other,
            id=self.id or other.id,
            title=self.title or other.title,
            publisher=self.publisher or other.publisher,
            url=self.url or other.url,
            published=self.published or other.published,
            authors=self.authors or other.authors,
            language=self.language or other.language,
            metadata={**other.metadata, **self.metadata},
            field_names={**other.field_names, **self.field_names},
        )


def declaration_of(entries: Mapping[str, object], where: str) -> Declaration:
    """The validated ``entries``; null and blank strings count as missing.

    Raises UnreadableSource, which starts with ``where`` and names the wrong key.
    """
    declare = _Entries(entries, where)
    return Declaration(
        id=declare.matching("id", _ID, "up to 100 letters, digits and . _ ~ -"),
        title=declare.string("title"),
        publisher=declare.string("publisher"),
        url=declare.url("url"),
        published=declare.date("published"),
        authors=declare.strings("authors", AUTHORS_MAXIMUM),
        language=declare.language("language"),
        metadata=declare.unknown(),
        field_names={key: key for key in DECLARED_KEYS if entries.get(key)},
    )


@dataclass(frozen=True, slots=True)
class _Entries:
    entries: Mapping[str, object]
    where: str

    def wrong(self, key: str, wanted: str) -> UnreadableSource:
        value = repr(self.entries[key])
        shown = value if len(value) <= 60 else value[:57] + "..."
        return UnreadableSource(f"{self.where}: {key} is {shown}; expected {wanted}")

    def unknown(self) -> dict[str, object]:
        """The unknown keys. Raises UnreadableSource if they cannot be stored."""
        metadata = {key: self.entries[key] for key in self.entries if key not in DECLARED_KEYS}
        size = 0
        for key, value in metadata.items():
            try:  # nested as deeply as a record will nest it, and deeper
                size += len(key) + len(orjson.dumps([[[[[[[[value]]]]]]]]))
            except orjson.JSONEncodeError as error:
                raise self.wrong(key, "JSON nested fewer than 240 levels deep") from error
        if size > METADATA_MAXIMUM:
            raise UnreadableSource(
                f"{self.where}: the other keys ({_listed(metadata)}) take {size:,} bytes; the "
                f"limit is {METADATA_MAXIMUM:,}"
            )
        return metadata

    def string(self, key: str) -> str | None:
        value = self.entries.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(key, "a string")
        return self._of_length(key, value.strip()) or None

    def _of_length(self, key: str, value: str) -> str:
        if len(value) > VALUE_MAXIMUM:
            raise UnreadableSource(
                f"{self.where}: {key} has {len(value):,} characters; the limit is {VALUE_MAXIMUM:,}"
            )
        return value

    def strings(self, key: str, most: int) -> tuple[str, ...]:
        value = self.entries.get(key)
        if value is None or isinstance(value, str):
            single = self.string(key)
            return () if single is None else (single,)
        if not isinstance(value, list):
            raise self.wrong(key, "a string or a list of strings")
        names = [name.strip() for name in value if isinstance(name, str)]
        if len(names) < len(value):
            raise self.wrong(key, "a string or a list of strings")
        if len(names) > most:
            raise UnreadableSource(
                f"{self.where}: {key} has {len(names):,} entries; the limit is {most:,}"
            )
        length = sum(map(len, names))
        if length > NAMES_MAXIMUM:
            raise UnreadableSource(
                f"{self.where}: {key} has {length:,} characters in all; the limit is "
                f"{NAMES_MAXIMUM:,}"
            )
        return tuple(self._of_length(key, name) for name in names if name)

    def matching(self, key: str, pattern: re.Pattern[str], wanted: str) -> str | None:
        value = self.string(key)
        if value is not None and not pattern.fullmatch(value):
            raise self.wrong(key, wanted)
        return value

    def language(self, key: str) -> str | None:
        """A language tag with the case BCP 47 recommends: "EN-US" becomes "en-US"."""
        value = self.matching(key, LANGUAGE, 'a language tag such as "en"')
        if value is None:
            return None
        primary, dash, rest = value.partition("-")
        return primary.lower() + dash + rest

    def url(self, key: str) -> str | None:
        value = self.string(key)
        if value is None:
            return None
        try:
            parts = urlsplit(value)
        except ValueError as error:
            raise self.wrong(key, "a full URL starting with https:// or http://") from error
        if parts.scheme not in {"http", "https"} or not parts.netloc or " " in value:
            raise self.wrong(key, "a full URL starting with https:// or http://")
        return value

    def date(self, key: str) -> PartialDate | None:
        """A date; of a date and time, the date in the given time zone."""
        value = self.string(key)
        if value is None:
            return None
        try:
            if _DATE_TIME.fullmatch(value):
                datetime.fromisoformat(value)
                value = value[: len("2022-02-03")]
            return PartialDate.parse(value)
        except ValueError as error:
            wanted = "a date such as 2022, 2022-02, 2022-02-03, --02-03 or 2022-02-03T10:00:00Z"
            raise self.wrong(key, wanted) from error


def _listed(keys: Iterable[str]) -> str:
    """
    >>> _listed("abcdef")
    'a, b, c, ...'
    """
    first = [escaped(key[:40]) for key in islice(keys, 4)]
    return ", ".join(first[:3] + ["..."] * (len(first) > 3))
