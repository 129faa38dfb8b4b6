"""Speakers."""

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
    """The person or body a mention refers to. Only a group ("Putin and Xi") has ``members``."""

    id: str
    name: str
    kind: SpeakerKind
    members: tuple["Speaker", ...] = ()


class SourceType(StrEnum):
    """Who the source of a statement is, in the five kinds that journalism distinguishes."""

    NAMED_PERSON = "named_person"
    NAMED_ORGANISATION = "named_organisation"
    DOCUMENT = "document"
    UNNAMED_PERSON = "unnamed_person"
    UNNAMED_GROUP = "unnamed_group"


@lru_cache(maxsize=1 << 12)
def slug(name: str) -> str:
    """A speaker's id, derived from the name: letters and digits of any script, joined by hyphens.

    >>> slug("Miloš Zeman"), slug("D. Michael O’Neill"), slug("习近平")
    ('miloš-zeman', 'd-michael-o-neill', '习近平')
    """
    folded = unicodedata.normalize("NFC", name.casefold())
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in folded)
    return "-".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker declared in speakers.toml; ``apart`` lists names that belong to somebody else."""

    id: str
    name: str
    kind: SpeakerKind = SpeakerKind.PERSON
    aliases: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    wikidata: str | None = None
    apart: tuple[str, ...] = ()
