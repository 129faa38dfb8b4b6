"""Questions: the queries of alerts, stored in a file (alerts.toml).

    [[alert]]
    id = "putin-on-friendship"
    name = "Putin on friendship"
    speaker = "Putin"                        # an id, or a name in full or in part
    words = "friendship"                     # as q in a search
    cluster = "s-339d0ed7ac92"               # or alone: a statement, for its quotation elsewhere
    webhook = "https://desk.example/hook"    # where to send it; one that ONRECORD_WEBHOOKS lists

``found_by`` yields the statements that an alert finds; its list and its feed have the same ones.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import quote, urlencode

from service.domain import CLAIM_FORMS, QUOTATION_FORMS, Query, Sort, Statement
from service.errors import MisconfiguredService, NotFound
from service.index.port import Snapshot
from service.paths import shown
from service.verification.searching.clusters import cluster

TABLE = "alert"

_ID = re.compile(r"[\w-]{1,60}")


@dataclass(frozen=True, slots=True)
class Alert:
    """``speaker``, ``words`` or both, or ``cluster`` alone; without a ``webhook`` it is only a
    feed."""

    id: str
    name: str
    speaker: str = ""
    words: str = ""
    cluster: str = ""
    webhook: str = ""

    def check(self, where: str) -> None:
        """Raises MisconfiguredService if it is incomplete or contradictory."""
        if not _ID.fullmatch(self.id):
            raise MisconfiguredService(
                f"{where}: id is {self.id!r}; expected up to 60 letters, digits, - and _"
            )
        if not self.name.strip():
            raise MisconfiguredService(f"{where}: the name is missing")
        if bool(self.cluster) is bool(self.speaker or self.words):
            raise MisconfiguredService(
                f"{where}: expected a speaker, words or both, or else a cluster"
            )

    @property
    def address(self) -> str:
        """The path of the list of its statements."""
        return self._address("")

    @property
    def feed(self) -> str:
        """The path of the same list as an Atom feed."""
        return self._address(".atom")

    def _address(self, suffix: str) -> str:
        if self.cluster:
            return f"/clusters/{quote(self.cluster, safe='')}{suffix}"
        asked = {"q": self.words, "speaker": self.speaker}
        parameters = urlencode({name: value for name, value in asked.items() if value})
        return f"/{'search' if self.words else 'quotes'}{suffix}?{parameters}"


def found_by(alert: Alert, index: Snapshot) -> Iterator[Statement]:
    """The alert's statements, newest first. Raises InvalidParameter for unusable words.

    Empty for a cluster whose statement is not in the index.
    """
    if alert.cluster:
        yield from _mentions(index, alert.cluster)
        return
    forms = QUOTATION_FORMS | CLAIM_FORMS if alert.words else QUOTATION_FORMS
    asked = Query(alert.words, alert.speaker or None, forms, sort=Sort.NEWEST)
    yield from index.every(asked)


def _mentions(index: Snapshot, statement_id: str) -> Iterator[Statement]:
    try:
        mentions = cluster(index, statement_id).circulation.mentions
    except NotFound:
        return
    for mention in reversed(mentions):
        yield mention.statement


def read_alerts(path: Path | None) -> tuple[Alert, ...]:
    """The alerts in the file, in order; none if there is no file. Raises MisconfiguredService."""
    if path is None or not path.exists():
        return ()
    try:
        declared = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise MisconfiguredService(f"{shown(path)}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MisconfiguredService(f"{shown(path)}: not valid TOML ({error})") from error
    tables = declared.pop(TABLE, [])
    if declared or not isinstance(tables, list):
        raise MisconfiguredService(f"{shown(path)}: expected [[{TABLE}]] and nothing else")
    return tuple(_checked(tables, shown(path)))


def _checked(tables: Iterable[object], path: str) -> Iterator[Alert]:
    known: set[str] = set()
    for number, table in enumerate(tables, start=1):
        where = f"{path}: {TABLE} {number}"
        alert = Alert(**_strings(table, where))
        alert.check(where)
        if alert.id in known:
            raise MisconfiguredService(f"{where}: the id {alert.id!r} is already taken")
        known.add(alert.id)
        yield alert


def _strings(table: object, where: str) -> Mapping[str, str]:
    keys = [field.name for field in fields(Alert)]
    if not isinstance(table, dict) or not {"id", "name"} <= table.keys() <= set(keys):
        raise MisconfiguredService(f"{where}: expected id, name and some of {', '.join(keys[2:])}")
    for key, value in table.items():
        if not isinstance(value, str):
            raise MisconfiguredService(f"{where}: {key} is {value!r}; expected a string")
    return table
