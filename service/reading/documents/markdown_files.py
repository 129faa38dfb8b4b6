"""Markdown files: their visible text, and the metadata in the front matter.

The front matter is YAML between lines of --- or TOML between lines of +++, as in site generators
(Jekyll, Hugo, Eleventy, Pelican).
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

import yaml

from service.bounds import VALUE_MAXIMUM
from service.domain import PartialDate
from service.errors import UnreadableSource
from service.reading.declaration import Declaration
from service.reading.decoding import decode
from service.reading.documents.credits import authors_of
from service.reading.documents.document import Document
from service.reading.drafts.markdown_draft import read_markdown

Entries: TypeAlias = Mapping[str, object]

_YAML = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<entries>(?s:.*?))\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(?P<entries>(?s:.*?))\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)")

ENTRIES_MAXIMUM = 100_000
"""Characters of front matter; a long one has 2,000."""

_KEYS = {
    "title": ("title", "headline"),
    "authors": ("authors", "author", "byline", "by"),
    "published": ("date", "published", "publishdate", "pubdate", "date_published"),
    "publisher": ("publisher", "publication", "site"),
    "url": ("url", "canonical", "canonical_url", "link", "source_url"),
    "language": ("lang", "language", "locale"),
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T ])")


def read_document(content: bytes, where: str) -> Document:
    """Raises UnreadableSource for broken front matter, which would otherwise be read as text."""
    written = decode(content, where)
    toml, found = _TOML.match(written), _YAML.match(written)
    front_matter = toml or found
    entries = _entries(front_matter["entries"], toml is not None, where) if front_matter else {}
    body = written[front_matter.end() :] if front_matter else written
    try:
        text = read_markdown(body).text
    except UnreadableSource as error:
        raise UnreadableSource(f"{where}: {error}") from error
    except RecursionError as error:
        raise UnreadableSource(f"{where}: nested too deeply; expected an article") from error
    return Document(text, _declaration(entries))


def _entries(written: str, is_toml: bool, where: str) -> Entries:
    if len(written) > ENTRIES_MAXIMUM:
        raise UnreadableSource(
            f"{where}: the front matter has {len(written):,} characters; the limit is "
            f"{ENTRIES_MAXIMUM:,}"
        )
    try:
        entries = tomllib.loads(written) if is_toml else yaml.safe_load(written)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        lines = str(error).splitlines() or [""]
        raise UnreadableSource(
            f"{where}: the front matter cannot be parsed ({lines[0]})"
        ) from error
    if not isinstance(entries, dict):
        return {}
    return {str(key).casefold(): value for key, value in entries.items()}


def _declaration(entries: Entries) -> Declaration:
    keys = {
        name: next((key for key in candidates if entries.get(key)), "")
        for name, candidates in _KEYS.items()
    }
    value = {name: entries.get(key) for name, key in keys.items()}
    return Declaration(
        title=_string(value["title"]),
        authors=authors_of(_strings(value["authors"])),
        published=_day(value["published"]),
        publisher=_string(value["publisher"]),
        url=_matching(value["url"], _ADDRESS),
        language=_matching(value["language"], _LANGUAGE),
        field_names=keys,
    )


def _string(value: object) -> str | None:
    return value.strip()[:VALUE_MAXIMUM] or None if isinstance(value, str) else None


def _matching(value: object, pattern: re.Pattern[str]) -> str | None:
    words = (_string(value) or "").replace("_", "-") if pattern is _LANGUAGE else _string(value)
    return words if words and pattern.fullmatch(words) else None


def _strings(value: object) -> list[str]:
    """The strings in a name, a list of names, or a list of objects with a name."""
    values = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in values[:100]]
    return [name for name in names if isinstance(name, str)]


def _day(value: object) -> PartialDate | None:
    if isinstance(value, datetime | date):
        return PartialDate(value.year, value.month, value.day)
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return PartialDate.parse(found[0]) if found else None
    except ValueError:
        return None
