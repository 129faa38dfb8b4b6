"""A .txt file is one source; a sidecar declares its metadata.

The sidecar of seeds/000.txt is seeds/000.txt.meta.json, otherwise seeds/000.meta.json: an object
with the keys of declaration.py.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import orjson

from service.domain import Source
from service.errors import UnreadableSource
from service.paths import shown
from service.reading.declaration import Declaration, declaration_of
from service.reading.decoding import decode
from service.reading.disguises import require_format
from service.reading.opening import content_of
from service.reading.source import NOTHING_DECLARED, source_from_text

SIDECAR = ".meta.json"


def read_text_file(path: Path) -> Iterator[Source | UnreadableSource]:
    """The file's only source, or the error that prevents it."""
    try:
        content = content_of(path)
        require_format(content, shown(path))
        text = decode(content, shown(path))
        declared = sidecar_declaration(path)
        yield source_from_text(text, origin=origin_of(path), declared=declared, where=shown(path))
    except UnreadableSource as error:
        yield error


def origin_of(path: Path) -> str:
    """The real path of the file, in the form of ``shown``."""
    return shown(os.path.realpath(path))


def sidecars_of(path: Path) -> tuple[Path, Path]:
    """The possible sidecars of a file; the first that exists counts, even if it is a broken
    link."""
    return path.with_name(path.name + SIDECAR), path.with_name(path.stem + SIDECAR)


def sidecar_declaration(path: Path) -> Declaration:
    """The content of the file's sidecar. Raises UnreadableSource if it is invalid."""
    for sidecar in sidecars_of(path):
        if os.path.lexists(sidecar):
            return _declaration_in(sidecar)
    return NOTHING_DECLARED


def sidecar_of_many(path: Path) -> Declaration:
    """What the sidecar of a file with many articles declares about all of them.

    Raises UnreadableSource if it is invalid, or declares what can be true of only one article.
    """
    declared = sidecar_declaration(path)
    for name in ("id", "title", "url", "published", "authors"):
        if getattr(declared, name):
            raise UnreadableSource(
                f"{shown(path)}: its sidecar declares {name}, which would be that of each of its"
                " articles; publisher and language may be declared of all"
            )
    return declared


def _declaration_in(sidecar: Path) -> Declaration:
    where = shown(sidecar)
    try:
        entries = orjson.loads(decode(content_of(sidecar), where))
    except orjson.JSONDecodeError as error:
        raise UnreadableSource(f"{where}: not JSON ({error})") from error
    if not isinstance(entries, dict):
        raise UnreadableSource(
            f'{where}: not a JSON object; expected one such as {{"title": "..."}}'
        )
    for key in ("text", "body"):
        if key in entries:
            raise UnreadableSource(
                f"{where}: {key} does not belong here; the text comes from the file itself"
            )
    return declaration_of(entries, where)
