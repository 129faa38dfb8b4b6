"""Credits: the names in what a page gives as its author, without all that stands around them.

"By Jane Doe and John Roe"            "JANE DOE, Political Editor"
"Jane Doe in Paris, for Reuters"      "https://www.facebook.com/jane.doe"
"""

import re
from collections.abc import Iterable

from service.reading.documents.document import one_space
from service.reading.lexicon import is_agency, words

LONGEST_NAME = 60
"""Characters of one name; "Maria Alejandra Gonzalez-Rodriguez y Castillo" has 45."""

_OPENING = re.compile(
    r"^(?:(?:story|words|text|interview|review|analysis|opinion|photos?|reporting|written|reported"
    r"|posted|published|updated|compiled|created|submitted)\s+)*(?:by|from)\b[:\s]*|^authors?:\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;|/•·&+]|\band\b|\bwith\b|\bby\b|\s[-–—]\s|\n)\s*", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*[(\[<@]|\s+(?:in|for|at|of|from|on|is|was|has|who|covers|reports)\s|\s+\d", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\S*(?:https?://|www\.|@)\S*|\S+\.(?:com|org|net|co\.uk)\b\S*", re.IGNORECASE
)
_TITLES = re.compile(
    r"^(?:dr|prof|professor|sir|dame|mr|mrs|ms|rev)\.?\s+(?=\S+\s+\S)", re.IGNORECASE
)


def authors_of(credits: Iterable[str], publisher: str | None = None) -> tuple[str, ...]:
    """Each name once, in the order given; agencies, the publisher and roles are no names.

    >>> authors_of(["By Jane Doe, Political Editor, and John Roe in Paris", "Reuters"])
    ('Jane Doe', 'John Roe')
    """
    names: dict[str, str] = {}
    for credit in credits:
        for name in _names_in(credit):
            if name.casefold() != (publisher or "").casefold():
                names.setdefault(name.casefold(), name)
    return tuple(names.values())


def _names_in(credit: str) -> list[str]:
    bare = _ADDRESS.sub(" ", one_space(credit))
    bare = _OPENING.sub("", bare.strip())
    return [
        name
        for part in _BETWEEN.split(bare)
        if (name := _name_in(_OPENING.sub("", part))) is not None
    ]


def _name_in(part: str) -> str | None:
    behind = _BEHIND.search(part)
    name = part[: behind.start()] if behind else part
    name = _without_role(name.strip(" .:–—-\"'“”*"))
    name = _TITLES.sub("", name)
    return name if _is_name(name) else None


def _without_role(name: str) -> str:
    """ "Jane Doe BBC News" and "Jane Doe Political Correspondent" end where the name does."""
    parts = name.split()
    for index in range(2, len(parts)):
        rest = " ".join(parts[index:])
        if is_agency(rest) or is_agency(parts[index]) or _is_role(parts[-1]):
            kept = [part for part in parts[:index] if not _is_role(part)]
            return " ".join(kept) if len(kept) == index else ""
    return name


def _is_role(word: str) -> bool:
    return word.casefold().strip(".") in words("not_names") or word.casefold() in words("roles")


def _is_name(name: str) -> bool:
    parts = name.split()
    if not name or len(name) > LONGEST_NAME or len(parts) > 6 or is_agency(name):
        return False
    if any(character.isdigit() or character in "_{}<>=:?!%" for character in name):
        return False
    if any(_is_role(part) for part in parts):
        return False
    return any(part[0].isupper() or not part[0].isascii() for part in parts)
