"""A .json file is an article, a list of articles, or an answer that contains such a list.

Lines of JSON under this name are read as .jsonl.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import orjson

from service.domain import Source
from service.errors import UnreadableSource
from service.paths import shown
from service.reading.declaration import Declaration
from service.reading.decoding import decode
from service.reading.json_articles import articles_in, source_of
from service.reading.json_lines import object_of, read_json_lines_file
from service.reading.opening import LARGEST, MEGABYTE, content_of
from service.reading.text_file import origin_of, sidecar_declaration, sidecar_of_many

WANTED = "expected an article, a list of articles, or an answer of NewsAPI or the Guardian"


def read_json_file(path: Path) -> Iterator[Source | UnreadableSource]:
    """Each article, or what is wrong with it, in file order."""
    where = shown(path)
    try:
        written = decode(_content_of(path), where)
        value = _value_of(written, where)
        if value is None:
            yield from read_json_lines_file(path)
        else:
            yield from _read(value, path)
    except UnreadableSource as error:
        yield error


def _content_of(path: Path) -> bytes:
    try:
        return content_of(path)
    except UnreadableSource as error:
        if not os.path.lexists(path) or path.stat().st_size <= LARGEST:
            raise
        raise UnreadableSource(
            f"{shown(path)}: larger than {LARGEST // MEGABYTE} MB; write one article per line "
            f"(.jsonl), without a limit"
        ) from error


def _value_of(written: str, where: str) -> object:
    """None if the file is lines of JSON. Raises UnreadableSource if it is not JSON."""
    if not written.strip():
        raise UnreadableSource(f"{where}: empty file; {WANTED}")
    try:
        value: object = orjson.loads(written)
    except orjson.JSONDecodeError as error:
        if object_of(written.lstrip().partition("\n")[0]) is not None:
            return None
        raise UnreadableSource(f"{where}: not JSON ({error}); {WANTED}") from error
    if value is None:
        raise UnreadableSource(f"{where}: only null; {WANTED}")
    return value


def _read(value: object, path: Path) -> Iterator[Source | UnreadableSource]:
    where, origin = shown(path), origin_of(path)
    articles = articles_in(value)
    if articles is None:
        if not isinstance(value, dict):
            raise UnreadableSource(f"{where}: no object in it; {WANTED}")
        yield source_of(value, origin, where, sidecar_declaration(path))
        return
    if not articles:
        raise UnreadableSource(f"{where}: the list of articles is empty; {WANTED}")
    sidecar = sidecar_of_many(path)
    for number, entries in enumerate(articles, start=1):
        yield _outcome(entries, origin, f"{where}, article {number}", sidecar)


def _outcome(
    entries: object, origin: str, where: str, sidecar: Declaration
) -> Source | UnreadableSource:
    if not isinstance(entries, dict):
        return UnreadableSource(
            f'{where}: not a JSON object; expected one such as {{"text": "..."}}'
        )
    try:
        return source_of(entries, origin, where, sidecar)
    except UnreadableSource as error:
        return error
