"""speakers.toml: what is known about speakers in advance.

    [[speaker]]
    name = "Vladimir Putin"
    id = "vladimir-putin"                    # by default made from the name
    kind = "person"                          # person (default), organisation, document, group
    aliases = ["Putin", "V. V. Putin"]
    descriptions = ["the Russian leader"]
    wikidata = "Q7747"
    apart = ["Lyudmila Putin"]               # names that are somebody else's

Only the name is required. Extraction and the index decide how to use the rest.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from service.domain import KnownSpeaker, SpeakerKind, slug
from service.errors import MisconfiguredService, UnreadableSource
from service.paths import shown
from service.reading.opening import content_of

_TABLE = "speaker"
_KEYS = tuple(KnownSpeaker.__dataclass_fields__)
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


def read_known_speakers(path: Path | None) -> tuple[KnownSpeaker, ...]:
    """The speakers of the file in order; empty without a file.

    Raises MisconfiguredService, which names the file, the entry and the wrong key.
    """
    if path is None:
        return ()
    tables = _tables_in(path)
    speakers: dict[str, KnownSpeaker] = {}
    for number, table in enumerate(tables, start=1):
        entry = _Entry(table, f"{shown(path)}: {_TABLE} {number}")
        speaker = entry.speaker()
        if speaker.id in speakers:
            other = list(speakers).index(speaker.id) + 1
            raise entry.wrong("id", f"{speaker.id!r} is already the id of {_TABLE} {other}")
        speakers[speaker.id] = speaker
    return tuple(speakers.values())


def _tables_in(path: Path) -> list[Mapping[str, object]]:
    where = shown(path)
    try:
        declared = tomllib.loads(content_of(path).decode("utf-8-sig"))
    except UnreadableSource as error:
        raise MisconfiguredService(str(error)) from error
    except UnicodeDecodeError as error:
        raise MisconfiguredService(f"{where}: byte {error.start} is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise MisconfiguredService(f"{where}: not valid TOML ({error})") from error
    except RecursionError as error:
        raise MisconfiguredService(f"{where}: nested too deeply") from error
    for key in declared:
        if key != _TABLE:
            raise MisconfiguredService(f"{where}: unknown key {key}; expected [[{_TABLE}]]")
    tables = declared.get(_TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise MisconfiguredService(f"{where}: {_TABLE} is not a list of tables; write [[{_TABLE}]]")
    return tables


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table, and the prefix of errors about it."""

    table: Mapping[str, object]
    where: str

    def wrong(self, key: str, detail: str) -> MisconfiguredService:
        return MisconfiguredService(f"{self.where}: {key}: {detail}")

    def speaker(self) -> KnownSpeaker:
        self.reject_unknown_keys()
        name = self.string("name")
        if name is None:
            raise self.wrong("name", "missing; expected the speaker's full name")
        return KnownSpeaker(
            id=self.id() or self.derived(name),
            name=name,
            kind=self.kind(),
            aliases=self.strings("aliases"),
            descriptions=self.strings("descriptions"),
            wikidata=self.wikidata(),
            apart=self.strings("apart"),
        )

    def reject_unknown_keys(self) -> None:
        for key in self.table:
            if key not in _KEYS:
                near = get_close_matches(key, _KEYS, n=1)
                fit = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(_KEYS)}"
                raise self.wrong(key, f"unknown key; {fit}")

    def id(self) -> str | None:
        value = self.string("id")
        if value is not None and value != slug(value):
            fit = slug(value) or slug(self.string("name") or "")
            raise self.wrong("id", f"{value!r} cannot be part of a URL; {fit!r} can")
        return value

    def derived(self, name: str) -> str:
        identifier = slug(name)
        if not identifier:
            raise self.wrong("id", f"cannot be derived from {name!r}; add one")
        return identifier

    def wikidata(self) -> str | None:
        value = self.string("wikidata")
        if value is not None and not _WIKIDATA.fullmatch(value):
            raise self.wrong("wikidata", f"{value!r} is not a Wikidata id; expected Q and a number")
        return value

    def kind(self) -> SpeakerKind:
        value = self.string("kind") or SpeakerKind.PERSON
        try:
            return SpeakerKind(value)
        except ValueError as error:
            raise self.wrong("kind", f"{value!r} is not one of {', '.join(SpeakerKind)}") from error

    def string(self, key: str) -> str | None:
        value = self.table.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, f"{value!r} is not a non-empty string")
        return value.strip()

    def strings(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, f"{value!r} is not a list of strings")
        for element in value:
            if not isinstance(element, str) or not element.strip():
                raise self.wrong(key, f"{element!r} in the list is not a non-empty string")
        return tuple(element.strip() for element in value)
