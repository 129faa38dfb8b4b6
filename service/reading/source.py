"""A text becomes a source: what is declared about it, else what the text says of itself.

Every value says which of the two it is, and where in the text it stands if it was read there.
Files and lines are opened elsewhere (text_file.py, json_lines.py).
"""

import hashlib
from typing import TypeVar

from service.domain import Attested, Provenance, Source
from service.errors import UnreadableSource
from service.reading.declaration import Declaration
from service.reading.front_matter import front_matter_of

T = TypeVar("T")

NOTHING_DECLARED = Declaration()


def source_from_text(
    text: str, *, origin: str, declared: Declaration = NOTHING_DECLARED, where: str | None = None
) -> Source:
    """The source of which ``text`` is the whole text, unchanged.

    ``origin`` is the file it was read from ("-": none). Errors begin with ``where`` (by default
    the origin). Raises UnreadableSource for a text without words or with lone surrogates.
    """
    _check(text, origin if where is None else where)
    found = front_matter_of(text)
    return Source(
        id=declared.id or _derived_id(declared.url or text),
        text=text,
        origin=origin,
        title=_declared(declared.title) or found.title,
        publisher=_declared(declared.publisher) or found.publisher,
        published=_declared(declared.published) or found.published,
        place=found.place,
        url=_declared(declared.url),
        language=_declared(declared.language) or found.language,
        authors=_all_declared(declared.authors) or found.authors,
        editors=found.editors,
        urls=found.urls,
        metadata=declared.metadata,
    )


def _check(text: str, where: str) -> None:
    if not text.strip():
        raise UnreadableSource(f"{where}: the text is empty; some words are wanted")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableSource(
            f"{where}: half a surrogate pair stands at {error.start}; whole characters are wanted"
        ) from error


def _derived_id(passage: str) -> str:
    """The same on every machine: it says nothing about where the source lies."""
    return "a-" + hashlib.sha256(passage.encode()).hexdigest()[:12]


def _declared(value: T | None) -> Attested[T] | None:
    return None if value is None else Attested(value, Provenance.DECLARED)


def _all_declared(values: tuple[str, ...]) -> tuple[Attested[str], ...]:
    return tuple(Attested(value, Provenance.DECLARED) for value in values)
