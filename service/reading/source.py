"""Makes a text a source, with declared metadata or otherwise what the text says of itself.

Each value records which of the two it is, and its position if it was read in the text. Files and
lines are opened elsewhere (text_file.py, json_lines.py).
"""

import hashlib
from functools import partial
from typing import TypeVar

from service.domain import Attested, PartialDate, Provenance, Source
from service.errors import UnreadableSource
from service.reading.declaration import Declaration
from service.reading.front_matter import front_matter_of

T = TypeVar("T")

NOTHING_DECLARED = Declaration()

_LEFT_OUT = ("title", "publisher", "language")
"""Slow to find, and therefore not looked for if declared."""


def source_from_text(
    text: str,
    *,
    origin: str,
    declared: Declaration = NOTHING_DECLARED,
    inferred: Declaration = NOTHING_DECLARED,
    where: str | None = None,
) -> Source:
    """The source whose complete text is ``text``, unchanged.

    ``inferred`` values were derived from more than the text; those that the text itself states take
    precedence. ``origin`` is the file it was read from ("-": none). Errors start with ``where`` (by
    default the origin). Raises UnreadableSource for a text without words or with lone surrogates.
    """
    _check(text, origin if where is None else where)
    found = front_matter_of(text, [name for name in _LEFT_OUT if getattr(declared, name)])
    declare = partial(_declared, declared)
    return Source(
        id=declared.id or _derived_id(declared.url or text),
        text=text,
        origin=origin,
        title=declare("title", declared.title) or found.title,
        publisher=declare("publisher", declared.publisher) or found.publisher,
        published=declare("published", declared.published) or _day(found.published, inferred),
        place=found.place,
        url=declare("url", declared.url),
        language=declare("language", declared.language) or found.language,
        authors=tuple(filter(None, (declare("authors", name) for name in declared.authors)))
        or found.authors,
        editors=found.editors,
        urls=found.urls,
        metadata=declared.metadata,
    )


def _day(
    found: Attested[PartialDate] | None, inferred: Declaration
) -> Attested[PartialDate] | None:
    """The date that the text states, unless it has no year and a complete date was derived."""
    worked_out = _inferred(inferred.published)
    is_whole = found is not None and found.value.year is not None
    return found if is_whole else worked_out or found


def _check(text: str, where: str) -> None:
    if not text.strip():
        raise UnreadableSource(f"{where}: the text is empty")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableSource(
            f"{where}: lone surrogate at character {error.start}; expected valid Unicode"
        ) from error


def _derived_id(passage: str) -> str:
    """An id that is the same on every machine: it does not depend on the source's location."""
    return "a-" + hashlib.sha256(passage.encode()).hexdigest()[:12]


def _declared(declared: Declaration, name: str, value: T | None) -> Attested[T] | None:
    if value is None:
        return None
    return Attested(value, Provenance.DECLARED, field=declared.field_names.get(name))


def _inferred(value: T | None) -> Attested[T] | None:
    return None if value is None else Attested(value, Provenance.INFERRED)
