"""Who speaks."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct


class SpeakerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    GROUP = "group"


class Speaker(Struct, frozen=True, gc=False):
    """Whom a mention means. A group ("Putin and Xi") has ``members``; nobody else has."""

    id: str
    name: str
    kind: SpeakerKind
    members: tuple["Speaker", ...] = ()


class SourceType(StrEnum):
    """What kind of source speaks: journalism's own five kinds."""

    NAMED_PERSON = "named_person"
    NAMED_ORGANISATION = "named_organisation"
    DOCUMENT = "document"
    UNNAMED_PERSON = "unnamed_person"
    UNNAMED_GROUP = "unnamed_group"


@lru_cache(maxsize=1 << 12)
def slug(name: str) -> str:
    """A speaker's id, made of the name: letters and digits of any script, hyphens between.

    >>> slug("Miloš Zeman"), slug("D. Michael O’Neill"), slug("习近平")
    ('miloš-zeman', 'd-michael-o-neill', '习近平')
    """
    folded = unicodedata.normalize("NFC", name.casefold())
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in folded)
    return "-".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """What somebody declared about a speaker in speakers.toml; ``apart`` are names that are
    somebody else's."""

    id: str
    name: str
    kind: SpeakerKind = SpeakerKind.PERSON
    aliases: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    wikidata: str | None = None
    apart: tuple[str, ...] = ()
