"""Declaring: records in speakers.toml who is who, leaving the rest of the file unchanged.

speakers_file.py defines what the file may contain; which speaker a name refers to is up to the
index.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from service.domain import Speaker, SpeakerKind, slug
from service.errors import MisconfiguredService
from service.names.folding import name_key
from service.paths import shown
from service.reading.speakers_file import read_known_speakers

_TABLE = "speaker"


def merge_speakers(path: Path, speaker: Speaker, others: Iterable[Speaker]) -> None:
    """Makes the names of ``others`` aliases of ``speaker``.

    Creates the file if it is missing. Raises MisconfiguredService if it cannot be read or written.
    """
    document, tables = _read(path)
    entry = _entry_of(tables, speaker)
    for other in others:
        former = _find(tables, other)
        names = [other.name] if former is None else [former["name"], *former.get("aliases", [])]
        if former is not None:
            _take_over(entry, former)
            tables.remove(former)
        _without(entry, "apart", names)
        _with(entry, "aliases", names)
    _write(path, document)


def split_speaker(path: Path, speaker: Speaker, names: Iterable[str]) -> None:
    """Declares that these names belong to somebody else. Raises as ``merge_speakers`` does."""
    document, tables = _read(path)
    entry = _entry_of(tables, speaker)
    names = list(names)
    _without(entry, "aliases", names)
    _with(entry, "apart", names)
    _write(path, document)


def _read(path: Path) -> tuple[tomlkit.TOMLDocument, AoT]:
    if path.exists():
        read_known_speakers(path)  # raises if the file is invalid
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    else:
        document = tomlkit.document()
    tables = document.get(_TABLE)
    if not isinstance(tables, AoT):
        if tables:  # speaker = [{name = "..."}]
            raise MisconfiguredService(
                f"{shown(path)}: {_TABLE} is an inline list; write it as [[{_TABLE}]] tables"
            )
        document.pop(_TABLE, None)
        tables = tomlkit.aot()
        document.append(_TABLE, tables)
    return document, tables


def _entry_of(tables: AoT, speaker: Speaker) -> Table:
    """The speaker's table, added if it is missing."""
    entry = _find(tables, speaker)
    if entry is None:
        entry = tomlkit.table()
        entry["name"] = speaker.name
        if speaker.id != slug(speaker.name):
            entry["id"] = speaker.id
        if speaker.kind is not SpeakerKind.PERSON:
            entry["kind"] = speaker.kind.value
        tables.append(entry)
    return entry


def _find(tables: AoT, speaker: Speaker) -> Table | None:
    return next(
        (table for table in tables if table.get("id", slug(table["name"])) == speaker.id), None
    )


def _take_over(entry: Table, former: Table) -> None:
    """Moves the declarations of ``former`` to ``entry``."""
    _with(entry, "descriptions", former.get("descriptions", []))
    if "wikidata" in former and "wikidata" not in entry:
        entry["wikidata"] = former["wikidata"]


def _with(entry: Table, key: str, names: Iterable[str]) -> None:
    """Adds the missing names."""
    present: Any = entry.get(key, tomlkit.array())
    have = {name_key(name) for name in (*present, *([entry["name"]] if key == "aliases" else []))}
    for name in names:
        if name_key(name) not in have:
            have.add(name_key(name))
            present.append(str(name))
    if len(present):
        entry[key] = present


def _without(entry: Table, key: str, names: Iterable[str]) -> None:
    gone = {name_key(name) for name in names}
    present: Any = entry.get(key)
    if present is None:
        return
    kept = [name for name in present if name_key(name) not in gone]
    if not kept:
        del entry[key]
    elif len(kept) < len(present):
        for name in [one for one in present if name_key(one) in gone]:
            present.remove(name)


def _write(path: Path, document: tomlkit.TOMLDocument) -> None:
    """Replaces the file atomically, and only with valid content."""
    try:
        number, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise MisconfiguredService(f"{shown(path)}: {error.strerror}") from error
    fresh = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
        fresh.chmod(path.stat().st_mode if path.exists() else 0o644)
        fresh.replace(path.resolve())
    except OSError as error:
        raise MisconfiguredService(f"{shown(path)}: {error.strerror}") from error
    finally:
        fresh.unlink(missing_ok=True)
