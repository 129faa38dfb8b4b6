"""Document: the result of reading a file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from service.reading.declaration import Declaration
from service.reading.source import NOTHING_DECLARED

PARAGRAPH = "\n\n"
LINE = "\n"

_SPACE = re.compile(r"[ \t\r\n\f\v]+")


_PLACEHOLDER = re.compile(
    r"\(?(?:untitled(?: document)?|document|word document|title|print|layout)\)?[\s\d]*"
    r"|microsoft word -.*|.*\.(?:docx?|indd|qxp|pdf|pub|pages|rtf|odt|tex)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file and the metadata it declares.

    ``inferred`` holds values that a library derived and that are nowhere in the text.
    """

    text: str
    declared: Declaration = NOTHING_DECLARED
    inferred: Declaration = field(default_factory=Declaration)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the original, such as a page, as paragraphs."""

    name: Mapping[str, object]
    paragraphs: tuple[str, ...]


def joined(parts: Iterable[Part]) -> tuple[str, list[dict[str, object]]]:
    """The text of all parts, and the position of each part in it.

    >>> joined([Part({"page": 1}, ("One.",)), Part({"page": 2}, ("Two.", "Three."))])[1]
    [{'page': 1, 'start': 0, 'end': 4}, {'page': 2, 'start': 6, 'end': 18}]
    """
    texts: list[str] = []
    places: list[dict[str, object]] = []
    position = 0
    for part in parts:
        words = PARAGRAPH.join(part.paragraphs)
        if words:
            places.append({**part.name, "start": position, "end": position + len(words)})
            texts.append(words)
            position += len(words) + len(PARAGRAPH)
    return PARAGRAPH.join(texts), places


def one_space(text: str) -> str:
    """Collapses white space to single spaces and trims it; non-breaking spaces stay."""
    return _SPACE.sub(" ", text).strip(" ")


def title_in_properties(properties: str) -> str:
    """The title in a file's properties; "" for defaults that programs insert.

    >>> [title_in_properties(one) for one in ("Untitled document", "port.indd", "Port stays")]
    ['', '', 'Port stays']
    """
    title = one_space(properties)
    return "" if _PLACEHOLDER.fullmatch(title) else title
